"""What a batch works on: the journal of its folder, and its items, real ones or of a dry run."""

from __future__ import annotations

import contextlib
import datetime
import time
import typing
from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gettyimages_rest.api.downloads import get_downloads

from .._account import Account
from .._calls.request import wanted_operation
from .._calls.responses import parsed
from .._calls.steps import Call, work
from .._errors import GettyImagesError, StrandedError, UnsettledError
from .files import filesystem as _files
from .history import Pages
from .journal.entry import Asked, Entry
from .journal.journal import Journal
from .journal.view import JournalView
from .plan import Ask, Decision, Overwrite, Refuse, Settle, Skip, decide
from .save import Job, SavedFile
from .settle import ahead, in_history
from .single import journal_of

if typing.TYPE_CHECKING:
    from .asking import Paid

_SLACK = datetime.timedelta(days=1, minutes=2)
"""Clocks differ, and nobody says in which zone the API counts its days."""

_UNKNOWN = datetime.datetime.max.replace(tzinfo=datetime.UTC)

_SKEW = datetime.timedelta(minutes=2)

Progress: typing.TypeAlias = Callable[[str, int, int | None], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the caller of a batch wants."""

    directory: Path
    max_downloads: int | None
    dry_run: bool
    settle_after: float | None
    overwrite: Overwrite
    allow_second_download: bool
    on_progress: Progress | None


def check(ids: object, concurrency: object, wishes: Wishes, *, asynchronous: bool = False) -> None:
    """Check the arguments of a batch.

    Raises:
        GettyImagesError: One is out of bounds; nothing has been sent.
    """
    kind = Iterable | AsyncIterable if asynchronous else Iterable
    if isinstance(ids, str | bytes) or not isinstance(ids, kind):
        found = "one string" if isinstance(ids, str | bytes) else type(ids).__name__
        raise GettyImagesError(f"ids must be an iterable of ids, found {found}")
    if not isinstance(concurrency, int) or concurrency < 1:
        raise GettyImagesError(f"concurrency must be a whole number from 1, found {concurrency!r}")
    most: object = wishes.max_downloads
    if most is not None and (not isinstance(most, int) or most < 0):
        raise GettyImagesError(f"max_downloads must be a whole number from 0, found {most!r}")
    after: object = wishes.settle_after
    if after is not None and (not isinstance(after, int | float) or not after >= 0):
        raise GettyImagesError(f"settle_after must be seconds from 0, found {after!r}")
    if wishes.overwrite not in typing.get_args(Overwrite):
        raise GettyImagesError(
            f"overwrite must be one of {typing.get_args(Overwrite)}, found {wishes.overwrite!r}"
        )


class Setup:
    """What a batch works on."""

    def __init__(
        self,
        account: Account,
        wishes: Wishes,
        request: Callable[[str], tuple[Asked, Paid]],
    ) -> None:
        self._account = account
        self.wishes = wishes
        self.request = request
        self.most = wishes.max_downloads
        self._journal: Journal | JournalView | None = None
        self._passed_at = datetime.datetime.min.replace(tzinfo=datetime.UTC)
        self._since = datetime.datetime.max.replace(tzinfo=datetime.UTC)
        self._downloaded: Mapping[str, datetime.datetime] = {}

    @property
    def journal(self) -> Journal | JournalView:
        """The journal of the folder."""
        assert self._journal is not None
        return self._journal

    def begin(self) -> Call[None]:
        """Open the journal, and look for all its open requests in one pass over the history.

        Raises:
            FileError: The folder cannot be made.
            JournalError: The journal cannot be opened.
        """
        self._journal = yield from work(self._opened)
        journal = self._journal
        is_open = yield from work(lambda: journal.entries(open_only=True))
        if is_open and not self.wishes.allow_second_download:
            since = min(entry.asked_at for entry in is_open)
            passed_at = datetime.datetime.now(datetime.UTC)
            with contextlib.suppress(GettyImagesError):  # each will say so for itself
                self._downloaded = yield from _downloaded(self._account, since)
                self._since, self._passed_at = since, passed_at

    def item(self, asset: str) -> RealItem | DryItem:
        """One asset to be saved.

        Raises:
            GettyImagesError: It is no id.
        """
        if not isinstance(asset, str) or asset.strip() in ("", ".", ".."):
            raise GettyImagesError(f"an id must be a string that is not empty, found {asset!r}")
        asked, paid = self.request(asset)
        if isinstance(self.journal, JournalView):
            return DryItem(self, self.journal, asked)
        return RealItem(self, self.journal, asked, paid)

    def end(self) -> None:
        """Close the journal."""
        if self._journal is not None:
            self._journal.close()

    def job(
        self, journal: Journal, asked: Asked, paid: Paid, before_asking: Callable[[], object]
    ) -> Job:
        """The work on one asset."""
        wishes = self.wishes
        tell = wishes.on_progress
        return Job(
            asked=asked,
            paid=paid,
            folder=wishes.directory,
            overwrite=wishes.overwrite,
            allow_second_download=wishes.allow_second_download,
            settle_after=wishes.settle_after,
            on_progress=None if tell is None else lambda done, of: tell(asked.asset, done, of),
            before_asking=before_asking,
            look=self.was_charged,
            exchanger=self._account._exchanger,
            settings=self._account._settings,
            journal=journal,
            files=_files.FILES,
        )

    def was_charged(self, entry: Entry, settle: Settle) -> Call[bool]:
        """Whether an open request was charged, as the one pass says if it was late enough."""
        late = datetime.timedelta(seconds=self.wishes.settle_after or 0)
        is_late = not settle.may_ask or self._passed_at >= entry.last_asked_at + late
        if self._since <= settle.since and entry.last_asked_at <= self._passed_at:
            last = self._downloaded.get(entry.asset)
            if last is not None and last >= settle.since - _SKEW:
                return True
            if is_late:
                return False
        exchanger, settings = self._account._exchanger, self._account._settings
        return (yield from in_history(exchanger, settings, entry.asset, settle.since))

    def _opened(self) -> Journal | JournalView:
        folder = self.wishes.directory
        return JournalView(folder) if self.wishes.dry_run else journal_of(_files.FILES, folder)


class RealItem:
    """An asset that is saved."""

    def __init__(self, setup: Setup, journal: Journal, asked: Asked, paid: Paid) -> None:
        self._setup = setup
        self._journal = journal
        self._asked = asked
        self._paid = paid

    def save(self, before_asking: Callable[[], object]) -> Call[SavedFile | None]:
        """Save it."""
        job = self._setup.job(self._journal, self._asked, self._paid, before_asking)
        return (yield from job.save())

    def charges(self) -> tuple[int, bool]:
        """How many downloads it is known to have used up, and whether there is a doubt."""
        entry = self._journal.entry(self._asked.key)
        return (0, False) if entry is None else (entry.charges, entry.state == "intent")


class DryItem:
    """An asset of a dry run: what would be done is found out, and nothing is done."""

    def __init__(self, setup: Setup, journal: JournalView, asked: Asked) -> None:
        self._setup = setup
        self._journal = journal
        self._asked = asked

    def save(self, before_asking: Callable[[], object]) -> Call[SavedFile | None]:
        """Find out whether it would be saved."""
        entry = yield from work(lambda: self._journal.entry(self._asked.key))
        decision = self._decision(entry)
        if isinstance(decision, Skip):
            return _skipped(self._setup.wishes.directory, decision.entry)
        if isinstance(decision, Refuse):
            raise decision.error
        if isinstance(decision, Settle) and entry is not None:
            asset = self._asked.asset
            if (yield from self._setup.was_charged(entry, decision)):
                raise StrandedError(f"{asset}: it was paid for, but its link was lost")
            if not decision.may_ask:
                raise UnsettledError(f"{asset}: nobody knows yet whether it was paid for")
            decision = Ask()
        if isinstance(decision, Ask):
            before_asking()
        return None

    def charges(self) -> tuple[int, bool]:
        """None: nothing is used up."""
        return 0, False

    def _decision(self, entry: Entry | None) -> Decision:
        wishes = self._setup.wishes
        size, is_placed = None, False
        if entry is not None and entry.path is not None:
            size = _files.FILES.size(wishes.directory / entry.path)
        if entry is not None and entry.placing is not None:
            placed = _files.FILES.size(wishes.directory / entry.placing.path)
            is_placed = placed == entry.placing.size
        is_same = entry is not None and size == entry.size
        return decide(
            entry,
            "absent" if size is None else "intact" if is_same else "changed",
            is_placed=is_placed,
            overwrite=wishes.overwrite,
            allow_second_download=wishes.allow_second_download,
            settle_after=wishes.settle_after,
            now=time.time(),
        )


def _skipped(folder: Path, entry: Entry) -> SavedFile:
    return SavedFile(
        path=folder / (entry.path or ""),
        size=entry.size or 0,
        sha256=entry.sha256 or "",
        content_type=entry.content_type or "",
        download_used=False,
        skipped=True,
    )


def _downloaded(
    account: Account, since: datetime.datetime
) -> Call[Mapping[str, datetime.datetime]]:
    """When each asset was last downloaded, of those that were since a moment."""
    found: dict[str, datetime.datetime] = {}
    first = (since - _SLACK).date()
    pages = Pages({"start_date": first, "page_size": 100})
    while not pages.is_over:
        request = get_downloads.build_request(start_date=first, page_size=100, page=pages.next_page)
        wanted = wanted_operation(get_downloads.OPERATION, request, None)
        response = yield from account._exchanger.call(wanted, account._settings, None)
        for record in pages.take(parsed(get_downloads.OPERATION, response)):
            date = record.date_downloaded or _UNKNOWN
            date = date if date.tzinfo else date.replace(tzinfo=datetime.UTC)
            date = date if date == _UNKNOWN else date + ahead(response)
            if record.id:
                found[record.id] = max(date, found.get(record.id, date))
    return found
