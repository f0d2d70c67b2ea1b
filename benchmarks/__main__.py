"""Measures speed as ratios to named peers and prints a table.

    python -m benchmarks [NAME ...]

Every figure is a median of runs that alternate with those of its peer, so that a machine that
slows down slows both. Whole processes are timed; the start of the interpreter is subtracted.
"""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from . import building, calling, comparing, decoding, downloading, drafting, importing
from .measuring import Row


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
    table = Table("what", "measured", "peer", "ratio", "aim", box=None, pad_edge=False)
    for name, suite in suites.items():
        if not wanted or name in wanted:
            for row in suite():
                table.add_row(*_cells(row))
    Console(width=140).print(table)


def _cells(row: Row) -> list[str]:
    ratio = f"{row.ratio:.2f}" if row.peer else ""
    peer = f"{row.peer * 1000:.2f} ms {row.peer_name}" if row.peer else row.peer_name
    return [row.what, f"{row.seconds * 1000:.2f} ms", peer, ratio, row.aim]


main(sys.argv[1:])
