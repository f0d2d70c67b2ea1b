"""What is in work, and by whom: in this process, and in others by the journal."""

from __future__ import annotations

import threading
import typing
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..._errors import DownloadInProgressError
from . import owners as _owners
from .entry import Claim, Entry, Owner

if typing.TYPE_CHECKING:
    import sqlite3

_claims: weakref.WeakValueDictionary[tuple[str, str], Claim] = weakref.WeakValueDictionary()
"""What is in work in this process, by journal and key, as long as somebody holds the claim."""
_lock = threading.Lock()


@dataclass(slots=True)
class _Held:
    since: float
    """When its lease began."""
    is_shown: bool
    """Whether other processes see it."""
    has_asked: bool = False
    """Whether its own intent is recorded."""
    is_placing: bool = False
    """Whether its file is recorded as whole, and about to get its name."""
    link: tuple[object, ...] | None = None
    """What is to be recorded of a link, where that has failed."""


class Claims:
    """The claims that were made by one user of a journal."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._name = str(path.resolve())
        self._clock = clock
        self._held: dict[str, _Held] = {}
        self.owner = _owners.this_process()

    def __bool__(self) -> bool:
        return bool(self._held)

    def is_held(self, claim: Claim) -> bool:
        """Whether it has not been given back."""
        return claim.token in self._held

    def is_shown(self, claim: Claim) -> bool:
        """Whether other processes see it."""
        held = self._held.get(claim.token)
        return held is None or held.is_shown

    def has_asked(self, claim: Claim) -> bool:
        """Whether its own intent is recorded."""
        held = self._held.get(claim.token)
        return held is not None and held.has_asked

    def note_asked(self, claim: Claim) -> None:
        """Its own intent is recorded."""
        held = self._held.get(claim.token)
        if held is not None:
            held.is_shown = held.has_asked = True

    def is_due(self, claim: Claim) -> bool:
        """Whether its lease should be renewed."""
        held = self._held.get(claim.token)
        return held is not None and not 0 <= self._clock() - held.since < _owners.LEASE / 5

    def keep_link(self, claim: Claim, values: tuple[object, ...] | None) -> None:
        """Remember what is to be recorded of a link; None once it is."""
        held = self._held.get(claim.token)
        if held is not None:
            held.link = values

    def kept_link(self, claim: Claim) -> tuple[object, ...] | None:
        """What is to be recorded of a link, where that has failed."""
        held = self._held.get(claim.token)
        return None if held is None else held.link

    def kept_links(self) -> list[tuple[object, ...]]:
        """Those of all claims."""
        return [held.link for held in [*self._held.values()] if held.link is not None]

    def note_placing(self, claim: Claim) -> None:
        """Its file is recorded as whole, and about to get its name."""
        held = self._held.get(claim.token)
        if held is not None:
            held.is_placing = True

    def is_placing(self, claim: Claim) -> bool:
        """Whether its file is recorded as whole, and about to get its name."""
        held = self._held.get(claim.token)
        return held is not None and held.is_placing

    def are_shown(self, *, without: Claim | None = None) -> bool:
        """Whether there are claims that will have to be taken out of the journal."""
        token = None if without is None else without.token
        return any(held.is_shown for one, held in [*self._held.items()] if one != token)

    def note_renewed(self, claim: Claim) -> None:
        """Its lease begins again."""
        held = self._held.get(claim.token)
        if held is not None:
            held.since = self._clock()

    def hold(self, claim: Claim, *, is_shown: bool) -> None:
        """Have something in work in this process.

        Raises:
            DownloadInProgressError: It is already.
        """
        with _lock:
            if _claims.setdefault((self._name, claim.key), claim) is not claim:
                raise DownloadInProgressError(f"{claim.request.asset}: it is in work already")
        self._held[claim.token] = _Held(self._clock(), is_shown)

    def let_go(self, claim: Claim) -> None:
        """Have it no more."""
        self._held.pop(claim.token, None)
        with _lock:
            if _claims.get((self._name, claim.key)) is claim:
                del _claims[self._name, claim.key]

    def show(self, connection: sqlite3.Connection, claim: Claim) -> None:
        """Show it to other processes."""
        who = (self.owner.host, self.owner.pid, self.owner.start)
        connection.execute(
            "INSERT OR REPLACE INTO work (key, claim, host, pid, start, lease_until)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (claim.key, claim.token, *who, self._clock() + _owners.LEASE),
        )

    def renew(self, connection: sqlite3.Connection, claim: Claim) -> None:
        """Prolong its lease."""
        values = (self._clock() + _owners.LEASE, claim.token)
        connection.execute("UPDATE work SET lease_until = ? WHERE claim = ?", values)

    def is_ours(self, connection: sqlite3.Connection, claim: Claim) -> bool:
        """Whether it was not lost to another process."""
        held = connection.execute("SELECT 1 FROM work WHERE claim = ?", (claim.token,))
        return held.fetchone() is not None

    def is_left(self, connection: sqlite3.Connection, key: str) -> bool:
        """Whether a process has died that had something in work, and may have left parts of it."""
        row = connection.execute("SELECT * FROM work WHERE key = ?", (key,)).fetchone()
        if row is None:
            return False
        owner = Owner(row["host"], row["pid"], row["start"])
        return not _owners.is_alive(owner, row["lease_until"], self._clock())

    def check(self, connection: sqlite3.Connection, claim: Claim) -> None:
        """Refuse to go on with what was lost to another process."""
        if not self.is_ours(connection, claim):
            raise DownloadInProgressError(
                f"{claim.request.asset}: another process has taken it over"
            )

    def refuse(self, connection: sqlite3.Connection, key: str, *, own: bool = True) -> None:
        """Refuse what somebody has in work; this process counts only if `own`."""
        held = _claims.get((self._name, key))
        row = connection.execute("SELECT * FROM work WHERE key = ?", (key,)).fetchone()
        owner = None if row is None else Owner(row["host"], row["pid"], row["start"])
        if row is None or owner is None or owner == self.owner:
            if not own or held is None:
                return
            owner = self.owner
        elif not _owners.is_alive(owner, row["lease_until"], self._clock()):
            return
        raise DownloadInProgressError(
            f"process {owner.pid} on {owner.host.partition(' ')[0]} has it in work: {key}"
        )

    def remove_all(self, connection: sqlite3.Connection) -> None:
        """Show none of them any more."""
        remove(connection, self._held)

    def let_all_go(self) -> None:
        """Have nothing in work any more."""
        with _lock:
            for place, claim in [*_claims.items()]:
                if claim.token in self._held:
                    del _claims[place]
        self._held.clear()


def remove(connection: sqlite3.Connection, tokens: typing.Iterable[str]) -> None:
    """Show claims no more."""
    connection.executemany("DELETE FROM work WHERE claim = ?", [(token,) for token in tokens])


def is_same(before: Entry | None, now: Entry | None) -> bool:
    """Whether nothing was asked for in between."""
    marks = [
        one and (one.state == "intent", one.asked_at, one.last_asked_at, one.charges)
        for one in (before, now)
    ]
    return marks[0] == marks[1]
