"""The download history, and what it settles: what was paid for that the journal cannot tell of."""

from __future__ import annotations

import datetime
import functools
import threading
import time
import typing
from collections.abc import Iterable

from gettyimages_rest.api.downloads import get_downloads

from .._calls.arguments import check_names, invalid
from .._calls.deadline import Deadline, Stop, Stopped
from .._calls.responses import server_date
from .._errors import (
    BadRequestError,
    DownloadOutcomeUnknownError,
    GettyImagesError,
    InvalidArgumentError,
    LinkLostError,
)

if typing.TYPE_CHECKING:
    from gettyimages_rest import models
    from gettyimages_rest._pagination import Pages
    from gettyimages_rest.api.downloads.get_downloads import GetDownloadsOptions

    from .._response import RawResponse
    from .engine import Engine
    from .file_request import FileRequest
    from .journal.journal import Claim, Entry, Journal

    _Pages = Pages[models.DownloadHistoryPage, models.DownloadRecord]

SKEW = datetime.timedelta(minutes=2)
"""By how much the clocks of two servers of the API may differ."""
_DAY = datetime.timedelta(days=1)
_PAGE_SIZE = 100
_DEFAULT_WINDOW = datetime.timedelta(days=30)
"""What the API of today returns if it is given no date."""
_KINDS = {"image": "images", "film": "videos", "video": "videos"}
"""What the asset types of records are called in the paths of operations. Others may be anything."""
BEGINNING = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""A date before all downloads."""
UNDATED = datetime.datetime.max.replace(tzinfo=datetime.UTC)
"""Stands for the date of a record without one, which counts as recent."""
_AROUND = datetime.timedelta(days=2)
"""How far this machine's clock may be off where an error of it costs no money."""
_ANOTHERS = "Another account sent it (API key or user): call again as that, or resolve() it by hand"
_INCOMPLETE = "The API does not confirm that the download history is whole, and reaches back so far"
_NOT_YET = (
    "It is not in the download history, which may lag. If you know by how much, call save_{}() with"
    " settle_after=: so many seconds after the first look-up, a later one is final"
)
_UNLISTED = "The download history lists no {}, and may leave them out"
_UNREADABLE = "The download history cannot be read"
_JOURNAL_LOST = "it is not known whether it was paid for, as an earlier journal was lost"


def check_history(options: GetDownloadsOptions) -> None:
    """Refuse unknown keywords of `history`, and text that is no date: the API might ignore it."""
    check_names("history", options, get_downloads.GetDownloadsOptions)
    for name in ("start_date", "end_date", "date_from", "date_to"):
        date = options.get(name)
        try:
            if isinstance(date, str):
                datetime.datetime.fromisoformat(date)
        except ValueError:
            raise invalid("a date", "in ISO 8601, such as 2026-03-31", date) from None


class Finding(typing.NamedTuple):
    """What the history shows of an asset."""

    date: datetime.datetime | None
    """When it was downloaded first in the time that was asked about; None if it was not."""
    read_at: float | None
    """The date of the API when the history was read; None if its responses had none."""
    is_complete: bool
    """Whether the history certainly reaches back as far as was asked."""
    is_listed: bool
    """Whether the history certainly lists assets of the kind: images always, others if any is."""


_Dates: typing.TypeAlias = dict[tuple[str, str], list[datetime.datetime]]
"""When assets were downloaded, by their ids and kinds; the kind is empty where it is not known."""


