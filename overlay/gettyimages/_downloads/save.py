"""Saves one file: decides what to do, pays if need be, fetches, and puts it in place. No I/O.

The journal is always ahead: it knows of a request before it is sent, of a link before it is used,
and of a file only when it is in place.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .._calls.steps import Call, do, work
from .._errors import (
    DownloadInProgressError,
    FileConflictError,
    JournalError,
    StrandedError,
    UnsettledError,
)
from .._exchange import Exchanger
from .._settings import Settings
from .asking import Asking, Paid
from .files import naming as _names
from .files.filesystem import Files
from .files.part import Part, telling
from .files.place import Target
from .journal.entry import Asked, Claim, Entry, Placing
from .journal.journal import Journal
from .plan import (
    Adopt,
    Ask,
    Decision,
    FileState,
    Overwrite,
    Refuse,
    Settle,
    Skip,
    UseLink,
    decide,
)
from .redirect import DownloadLink, link_of
from .settle import in_history
from .transfer import Manner, Transfer

_BLOCK = 1024 * 1024
_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file that is in place, whole and verified.

    Attributes:
        path: Where it is.
        size: Its size in bytes.
        sha256: Its digest, hexadecimal.
        content_type: What it was announced as, such as `image/jpeg`.
        download_used: Whether a download was used up by this call.
        skipped: Whether it was there already.
    """

    path: Path
    size: int
    sha256: str
    content_type: str
    download_used: bool
    skipped: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Job:
    """What to save, and how.

    Attributes:
        asked: The asset, and what of it: what the journal knows it by.
        paid: The request that uses up a download.
        folder: Where to save it.
        filename: What to call it; None for the server's choice.
        overwrite: What to do if it is there.
        allow_second_download: Whether it may be paid for again.
        settle_after: Seconds by which the history may lag.
        on_progress: Called with the bytes that are there and those that are expected.
        before_asking: Called when a download is about to be used up; may raise.
        look: Looks in the history, instead of a request for this asset alone.
    """

    asked: Asked
    paid: Paid
    folder: Path
    filename: str | None = None
    overwrite: Overwrite = "skip"
    allow_second_download: bool = False
    settle_after: float | None = None
    on_progress: Callable[[int, int | None], object] | None = None
    before_asking: Callable[[], object] | None = None
    look: Callable[[Entry, Settle], Call[bool]] | None = None
    exchanger: Exchanger
    settings: Settings
    journal: Journal
    files: Files = field(default_factory=Files)

    def save(self) -> Call[SavedFile]:
        """Save the file.

        Raises:
            GettyImagesError: It cannot be saved; what is known is in the journal.
        """
        while True:
            claim = yield from work(self._claim)
            decision = claim.decision
            if isinstance(decision, Skip) and not claim.token:
                return self._skipped(decision.entry)
            try:
                if isinstance(decision, Adopt):
                    saved = yield from work(functools.partial(self._adopted, claim, decision))
                    if saved is None:
                        continue  # the next round decides without it
                    return saved
                return (yield from self._done(claim, decision))
            except StrandedError:
                # A link that was thought to be valid was not: the next round pays again.
                if not self.allow_second_download or not isinstance(decision, UseLink):
                    raise
            finally:
                with contextlib.suppress(JournalError):  # a lost claim ends with this process
                    self.journal.release(claim)

    def _done(self, claim: Claim, decision: Decision) -> Call[SavedFile]:
        """Do what was decided."""
        if claim.entry is not None:  # a dead run may have left a part
            yield from work(lambda: self._part().remove())
        if isinstance(decision, Skip):
            return self._skipped(decision.entry)
        if isinstance(decision, Refuse):
            raise decision.error
        if isinstance(decision, UseLink):
            return (yield from self._fetch(claim, decision.uri, used=False))
        if isinstance(decision, Settle):
            yield from self._settle(claim, decision)
        link = yield from self._ask(claim)
        try:
            return (yield from self._fetch(claim, link.uri, used=True))
        except Exception as error:
            yield from work(functools.partial(self._keep_link, claim, link, error))
            raise

    def _adopted(self, claim: Claim, decision: Adopt) -> SavedFile | None:
        """Record what a dead process has placed, or was about to place; None if it is gone."""
        placing = decision.placing
        own = claim.entry.path if claim.entry is not None else None
        part = self._part()
        name = self._target().placed_before(placing, part.path, own)
        if name is None:
            self.journal.placing(claim, None)
            return None
        part.sync_folder()
        self.journal.saved(claim, name, placing.size, placing.sha256, placing.content_type)
        return SavedFile(
            path=self.folder / name,
            size=placing.size,
            sha256=placing.sha256,
            content_type=placing.content_type,
            download_used=False,
            skipped=False,
        )

    def _claim(self) -> Claim:
        target = self._target()
        taken = target.taken()
        namesake = None if self.allow_second_download else target.namesake()
        return self.journal.claim(self.asked, lambda entry: self._decide(entry, taken, namesake))

    def _target(self) -> Target:
        return Target(
            self.files, self.journal, self.folder, self.asked, self.filename, self.overwrite
        )

    def _part(self) -> Part:
        return Part(self.files, self.folder, self.asked.key, self.asked.asset)

    def _decide(self, entry: Entry | None, taken: str | None, namesake: str | None) -> Decision:
        decision = decide(
            entry,
            self._state(entry),
            is_placed=self._is_placed(entry),
            overwrite=self.overwrite,
            allow_second_download=self.allow_second_download,
            settle_after=self.settle_after,
            now=time.time(),
        )
        if taken and isinstance(decision, Ask | Settle) and (not entry or entry.path != taken):
            return Refuse(self._target().conflict(taken))  # before anything is paid
        if namesake and isinstance(decision, Ask) and entry is None:
            return Refuse(
                FileConflictError(
                    f"{self.asked.asset}: {namesake} is there, and the journal that would know"
                    f" whether it is this file is damaged ({self.journal.damaged}). It has not been"
                    " asked for: allow_second_download=True does that, whatever was paid before"
                )
            )
        return decision

    def _state(self, entry: Entry | None) -> FileState:
        if entry is None or entry.path is None:
            return "absent"
        with telling(self.asked.asset, self.folder):
            size = self.files.size(self.folder / entry.path)
        if size is None:
            return "absent"
        return "intact" if size == entry.size else "changed"

    def _is_placed(self, entry: Entry | None) -> bool:
        if entry is None or entry.placing is None:
            return False
        return self._target().seems_placed(entry.placing, self._part().path)

    def _skipped(self, entry: Entry) -> SavedFile:
        return SavedFile(
            path=self.folder / (entry.path or ""),
            size=entry.size or 0,
            sha256=entry.sha256 or "",
            content_type=entry.content_type or "",
            download_used=False,
            skipped=True,
        )

    def _settle(self, claim: Claim, decision: Settle) -> Call[None]:
        """Find out whether an earlier request was charged.

        Raises:
            StrandedError: It was.
            UnsettledError: It does not seem so, but the caller has not said when that is sure.
        """
        asset = self.asked.asset
        if self.look is not None and claim.entry is not None:
            charged = yield from self.look(claim.entry, decision)
        else:
            charged = yield from in_history(self.exchanger, self.settings, asset, decision.since)
        if charged:
            yield from work(lambda: self.journal.settle(claim, "stranded"))
            raise StrandedError(
                f"{asset}: it was paid for at {decision.since:%Y-%m-%d %H:%M:%S} UTC, but the"
                " answer with its link was lost. allow_second_download=True pays for it again"
            )
        if not decision.may_ask:
            raise UnsettledError(
                f"{asset}: it was asked for at {decision.since:%Y-%m-%d %H:%M:%S} UTC without a"
                " clear answer, and is not in the download history, which may lag. Ask again with"
                " settle_after= the seconds by which it may lag, or with"
                " allow_second_download=True"
            )
        yield from work(lambda: self.journal.settle(claim, "free"))

    def _ask(self, claim: Claim) -> Call[DownloadLink]:
        """Pay for it, and get a link."""
        if self.before_asking is not None:
            self.before_asking()
        asking = Asking(self.paid, self.exchanger, self.settings)
        asked_at = datetime.datetime.now(datetime.UTC)
        try:
            answer = yield from asking.answer(
                lambda: self.journal.intend(claim), lambda: self.journal.confirm(claim)
            )
            link = link_of(answer, self.asked.asset, asked_at, self.settings.base_url)
        except BaseException as error:  # also when the caller gives up
            # What is recorded is on the safe side.
            with contextlib.suppress(JournalError, DownloadInProgressError):
                if isinstance(error, StrandedError):
                    self.journal.settle(claim, "stranded")
                elif not asking.is_open:
                    self.journal.withdraw(claim)
                self.journal.doubt(claim)
            raise
        expires_at = link.expires_at.timestamp()
        with contextlib.suppress(
            JournalError
        ):  # it is paid for: the file may be saved all the same
            yield from work(lambda: self.journal.link(claim, link.uri, expires_at))
        return link

    def _keep_link(self, claim: Claim, link: DownloadLink, error: Exception) -> None:
        """Record a link that could not be recorded before, or hand it to the caller.

        Raises:
            JournalError: It cannot be recorded now either.
        """
        try:
            self.journal.record_link(claim)
        except JournalError as failure:
            raise JournalError(
                f"{error}. The link that was paid for is not recorded either: {failure}. `link` of"
                f" this error has it, valid until {link.expires_at:%Y-%m-%d %H:%M:%S} UTC: if the"
                " file is not saved, nothing but its `uri` leads to it",
                link=link,
            ) from error

    def _fetch(self, claim: Claim, uri: str, *, used: bool) -> Call[SavedFile]:
        """Fetch the file, and put it in place."""
        manner = Manner(self.settings.user_agent, self.settings.timeout)
        transfer = Transfer(self.asked.asset, uri, manner)
        part = self._part()
        try:
            try:
                yield from self._transfer(claim, transfer, part)
            except StrandedError:
                yield from work(lambda: self.journal.dead(claim))
                raise
            saved = yield from work(
                lambda: self._placed(claim, transfer, part, used=used), offline=True
            )
        except Exception:
            yield from work(part.discard)  # waits for what is being written
            raise
        finally:
            part.discard()
        return saved

    def _transfer(self, claim: Claim, transfer: Transfer, part: Part) -> Call[None]:
        """Write the file as it comes, a block at a time."""
        pieces: list[bytes] = []
        size, last, is_open = 0, time.monotonic(), False

        def write() -> None:
            if not is_open:
                part.open()
            part.write(pieces)
            self.journal.renew(claim)

        while True:
            piece = yield from transfer.next()
            if piece is None:
                yield from work(part.restart)
                pieces, size = [], 0
                yield from self._report(0, transfer.total)
                continue
            if piece:
                pieces.append(piece)
                size += len(piece)
                if size < _BLOCK and time.monotonic() - last < _SECONDS:
                    continue
            if pieces:
                yield from work(write, offline=not piece)
                pieces, size, last, is_open = [], 0, time.monotonic(), True
                yield from self._report(transfer.done, transfer.total)
            if not piece:
                return

    def _report(self, done: int, total: int | None) -> Call[None]:
        if self.on_progress is not None:
            function = self.on_progress
            yield from do(lambda: function(done, total))

    def _placed(self, claim: Claim, transfer: Transfer, part: Part, *, used: bool) -> SavedFile:
        """Put the file in place, and record it."""
        assert transfer.head is not None
        part.sync()
        head = transfer.head
        asset = self.asked.asset
        name = self.filename or _names.file_name(head.disposition, head.content_type, asset)
        own = claim.entry.path if claim.entry is not None else None
        placing = Placing(name, part.size, part.sha256, head.content_type)
        with contextlib.suppress(JournalError):  # then a death from here on costs a transfer
            self.journal.placing(claim, placing)
        name = self._target().place(part, name, own)
        part.discard()  # if the name stood for the same content: nobody looks for it once saved
        part.sync_folder()
        try:
            self.journal.saved(claim, name, part.size, part.sha256, head.content_type)
        except JournalError as error:
            raise JournalError(
                f"{asset}: it is whole, as {self.folder / name}, but this is not recorded: {error}"
            ) from error
        return SavedFile(
            path=self.folder / name,
            size=part.size,
            sha256=part.sha256,
            content_type=head.content_type,
            download_used=used,
            skipped=False,
        )
