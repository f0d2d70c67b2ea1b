"""What can be read of a damaged journal, taken into the one that follows it."""

from __future__ import annotations

import contextlib
import itertools
import json
import sqlite3
import typing
import urllib.parse
from pathlib import Path

from . import _log
from ._journal_sql import APPLICATION_ID

_ENTRIES = (
    "key, asset, rest, charges, open_since, asked_at, asking, link, link_expires_at, path, size,"
    " sha256, content_type, placing"
)
_WORK = "key, claim, host, pid, start, lease_until"
_RESTS = (None, "linked", "saved", "stranded")
_TEXT = (str, type(None))
_NUMBER = (int, float, type(None))


def free_name(path: Path) -> Path:
    """The name that a damaged journal gets."""
    return next(name for name in _names(path) if not name.exists())


def salvage(connection: sqlite3.Connection, path: Path) -> None:
    """Take over what the last damaged journal of the folder says, and note that there was one.

    A page that is damaged hides the entries on it; those before and after it are read. What one
    says is true even if its commit was never finished, as nothing is written before it is known.
    """
    aside = [*itertools.takewhile(Path.exists, _names(path))]
    if not aside:
        return
    entries, work = _read(aside[-1])
    _insert(connection, "entries", _ENTRIES, [one for one in entries if _is_sound(one)])
    _insert(connection, "work", _WORK, work)
    connection.execute("INSERT INTO damaged (name) VALUES (?)", (aside[-1].name,))
    _log.journal_salvaged(path, aside[-1], len(entries))


def _names(path: Path) -> typing.Iterator[Path]:
    return (path.with_name(f"{path.name}.damaged-{number}") for number in itertools.count(1))


def _read(path: Path) -> tuple[list[sqlite3.Row], list[sqlite3.Row]]:
    # Immutable: neither the file nor what lies beside it is touched.
    uri = f"file:{urllib.parse.quote(str(path.absolute()))}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        with contextlib.suppress(sqlite3.DatabaseError):
            if connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
                return _rows(connection, "entries", _ENTRIES), _rows(connection, "work", _WORK)
    return [], []


def _rows(connection: sqlite3.Connection, table: str, columns: str) -> list[sqlite3.Row]:
    """Those before the first damage, and those after the last."""
    found: dict[object, sqlite3.Row] = {}
    for order in ("ASC", "DESC"):
        query = f"SELECT {columns} FROM {table} ORDER BY key {order}"  # noqa: S608
        with contextlib.suppress(sqlite3.DatabaseError):
            for row in connection.execute(query):
                found.setdefault(row["key"], row)
    return [*found.values()]


def _is_sound(row: sqlite3.Row) -> bool:
    """Whether an entry is none that the damage has made."""
    texts = ("link", "path", "sha256", "content_type", "placing")
    numbers = ("charges", "open_since", "asked_at", "asking", "link_expires_at", "size")
    return (
        isinstance(row["key"], str)
        and isinstance(row["asset"], str)
        and row["rest"] in _RESTS
        and all(isinstance(row[name], _TEXT) for name in texts)
        and all(isinstance(row[name], _NUMBER) for name in numbers)
        and _is_name(row["path"])
        and _is_placing(row["placing"])
    )


def _is_name(path: str | None) -> bool:
    return path is None or (path not in ("", ".", "..") and not set(path) & set("/\\\0"))


def _is_placing(text: str | None) -> bool:
    if text is None:
        return True
    try:
        path, size, sha256, content_type = json.loads(text)
    except (ValueError, TypeError):
        return False
    return _is_name(path) and [*map(type, (size, sha256, content_type))] == [int, str, str]


def _insert(
    connection: sqlite3.Connection, table: str, columns: str, rows: list[sqlite3.Row]
) -> None:
    places = ", ".join("?" for _ in columns.split(","))
    connection.executemany(
        f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({places})",  # noqa: S608
        [tuple(row) for row in rows],
    )