class DownloadHistory:
    """The download history, read once from the earliest moment that is asked about.

    It is read again only for an earlier moment, or if it was read too early. The sum of all its
    requests is bounded by the timeout of the client. Safe for threads.
    """

    def __init__(self, engine: Engine, stop: Stop) -> None:
        self.account = engine.account
        self._engine = engine
        self._stop = stop
        self._lock = threading.Lock()
        self._since = UNDATED
        self._read_at: float | None = None
        self._sure_from = UNDATED
        self._is_whole = False
        self._dates: _Dates = {}
        self._known: frozenset[Entry] = frozenset()
        self._failure: GettyImagesError | None = None
        # The API has renamed them: both are sent until it refuses one.
        self._spellings = [("start_date", "end_date"), ("date_from", "date_to")]

    def look_up(
        self,
        asset: str,
        since: datetime.datetime,
        *,
        kind: str | None = None,
        entries: Iterable[Entry] = (),
        not_before: float = 0.0,
    ) -> Finding:
        """Look an asset up. Downloads count from `since` on, by the API's clock.

        The history is read again if it was read before `entries`, which have the requests that are
        looked for, were as they are, or before the date of the API `not_before`, if that is over.
        The kind is that of a `FileRequest`; None for any.

        Raises:
            GettyImagesError: The history cannot be read, or not within the timeout.
        """
        with self._lock:
            new = frozenset(entries) - self._known
            now = self._engine.server_time.now() or 0.0
            is_early = (self._read_at or 0.0) < not_before <= now
            if self._since > since + _DAY or new or is_early:
                self._known |= new
                self._read(min(since, self._since))
            kinds = ("", kind) if kind else ("", *{*_KINDS.values()})
            found = (date for one in kinds for date in self._dates.get((asset, one), ()))
            return Finding(
                min((date for date in found if date >= since - SKEW), default=None),
                self._read_at,
                is_complete=since >= self._sure_from,
                is_listed=kind in (None, "images") or any(one == kind for _, one in self._dates),
            )

    def was_downloaded(self, asset: str, since: datetime.datetime) -> bool:
        """Whether the history has an asset since a moment by the clock of this machine."""
        if not isinstance(since, datetime.datetime) or since.tzinfo is None:
            expected = "a datetime with a time zone, such as datetime.now(UTC)"
            raise InvalidArgumentError(f"since must be {expected}, found {since!r:.100}")
        since = max(since, BEGINNING)  # which leaves room for the days before it
        finding = self.look_up(asset, since)
        if finding.date is None and finding.read_at is not None:
            ahead = time.time() - finding.read_at  # of this machine's clock, by which `since` is
            finding = self.look_up(asset, since - datetime.timedelta(seconds=max(0.0, ahead)))
        if finding.date is None and not finding.is_complete:
            raise GettyImagesError(f"it is not known whether {asset} was downloaded. {_INCOMPLETE}")
        return finding.date is not None

    def _read(self, since: datetime.datetime) -> None:
        if self._failure is not None:  # it would take as long for each asset in turn
            raise self._failure.with_traceback(None)
        deadline = Deadline("downloads.history", self._engine.settings.timeout, self._stop)
        try:
            self._since, last = since, datetime.date.min
            while last < self._tomorrow():  # twice if the clock of this machine is behind
                self._read_at, last = None, self._tomorrow()
                self._dates = self._window(deadline, since, last)
            self._sure_from = self._reach(deadline, since) if self._is_whole else UNDATED
        except Stopped:
            raise
        except GettyImagesError as error:
            self._since, self._failure = UNDATED, error
            raise

    def _tomorrow(self) -> datetime.date:
        """Return the end of a window that is to have no end: some servers end it themselves."""
        now = self._engine.server_time.now() or time.time()
        return (datetime.datetime.fromtimestamp(now, datetime.UTC) + 2 * _DAY).date()

    def _reach(self, deadline: Deadline, since: datetime.datetime) -> datetime.datetime:
        """Return the date from which on the history that was read is certainly complete.

        An API that does not know the parameter of the first date may ignore it, and return the
        last 30 days. Then a window that has ended before them holds what does not belong there.
        """
        if self._read_at is None:
            return UNDATED
        default = datetime.datetime.fromtimestamp(self._read_at, datetime.UTC) - _DEFAULT_WINDOW
        dates = [date for some in self._dates.values() for date in some]
        if since >= default + _DAY or min(dates, default=UNDATED) < default - _DAY:
            return since - _DAY
        if dates:
            window = self._window(deadline, since, (default - 2 * _DAY).date())
            if all(date < default for some in window.values() for date in some):
                return since - _DAY
        return default + _DAY

    def _window(self, deadline: Deadline, since: datetime.datetime, last: datetime.date) -> _Dates:
        # One day more, as it is not documented in which time zone the API counts its days, and
        # another one, so that a moment that is a little earlier takes no other request.
        first = (since.astimezone(datetime.UTC) - SKEW - 2 * _DAY).date()
        pages, found, total = get_downloads.pages(1, _PAGE_SIZE), _Dates(), 0
        while not pages.is_over:
            page, response = self._page(deadline, pages, first, last)
            total = max(total, (page and page.result_count) or 0)
            read_at = server_date(response.headers)
            if self._read_at is None and read_at is not None and pages.number == 1:
                self._read_at = read_at.timestamp()
            for record in pages.take(page):
                date = record.date_downloaded or UNDATED
                date = date if date.tzinfo else date.replace(tzinfo=datetime.UTC)
                kind = _KINDS.get((record.asset_type or "").lower(), "")
                found.setdefault((record.id or "", kind), []).append(date)
        # A page that is empty too early, or a record without an id, may hide any asset.
        is_named = all(asset for asset, _ in found)
        self._is_whole = is_named and sum(map(len, found.values())) >= total
        return found

    def _page(
        self, deadline: Deadline, pages: _Pages, first: datetime.date, last: datetime.date
    ) -> tuple[models.DownloadHistoryPage | None, RawResponse]:
        """Fetch a page by all spellings of the dates, but for those that the API has refused."""
        while True:
            dates: dict[str, typing.Any] = {}
            for start, end in self._spellings:
                dates |= {start: first, end: last}
            request = get_downloads.build_request(page_size=_PAGE_SIZE, page=pages.number, **dates)
            try:
                return self._engine.call(
                    pages.operation, request, self._stop, timeout=deadline.remaining()
                )
            except BadRequestError as error:
                text = f"{error.code} {error.message}"
                left = [pair for pair in self._spellings if not any(one in text for one in pair)]
                if not left or len(left) == len(self._spellings):
                    raise
                self._spellings = left


