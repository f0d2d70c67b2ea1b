"""Where a journal is, how it is moved, and what reads a channel alone by a lock in it."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import threading
import typing
from dataclasses import replace
from pathlib import Path

from ..._calls.arguments import is_database
from ..._errors import InvalidArgumentError, JournalError
from ..file_request import StrPath
from .journal import GAP, MOVED, MOVING, SEEN, Entry, Store
from .sqlite import NAME, SqliteStore


class Location:
    """Where the journal of a directory is: in it, or `journal`, a file or a database."""

    def __init__(self, directory: StrPath, journal: StrPath | None) -> None:
        path = Path(directory) / NAME if journal is None else Path(journal)
        self._url = str(journal)
        self.path = None if is_database(journal) else path
        """The file; None for a database."""
        self.root = self.path.parent if self.path else Path(Path(directory).absolute().anchor)
        """What the paths of files are relative to."""

    def exists(self) -> bool:
        """Whether there is a journal. A database has one from the moment it is opened."""
        return self.path is None or self.path.exists()

    def open(self, *, check: bool = True, read_only: bool = False) -> Store:
        """Open the store, or make one: see `SqliteStore` and `PostgresStore`."""
        if self.path is not None:
            return SqliteStore(self.path, check=check, read_only=read_only)
        needed = ("psycopg", "cryptography")
        if missing := [name for name in needed if importlib.util.find_spec(name) is None]:
            names = " and ".join(missing)
            text = f"a journal in a database needs {names}: pip install 'gettyimages-client[fleet]'"
            raise InvalidArgumentError(text)
        from .postgres import PostgresStore

        return PostgresStore(self._url, read_only=read_only)

    def __str__(self) -> str:
        return str(self.path or self._url)


class SoleReader:
    """The right to read a channel alone: a lock in the journal, which ends with its process.

    Raises (all methods but `close`):
        JournalError: The journal cannot be used, or the right was lost with its connection.
    """

    def __init__(self, channel_id: int, journal: StrPath) -> None:
        self._name = f"channel {channel_id}"
        self._journal = journal
        self._held = contextlib.ExitStack()
        self._store: Store | None = None
        self._mutex = threading.Lock()  # `close` may come from another thread

    def has_turn(self) -> bool:
        """Take the right, or make sure that it is still there. False if another process has it."""
        with self._mutex:
            if self._store is not None:
                self._store.check_lock(self._name)
                return True
            with contextlib.ExitStack() as opening:
                store = Location("", self._journal).open(check=False)
                opening.callback(store.close)
                if not opening.enter_context(store.locked(self._name)):
                    return False
                self._held, self._store = opening.pop_all(), store
            return True

    def close(self) -> None:
        """Give the right up. A second time does nothing."""
        with self._mutex:
            self._store = None
            self._held.close()


def move(source: Location, target: Location) -> int:
    """Move what a journal knows, and leave it where it is, as a copy that nothing saves with.

    Return how many entries were moved. If the two do not fit together, nothing is. What was
    interrupted is continued by moving it again.
    """
    path = source.path
    if path is None:
        raise JournalError(f"the journal {source} is a database already: pg_dump moves those")
    if target.path is not None and target.path.exists() and target.path.samefile(path):
        raise JournalError(f"the journal {source} cannot be moved: it is in {target} already")
    with contextlib.closing(target.open()) as to, contextlib.closing(source.open()) as old:
        known = _converted(old, source, to, target)
        _check(old, known, to, f"the journal {source} cannot be moved", str(target))
        to.set_fact(MOVING, str(source))
        old.set_fact(MOVED, str(target))
        # Whoever has it open notices that it was replaced, before anything is sent.
        fresh = path.with_name(f"{path.name}.new")
        fresh.unlink(missing_ok=True)
        old.copy(fresh)
    fresh.replace(path)
    with contextlib.closing(target.open()) as to, contextlib.closing(source.open()) as old:
        for entry in _converted(old, source, to, target):
            with old.locked(entry.key) as is_free:
                if not is_free:
                    raise JournalError(f"{entry.asset}: another process is saving it: try again")
                to.put(entry)
        for name, value in _facts(old, to, "").items():
            to.set_fact(name, value)
        to.set_fact(MOVING, "")
    return len(known)


def _converted(old: Store, source: Location, to: Store, target: Location) -> list[Entry]:
    """Return the entries of a journal as another one is to have them."""
    entries = []
    for entry in old.entries():
        changes = dict[str, typing.Any]()
        if entry.path is not None:
            if not to.keeps_links:  # with its file, a link is of little use
                changes |= {"link": None, "link_expires_at": None}
            if "://" not in entry.path:  # else it is an object of a store
                final = source.root / entry.path
                path = final.parent.resolve() / final.name
                changes["path"] = os.path.relpath(path, target.root.resolve())
        entries.append(replace(entry, **changes))
    return entries


def _check(old: Store, known: list[Entry], to: Store, text: str, target: str) -> None:
    moved = old.fact(MOVED)
    if moved not in (None, target):
        raise JournalError(f"{text}: it was moved to {moved} already")
    if (elsewhere := to.fact(MOVED)) is not None:  # else neither of the two could be used
        raise JournalError(f"{text}: {target} was moved itself, to {elsewhere}")
    if any(entry.link for entry in known) and not to.keeps_links:
        reason = f"{target} records its links, which are paid for, only with a"
        raise JournalError(f"{text}: {reason} GETTYIMAGES_JOURNAL_KEY")
    for entry in known:
        if to.get(entry.key) not in (None, entry):
            raise JournalError(f"{text}: {target} knows image {entry.asset} as well, and otherwise")
    _facts(old, to, text)


def _facts(old: Store, to: Store, text: str) -> dict[str, str]:
    facts = dict[str, str]()
    for name, value in old.facts().items():
        if name == "environment" or name.startswith("budget "):
            facts[name] = value
            if (found := to.fact(name)) not in (None, value):
                raise JournalError(f"{text}: its {name} is {value}, and there it is {found}")
    for name in (GAP, SEEN):
        dates = [one for one in (old.fact(name), to.fact(name)) if one is not None]
        if dates:  # an end of the gap that is not known yet is later than any
            facts[name] = "" if "" in dates else max(dates, key=float)
    return facts
