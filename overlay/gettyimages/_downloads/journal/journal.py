"""The journal: what was requested, paid for and saved.

The journal is ahead of what it records: it knows of a request before it is sent, of a link before
it is used, and of a file before it gets its name. Whoever changes an entry has claimed it before.
"""

from __future__ import annotations

import contextlib
import datetime
import time
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from ..._calls.responses import ServerTime
from ..._errors import DownloadInProgressError, JournalError
from ..file_request import FileRequest

GAP = "gap"
"""The fact with the date of the API until which the journal has gaps; empty if none is known."""
SEEN = "seen date"
"""The fact with the last date of the API that was seen."""
MOVED = "moved to"
"""The fact with the place that a journal was moved to."""
MOVING = "being moved from"
"""The fact with the journal that is being moved to this one; empty once the move is complete."""

_NEXT_SLOT = "next slot"
_LONGEST_QUEUE = 3600.0
"""Seconds ahead at which a slot cannot be right: the clock of the store was set back."""

FactChange: typing.TypeAlias = Callable[[str | None, float], str | None]
"""Gets the value of a fact, if there is one, and the time by the clock of the store. Returns the
new value; None to leave it. It may be called again."""

Row: typing.TypeAlias = tuple[typing.Any, ...]
Placing: typing.TypeAlias = typing.Literal["new", "replace"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a file: the requests for it, its link, and the file itself.

    Times are seconds since 1970, in UTC. Those of servers decide; those of this machine are shown.
    """

    key: str
    asset: str
    downloads: int = 0
    """How many downloads are known to have been used up."""
    unknown_since: float | None = None
    """The first request that may or may not have used up a download, by this machine's clock."""
    requested_at: float | None = None
    """The last request, by the clock of this machine."""
    not_before: float | None = None
    """A date of the API before the first request whose outcome is unknown, if one was known."""
    looked_up_at: float | None = None
    """A date of the API from the first look-up in the history after the last request."""
    link: str | None = None
    """Secret: whoever has it can fetch the file."""
    link_expires_at: float | None = None
    """By the clock of the API, if its response with the link had a date."""
    transfer: str | None = None
    """What a transfer that was begun needs to be resumed, as JSON."""
    path: str | None = None
    """The path of the file, relative to the directory of the journal."""
    size: int | None = None
    sha256: str | None = None
    content_type: str | None = None
    placing: Placing | None = None
    """How the file, which was whole, was about to get its name. None once it certainly has it."""
    account: str | None = None
    """A digest of the account that sent the requests; None if there are several."""

    @property
    def since(self) -> datetime.datetime:
        """When the first request whose outcome is unknown was sent."""
        # The clock may have been set back between the two.
        times = [one for one in (self.unknown_since, self.requested_at) if one is not None]
        return datetime.datetime.fromtimestamp(min(times, default=0.0), datetime.UTC)

    def __repr__(self) -> str:
        link = "no link" if self.link is None else "a link"
        return f"<Entry {self.key}: {link}, path {self.path!r}>"


_NAMES = [f'"{field.name}"' for field in fields(Entry)]  # `placing` is a word of SQL
_COLUMNS = ", ".join(_NAMES)
# Statements that all databases know, in which `?` stands for a value.
SELECT = f"SELECT {_COLUMNS} FROM entries"  # noqa: S608 - constants, as below
ADD = f"INSERT INTO entries ({_COLUMNS}) VALUES ({', '.join('?' * len(_NAMES))})"  # noqa: S608
_CHANGES = ", ".join(f"{name} = excluded.{name}" for name in _NAMES[1:])
_PUT = f"{ADD} ON CONFLICT (key) DO UPDATE SET {_CHANGES}"
PLACED = 'UPDATE entries SET "placing" = NULL WHERE key = ? AND path = ? AND sha256 = ?'
FACT = "SELECT value FROM facts WHERE name = ?"
SET_FACT = "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_ERASE = "UPDATE entries SET link = NULL, link_expires_at = NULL WHERE link_expires_at <= ?"
_CHECKS = (
    "(link IS NULL) = (link_expires_at IS NULL)",
    "(path IS NULL) = (sha256 IS NULL) AND (path IS NULL) = (size IS NULL)",
    '"placing" IS NULL OR path IS NOT NULL',
    "\"placing\" IN ('new', 'replace')",
    "path NOT IN ('', '.', '..')",
    "length(sha256) = 64",
    "downloads >= 0 AND size >= 0",
)


def table(types: Mapping[str, str], *checks: str) -> str:
    """Return the columns of entries in the types of a database, and their checks and its own."""
    columns = []
    for field in fields(Entry):
        kind, _, optional = str(field.type).partition(" | ")
        required = "" if optional else " NOT NULL"
        columns.append(f'"{field.name}" {types[kind].format(field.name)}{required}')
    constraints = [f"CHECK ({check})" for check in (*_CHECKS, *checks)]
    return ", ".join((*columns, "PRIMARY KEY (key)", *constraints))


def check_version(journal: object, found: object, known: object) -> None:
    """Raise an error if another version of this package has made a journal."""
    if found != known:
        raise JournalError(
            f"the journal {journal} has version {found}, and this package knows version {known}:"
            " update gettyimages-client, or use the version that has written it"
        )


class Store(typing.Protocol):
    """The database behind a journal: entries by key, a lock for each, and facts about the whole.

    Safe for threads. Whatever a method has written is durable when it returns, `mark_placed`
    excepted: that notes soon that a file has its name, unless its entry has changed by then.

    Raises (all methods):
        JournalError: The store cannot be read or written.
    """

    is_shared: typing.ClassVar[bool]
    """Whether other machines may use it at the same time."""

    keeps_links: bool = True
    """Whether links are recorded."""

    strangers: dict[Path, list[str]]
    """For each directory, the files that were in it and that no entry knows, once looked up."""

    def is_own(self, name: str, /) -> bool:
        """Whether a file of this name belongs to the store itself."""
        return False

    def fact(self, name: str, /) -> str | None:
        rows = self._rows(FACT, name)
        return str(rows[0][0]) if rows else None

    def facts(self) -> dict[str, str]:
        return dict(self._rows("SELECT name, value FROM facts"))

    def set_fact(self, name: str, value: str, /) -> None:
        self._write(SET_FACT, name, value)

    def update_fact(self, name: str, change: FactChange, /) -> None:
        """Change a fact in one step, in which nobody else can read or change it."""

    def get(self, key: str, /) -> Entry | None:
        return next(iter(self._entries("WHERE key = ?", key)), None)

    def entries(self, *, unknown_only: bool = False) -> list[Entry]:
        return self._entries("WHERE unknown_since IS NOT NULL" if unknown_only else "")

    def keys_of(self, path: str, /) -> list[str]:
        return [str(key) for (key,) in self._rows("SELECT key FROM entries WHERE path = ?", path)]

    def paths(self) -> set[str]:
        rows = self._rows("SELECT path FROM entries WHERE path IS NOT NULL")
        return {str(path) for (path,) in rows}

    def put(self, entry: Entry, /) -> None:
        self._change(entry.key, entry, _PUT, *self._row(entry))

    def mark_placed(self, entry: Entry, /) -> None:
        placed = replace(entry, placing=None)
        self._change(entry.key, placed, PLACED, entry.key, entry.path, entry.sha256)

    def delete(self, key: str, /) -> None:
        self._change(key, None, "DELETE FROM entries WHERE key = ?", key)

    def erase_links(self, before: float, /) -> None:
        """Erase the links that expire by a time, and leave no trace of them."""
        self._write(_ERASE, before)

    def locked(self, key: str, /) -> contextlib.AbstractContextManager[bool]:
        """Lock an entry for a block; False if another thread or process holds it."""
        ...

    def check_lock(self, key: str, /) -> None:
        """Raise a `JournalError` if a lock that is held is not held any more."""

    def copy(self, to: Path, /) -> None:
        """Copy the whole to a new file that only its owner can read; `OSError` if that fails."""

    def close(self) -> None:
        """Close the store. A second time does nothing."""

    def _entries(self, condition: str, *values: object) -> list[Entry]:
        return [self._entry(row) for row in self._rows(f"{SELECT} {condition}", *values)]

    def _entry(self, row: Row) -> Entry:
        return Entry(*row)

    def _row(self, entry: Entry) -> Row:
        return tuple(getattr(entry, name) for name in entry.__slots__)

    def _change(self, _key: str, _entry: Entry | None, statement: str, *values: object) -> None:
        """Write an entry, which is to be this one afterwards."""
        self._write(statement, *values)

    def _rows(self, query: str, *values: object) -> list[Row]: ...
    def _write(self, statement: str, *values: object) -> None: ...


class Journal:
    """The journal of a directory, for threads and processes. Its errors are those of `Store`."""

    def __init__(
        self, store: Store, directory: Path, server_time: ServerTime, account: str | None = None
    ) -> None:
        self.directory = directory
        """What the paths of files are relative to."""
        self.store = store
        self.account = account
        self._server_time = server_time
        self._has_gap = False
        self.entry, self.entries, self.locked = store.get, store.entries, store.locked
        self.fact, self.set_fact, self.copy = store.fact, store.set_fact, store.copy

    @property
    def has_gap(self) -> bool:
        """Whether an earlier journal may have known what this one does not."""
        return self._has_gap or self.fact(GAP) is not None

    def mark_gap(self) -> None:
        """Note for good that this journal does not know everything that was until now."""
        if not self._has_gap:
            self.set_fact(GAP, "")
        self._has_gap = True

    def end_of_gap(self, date: float | None) -> float | None:
        """Return the date of the API until which this journal does not know everything.

        If none is recorded, `date`, a date of the API from now, is recorded and returned.
        """
        end = self.fact(GAP)
        if end or date is None:
            return float(end) if end else None
        self.set_fact(GAP, repr(date))
        return date

    def seen_date(self) -> float | None:
        """Return a date of the API that is certainly over, in this run or an earlier one."""
        return self._server_time.now() or float(self.fact(SEEN) or 0) or None

    def bind(self, environment: str, *, moves: bool = False) -> None:
        """Record which environment the journal belongs to, or refuse another unless it `moves`."""
        if (moved := self.fact(MOVED)) is not None:
            raise JournalError(f"the journal in {self.directory} was moved: pass journal={moved!r}")
        if source := self.fact(MOVING):
            text = f"has a part of {source} only, as moving it was interrupted: move it again"
            raise JournalError(f"the journal in {self.directory} {text}")
        found = self.fact("environment")
        if found is None and self.has_gap and self.entries():
            found = "an unknown environment, as it was damaged"
        if moves or found is None:
            self.set_fact("environment", environment)
        elif found != environment:
            raise JournalError(
                f"the journal in {self.directory} belongs to {found}, and this client to"
                f" {environment}: use a directory for each, or move it with rebind_journal()"
            )

    @contextlib.contextmanager
    def claimed(self, request: FileRequest) -> Iterator[Claim]:
        """Claim the entry of a file for the block, or raise a `DownloadInProgressError`."""
        with self.locked(request.key) as is_mine:
            if not is_mine:
                text = "another call or another process is saving it"
                raise DownloadInProgressError(f"{request.asset_id}: {text}")
            yield Claim(self, request)

    def check(self) -> None:
        """Raise an error if nothing can be recorded, whatever the entry."""
        self.set_fact("checked", "")

    def close(self) -> None:
        """Erase the links that have expired by the API's clock, and close the journal."""
        try:
            if (now := self._server_time.now()) is not None:
                self.store.erase_links(now)
                self.set_fact(SEEN, repr(now))
        finally:
            self.store.close()


class Claim:
    """The exclusive right to work on one entry. Each method records one change of it."""

    def __init__(self, journal: Journal, request: FileRequest) -> None:
        self.request = request
        self.entry = journal.entry(request.key)
        """What is known now. A change that could not be recorded is recorded with the next one."""
        self._is_recorded = True
        self._journal = journal
        self.is_intended = False
        """Whether a request was recorded whose outcome was not."""
        self._before_request: Entry | None = None

    def intend(self) -> None:
        """A download is about to be requested, or requested again."""
        now, known = time.time(), self.known
        if not self.is_intended:
            self.is_intended, self._before_request = True, self.entry
        changes: dict[str, object] = {"requested_at": now, "looked_up_at": None}
        if known.unknown_since is None:
            changes |= {"unknown_since": now, "not_before": self._journal.seen_date()}
            changes["account"] = self._journal.account
        elif known.account != self._journal.account:
            changes["account"] = None
        self._change(**changes)

    def withdraw(self) -> None:
        """The request certainly used up no download."""
        self.is_intended = False
        if self._before_request is None:
            self._delete()
        else:
            self._record(self._before_request)

    def looked_up(self, date: float) -> None:
        """The history was read at a date of the API, and does not have the file."""
        self._change(looked_up_at=date)

    def settle(self, *, was_downloaded: bool) -> None:
        """The requests whose outcome was unknown have used up a download, or none."""
        downloads = self.known.downloads + was_downloaded
        if downloads == 0:
            self._delete()
        else:
            self._change(unknown_since=None, downloads=downloads)

    def link(self, uri: str, expires_at: datetime.datetime) -> None:
        """A link was paid for."""
        self.is_intended = False
        self._change(
            unknown_since=None,
            downloads=self.known.downloads + 1,
            link=uri,
            link_expires_at=expires_at.timestamp(),
            transfer=None,
        )

    def drop_link(self) -> None:
        """The link is of no use."""
        self._change(link=None, link_expires_at=None, transfer=None)

    def transfer(self, head: str | None) -> None:
        """A transfer has advanced: what resuming it takes; None if it cannot be resumed."""
        self._change(transfer=head)

    def placing(
        self, path: str, size: int, sha256: str, content_type: str, placing: Placing
    ) -> None:
        """The file is whole, and about to get its name."""
        file = {"path": path, "size": size, "sha256": sha256, "content_type": content_type}
        self._change(**file, placing=placing, transfer=None)

    def placed(self) -> None:
        """The file has its name."""
        if self._is_recorded:
            self._journal.store.mark_placed(self.known)
            self.entry = replace(self.known, placing=None)
        else:
            self._change(placing=None)

    def forget_file(self) -> None:
        """The file never got its name."""
        self._change(path=None, size=None, sha256=None, content_type=None, placing=None)

    def record_again(self) -> None:
        """Record what is known, if that failed before."""
        if not self._is_recorded:
            self._change()

    @property
    def known(self) -> Entry:
        """The entry, or one that knows nothing."""
        return self.entry or Entry(key=self.request.key, asset=self.request.asset_id)

    def _change(self, **changes: typing.Any) -> None:
        self._record(replace(self.known, **changes))

    def _record(self, entry: Entry) -> None:
        self.entry, self._is_recorded = entry, False
        self._journal.store.put(entry)
        self._is_recorded = True

    def _delete(self) -> None:
        self._journal.store.delete(self.request.key)
        self.entry, self._is_recorded = None, True


def take_slot(
    store: Store, interval: float, is_acceptable: Callable[[float], bool]
) -> float | None:
    """Take the next slot of all who share a journal, by the clock of its store.

    Return the seconds until the slot; None if such a wait is not acceptable, and the slot is left
    to others. `interval` is the seconds between two slots.
    """
    wait: float | None = None

    def change(value: str | None, now: float) -> str | None:
        nonlocal wait
        slot = max(now, float(value or 0.0))
        slot = now if slot > now + _LONGEST_QUEUE else slot
        wait = slot - now if is_acceptable(slot - now) else None
        return None if wait is None else repr(slot + interval)

    store.update_fact(_NEXT_SLOT, change)
    return wait
