"""What is printed: tables on a terminal, plain text in a pipe, JSON for programs, and notes."""

from __future__ import annotations

import datetime
import json
import os
import sys
import typing
from collections.abc import Iterable, Mapping, Sequence

import click

if typing.TYPE_CHECKING:
    from rich.console import Console


_SHORT = 24
"""Cells up to this length, such as ids and dates, are not folded: other columns give way."""


class Model(typing.Protocol):
    """A model of the API, or a result."""

    def to_dict(self) -> Mapping[str, object]: ...


Row: typing.TypeAlias = Mapping[str, object] | Model


class Printer:
    """Prints rows to stdout, as one of three kinds, and notes for people to stderr."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._is_terminal = sys.stdout.isatty()

    def rows(self, rows: Iterable[Row], *columns: str) -> int:
        """Print rows: these columns of them for people, all of them as JSON. Returns how many."""
        if self.as_json or not self._is_terminal:
            count = 0
            for row in rows:
                self.line(row, *columns)
                count += 1
            return count
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        cells = [[_cell(row, name) for name in columns] for row in rows]
        for name, *column in zip(columns, *cells, strict=True):
            is_short = name != columns[-1] and max(map(len, column), default=0) <= _SHORT
            table.add_column(name.replace("_", " "), no_wrap=is_short, overflow="fold")
        for line in cells:
            table.add_row(*map(Text, line))
        if table.row_count:
            console(sys.stdout).print(table)
        return table.row_count

    def line(self, row: Row, *columns: str, above: Console | None = None) -> None:
        """Print one row at once; on a terminal, above the progress bars if they are there."""
        if self.as_json:
            text = json_line(row)
        else:
            cells = [_cell(row, name) for name in columns]
            if self._is_terminal:
                if len(columns) == 1:
                    cells = [f"{columns[0]}: {cells[0]}"]
                cells = [cell.ljust(15) for cell in cells]
            text = ("  " if self._is_terminal else "\t").join(cells).rstrip(" ")
        if above is not None and self._is_terminal:
            from rich.text import Text

            above.print(Text(text), soft_wrap=True)
        else:
            sys.stdout.write(f"{text}\n")


def console(stream: typing.TextIO) -> Console:
    """A console that prints what it is given, without markup. It honours NO_COLOR."""
    from rich.console import Console

    return Console(file=stream, markup=False, highlight=False, emoji=False)


def can_show_bars() -> bool:
    """Whether stderr is a terminal that can show progress bars."""
    return sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")


def note(text: str) -> None:
    """Print a note for people to stderr."""
    click.echo(harmless(text), err=True)


def json_line(row: Row) -> str:
    """A row as one line of JSON, in ASCII: no character of it can do anything to a terminal."""
    values = row if isinstance(row, Mapping) else row.to_dict()
    return json.dumps(values, default=_plain).replace("\x7f", "\\u007f")


def harmless(text: str) -> str:
    """Text in one line, with all that a terminal may obey, or show misleadingly, escaped."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode()
        for char in " ".join(text.split())
    )


def size(count: float) -> str:
    """Bytes for people."""
    unit = "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if count < 1000:
            break
        count, unit = count / 1000, larger
    return f"{count:.0f} bytes" if unit == "bytes" else f"{count:.1f} {unit}"


def _cell(row: Row, name: str) -> str:
    value = row.get(name) if isinstance(row, Mapping) else getattr(row, name)
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "seconds").removesuffix("+00:00")
    if isinstance(value, Mapping):
        return harmless(", ".join(f"{name}={one}" for name, one in value.items()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return harmless(", ".join(map(str, value)))
    return harmless(str(value))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
