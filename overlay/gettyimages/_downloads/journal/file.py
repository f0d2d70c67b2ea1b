"""The SQLite file of a journal: opened, made, set aside when damaged, and written in groups."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import typing
import urllib.parse
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from ... import _log
from ..._errors import JournalError
from .salvage import UNREADABLE, free_name, salvage
from .sound import problem_of, text_of
from .sql import APPLICATION_ID, SCHEMA, VERSION
from .version import check_version, upgrade, upgraded_copy

try:
    import fcntl
except ImportError:  # not on Windows, which renames no open file anyway
    fcntl = None  # type: ignore[assignment]  # as the line above says

T = typing.TypeVar("T")

BUSY_SECONDS = 60.0
"""How long to wait for other processes. A commit takes milliseconds."""


_SMALL = 2 * 1024 * 1024
"""Bytes up to which a file is looked through whenever it is opened; a larger one only once."""

_sound: set[Path] = set()
"""The files that were looked through."""

_making = threading.Lock()
"""To close a file gives up all locks that this process has on it, SQLite's too."""


class Commits:
    """A connection that threads take turns in. Changes that wait share the next commit."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._waiting: deque[_Change] = deque()

    def read(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Read."""
        with self._lock:
            return function(self._connection)

    def write(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Write, all or nothing, and return when it is on the disk."""
        change = _Change(function)
        self._waiting.append(change)
        with self._lock:
            if not change.done:  # else the thread that had the lock has done it
                self._write_waiting()
        if change.error is not None:
            raise change.error
        return typing.cast("T", change.result)

    def later(self, function: Callable[[sqlite3.Connection], object]) -> None:
        """Write with the next commit, whoever makes it. A failure of this change is not told."""
        self._waiting.append(_Change(function))

    @property
    def is_behind(self) -> bool:
        """Whether there are changes for the next commit."""
        return bool(self._waiting)

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    def _write_waiting(self) -> None:
        changes: list[_Change] = []
        while self._waiting:
            changes.append(self._waiting.popleft())
        execute = self._connection.execute
        try:
            execute("BEGIN IMMEDIATE")
            for change in changes:
                self._apply(change)
            execute("COMMIT")
        except BaseException as error:
            for change in changes:
                change.error = change.error or _as_error(error)
            if self._connection.in_transaction:
                execute("ROLLBACK")
            if not isinstance(error, Exception):
                raise
        finally:
            for change in changes:
                change.done = True

    def _apply(self, change: _Change) -> None:
        """Make one change of several, without harm to the others if it fails."""
        execute = self._connection.execute
        execute("SAVEPOINT change")
        try:
            change.result = change.function(self._connection)
        except Exception as error:
            if not self._connection.in_transaction:  # a full disk has rolled back everything
                raise
            change.error = error
            execute("ROLLBACK TO change")
        execute("RELEASE change")


class _Change:
    """A change that is to be made, and what came of it."""

    def __init__(self, function: Callable[[sqlite3.Connection], object]) -> None:
        self.function = function
        self.result: object = None
        self.error: Exception | None = None
        self.done = False


def _as_error(error: BaseException) -> Exception:
    if isinstance(error, sqlite3.Error):
        return type(error)(*error.args)  # each thread raises one of its own
    return (
        error if isinstance(error, Exception) else JournalError("interrupted while it was written")
    )


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Errors of SQLite and of the file system, as the package's own."""
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        _sound.discard(path)  # the next to open it looks through it, and sets it aside if need be
        words = error.strerror if isinstance(error, OSError) and error.strerror else _words(error)
        raise JournalError(f"the journal {path} cannot be used: {words}") from error


def _words(error: Exception) -> str:
    """What SQLite says, which fails to be text where it quotes what is none."""
    return "its tables are damaged" if isinstance(error, UnicodeDecodeError) else str(error)


def opened(path: Path) -> sqlite3.Connection:
    """A connection to a journal, which is made if there is none.

    Raises:
        JournalError: A newer version of this package wrote it.
        sqlite3.Error, OSError: It cannot be read or written.
    """
    while True:
        _make(path)
        identity = _identity(path)
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(connection)
            problem = _problem(connection, path)
        except BaseException:
            connection.close()
            raise
        if problem is None:
            return connection
        connection.close()
        _set_aside(path, identity, problem)


def _prepare(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    connection.text_factory = text_of


def opened_to_read(path: Path) -> sqlite3.Connection | None:
    """A connection that changes nothing; None if there is no journal.

    Raises:
        JournalError: It is damaged, or written by a newer version of this package.
        sqlite3.Error: It cannot be read.
    """
    if not path.exists():
        return None
    connection = sqlite3.connect(
        f"file:{urllib.parse.quote(str(path.absolute()))}?mode=ro",
        uri=True,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
    )
    _prepare(connection)
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise JournalError(f"{path} is no journal, and a download would set it aside")
        if check_version(connection, path) < VERSION:
            with contextlib.closing(connection):
                connection = upgraded_copy(connection, path)
            _prepare(connection)
        if problem_of(connection) is not None:
            raise JournalError(f"{path} is damaged, and a download would set it aside")
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path) -> None:
    """Make the file with its mode before SQLite does. It gives its own files the same mode."""
    with _making, contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            if hasattr(os, "fchmod"):
                os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)


def _problem(connection: sqlite3.Connection, path: Path) -> str | None:
    """Why a file is no journal, or None after making it ready."""
    execute = connection.execute
    try:
        execute("PRAGMA secure_delete = ON")
        execute("PRAGMA synchronous = FULL")
        if execute("PRAGMA application_id").fetchone()[0] == 0:
            _fill(connection, path)
        if execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            return "it is a database of something else"
        is_known = check_version(connection, path) > 0
        found = "ok" if is_known else "its version is damaged"
        if is_known and (path.stat().st_size <= _SMALL or path not in _sound):
            found = str(execute("PRAGMA quick_check(1)").fetchone()[0])
        if found != "ok":
            return found
        execute("PRAGMA journal_mode = TRUNCATE")
        upgrade(connection, path)
        found = "ok" if path in _sound else problem_of(connection) or "ok"
    except UNREADABLE as error:
        if not _is_damage(error):
            raise
        return _words(error)
    if found != "ok":
        return found
    _sound.add(path)
    return None


def _is_damage(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    damage = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return isinstance(error, UnicodeDecodeError) or code in damage


def _fill(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables in an empty file, unless another process just has."""
    execute = connection.execute
    execute("BEGIN IMMEDIATE")
    try:
        if execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            for statement in SCHEMA:
                execute(statement)
            execute(f"PRAGMA application_id = {APPLICATION_ID}")
            execute(f"PRAGMA user_version = {VERSION}")
            salvage(connection, path)
        execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            execute("ROLLBACK")
        raise


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _set_aside(path: Path, identity: tuple[int, int] | None, problem: str) -> None:
    """Give a file another name, unless another process already has."""
    with _alone(path.parent):
        if identity != _identity(path):
            return
        aside = free_name(path)
        with contextlib.suppress(FileNotFoundError):
            path.with_name(f"{path.name}-journal").rename(f"{aside}-journal")
        with contextlib.suppress(FileNotFoundError):
            path.rename(aside)
            _log.journal_set_aside(path, aside, problem)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes of this machine away, lest one sets aside what another has made anew."""
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network folders have no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
