"""The versions of a journal's tables: those that were are brought up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ..._errors import JournalError
from .sql import UPGRADES, VERSION


def check_version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of a journal, as far as this package can go on with it.

    Raises:
        JournalError: A newer version of this package wrote it.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise JournalError(
            f"the journal {path} has version {version}, and this package knows version"
            f" {VERSION}: update gettyimages-client"
        )
    return version


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older journal up to date, all or nothing. What it says stays.

    Raises:
        JournalError: A newer version of this package wrote it.
    """
    if check_version(connection, path) == VERSION:
        return
    execute = connection.execute
    execute("BEGIN IMMEDIATE")
    try:
        for version in range(check_version(connection, path), VERSION):  # another may have done it
            for statement in UPGRADES.get(version, ()):
                execute(statement)
        execute(f"PRAGMA user_version = {VERSION}")
        execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            execute("ROLLBACK")
        raise


def upgraded_copy(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """A copy in memory that is up to date, where the journal itself is not to be changed."""
    copy = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    try:
        connection.backup(copy)
        upgrade(copy, path)
    except BaseException:
        copy.close()
        raise
    return copy
