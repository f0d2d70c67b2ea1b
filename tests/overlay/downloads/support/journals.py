"""The journal of a folder as a file: made by real downloads, damaged, and looked at."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import typing
from collections.abc import Iterator
from pathlib import Path

from gettyimages import GettyImages

from .fates import Fate, Fates

JOURNAL = ".gettyimages-journal.sqlite"
FILLED: tuple[Fate, ...] = ("saved", "failed", "lost", "not executed")


def fill(fates: Fates, folder: Path, count: int, *kinds: Fate) -> list[str]:
    """Save images into a folder, each with one of these fates in turn.

    Returns:
        Their ids.
    """
    kinds = kinds or FILLED
    before = fates.fate
    fates.fate = lambda asset: kinds[int(asset) % len(kinds)]
    ids = [str(number) for number in range(1000, 1000 + count)]
    with GettyImages(**fates.options()) as client:
        # Files that fail in a row stop a batch: the next one goes on.
        results = [*client.downloads.save_images(ids, folder, concurrency=2)]
        while late := [one.id for one in results if one.outcome == "not_requested"]:
            results = [*client.downloads.save_images(late, folder, concurrency=2)]
    fates.fate = before
    return ids


@contextlib.contextmanager
def sqlite(folder: Path) -> Iterator[sqlite3.Connection]:
    """The journal as any SQLite database."""
    with contextlib.closing(sqlite3.connect(folder / JOURNAL)) as connection, connection:
        yield connection


def synced(folder: Path) -> int:
    """How many bytes of a transfer under way are certainly on the disk."""
    with sqlite(folder) as connection:
        (found,) = connection.execute("SELECT max(transfer) FROM entries").fetchone()
    return 0 if found is None else int(json.loads(found)[1])


def columns(folder: Path) -> list[tuple[str, str, bool]]:
    """All columns of the journal: table, name, and whether it is a number."""
    with sqlite(folder) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [
            (table, name, kind in ("REAL", "INTEGER"))
            for (table,) in tables.fetchall()
            for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({table})")
        ]


def damaged(folder: Path) -> list[str]:
    """The names of the journals that were set aside."""
    return sorted(
        path.name for path in folder.glob(f"{JOURNAL}.damaged-*") if path.name[-1].isdigit()
    )


def bytes_of(folder: Path) -> bytes:
    """Everything that is in the files of a folder."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


def page_size(folder: Path) -> int:
    with sqlite(folder) as connection:
        size: typing.Any = connection.execute("PRAGMA page_size").fetchone()[0]
        return int(size)
