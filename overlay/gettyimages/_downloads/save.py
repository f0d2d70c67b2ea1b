"""Saves one file: decides what to do, pays if necessary, fetches it, and puts it in place."""

from __future__ import annotations

import contextlib
import functools
import time
import typing
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .._calls.deadline import Stop, Stopped
from .._calls.outcome import may_have_executed
from .._errors import (
    DownloadError,
    FileConflictError,
    FileError,
    GettyImagesError,
    JournalError,
    LinkLostError,
    TransferError,
)
from .._log import log_file
from .._response import DownloadLink
from .engine import Call, Engine
from .file_request import STORES, FileRequest, Overwrite, Progress, SaveOptions, check_store_extra
from .files.part import Writing, make_directory
from .files.place import FileState, Place, remove_old_parts
from .journal.journal import Claim, Entry, Journal, take_slot
from .journal.location import Location
from .redirect import link_with, requested
from .results import Budget, NotRequestedError, SavedFile
from .settle import DownloadHistory, check_gap, settle
from .transfer import NO_LINK, Restart, SentFile, Transfer, loaded

if typing.TYPE_CHECKING:
    from .files.object_store import ObjectPlace

_BLOCK = 1024 * 1024
_SECONDS = 0.5
_WORTH_RESUMING = 1024 * 1024
"""Bytes from which on a file is worth recording what resuming it takes."""

Plan: typing.TypeAlias = typing.Literal["skip", "fetch", "purchase", "settle"]
"""What to do for a file:

- `skip`: nothing, as it is there;
- `fetch`: fetch it from the link of its entry, which has been paid for;
- `purchase`: request it, which uses up a download;
- `settle`: find out in the history whether an earlier request used up a download.
"""


def decide(
    entry: Entry | None,
    file_state: FileState,
    *,
    overwrite: Overwrite,
    allow_repurchase: bool,
    now: float | None,
) -> Plan | DownloadError:
    """Decide what to do for a file, or return why the caller does not allow what it would take.

    `now` is the time by the API's clock, if it is known.
    """
    if entry is None:
        return "purchase"
    if entry.path is not None and file_state != "absent":
        if overwrite == "error":
            text = f"{entry.asset}: {entry.path} is there already, and overwrite is 'error'"
            return FileConflictError(text)
        if overwrite == "skip" and file_state == "intact":
            return "skip"
    if entry.link is not None and (now is None or (entry.link_expires_at or 0) > now):
        return "fetch"
    if allow_repurchase:
        return "purchase"
    if entry.unknown_since is not None:
        return "settle"
    problem = {
        "absent": f"it was saved as {entry.path}, which is gone, and its link has expired",
        "changed": f"{entry.path} has been changed since it was saved, and its link has expired",
        "intact": f"replacing {entry.path} takes another download, as its link has expired",
    }[file_state]
    if entry.path is None:
        problem = "it has been paid for, but its link is lost or has expired"
    return LinkLostError(f"{entry.asset}: {problem}. allow_repurchase=True pays for it again")


class Session:
    """A journal that is open, and what saving files with it needs in common.

    Opening it makes the directories, or looks at the store of the target. In a dry run, nothing is
    made. `check` looks for damage even if that was done before. `is_shared` is whether others use
    the journal at the same time: then it keeps the request rate.
    """

    def __init__(
        self, engine: Engine, options: SaveOptions, stop: Stop, budget: Budget, *, check: bool
    ) -> None:
        self.options, self.stop, self.budget = options, stop, budget
        target, is_dry = options.directory, options.dry_run
        location = Location(target, options.journal)
        for directory in () if is_dry else (target, location.root):
            if isinstance(directory, Path):
                make_directory(directory)
        store = location.open(check=check, read_only=is_dry)
        self.journal = Journal(store, location.root, engine.server_time, engine.account)
        try:
            self.journal.bind(engine.settings.environment)
            if isinstance(target, str):
                from .files.object_store import check_store

                check_store(self.journal, target)
            elif not is_dry:
                remove_old_parts(self.journal, target)
        except DownloadError:
            store.close()
            raise
        self.is_shared = store.is_shared or options.budget is not None
        shares_rate = self.is_shared and not is_dry
        self.engine = engine.sharing(functools.partial(take_slot, store)) if shares_rate else engine
        self.history = DownloadHistory(self.engine, stop)


