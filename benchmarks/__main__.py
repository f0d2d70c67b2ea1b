"""Measures speed as ratios to named peers and prints a table.

    python -m benchmarks [--write] [NAME ...]

With --write, the figures go to docs/ too: `measured.csv`, the tables of `measured.md`, and plots.
`remembering` watches the memory of one download of 4 GB, only if it is named, and always writes.
`fleet` prints the tables of docs/fleet.md, only if it is named.
Every figure is a median of runs that alternate with those of its peer, so that a machine that
slows down slows both. Whole processes are timed; the start of the interpreter is subtracted.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from . import (
    building,
    calling,
    comparing,
    decoding,
    downloading,
    drafting,
    fleet,
    importing,
    remembering,
)
from .measuring import Row
from .recording import machine, record

DOCS = Path(__file__).parents[1] / "docs"


def main(wanted: list[str]) -> None:
    """Run the benchmarks that were named, or all of them."""
    suites = {
        "importing": importing.rows,
        "calling": calling.rows,
        "decoding": decoding.rows,
        "building": building.rows,
        "drafting": drafting.rows,
        "comparing": comparing.rows,
        "downloading": downloading.rows,
    }
    if "remembering" in wanted:
        remembering.main(DOCS)
    if "fleet" in wanted:
        fleet.main()
    names = [*suites] if wanted in ([], ["--write"]) else [it for it in wanted if it in suites]
    where = machine()
    measured = {name: [*suites[name]()] for name in names}
    table = Table("what", "measured", "peer", "ratio", "aim", box=None, pad_edge=False)
    for rows in measured.values():
        for row in rows:
            table.add_row(*_cells(row))
    Console(width=140).print(table)
    if "--write" in wanted:
        record(DOCS, measured, where, [*suites])


def _cells(row: Row) -> list[str]:
    ratio = f"{row.ratio:.2f}" if row.peer else ""
    peer = f"{row.peer * 1000:.2f} ms {row.peer_name}" if row.peer else row.peer_name
    return [row.what, f"{row.seconds * 1000:.2f} ms", peer, ratio, row.aim]


main(sys.argv[1:])
