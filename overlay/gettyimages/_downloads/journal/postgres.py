"""A journal in a Postgres database, which any number of machines share."""

from __future__ import annotations

import contextlib
import os
import re
import threading
import time
import typing
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
from cryptography.fernet import Fernet, InvalidToken
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ..._errors import InvalidArgumentError, JournalError
from ..._process import OfProcess
from . import journal
from .journal import Entry, FactChange, Row, Store

T = typing.TypeVar("T")

KEY_VARIABLE = "GETTYIMAGES_JOURNAL_KEY"
"""The environment variable with the key that links are encrypted with."""

_VERSION = "1"
# Bounds for a statement, and for a process that hangs in a transaction. A database can have other
# defaults: with a stricter isolation, two processes could not change the same fact at a time, and
# what is committed may not be on the disk yet.
_SETTINGS = (
    "SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '10s';"
    " SET default_transaction_isolation = 'read committed'; SET synchronous_commit = on"
)
_PARAMETERS: dict[str, str | int] = {
    "application_name": "gettyimages",
    "client_encoding": "utf8",  # else text of a database without an encoding is read as bytes
    "connect_timeout": 10,
    # A network that swallows packets must not keep a claim waiting for ever.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
}
_SECRET = re.compile("password|secret|scram_")
_SILENCE = 75.0
"""Seconds of silence after which a database has hung: by itself it ends a statement earlier."""
_PATIENCE = 20.0
"""Seconds for which a connection that was lost is tried to be made again."""
_PAUSE = 0.2
_TYPES = {
    "str": "text",
    "Placing": "text",
    "int": "bigint",
    "float": "double precision CHECK ({0} BETWEEN 0 AND 1e11)",
}
_CHECKS = ("strpos(key, asset) > 0", "transfer IS NULL OR transfer::json IS NOT NULL")
_SCHEMA = (
    f"CREATE TABLE IF NOT EXISTS entries ({journal.table(_TYPES, *_CHECKS)})",
    """CREATE INDEX IF NOT EXISTS gettyimages_links ON entries (link_expires_at)
    WHERE link_expires_at IS NOT NULL""",
    """CREATE INDEX IF NOT EXISTS gettyimages_unknown ON entries (unknown_since)
    WHERE unknown_since IS NOT NULL""",
    "CREATE INDEX IF NOT EXISTS gettyimages_paths ON entries (path) WHERE path IS NOT NULL",
    "CREATE TABLE IF NOT EXISTS facts (name text PRIMARY KEY, value text NOT NULL)",
    f"INSERT INTO facts VALUES ('version', '{_VERSION}') ON CONFLICT DO NOTHING",  # noqa: S608
)
_NEW_FACT = "INSERT INTO facts VALUES (?, '') ON CONFLICT DO NOTHING"
_LOCKED_FACT = (
    "SELECT value, extract(epoch FROM clock_timestamp()) FROM facts WHERE name = ? FOR UPDATE"
)
# The table tells the journals of a database apart.
_LOCK = "(hashtextextended(?, 'entries'::regclass::oid::bigint))"
_TRY_LOCK, _UNLOCK = f"SELECT pg_try_advisory_lock{_LOCK}", f"SELECT pg_advisory_unlock{_LOCK}"
_strangers: defaultdict[str, dict[Path, list[str]]] = defaultdict(dict)


@dataclass(slots=True)
class _Lock:
    """A lock of this process on an entry."""

    known: list[Entry | None] = field(default_factory=list)
    """What the entry may be in the database: one of two while it is written. Empty until it has
    been read: then it may be anything."""
    is_lost: bool = False