def target_of(journal: Journal, request: FileRequest, options: SaveOptions) -> Place | ObjectPlace:
    home = options.directory
    if isinstance(home, Path):
        return Place(journal, request, options, home)
    check_store_extra()
    from .files.object_store import ObjectPlace

    return ObjectPlace(journal, request, options, home)


def save_one(
    options: SaveOptions,
    request: FileRequest,
    link: DownloadLink | None,
    engine: Engine,
    stop: Stop,
    call: Call,
) -> SavedFile:
    """Save one file, with a journal of its own. `call` calls a function of the user's."""
    engine.files()  # refuses a client that cannot fetch any
    function = options.on_progress
    session = Session(engine, options, stop, Budget(None), check=False)
    progress = function and (lambda done, size: call(lambda: function(done, size)))
    try:
        return Saver(session, request, progress).save(link)
    finally:
        with contextlib.suppress(JournalError):  # what matters has been recorded
            session.journal.close()


class Saver:
    def __init__(self, session: Session, request: FileRequest, progress: Progress | None) -> None:
        self.engine, self.journal, self.history = session.engine, session.journal, session.history
        self.options, self.stop, self.budget = session.options, session.stop, session.budget
        self.request = request
        self.progress = progress
        self.used: bool | None = False
        """Whether a download was used up; None if that is not known."""
        self.is_resumed = False
        """Whether a part that an earlier call has left was of use."""
        self.has_link = False
        """Whether there was a link to fetch the file from."""
        self.until = request.timeout and time.monotonic() + request.timeout
        self.place = target_of(self.journal, request, self.options)

    def save(self, link: DownloadLink | None = None) -> SavedFile:
        """Save the file. If its link is given, nothing is paid."""
        asset_id, started = self.request.asset_id, time.monotonic()
        try:
            file = self._save(link)
        except Exception as error:
            if not isinstance(error, Stopped | NotRequestedError):
                log_file(asset_id, f"failed ({type(error).__name__}) after", started)
            raise
        outcome = "skipped" if file.skipped else "resumed" if self.is_resumed else "saved"
        log_file(asset_id, f"{outcome}, {file.size} bytes in", started)
        return file

    def _save(self, link: DownloadLink | None) -> SavedFile:
        self.stop.check()
        entry = self.journal.entry(self.request.key)
        if entry is not None and entry.placing is None and self._plan(entry) == "skip":
            self.place.tidy()
            return self._known(entry, skipped=True)
        with self.journal.claimed(self.request) as claim:
            if claim.known.placing and self._home(claim.known).finish(claim):
                return self._known(claim.known, skipped=False)
            known = claim.known.link_expires_at or 0.0
            if link is not None and link.expires_at.timestamp() > known:
                claim.link(link.uri, link.expires_at)
            return self._claimed(claim, may_purchase=link is None)

    def _home(self, entry: Entry | None) -> Place | ObjectPlace:
        """Return the target that has the file of an entry, which may be one of another kind."""
        path = entry.path if entry else None
        is_object = path is not None and path.startswith(STORES)
        if path is None or is_object == isinstance(self.options.directory, str):
            return self.place
        directory = path.rpartition("/")[0] if is_object else self.journal.directory
        return target_of(self.journal, self.request, replace(self.options, directory=directory))

    def dry_run(self) -> SavedFile | None:
        """Find out what `save` would do, and record nothing. None if it would fetch the file."""
        entry = self.journal.entry(self.request.key)
        plan = self._settled(entry, None)
        if entry is not None and plan == "skip":
            return self._known(entry, skipped=True)
        if plan != "fetch":
            if plan == "settle" and entry is not None and entry.downloads == 0:
                entry = None  # as `save` would remove it
            self._check_gap(entry)
            self.budget.reserve(self.stop)
            self._count(used=True)
        return None

    def _plan(self, entry: Entry | None) -> Plan | DownloadError:
        plan = decide(
            entry,
            self._home(entry).state(entry),
            overwrite=self.options.overwrite,
            allow_repurchase=self.options.allow_repurchase,
            now=self.engine.server_time.now(),
        )
        conflict = None
        if entry is not None and plan == "skip":
            conflict = self._home(entry).misnamed(entry)
        elif plan in ("purchase", "settle"):
            conflict = self.place.conflict(entry)
        return conflict or plan

    def _settled(self, entry: Entry | None, claim: Claim | None) -> Plan:
        """Decide what to do. Raise an error unless that is certain and allowed."""
        plan = self._plan(entry)
        if isinstance(plan, DownloadError):
            raise plan
        if entry is not None and plan == "settle":
            settle(self.history, entry, self.request.kind, claim, self.options.settle_after)
        return plan

    def _check_gap(self, entry: Entry | None) -> None:
        """Refuse an asset that a journal that was lost may have known."""
        if entry is None and not self.options.allow_repurchase:
            namesake = self.place.namesake()
            if self.journal.has_gap:
                check_gap(self.history, self.journal, self.request, namesake)

    def _known(self, entry: Entry, *, skipped: bool) -> SavedFile:
        """Return a file that is in place without a download of this call."""
        size, sha256, content_type = entry.size or 0, entry.sha256 or "", entry.content_type or ""
        path = self._home(entry).path_of(entry)
        return SavedFile(path, size, sha256, content_type, download_used=False, skipped=skipped)

    def _claimed(self, claim: Claim, *, may_purchase: bool) -> SavedFile:
        entry = claim.entry
        plan = self._settled(entry, claim)
        if entry is not None and plan == "skip":
            return self._known(entry, skipped=True)
        if entry is not None and plan == "fetch":
            link = link_with(self.request, entry.link or "", entry.link_expires_at or 0.0)
            try:
                return self._fetched(claim, link)
            except (LinkLostError, TransferError) as error:
                is_refused = isinstance(error, LinkLostError) or error.link_valid_until
                if not (is_refused and self.options.allow_repurchase and may_purchase):
                    raise
        if not may_purchase:
            raise LinkLostError(f"{self.request.asset_id}: its link has expired")
        self._check_gap(claim.entry)
        return self._purchased(claim)

    def _purchased(self, claim: Claim) -> SavedFile:
        """Request the file, which uses up a download, and save it."""
        with contextlib.ExitStack() as paying:
            source = self._requested(claim, paying)
            if isinstance(source, SentFile):  # a stop waits for it as for the request
                return self._fetched(claim, source)
        try:
            return self._fetched(claim, source)
        except BaseException as error:
            _keep_link(claim, source, error)
            raise

    def _requested(self, claim: Claim, paying: contextlib.ExitStack) -> DownloadLink | SentFile:
        """Request the file, and record what becomes of the request."""
        known = claim.known
        is_further = known.downloads > 0 or known.unknown_since is not None
        self.budget.reserve(self.stop, known.key, is_further=is_further)
        left = self.until and max(self.until - time.monotonic(), 0.001)
        request = self.request._replace(timeout=left)
        try:
            source = requested(self.engine, request, self.stop, paying, claim.intend)
        except BaseException as error:
            used: bool | None = isinstance(error, LinkLostError)
            if claim.is_intended and not used and may_have_executed(error):
                used = None
            self._count(used=used)
            # Whatever cannot be recorded leaves the outcome unknown, which is safe.
            with contextlib.suppress(JournalError):
                if used:
                    claim.settle(was_downloaded=True)
                elif used is None:
                    claim.intend()  # the outcome is unknown since now
                elif claim.is_intended:
                    claim.withdraw()
            raise
        self._count(used=True)
        # The file may be saved even if that cannot be recorded now.
        with contextlib.suppress(JournalError):
            if isinstance(source, DownloadLink):
                claim.link(source.uri, source.expires_at)
            else:
                claim.settle(was_downloaded=True)
        return source

    def _count(self, *, used: bool | None) -> None:
        self.budget.settle(self.request.key, used=used)
        self.used = self.used or used

    def _fetched(self, claim: Claim, source: DownloadLink | SentFile) -> SavedFile:
        self.has_link = True
        stop, size = self.stop, self.options.max_file_size
        part = self.place.begin(
            claim, lambda: (transfer.filename, transfer.head.content_type, transfer.head.size)
        )
        if isinstance(source, SentFile):  # it comes only once
            stop, part.consequence = Stop(), NO_LINK
        transfer = Transfer(self.engine, source, stop, size, self.until)
        try:
            self._transfer(claim, transfer, part)
            part.sync()
            path = self.place.place(part, claim, transfer.filename, transfer.head.content_type)
        except BaseException as error:
            is_closed = type(error) is GettyImagesError  # the client, in the middle of the transfer
            if not (is_closed or isinstance(error, TransferError | Stopped)):
                part.remove()
            elif part.synced:  # the next call goes on with it
                with contextlib.suppress(FileError):
                    part.sync()
                self._record_transfer(claim, transfer, part)
            part.close()
            if isinstance(error, LinkLostError):
                claim.drop_link()
            if isinstance(error, FileError) and isinstance(source, SentFile):
                raise LinkLostError(str(error)) from error
            raise
        used, content_type = self.used is True, transfer.head.content_type
        return SavedFile(path, part.size, part.sha256, content_type, used, skipped=False)

    def _transfer(self, claim: Claim, transfer: Transfer, part: Writing) -> None:
        """Write the file as it arrives, block by block."""
        recorded = loaded(claim.known.transfer)
        tail = part.reopen(recorded[1]) if recorded and transfer.is_resumable else None
        if recorded is not None and tail is not None:
            transfer.resume(recorded[0], part.size, tail)
            self.is_resumed = True
        else:
            part.remove()
            self._record_transfer(claim, transfer, part)
        for block in _blocks(transfer.pieces()):
            if isinstance(block, Restart):
                part.restart()
                self.is_resumed = False
            else:
                is_large = (transfer.head.size or 0) > _WORTH_RESUMING
                part.is_resumable = is_large and transfer.is_resumable
                part.write(block)
            self._record_transfer(claim, transfer, part)
            if self.progress is not None:
                self.progress(transfer.done, transfer.head.size)

    def _record_transfer(self, claim: Claim, transfer: Transfer, part: Writing) -> None:
        """Record how far the file can be resumed, if that has changed."""
        head, record = transfer.head, None
        if head.validator is not None and part.synced > 0:
            record = head.dumped(part.synced)
        if record != claim.known.transfer:
            with contextlib.suppress(JournalError):  # it only saves a transfer
                claim.transfer(record)


def _blocks(pieces: Iterator[bytes | Restart]) -> Iterator[list[bytes] | Restart]:
    """Collect pieces into blocks that are worth a write: a megabyte, or those of half a second."""
    block: list[bytes] = []
    size, last = 0, time.monotonic()
    for piece in pieces:
        if isinstance(piece, Restart):
            block, size = [], 0
            yield piece
            continue
        block.append(piece)
        size += len(piece)
        if size >= _BLOCK or time.monotonic() - last >= _SECONDS:
            yield block
            block, size, last = [], 0, time.monotonic()
    if block:
        yield block


def _keep_link(claim: Claim, link: DownloadLink, error: BaseException) -> None:
    """Record a link that could not be recorded before, or hand it to the caller in an error."""
    try:
        claim.record_again()
    except JournalError as failure:
        raise JournalError(
            f"{error}. Its link, which was paid for, cannot be recorded either: {failure}. The"
            f" attribute `link` of this error has it, valid until"
            f" {link.expires_at:%Y-%m-%d %H:%M:%S} UTC: keep its `uri` until you have the file",
            link=link,
        ) from error
