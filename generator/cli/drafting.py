"""`draft-overlay`: guesses for what the documents leave open."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.draft import GUESS, Drafted, Guess, draft, write
from generator.findings import printable

from .groups import Commands

_HEADINGS = ("file", "operation", "guess", "reason")


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "draft-overlay",
        parents=[common],
        help="guess what the documents leave open, as overlays to review",
    )
    parser.set_defaults(run=_draft)


def _draft(options: argparse.Namespace) -> int:
    drafted = draft(options.specs)
    write(options.specs, drafted)
    if drafted.guesses:
        _show([_HEADINGS, *map(_row, drafted.guesses)])
    for finding in drafted.remaining:
        print(f"remains: {finding}")
    print(printable(_next(options, drafted)))
    return 1 if drafted.remaining else 0


def _row(guess: Guess) -> tuple[str, ...]:
    where = f"{guess.overlay}:{guess.where.line}"
    return (where, guess.operation, guess.effect, " ".join(guess.reason.split()))


def _show(rows: Sequence[tuple[str, ...]]) -> None:
    """A table: folded to fit a terminal; elsewhere a line for each guess, however long."""
    rows = [tuple(map(printable, row)) for row in rows]
    if not sys.stdout.isatty():
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for *cells, last in rows:
            padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
            print("  ".join((*padded, last)))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in rows[0]:
        table.add_column(heading, overflow="fold")
    for row in rows[1:]:
        table.add_row(*map(Text, row))
    Console(highlight=False).print(table)


def _next(options: argparse.Namespace, drafted: Drafted) -> str:
    unconfirmed = len(drafted.guesses) + len(drafted.earlier)
    new = f"{len(drafted.guesses)} new guess(es) in {len(drafted.files)} file(s)."
    if drafted.remaining:
        cure = "Correct these in the documents or by overlays of your own, and run this again."
        return f"{new} {len(drafted.remaining)} thing(s) remain that nobody can guess. {cure}"
    if not unconfirmed:
        return f"{new} Nothing is left to guess. Next: python -m generator build"
    folder = options.specs / "overlays"
    return (
        f"{new} {unconfirmed} to confirm: look at each in {folder}, correct it where it is wrong,"
        f" and remove its line `{GUESS}: true`. The client can be built before:"
        " python -m generator build"
    )
