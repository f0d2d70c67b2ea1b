"""The download history: its dates, and whether it has an asset."""

from __future__ import annotations

import datetime
import threading
import time
import typing
from collections.abc import Iterable

from gettyimages_rest.api.downloads import get_downloads

from .._calls.arguments import check_names
from .._calls.deadline import Deadline
from .._calls.server_time import server_date
from .._calls.stop import Stop, Stopped
from .._errors import BadRequestError, GettyImagesError, InvalidArgumentError

if typing.TYPE_CHECKING:
    from gettyimages_rest import models
    from gettyimages_rest._pagination import Pages
    from gettyimages_rest.api.downloads.get_downloads import GetDownloadsOptions

    from .._response import RawResponse
    from .engine import Engine
    from .journal.journal import Entry

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


def check_history(options: GetDownloadsOptions) -> None:
    """Refuse unknown keywords of `history`, and text that is no date: the API might ignore it."""
    check_names("history", options, get_downloads.GetDownloadsOptions)
    for name in ("start_date", "end_date", "date_from", "date_to"):
        date = options.get(name)
        try:
            if isinstance(date, str):
                datetime.datetime.fromisoformat(date)
        except ValueError:
            expected = "a date must be in ISO 8601, such as 2026-03-31"
            raise InvalidArgumentError(f"{expected}, found {date!r}") from None


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
        self._dates: _Dates = {}
        self._known: frozenset[Entry] = frozenset()
        self._failure: GettyImagesError | None = None
        self._spellings = [("start_date", "end_date"), ("date_from", "date_to")]

    def read(self, since: datetime.datetime, entries: Iterable[Entry] = ()) -> None:
        """Read the history from a moment on, for entries whose requests were all sent before."""
        with self._lock:
            self._known = frozenset(entries)
            self._read(since)

    def look_up(
        self,
        asset: str,
        since: datetime.datetime,
        *,
        kind: str | None = None,
        entry: Entry | None = None,
        not_before: float = 0.0,
    ) -> Finding:
        """Look an asset up.

        Args:
            asset: Its id.
            since: The moment from which on downloads count, by the API's clock.
            kind: The kind of the asset, as `FileRequest.kind`; None for any.
            entry: The entry with the request that is looked for. The history is read again if it
                was read before that entry was as it is.
            not_before: The date of the API before which the history must not have been read, if
                that is over.

        Raises:
            GettyImagesError: The history cannot be read, or not within the timeout.
        """
        with self._lock:
            is_current = entry is None or entry in self._known
            now = self._engine.server_time.now() or 0.0
            is_early = (self._read_at or 0.0) < not_before <= now
            if self._since > since + _DAY or not is_current or is_early:
                if entry is not None:
                    self._known |= {entry}
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
        finding = self.look_up(asset, since)
        if finding.date is None and finding.read_at is not None:
            ahead = time.time() - finding.read_at  # of this machine's clock, by which `since` is
            finding = self.look_up(asset, since - datetime.timedelta(seconds=max(0.0, ahead)))
        if finding.date is None and not finding.is_complete:
            raise GettyImagesError(
                f"it is not known whether {asset} was downloaded: the API did not confirm that the"
                f" download history reaches back to {since:%Y-%m-%d %H:%M:%S %Z}"
            )
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
            self._sure_from = self._reach(deadline, since)
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
        """Return the assets of a window, and when they were downloaded."""
        # One day more, as it is not documented in which time zone the API counts its days, and
        # another one, so that a moment that is a little earlier takes no other request.
        first = (since.astimezone(datetime.UTC) - SKEW - 2 * _DAY).date()
        pages, found = get_downloads.pages(1, _PAGE_SIZE), _Dates()
        while not pages.is_over:
            page, response = self._page(deadline, pages, first, last)
            read_at = server_date(response.headers)
            if self._read_at is None and read_at is not None and pages.number == 1:
                self._read_at = read_at.timestamp()
            for record in pages.take(page):
                date = record.date_downloaded or UNDATED
                date = date if date.tzinfo else date.replace(tzinfo=datetime.UTC)
                kind = _KINDS.get((record.asset_type or "").lower(), "")
                found.setdefault((record.id or "", kind), []).append(date)
        return found

    def _page(
        self, deadline: Deadline, pages: _Pages, first: datetime.date, last: datetime.date
    ) -> tuple[models.DownloadHistoryPage | None, RawResponse]:
        """Fetch a page. Both spellings of the dates are sent, as the API has renamed them.

        One that the API refuses by name is left out from then on.
        """
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
