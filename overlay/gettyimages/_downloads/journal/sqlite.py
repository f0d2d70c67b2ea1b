"""A journal in an SQLite file of its own, with a lock file beside it."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import sqlite3
import stat
import threading
import time
import typing
import urllib.parse
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..._errors import JournalError
from ..._log import log
from ..._process import OfProcess
from . import journal
from .journal import GAP, Entry, FactChange, Row, Store
from .locks import LockFile, open_lock_file

NAME = ".gettyimages-journal.sqlite"
APPLICATION_ID = 0x47494A31
"""Marks an SQLite file as a journal."""
VERSION = 5
BUSY_SECONDS = 60.0
"""How long to wait for other processes. A commit takes milliseconds."""

_SHORT_WAIT = 0.5
_SMALL = 2 * 1024 * 1024
_checked: set[Path] = set()
"""The files that this process has looked through for damage."""

_TEXT = "CHECK (typeof({0}) IN ('text', 'null') AND instr({0}, char(0)) = 0)"
_TYPES = {
    "str": _TEXT,
    "Placing": _TEXT,
    "int": "CHECK (typeof({0}) IN ('integer', 'null'))",
    "float": "CHECK (typeof({0}) IN ('real', 'integer', 'null') AND {0} BETWEEN 0 AND 1e11)",
}
_CHECKS = ("instr(key, asset) > 0", "transfer IS NULL OR json_valid(transfer)")
_SCHEMA = (
    f"CREATE TABLE entries ({journal.table(_TYPES, *_CHECKS)}) WITHOUT ROWID",
    "CREATE INDEX links ON entries (link_expires_at) WHERE link_expires_at IS NOT NULL",
    "CREATE INDEX paths ON entries (path) WHERE path IS NOT NULL",
    "CREATE TABLE facts (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)


class SqliteStore(OfProcess, Store):
    """The store of a journal file. See `Store` for the methods.

    Changes that threads make at the same time share a commit. The file has no write-ahead log, so
    that it also works on network file systems whose locks work.
    """

    is_shared: typing.ClassVar = False
    _connection: sqlite3.Connection | None
    _locks: LockFile | None

    def __init__(self, path: Path, *, check: bool = True, read_only: bool = False) -> None:
        """Open a journal file, or make one. Its lock file lies beside it.

        A damaged file is set aside as `*.damaged-N`, with a warning in the log, and a new one
        begins with the entries that can be read. `check` looks for damage once more. A file of
        another program that was named as a journal is refused.

        If it may only be read, a file that is missing counts as empty, a damaged one is an error,
        nothing is locked, and what is to be written is dropped.
        """
        self.path = path
        self._lock_path = path.with_suffix(".lock" if path.suffix != ".lock" else ".lock.lock")
        self.strangers: dict[Path, list[str]] = {}
        self._is_read_only = read_only
        self._patience = BUSY_SECONDS
        super().__init__()
        with self._translated():
            if read_only:
                self._connection = _opened(path, check=True, read_only=True)
                return
            self._locks = open_lock_file(self._lock_path)
            try:
                with self._alone(self._locks):
                    self._connection = _opened(path, check=check)
                    self._found = path.stat()
            except BaseException:
                self._locks.close()
                raise
            _checked.add(path)

    def _begin(self) -> None:
        # A child that closed its parent's connection would undo what a thread of that is writing.
        self._lock = threading.Lock()
        self._waiting: deque[_Change] = deque()
        self._connection, self._locks = None, None

    def is_own(self, name: str, /) -> bool:
        own, lock = self.path.name, self._lock_path.name
        return name in (own, lock, f"{own}-journal") or name.startswith(f"{own}.damaged-")

    def update_fact(self, name: str, change: FactChange, /) -> None:
        with self._in_use(writes=True) as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            row = connection.execute(journal.FACT, (name,)).fetchone()
            value = change(row and row[0], time.time())
            if value is not None:
                self._check_same()
                connection.execute(journal.SET_FACT, (name, value))

    def mark_placed(self, entry: Entry, /) -> None:
        # The next commit will do: a file that is not marked is recognised by its digest.
        self._waiting.append(_Change(journal.PLACED, (entry.key, entry.path, entry.sha256)))

    def locked(self, key: str, /) -> contextlib.AbstractContextManager[bool]:
        return contextlib.nullcontext(True) if self._locks is None else self._locks.locked(key)

    def check_lock(self, key: str, /) -> None:
        self.fact(key)  # an error in a child; in the process itself it ends with that alone

    def copy(self, to: Path, /) -> None:
        _make_private(to)
        try:
            self._rows("VACUUM INTO ?", str(to.absolute()))
        except BaseException:
            to.unlink(missing_ok=True)
            raise

    def close(self) -> None:
        with self._translated(), self._lock:
            connection, self._connection = self._connection, None
            if connection is None:
                return
            try:
                if self._waiting:
                    _commit(connection, self._waiting)
            finally:
                connection.close()
                if self._locks is not None:
                    self._locks.close()

    def _rows(self, query: str, *values: object) -> list[Row]:
        with self._in_use(writes=False) as connection:
            return connection.execute(query, values).fetchall()

    def _write(self, statement: str, *values: object) -> None:
        if self._is_read_only:
            return
        change = _Change(statement, values)
        self._waiting.append(change)
        with self._in_use(writes=True) as connection:
            if not change.is_done:  # else a thread that had the lock before has written it
                self._check_same()
                _commit(connection, self._waiting)
            if change.problem is not None:
                raise sqlite3.OperationalError(change.problem)

    def _check_same(self) -> None:
        if not os.path.samestat(self._found, self.path.stat()):
            self._waiting.clear()
            raise JournalError(f"the journal {self.path} was replaced while in use")

    @contextlib.contextmanager
    def _in_use(self, *, writes: bool) -> Iterator[sqlite3.Connection]:
        """Bound the wait for other processes by one bound for all statements, not one for each.

        After a wait that was in vain, the next ones are short, until something is written: another
        process may let this one read, but not write.
        """
        with self._translated(), self._lock:
            if self._connection is None:
                raise JournalError(f"the journal {self.path} is closed")
            start, seconds = time.monotonic(), min(self._patience, BUSY_SECONDS)
            try:
                yield self._connection
            finally:
                in_vain = time.monotonic() - start >= seconds * 0.9
                patience = _SHORT_WAIT if in_vain else BUSY_SECONDS
                if patience != self._patience and (in_vain or writes):
                    self._patience = patience
                    self._connection.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")

    @contextlib.contextmanager
    def _alone(self, locks: LockFile) -> Iterator[None]:
        """Keep others from opening the file, lest one sets aside what another has made anew."""
        end = time.monotonic() + BUSY_SECONDS
        while time.monotonic() <= end:
            with locks.locked("") as is_mine:
                if is_mine:
                    yield
                    return
            time.sleep(0.005)
        raise JournalError(f"the journal {self.path} is being opened by another process")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """Raise errors of SQLite and of the file system as `JournalError`."""
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            _checked.discard(self.path)
            reason = _reason(error)
            raise JournalError(f"the journal {self.path} cannot be used: {reason}") from error


@dataclass(slots=True)
class _Change:
    """A statement that waits to be committed."""

    statement: str
    values: tuple[object, ...]
    is_done: bool = False
    problem: str | None = None


def _commit(connection: sqlite3.Connection, waiting: deque[_Change]) -> None:
    """Write all waiting changes in one transaction. If it fails, each of their threads learns why.

    A change that cannot be right fails alone. What other threads add meanwhile stays in the queue.
    """
    changes = [waiting.popleft() for _ in range(len(waiting))]
    problem: str | None = "writing was interrupted"
    try:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            for change in changes:
                try:
                    connection.execute(change.statement, change.values)
                except (sqlite3.IntegrityError, UnicodeEncodeError) as error:
                    change.problem = _reason(error)
        problem = None
    except Exception as error:
        problem = _reason(error)
    finally:
        for change in changes:
            change.is_done, change.problem = True, problem or change.problem


def _opened(path: Path, *, check: bool, read_only: bool = False) -> sqlite3.Connection:
    is_new = read_only and not (path.exists() and path.stat().st_size)
    # Not "ro", with which SQLite does not take back what a dead process has half written.
    mode = "memory" if is_new else "rw"
    connection = _connected(path, mode) if read_only else _made(path)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = FULL")
        tables = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        application = _pragma(connection, "application_id")
        is_empty = not tables and not application
        if not read_only and (is_empty or application == APPLICATION_ID):
            _narrow(path)
        if is_new or (is_empty and not read_only):
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                for statement in _SCHEMA:
                    connection.execute(statement)
        _look_for_damage(connection, path, check=check)
        if not read_only:
            connection.execute("PRAGMA journal_mode = TRUNCATE")
    except BaseException as error:
        connection.close()
        if not _is_damage(error):
            raise
        if _is_foreign(path):
            text = "is a file of another program, and is not replaced. Name another file"
            raise JournalError(f"the journal {path} cannot be used: it {text}") from error
        if read_only:
            text = f"is damaged ({_reason(error)}): a download would set it aside"
            raise JournalError(f"the journal {path} {text}") from error
        _set_aside(path, _reason(error))
        return _opened(path, check=check)
    return connection


def _is_foreign(path: Path) -> bool:
    """Whether a file that the caller has named is something other than a damaged journal."""
    if path.name == NAME:
        return False
    with path.open("rb") as file:
        head = file.read(100)
    if head.startswith(b"SQLite format 3\0"):
        return head[68:72] != APPLICATION_ID.to_bytes(4, "big")
    return bool(head) and b"\0" not in head  # text


def _set_aside(path: Path, problem: str) -> None:
    """Replace a damaged file by a new journal, which is complete before it takes its place."""
    _narrow(path)
    names = (path.with_name(f"{path.name}.damaged-{number}") for number in itertools.count(1))
    aside = next(name for name in names if not os.path.lexists(name))
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with contextlib.closing(_opened(new, check=False)) as connection:
        count = _salvage(connection, path)
    try:
        os.link(path, aside)
    except OSError:  # the file system has no hard links
        _make_private(aside)
        shutil.copyfile(path, aside)
    with contextlib.suppress(FileNotFoundError):
        path.with_name(f"{path.name}-journal").rename(f"{aside}-journal")
    new.replace(path)
    text = (
        "the journal %s is damaged (%s). It was renamed to %s, and a new one holds the %d entries"
        " that could be read. From now on, an asset that it does not know is looked up in the"
        " download history before it is requested"
    )
    log.warning(text, path, problem, aside, count)


def _made(path: Path) -> sqlite3.Connection:
    """Open a file, which is made if it is missing; refuse what is not a regular file."""
    with contextlib.suppress(FileExistsError):
        _make_private(path)
    for one, mode in _modes(path):
        if not stat.S_ISREG(mode):
            raise JournalError(f"the journal {one} cannot be used: it is not a regular file")
    return _connected(path, "rw")


def _modes(path: Path) -> Iterator[tuple[Path, int]]:
    """Yield the files of a journal that exist, and their modes."""
    # SQLite writes what a change replaces to a second file.
    for one in (path, path.with_name(f"{path.name}-journal")):
        with contextlib.suppress(FileNotFoundError):
            yield one, one.lstat().st_mode


def _narrow(path: Path) -> None:
    """Make a journal readable for its owner only, before a link is written to it."""
    for one, mode in _modes(path):
        if mode & 0o077 and os.name == "posix":
            one.chmod(0o600)


def _make_private(path: Path) -> None:
    """Make an empty file that only its owner can read, unless there is one."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    name = f"file:{urllib.parse.quote(os.fsencode(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(
        name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=True
    )
    # SQLite's own error for text that is not UTF-8 would quote a link.
    connection.text_factory = lambda raw: raw.decode(errors="surrogateescape")
    return connection


def _look_for_damage(connection: sqlite3.Connection, path: Path, *, check: bool) -> None:
    """Raise what is wrong with a file, which is read as a whole if it was not or is small."""
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise _DamageError("it is not a journal")
    journal.check_version(path, _pragma(connection, "user_version"), VERSION)
    if check or path not in _checked or path.stat().st_size <= _SMALL:
        found = _pragma(connection, "quick_check(1)")
        if found != "ok":
            raise _DamageError(str(found))


def _pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def _salvage(connection: sqlite3.Connection, path: Path) -> int:
    """Copy what can be read of a damaged file, row by row, and return how many rows that are.

    A damaged page hides its rows; those before and after it are read. A row that cannot be right
    is kept as an asset that was paid for, so that it is not paid for again silently.
    """
    count = 0
    with contextlib.closing(_connected(path, "ro&immutable=1")) as source, connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(journal.SET_FACT, (GAP, ""))
        for order in ("ASC", "DESC"):
            with contextlib.suppress(sqlite3.DatabaseError):
                for row in source.execute(f"{journal.SELECT} ORDER BY key {order}"):
                    count += _copied(connection, row)
        with contextlib.suppress(sqlite3.DatabaseError, UnicodeEncodeError):
            for fact in source.execute("SELECT name, value FROM facts WHERE name <> ?", (GAP,)):
                connection.execute(journal.SET_FACT, fact)
    return count


def _copied(connection: sqlite3.Connection, row: tuple[object, ...]) -> bool:
    """Copy a row, unless it is there."""
    for values in (row, (*row[:2], 1, *[None] * (len(row) - 3))):
        with contextlib.suppress(sqlite3.IntegrityError, UnicodeEncodeError):
            connection.execute(journal.ADD, values)
            return True
    return False


class _DamageError(Exception):
    """What is wrong with a file that SQLite can read."""


def _is_damage(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    damage = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return isinstance(error, UnicodeDecodeError | _DamageError) or code in damage


def _reason(error: BaseException) -> str:
    """Describe an error. One that SQLite cannot put in words quotes what the file holds."""
    if isinstance(error, UnicodeDecodeError):
        return "its tables are damaged"
    return getattr(error, "strerror", None) or str(error)
