"""`diff` and `explain`: what changes for callers, and where an operation comes from."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console

from generator.atomic_writes import write
from generator.callers import sharing
from generator.compared_specs import current, named, released
from generator.diff import compare, gravest
from generator.diff.reports import Comparison, report, show, summary
from generator.explain import explain
from generator.findings import printable, refusal
from generator.pipeline import build_spec
from generator.semver import LEVELS


def run_diff(options: argparse.Namespace) -> int:
    """Report what changes for callers."""
    if options.output:
        _refuse_unfit(options.output, options)
    old = named(options.old) if options.old else released(options.specs)
    own = None if options.old else old
    new = named(options.new, old) if options.new else current(options.specs, own)
    shared = sharing(options.specs, old.spec)
    comparison = Comparison(old.title, new.title, compare(old.spec, new.spec), shared)
    put_out(comparison, options.format, options.output)
    found, bound = gravest(comparison.differences), options.fail_on
    return int(bool(found and bound and LEVELS.index(found) <= LEVELS.index(bound)))


def _refuse_unfit(output: Path, options: argparse.Namespace) -> None:
    """Refuse to write the report where it would replace or become an input."""
    if output.exists() and not output.is_file():
        raise refusal(output, "report-not-file")
    for side in filter(None, (options.specs, options.old, options.new)):
        files = {(side / name).resolve() for name in ("", "openapi.yaml", "released.yaml")}
        folders = {(side / name).resolve() for name in ("sources", "overlays")}
        if output.resolve() in files or output.parent.resolve() in folders:
            raise refusal(output, "report-among-inputs")


def put_out(comparison: Comparison, form: str = "text", output: Path | None = None) -> None:
    """Print or write a report; on a terminal in colours."""
    if output:
        write({output: report(comparison, form).encode()})
        print(printable(f"{output}: {summary(comparison.differences)}."))
    elif form == "text" and sys.stdout.isatty():
        show(comparison, Console(highlight=False))
    else:
        print(report(comparison, form), end="")


def run_explain(options: argparse.Namespace) -> int:
    """Print where an operation comes from."""
    print(printable(explain(build_spec(options.specs), options.operation)))
    return 0
