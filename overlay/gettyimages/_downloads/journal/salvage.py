"""What can be read of a damaged journal, taken into the one that follows it."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
import typing
import urllib.parse
from pathlib import Path

from ... import _log
from .sound import ENTRIES, WORK, believed, is_work, text_of
from .sql import APPLICATION_ID

UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading raises. SQLite's own words may quote what is no text."""


def free_name(path: Path) -> Path:
    """The name that a damaged journal gets."""
    return next(name for name in _names(path) if not name.exists())


def salvage(connection: sqlite3.Connection, path: Path) -> None:
    """Take over what the last damaged journal of the folder says, and note that there was one.

    A page that is damaged hides the entries on it; those before and after it are read. What one
    says is true even if its commit was never finished, as nothing is written before it is known.
    One that says what cannot be is stranded: something was asked for.
    """
    aside = [*itertools.takewhile(Path.exists, _names(path))]
    if not aside:
        return
    entries, work = _read(aside[-1])
    found = [one for one in map(believed, entries) if one is not None]
    _insert(connection, "entries", ENTRIES, found)
    _insert(connection, "work", WORK, [tuple(one) for one in work if is_work(one)])
    connection.execute("INSERT INTO damaged (name) VALUES (?)", (aside[-1].name,))
    _log.journal_salvaged(path, aside[-1], len(found))


def _names(path: Path) -> typing.Iterator[Path]:
    return (path.with_name(f"{path.name}.damaged-{number}") for number in itertools.count(1))


def _read(path: Path) -> tuple[list[sqlite3.Row], list[sqlite3.Row]]:
    # Immutable: neither the file nor what lies beside it is touched.
    uri = f"file:{urllib.parse.quote(str(path.absolute()))}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        connection.text_factory = text_of
        with contextlib.suppress(*UNREADABLE):
            if connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
                entries = _rows(connection, "entries", ENTRIES)
                old = ENTRIES.replace("placing", "NULL AS placing")  # version 1 had none
                return entries or _rows(connection, "entries", old), _rows(connection, "work", WORK)
    return [], []


def _rows(connection: sqlite3.Connection, table: str, columns: str) -> list[sqlite3.Row]:
    """Those before the first damage, and those after the last."""
    found: dict[object, sqlite3.Row] = {}
    for order in ("ASC", "DESC"):
        query = f"SELECT {columns} FROM {table} ORDER BY key {order}"  # noqa: S608
        with contextlib.suppress(*UNREADABLE):
            for row in connection.execute(query):
                found.setdefault(row["key"], row)
    return [*found.values()]


def _insert(
    connection: sqlite3.Connection, table: str, columns: str, rows: list[tuple[object, ...]]
) -> None:
    places = ", ".join("?" for _ in columns.split(","))
    connection.executemany(
        f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({places})",  # noqa: S608
        rows,
    )