class PostgresStore(OfProcess, Store):
    """The store of a journal in a database. See `Store` for the methods.

    A lock is a session-level advisory lock: it ends with the connection, as the process that held
    it may have died. A process that has lost it connects again, and takes its locks again; under
    one that another process has had meanwhile, nothing can be written any more.
    """

    is_shared: typing.ClassVar = True
    _connection: psycopg.Connection | None

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        """Connect to a database, and make the two tables that are missing.

        The address is without a password: libpq takes that from `PGPASSWORD` or a file. If it may
        only be read, what is to be written is dropped.
        """
        _check_address(url)
        self.url = url
        # A process looks a directory up once for all its batches, as the journal may be large.
        self.strangers = {} if read_only else _strangers[url]
        self._is_read_only = read_only
        self._cipher = _cipher()
        self.keeps_links = self._cipher is not None
        super().__init__()
        if self._rows("SELECT to_regclass('facts')") == [(None,)]:
            self._fill()
        version = self.fact("version")
        if version not in (None, _VERSION):
            self.close()
            journal.check_version(url, version, _VERSION)

    def _begin(self) -> None:
        self._lock = threading.RLock()
        self._connection = None
        self._is_closed = False
        self._held: dict[str, _Lock] = {}

    def update_fact(self, name: str, change: FactChange, /) -> None:
        def update(connection: psycopg.Connection) -> None:
            with connection.transaction():
                # Only a row that is there can be locked.
                connection.execute(_own(_NEW_FACT), (name,))
                found = connection.execute(_own(_LOCKED_FACT), (name,)).fetchone()
                value, now = found or (None, 0.0)
                new = change(value or None, float(now))
                if new is not None:
                    connection.execute(_own(journal.SET_FACT), (name, new))

        self._with_connection(update)

    @contextlib.contextmanager
    def locked(self, key: str, /) -> Iterator[bool]:
        if self._is_read_only:
            yield True
            return
        with contextlib.ExitStack() as held:
            with self._lock:
                is_mine = key not in self._held and self._rows(_TRY_LOCK, key) == [(True,)]
                if is_mine:  # before it is read: a connection that is made anew takes the lock
                    lock = self._held[key] = _Lock()
                    held.callback(self._unlock, key)
                    lock.known = [self.get(key)]
            yield is_mine

    def check_lock(self, key: str, /) -> None:
        with self._lock:
            lock = self._held.get(key)
            if lock is None:  # in a child of the process that holds it
                raise JournalError(f"the journal {self.url}: this process does not hold the lock")
            self._execute("SELECT 1", lock=lock)

    def copy(self, to: Path, /) -> None:
        raise JournalError(f"the journal {self.url} is a database: copy it by pg_dump, not to {to}")

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            if self._connection is not None:
                self._connection.close()

    def _entry(self, row: Row) -> Entry:
        entry = Entry(*row)
        if entry.link is None:
            return entry
        try:
            if self._cipher is None:
                raise InvalidToken
            return replace(entry, link=self._cipher.decrypt(entry.link).decode())
        except InvalidToken:
            text = f"a link in the journal {self.url} has another key than that of {KEY_VARIABLE}"
            raise JournalError(text) from None

    def _row(self, entry: Entry) -> Row:
        if entry.link is None or self._cipher is None:
            return super()._row(_without_link(entry))
        link = self._cipher.encrypt(entry.link.encode()).decode()
        return super()._row(replace(entry, link=link))

    def _write(self, statement: str, *values: object, lock: _Lock | None = None) -> None:
        if not self._is_read_only:
            self._execute(statement, *values, lock=lock)

    def _change(self, key: str, entry: Entry | None, statement: str, *values: object) -> None:
        """Write an entry, unless the lock on it is lost."""
        with self._lock:
            lock = self._held.get(key, _Lock())
            lock.known.append(entry)
            self._write(statement, *values, lock=lock)
            lock.known = [entry]

    def _rows(self, query: str, *values: object) -> list[Row]:
        return self._execute(query, *values).fetchall()

    def _execute(
        self, statement: str, *values: object, lock: _Lock | None = None
    ) -> psycopg.Cursor[Row]:
        return self._with_connection(
            lambda connection: connection.execute(_own(statement), values), lock
        )

    def _with_connection(
        self, function: Callable[[psycopg.Connection], T], lock: _Lock | None = None
    ) -> T:
        """Call a function, once more if the connection was lost: each of them bears that."""
        with self._lock, self._translated():
            try:
                return function(self._connected(lock))
            except psycopg.OperationalError:
                if self._connection is None or not self._connection.closed:
                    raise
            return function(self._connected(lock))

    def _connected(self, lock: _Lock | None) -> psycopg.Connection:
        if self._is_closed:
            raise JournalError(f"the journal {self.url} is closed")
        if self._connection is None:
            self._connection = self._new_connection()
        elif self._connection.closed:
            self._connection = self._reconnected()
        if lock is not None and lock.is_lost:
            text = "the connection was lost, and another process has claimed the file meanwhile"
            raise JournalError(f"the journal {self.url}: {text}")
        return self._connection

    def _new_connection(self) -> psycopg.Connection:
        address = make_conninfo(self.url, **_PARAMETERS)
        connection = _Connection.connect(address, autocommit=True)
        connection.execute(_SETTINGS.encode())
        return connection

    def _reconnected(self) -> psycopg.Connection:
        """Connect again, and take the locks again that ended with the connection before."""
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                connection = self._new_connection()
                break
            except psycopg.OperationalError:  # the database may be starting
                if time.monotonic() > end:
                    raise
                time.sleep(_PAUSE)
        try:
            for key, lock in self._held.items():
                is_mine = connection.execute(_own(_TRY_LOCK), (key,)).fetchone() == (True,)
                row = connection.execute(_own(f"{journal.SELECT} WHERE key = ?"), (key,)).fetchone()
                # A link may have been left out.
                known = [one and _without_link(one) for one in lock.known]
                is_same = not known or (_without_link(Entry(*row)) if row else None) in known
                lock.is_lost = lock.is_lost or not (is_mine and is_same)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """Raise errors of Postgres as `JournalError`."""
        try:
            yield
        except (psycopg.Error, UnicodeError) as error:
            reason = str(error).strip().partition("\n")[0]
            raise JournalError(f"the journal {self.url} cannot be used: {reason}") from None

    def _fill(self) -> None:
        with self._lock, self._translated():
            connection = self._connected(None)
            with connection.transaction():
                # Two processes may be the first ones.
                connection.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended('gettyimages', 0))"
                )
                # What may only be read and is not there begins empty, for this connection.
                kind = "TEMPORARY TABLE" if self._is_read_only else "TABLE"
                for statement in _SCHEMA:
                    connection.execute(_own(statement.replace("TABLE", kind)))

    def _unlock(self, key: str) -> None:
        with self._lock:
            self._held.pop(key, None)  # a child of the process that holds it has none
            # Without the connection, the lock has ended already.
            with contextlib.suppress(psycopg.Error):
                if self._connection is not None and not self._connection.closed:
                    self._connection.execute(_own(_UNLOCK), (key,))


