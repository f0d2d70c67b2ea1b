"""`update`, `watch` and `draft-overlay`: new documents, and guesses for what they leave out."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from generator.compared_specs import named
from generator.diff import compare
from generator.diff.reports import Comparison, report
from generator.draft import GUESS, Drafted, draft, write
from generator.fetching import fetched
from generator.findings import printable
from generator.update import Update, prepared
from generator.update.arrivals import Arrival, arrivals

from .building import report as report_stages
from .diffing import put_out


def run_update(options: argparse.Namespace) -> int:
    """Add or replace documents, and rewrite all outputs."""
    _updated(options.specs, options.paths, drafting=options.draft, replaces=options.replaces)
    return 0


def _updated(
    specs: Path, paths: list[Path], *, drafting: bool, replaces: Iterable[str] = ()
) -> Update | None:
    """Update, and return the update; None if nothing has changed."""
    with prepared(specs, paths, drafting=drafting, replaces=replaces) as update:
        if update is None:
            _list(specs, arrivals(specs / "sources", paths))
            print("All of these documents are already there; nothing has been changed.")
        else:
            _tell(specs, update)
            for misfit in update.misfits:
                print(misfit, file=sys.stderr)
            if found := len(update.misfits):
                text = f"{found} place(s) of hand-written code to adapt before a release."
                print(text, file=sys.stderr)
            update.write()
            print(printable(_done(specs, update)))
    return update


def _tell(specs: Path, update: Update) -> None:
    """Print what would follow, before anything is written."""
    _list(specs, update.arrived)
    for name in update.gone:
        print(printable(f"{specs / 'sources' / name}: gone, as the new document replaces it"))
    if update.dropped:
        print(printable(f"In no document any more: {', '.join(update.dropped)}"))
    for name, others in update.supersets.items():
        options = " ".join(f"--replaces {other}" for other in others)
        told = f"{name} has every operation of {' and '.join(others)}. With {options} it takes"
        print(printable(f"{told} their place, and only what it says of these operations holds."))
    if update.outdated:
        print("Before this, the outputs did not match the inputs; now they do.")
    for overlay, count in Counter(guess.overlay for guess in update.guesses).items():
        print(printable(f"{specs / 'overlays' / overlay}: {count} guess(es)"))
    report_stages(update.built, "")
    if update.comparison is None:
        print("Nothing has been released yet, so there is nothing to compare with.")
    else:
        put_out(update.comparison)


def _list(specs: Path, arrived: list[Arrival]) -> None:
    for arrival in arrived:
        place = specs / "sources" / arrival.name
        print(printable(f"{place}: {arrival.fate}, from {arrival.given}"))


def _done(specs: Path, update: Update) -> str:
    """Describe what has been done and what is left to do."""
    written = f"{specs} and {update.package[1]} are ready to be committed."
    if not update.guesses:
        return written
    confirming = f"Before a release, confirm the {len(update.guesses)} guess(es)."
    return f"{written} {confirming} `python -m generator check` lists them."


def run_watch(options: argparse.Namespace) -> int:
    """Fetch a document, and update if it has changed; the guesses are drafted."""
    folder = options.specs.parent / "dist" / "watch"
    described = folder / "changes.md"
    described.unlink(missing_ok=True)
    path = fetched(options.url, folder, options.name)
    before = named(options.specs / "openapi.yaml")
    if update := _updated(options.specs, [path], drafting=True):
        # Not since the last release: other changes since then have had pull requests of their own.
        differences = compare(before.spec, named(options.specs / "openapi.yaml").spec)
        comparison = Comparison("before", f"with {path.name} as it is now", differences)
        described.write_text(_text(comparison, update), "utf-8")
        print(printable(f"{described} describes it for a pull request."))
    return 0


def _text(comparison: Comparison, update: Update) -> str:
    """Return Markdown: what changes for callers, then what is left to do."""
    changes = report(comparison, "markdown")
    counts = Counter(guess.overlay for guess in update.guesses)
    left = [
        f"- `specs/overlays/{overlay}`: confirm {count} guess(es), which"
        " `python -m generator check` lists"
        for overlay, count in counts.items()
    ]
    if update.misfits:
        left.append(f"- adapt {len(update.misfits)} place(s) of hand-written code")
    return "\n".join([changes, "## Before a release", "", *left, ""] if left else [changes])


def run_draft_overlay(options: argparse.Namespace) -> int:
    """Write overlays with guesses for what the documents don't specify."""
    drafted = draft(options.specs)
    write(options.specs, drafted)
    for guess in drafted.guesses:
        what = [f"{guess.overlay}:{guess.where.line}", guess.operation, guess.effect]
        print(printable("  ".join(filter(None, what))))
        print(printable(f"    {' '.join(guess.reason.split())}"))
    for finding in drafted.remaining:
        print(f"remains: {finding}")
    print(printable(_next(options, drafted)))
    return 1 if drafted.remaining else 0


def _next(options: argparse.Namespace, drafted: Drafted) -> str:
    unconfirmed = len(drafted.guesses) + len(drafted.earlier)
    new = f"{len(drafted.guesses)} new guess(es) in {len(drafted.files)} file(s)."
    if drafted.remaining:
        cure = "Correct them in the documents or by your own overlays, and run the command again."
        return f"{new} {len(drafted.remaining)} problem(s) remain that cannot be guessed. {cure}"
    if not unconfirmed:
        return f"{new} Nothing is left to guess. Next: python -m generator build"
    folder = options.specs / "overlays"
    return (
        f"{new} {unconfirmed} to confirm: look at each in {folder}, correct it where it is wrong,"
        f" and remove its line `{GUESS}: true`. The client can be built before:"
        " python -m generator build"
    )
