"""Output that several commands share."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.findings import printable
from generator.pipeline import Built


def report(built: Built, result: str) -> None:
    """Print what each stage did, the warnings, and the result."""
    table = Table("stage", "result", box=None, pad_edge=False, header_style="bold")
    for stage, outcome in built.stages:
        table.add_row(stage, Text(outcome))
    console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    console.print(table)
    for warning in built.warnings:
        console.print(Text(f"warning: {warning}"), soft_wrap=True)
    console.print(Text(printable(result)), soft_wrap=True)
