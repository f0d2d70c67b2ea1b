"""Whether what a journal says can be true: SQLite sees only damage to how it is laid out."""

from __future__ import annotations

import json
import re
import sqlite3
import typing
from collections.abc import Sequence

ENTRIES = (
    "key, asset, rest, charges, open_since, asked_at, asking, link, link_expires_at, path, size,"
    " sha256, content_type, placing"
)
FIELDS = len(ENTRIES.split(", "))
WORK = "key, claim, host, pid, start, lease_until"

DAMAGED = "an entry is damaged"

Row: typing.TypeAlias = Sequence[object]
"""Of the database."""

_NO_NAME = re.compile(r"[/\\\0]")
_RESTS = (None, "linked", "saved", "stranded")
_LATEST = 1e11
"""Seconds since 1970; what is later cannot be shown as a date."""


def text_of(raw: bytes) -> str:
    """What SQLite takes for text, as it is: the error that it else raises would quote a link."""
    return raw.decode(errors="surrogateescape")


def problem_of(connection: sqlite3.Connection) -> str | None:
    """Why a journal cannot be believed, or None."""
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples are faster, and so is text that SQLite makes
    factory, connection.text_factory = connection.text_factory, str
    try:
        entries = cursor.execute(f"SELECT {ENTRIES} FROM entries")  # noqa: S608
        if not all(map(is_entry, entries)):
            return DAMAGED
        work = cursor.execute(f"SELECT {WORK} FROM work")  # noqa: S608
        connection.execute("SELECT name FROM damaged")
        if not all(map(is_work, work)):
            return DAMAGED
    except sqlite3.OperationalError as error:
        # It has no code where Python says that something is no text, and quotes it.
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) != sqlite3.SQLITE_ERROR:
            raise
        return "its tables are damaged"
    finally:
        connection.text_factory = factory
    return None


def is_entry(row: Row) -> bool:
    """Whether a row, in the order of `ENTRIES`, is none that damage has made.

    All rows of a large journal are looked at whenever a process opens it first: it has to be fast.
    """
    key, asset, rest, charges, since, asked, asking, link, until, path, size, *more = row
    sha256, content_type, placing = more
    texts = [one for one in (link, path, sha256, content_type, placing) if one is not None]
    return (
        _is_key(key, asset)
        and all(map(_is_text, texts))
        and rest in _RESTS
        and type(charges) is type(asking) is int
        and (size is None or type(size) is int)
        and all(one is None or _is_time(one) for one in (since, asked, until))
        and (path is None or _is_name(path))
        and (placing is None or _is_placing(placing))
    )


def believed(row: Row) -> tuple[object, ...] | None:
    """What of a row of a damaged journal can be: the whole of it, or that it was asked for.

    What was asked for may be paid for, and is not asked for again in silence.
    """
    if is_entry(row):
        return tuple(row)
    key, asset = row[:2]
    if not _is_key(key, asset):
        return None
    rest = {"key": key, "asset": asset, "rest": "stranded", "charges": 1, "asking": 0}
    return tuple(rest.get(name) for name in ENTRIES.split(", "))


def is_work(row: Row) -> bool:
    """Whether a row, in the order of `WORK`, is none that damage has made."""
    key, claim, host, pid, start, until = row
    return all(map(_is_text, (key, claim, host, start))) and type(pid) is int and _is_time(until)


def _is_text(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_key(key: object, asset: object) -> bool:
    return (
        isinstance(key, str)
        and isinstance(asset, str)
        and _is_text(key)
        and _is_text(asset)
        and (f'"{asset}"' in key or json.dumps(asset) in key)
    )


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value <= _LATEST


def _is_name(path: object) -> bool:
    return isinstance(path, str) and path not in ("", ".", "..") and not _NO_NAME.search(path)


def _is_placing(text: object) -> bool:
    if not isinstance(text, str):
        return False
    try:
        path, size, sha256, content_type = json.loads(text)
    except (ValueError, TypeError):
        return False
    kinds = [*map(type, (size, sha256, content_type))]
    return kinds == [int, str, str] and _is_name(path) and _is_text(path)