class _Connection(psycopg.Connection):
    """A connection that is given up if the database hangs, as nothing else would end the wait."""

    def wait(self, gen: PQGen[T], *args: typing.Any, **kwargs: typing.Any) -> T:
        return super().wait(self._bounded(gen), *args, **kwargs)

    def _bounded(self, gen: PQGen[T]) -> PQGen[T]:
        end = time.monotonic() + _SILENCE
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    end = time.monotonic() + _SILENCE
                elif time.monotonic() > end:
                    self.close()
                    raise psycopg.OperationalError("the database does not respond")
                wanted = gen.send(ready)
        except StopIteration as stop:
            return typing.cast("T", stop.value)


def _own(statement: str) -> bytes:
    """Return a statement with the placeholders of Postgres and the names of the two tables."""
    named = re.sub(r"\b(entries|facts)\b", r"gettyimages_\1", statement)
    return named.replace("?", "%s").encode()


def _without_link(entry: Entry) -> Entry:
    return replace(entry, link=None, link_expires_at=None)


def _check_address(url: str) -> None:
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:  # its text may quote a password
        text = "journal must be an address of Postgres, such as postgresql://host/database"
        raise InvalidArgumentError(text) from None
    if any(value and _SECRET.search(name) for name, value in parts.items()):
        raise InvalidArgumentError(
            "the address of a journal must not contain a password, as it is shown in errors:"
            " set PGPASSWORD, or write it to ~/.pgpass"
        )


def _cipher() -> Fernet | None:
    key = os.environ.get(KEY_VARIABLE)
    try:
        return Fernet(key) if key else None
    except ValueError:
        text = "32 bytes in URL-safe base64, as `Fernet.generate_key()` of cryptography makes it"
        raise InvalidArgumentError(f"{KEY_VARIABLE} must be a key of {text}") from None
