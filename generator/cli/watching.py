"""`watch`: takes in a document from its address, and describes for a pull request what changes."""

from __future__ import annotations

import argparse
from collections import Counter

from generator.compared_specs import named
from generator.diff import compare
from generator.diff.reports import Comparison, report
from generator.fetching import fetched
from generator.findings import printable
from generator.update import Update

from .updating import run_update


def run_watch(options: argparse.Namespace) -> int:
    """Fetch a document, and update if it has changed; the guesses are drafted."""
    folder = options.specs.parent / "dist" / "watch"
    described = folder / "changes.md"
    described.unlink(missing_ok=True)
    path = fetched(options.url, folder, options.name)
    before = named(options.specs / "openapi.yaml")

    def describe(update: Update) -> None:
        # Not since the last release: other changes since then have had pull requests of their own.
        now = named(options.specs / "openapi.yaml")
        differences = compare(before.spec, now.spec)
        comparison = Comparison("before", f"with {path.name} as it is now", differences)
        described.write_text(_text(comparison, update), "utf-8")
        print(printable(f"{described} describes it for a pull request."))

    options.paths, options.draft, options.replaces = [path], True, []
    return run_update(options, describe)


def _text(comparison: Comparison, update: Update) -> str:
    """Return Markdown: what changes for callers, then what is left to do."""
    changes = report(comparison, "markdown")
    counts = Counter(guess.overlay for guess in update.guesses)
    left = [
        *(
            f"- `specs/overlays/{overlay}`: confirm {count} guess(es), which"
            " `python -m generator check` lists"
            for overlay, count in counts.items()
        ),
        *(
            [f"- adapt {len(update.misfits)} place(s) of hand-written code"]
            if update.misfits
            else []
        ),
    ]
    return "\n".join([changes, "## Before a release", "", *left, ""] if left else [changes])