def since_of(entry: Entry, *, may_purchase: bool) -> datetime.datetime:
    """Return the moment from which on a download may be that of an entry's unknown request.

    Without a date of the API from before the request, and if it is to be sent again, that is the
    beginning of the history.
    """
    if entry.not_before is not None:
        return datetime.datetime.fromtimestamp(entry.not_before, datetime.UTC)
    return BEGINNING if may_purchase else entry.since - _AROUND


def settle(
    history: DownloadHistory, entry: Entry, kind: str, claim: Claim | None, lag: float | None
) -> None:
    """Find out that the unknown request of an entry used up no download, or raise an error.

    `kind` is that of the asset. `lag`, which is `settle_after`, is of use only if the history lists
    any such; it counts from the date of the API at the first look-up to that of a later one.
    """
    when = f"{entry.since:%Y-%m-%d %H:%M:%S} UTC"
    problem = f"the outcome of the request of {when} is unknown"
    unknown = functools.partial(_unknown, entry.asset, entry.since, problem)
    if entry.account != history.account:
        raise unknown(_ANOTHERS)
    first = entry.looked_up_at
    may_purchase = lag is not None and first is not None
    due = (first or 0.0) + (lag or 0.0)
    try:
        finding = history.look_up(
            entry.asset,
            since_of(entry, may_purchase=may_purchase),
            kind=kind,
            entries=[entry],
            not_before=due if may_purchase else 0.0,
        )
    except Stopped:
        raise
    except GettyImagesError as error:
        raise unknown(f"{_UNREADABLE}: {error}") from error
    if finding.date is not None:
        if claim is not None:
            claim.settle(was_downloaded=True)
        raise LinkLostError(
            f"{entry.asset}: the request of {when} used up a download, but its response with the"
            " link was lost. allow_repurchase=True pays for it again"
        )
    if finding.read_at is None:
        raise unknown("The responses of the API have no date")
    if not finding.is_listed:
        raise unknown(_UNLISTED.format(kind))
    if claim is not None and first is None:
        claim.looked_up(finding.read_at)
    if not may_purchase or finding.read_at < due:
        raise unknown(_NOT_YET.format(kind))
    if not finding.is_complete:
        raise unknown(_INCOMPLETE)
    if claim is not None:
        claim.settle(was_downloaded=False)


def check_gap(
    history: DownloadHistory, journal: Journal, request: FileRequest, namesake: str | None
) -> None:
    """Refuse an asset that a journal that was lost may have known.

    `namesake` is a file with the id in its name that the journal does not know, if there is one.
    """
    asset = request.asset_id
    try:
        finding = history.look_up(asset, BEGINNING, kind=request.kind)
    except Stopped:
        raise
    except GettyImagesError as error:
        raise _unknown(asset, BEGINNING, _JOURNAL_LOST, f"{_UNREADABLE}: {error}") from error
    date, end = finding.date, journal.end_of_gap(finding.read_at)
    if date is not None and (end is None or date == UNDATED or (date - SKEW).timestamp() <= end):
        when = "at an unknown time" if date == UNDATED else f"on {date:%Y-%m-%d}"
        if namesake is not None:
            raise LinkLostError(
                f"{asset}: it was downloaded {when}, and {namesake}, which the journal does not"
                " know, may be that file. allow_repurchase=True pays for it again"
            )
        since = BEGINNING if date == UNDATED else date
        reason = f"It was downloaded {when}, perhaps elsewhere"
        raise _unknown(asset, since, _JOURNAL_LOST, reason)
    if not finding.is_listed:
        raise _unknown(asset, BEGINNING, _JOURNAL_LOST, _UNLISTED.format(request.kind))
    if end is None or not finding.is_complete:
        raise _unknown(asset, BEGINNING, _JOURNAL_LOST, _INCOMPLETE)


def _unknown(
    asset: str, since: datetime.datetime, problem: str, reason: str
) -> DownloadOutcomeUnknownError:
    way_out = "allow_repurchase=True requests it, even if it is paid for again"
    text = f"{asset}: {problem}. {reason}. {way_out}"
    return DownloadOutcomeUnknownError(text, since=since, from_earlier_request=True)
