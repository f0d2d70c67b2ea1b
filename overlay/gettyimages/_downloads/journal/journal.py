"""The journal of a folder: what was asked for, what was paid for, and what was saved."""

from __future__ import annotations

import functools
import os
import threading
import time
import typing
import uuid
from collections.abc import Callable
from pathlib import Path

from ..._errors import DownloadInProgressError, JournalError
from ..plan import Ask, Decision, Refuse, Skip
from . import sql as _sql
from .claims import Claims, is_same, remove
from .entry import Asked, Claim, Entry, Placing, entry_of
from .file import Commits, opened, translated

if typing.TYPE_CHECKING:
    import sqlite3

_T = typing.TypeVar("_T")

NAME = ".gettyimages-journal.sqlite"


class Journal:
    """The journal of a folder, for any number of threads and processes at once.

    Every change is on the disk when its method returns, but for `saved`. Changes that several
    threads make at the same time share a commit. A power cut or a crash can cost the change that is
    under way, and no earlier one, as far as the disk keeps what it has confirmed: a request of
    which only the intent is recorded is unsettled, and a file that is in place but not recorded is
    recognised by what was recorded before. The file is no write-ahead log, so that it also works on
    network folders whose locks do.

    Raises (all methods):
        JournalError: The journal cannot be read or written.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        """Open the journal of a folder, or make it.

        A damaged or foreign file is set aside as `*.damaged-N`, with a warning in the log; one of
        an older version is brought up to date.

        Raises:
            JournalError: A newer version of this package wrote it.
        """
        self.path = Path(folder) / NAME
        self._clock = clock
        self._lock = threading.Lock()
        self._pid = 0
        self._claims = Claims(self.path, clock)
        self._commits: Commits | None = None
        self._closed = False
        if self._has_expired():
            self.erase_links()

    def entry(self, key: str) -> Entry | None:
        """What is known of a request."""
        with translated(self.path):
            return self._connected().read(lambda connection: _entry(connection, key))

    def entries(self, *, open_only: bool = False) -> list[Entry]:
        """All that is known, or only the requests with an open outcome."""
        query = (
            f"{_sql.ROWS} WHERE e.asking OR e.open_since IS NOT NULL" if open_only else _sql.ROWS
        )
        with translated(self.path):
            rows = self._connected().read(lambda connection: connection.execute(query).fetchall())
            return [entry_of(row) for row in rows]

    @functools.cached_property
    def damaged(self) -> str | None:
        """The name of the journal that was damaged before this one began, if one was."""
        query = "SELECT name FROM damaged LIMIT 1"
        with translated(self.path):
            row = self._connected().read(lambda connection: connection.execute(query).fetchone())
        return None if row is None else row["name"]

    def claim(self, request: Asked, decide: Callable[[Entry | None], Decision]) -> Claim:
        """Decide what to do, and take it in work if there is anything to do.

        `Skip` and `Refuse` leave nothing in work, but for a `Skip` of what a dead process had in
        work and may have left parts of: that has a token, and is to be given back. What is to be
        asked for is shown to other processes by `intend`, in the same commit, and refused there if
        one was faster. `decide` may be called twice, and only the last answer counts.

        Raises:
            DownloadInProgressError: Another call has it in work, here or in another process.
        """
        with translated(self.path):
            claim = self._connected().read(lambda found: self._claim(found, request, decide))
        if isinstance(claim.decision, Skip) and not claim.token:
            return claim
        if not isinstance(claim.decision, Ask):
            return self._write(lambda found: self._claim(found, request, decide, write=True))
        self._claims.hold(claim, is_shown=False)
        return claim

    def _claim(
        self,
        connection: sqlite3.Connection,
        request: Asked,
        decide: Callable[[Entry | None], Decision],
        *,
        write: bool = False,
    ) -> Claim:
        entry = _entry(connection, request.key)
        decision = decide(entry)
        if isinstance(decision, Skip) and not self._is_left(connection, entry):
            return Claim(request, entry, decision, "")
        self._claims.refuse(connection, request.key)
        claim = Claim(request, entry, decision, uuid.uuid4().hex)
        if write and not isinstance(decision, Refuse):
            self._claims.hold(claim, is_shown=True)
            self._claims.show(connection, claim)
        return claim

    def _is_left(self, connection: sqlite3.Connection, entry: Entry | None) -> bool:
        return (
            entry is not None
            and entry.owner is not None
            and self._claims.is_left(connection, entry.key)
        )

    def intend(self, claim: Claim) -> None:
        """Record that a download is about to be asked for. To be done before.

        Raises:
            DownloadInProgressError: Another process has it in work, or had since it was claimed.
        """
        claims = self._claims

        def change(connection: sqlite3.Connection) -> None:
            if not claims.is_shown(claim):
                claims.refuse(connection, claim.key, own=False)
                if not is_same(claim.entry, _entry(connection, claim.key)):
                    raise DownloadInProgressError(
                        f"{claim.request.asset}: another process has just been at it"
                    )
                claims.show(connection, claim)
            claims.check(connection, claim)
            connection.execute(_sql.INTEND, (claim.key, claim.request.asset, self._clock()))

        self._write(change)
        claims.note_asked(claim)

    def confirm(self, claim: Claim) -> None:
        """See to it that the request may be sent once more: nobody has taken it over.

        Raises:
            DownloadInProgressError: Another process has.
        """
        self.renew(claim)
        with translated(self.path):
            self._connected().read(lambda connection: self._claims.check(connection, claim))

    def withdraw(self, claim: Claim) -> None:
        """Record that the request has certainly used up no download; gives the claim back."""
        if not self._claims.has_asked(claim):  # an earlier one may be open all the same
            self.release(claim)
            return

        def change(connection: sqlite3.Connection) -> None:
            if self._claims.is_ours(connection, claim):  # else the open request is another's
                connection.execute(_sql.WITHDRAW, (claim.key,))
                connection.execute(_sql.FORGET, (claim.key,))

        self._finish(claim, change)

    def doubt(self, claim: Claim) -> None:
        """Leave the outcome of the request open; gives the claim back."""
        self.release(claim)

    def link(self, claim: Claim, uri: str, expires_at: float) -> None:
        """Record the link that was paid for. To be done before it is used.

        If it cannot be recorded, it is with whatever is recorded of the claim next.

        Args:
            claim: The claim, which is kept.
            uri: Where the file is.
            expires_at: The time in UTC, in seconds since 1970.
        """
        values = (claim.key, claim.request.asset, self._clock(), uri, expires_at)
        self._claims.keep_link(claim, values)
        self.record_link(claim)

    def record_link(self, claim: Claim) -> None:
        """Record the link that was paid for, unless that is done."""
        if self._claims.kept_link(claim) is not None:
            self._write_for(claim, lambda _: None)

    def dead(self, claim: Claim) -> None:
        """Record that the link has been of no use to anybody, whatever its age.

        Args:
            claim: The claim, which is kept.
        """

        def change(connection: sqlite3.Connection) -> None:
            if self._claims.is_ours(connection, claim):  # else the link is another's
                connection.execute(_sql.DEAD, (claim.key,))

        self._write_for(claim, change)

    def placing(self, claim: Claim, placing: Placing | None) -> None:
        """Record that a file is whole and synced, and about to get its name. To be done before.

        Args:
            claim: The claim, which is kept.
            placing: The file; None if what was recorded has come to nothing.
        """
        values = (None if placing is None else placing.dumped(), claim.key)
        self._write_for(claim, lambda connection: connection.execute(_sql.PLACING, values))
        if placing is not None:
            self._claims.note_placing(claim)

    def saved(self, claim: Claim, path: str, size: int, sha256: str, content_type: str) -> None:
        """Record a file that is in place; gives the claim back.

        Where `placing` has recorded the file, and others that are in work will have to write, this
        is left to the next of their commits: what was recorded is enough to recognise the file.

        Args:
            claim: The claim.
            path: Where it is, relative to the folder.
            size: Its size in bytes.
            sha256: Its digest, hexadecimal.
            content_type: What it was announced as.
        """
        values = (path, size, sha256, content_type, claim.key)

        def change(connection: sqlite3.Connection) -> None:
            connection.execute(_sql.SAVED, values)
            remove(connection, [claim.token])

        if self._claims.is_placing(claim) and self._claims.are_shown(without=claim):
            self._connected().later(change)
            self._let_go(claim)
        else:
            self._finish(claim, change)

    def release(self, claim: Claim) -> None:
        """Give a claim back; what is known stays. A second time does nothing."""
        if not self._claims.is_shown(claim):
            self._let_go(claim)
        elif self._claims.is_held(claim):
            self._finish(claim, lambda _: None)

    def renew(self, claim: Claim) -> None:
        """Keep a claim alive for other machines: to be called now and then in a long transfer."""
        claims = self._claims
        if claims.is_due(claim):
            self._write(lambda connection: claims.renew(connection, claim))
            claims.note_renewed(claim)

    def settle(self, claim: Claim, outcome: typing.Literal["stranded", "free"]) -> None:
        """Record what came of requests with an open outcome.

        Args:
            claim: The claim, which is kept.
            outcome: `stranded` if a download was used up, `free` if none was.

        Raises:
            DownloadInProgressError: Another process has taken it over, and may have asked again.
        """

        def change(connection: sqlite3.Connection) -> None:
            self._claims.check(connection, claim)
            connection.execute(_sql.SETTLE[outcome], (claim.key,))
            connection.execute(_sql.FORGET, (claim.key,))

        self._write(change)

    def erase_links(self, *, expired_only: bool = True) -> int:
        """Erase links, and leave no trace of them in the file.

        Args:
            expired_only: Whether links that are still valid stay. What was paid for and not saved
                is stranded without its link.

        Returns:
            How many were erased.
        """

        def change(connection: sqlite3.Connection) -> int:
            if expired_only:
                return connection.execute(_sql.EXPIRE, (self._clock(),)).rowcount
            return connection.execute(_sql.ERASE_ALL).rowcount

        return self._write(change, expire=False)

    def close(self) -> None:
        """Give back what is in work, and close the file. A second time does nothing."""
        with self._lock:
            commits, self._commits, self._closed = self._commits, None, True
        if commits is None:
            return

        def change(connection: sqlite3.Connection) -> None:
            connection.execute(_sql.EXPIRE, (self._clock(),))
            connection.executemany(_sql.LINK, self._claims.kept_links())
            self._claims.remove_all(connection)

        with translated(self.path):
            try:
                is_due = self._claims or commits.is_behind or self._has_expired(commits)
                if self._pid == os.getpid() and is_due:
                    commits.write(change)
            finally:
                self._claims.let_all_go()
                commits.close()

    def _has_expired(self, commits: Commits | None = None) -> bool:
        """Whether there is a link to erase."""
        query = "SELECT 1 FROM entries WHERE link IS NOT NULL AND link_expires_at <= ?"
        now = self._clock()
        with translated(self.path):
            found = (commits or self._connected()).read(
                lambda connection: connection.execute(query, (now,)).fetchone()
            )
        return found is not None

    def _finish(self, claim: Claim, change: Callable[[sqlite3.Connection], object]) -> None:
        def both(connection: sqlite3.Connection) -> None:
            change(connection)
            remove(connection, [claim.token])

        self._write_for(claim, both)
        self._let_go(claim)

    def _let_go(self, claim: Claim) -> None:
        """Have it no more; the last one sees to it that nothing waits for a commit."""
        self._claims.let_go(claim)
        commits = self._commits
        if commits is not None and commits.is_behind and not self._claims.are_shown():
            self._write(lambda _: None)

    def _write_for(self, claim: Claim, change: Callable[[sqlite3.Connection], object]) -> None:
        """Write, and before it what could not be recorded of the claim's link."""
        link = self._claims.kept_link(claim)

        def whole(connection: sqlite3.Connection) -> None:
            if link is not None:
                connection.execute(_sql.LINK, link)
            change(connection)

        self._write(whole)
        self._claims.keep_link(claim, None)

    def _write(self, change: Callable[[sqlite3.Connection], _T], *, expire: bool = True) -> _T:
        def whole(connection: sqlite3.Connection) -> _T:
            if expire:
                connection.execute(_sql.EXPIRE, (self._clock(),))
            return change(connection)

        with translated(self.path):
            return self._connected().write(whole)

    def _connected(self) -> Commits:
        """The connection of this process: one that was forked makes its own."""
        with self._lock:
            if self._closed:
                raise JournalError(f"{self.path}: the journal is closed")
            if self._commits is None or self._pid != os.getpid():
                self._abandoned = self._commits  # not to be closed here: it is the parent's
                with translated(self.path):
                    self._commits = Commits(opened(self.path))
                self._pid = os.getpid()
                self._claims = Claims(self.path, self._clock)
            return self._commits


def _entry(connection: sqlite3.Connection, key: str) -> Entry | None:
    row = connection.execute(f"{_sql.ROWS} WHERE e.key = ?", (key,)).fetchone()
    return None if row is None else entry_of(row)
