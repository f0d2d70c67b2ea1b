"""The download history: its pages, and whether a request has used up a download."""

from __future__ import annotations

import contextlib
import datetime
import threading
import time
import typing
from collections.abc import Iterator

from gettyimages_rest.api.downloads import get_downloads

from .._calls.retries import server_date
from .._errors import DownloadOutcomeUnknownError, GettyImagesError, LinkLostError

if typing.TYPE_CHECKING:
    from gettyimages_rest import models
    from gettyimages_rest.api.downloads.get_downloads import GetDownloadsOptions

    from .._calls.stop import Stop
    from .._response import RawResponse
    from .engine import Engine
    from .journal.journal import Entry

_SKEW = datetime.timedelta(minutes=2)
"""By how much the clocks of this machine and of the API may differ."""
_DAY = datetime.timedelta(days=1)
_PAGE_SIZE = 100
_DEFAULT_PAGE_SIZE = 30
_MOST_PAGES = 100_000
_NEVER = datetime.datetime.max.replace(tzinfo=datetime.UTC)


class Pages:
    """The pages of the history.

    The history ends when the server's count is reached, or with a page that is empty or that came
    before. A short page is not the end: some servers filter pages after cutting them.
    """

    def __init__(self, options: GetDownloadsOptions) -> None:
        """Check the options.

        Raises:
            GettyImagesError: A number is out of bounds, or the dates are reversed.
        """
        self._size = _checked("page_size", options.get("page_size"), _DEFAULT_PAGE_SIZE)
        self._page = _checked("page", options.get("page"), 1)
        _check_dates(options.get("start_date"), options.get("end_date"))
        self._seen: int | None = 0 if self._page == 1 else None
        self._marks: set[int] = set()
        self.is_over = False

    @property
    def next_page(self) -> int:
        """The number of the next page."""
        return self._page

    def take(self, page: models.DownloadHistoryPage) -> list[models.DownloadRecord]:
        """Return the records of a page; none if the page came before.

        Raises:
            GettyImagesError: The page cannot be read, or there is no end to the pages.
        """
        records = page.downloads or []
        if page.downloads is None and (page.raw or {}).get("downloads") is not None:
            raise GettyImagesError(
                f"page {self._page} of the download history holds records that cannot be read;"
                " get_downloads() has them in `raw`"
            )
        mark = hash(repr(records))
        if not records or mark in self._marks:
            self.is_over = True
            return []  # past the end, some servers repeat the last page
        if len(self._marks) >= _MOST_PAGES:
            raise GettyImagesError(f"the download history has no end after {_MOST_PAGES} pages")
        self._marks.add(mark)
        self._count(len(records), page.result_count)
        self._page += 1
        return records

    def _count(self, new: int, result_count: int | None) -> None:
        """Check whether all records are seen. A count that is too low is an error of the server."""
        if self._seen is None:  # the size of the pages before the first one is not known
            self._seen = (self._page - 1) * min(new, self._size)
        self._seen += new
        self.is_over = self._seen == result_count or (
            result_count is not None and self._seen > result_count and new < self._size
        )


class DownloadHistory:
    """The download history, read once from the earliest moment that is asked about.

    It is read again only for an earlier moment, or for a request that came after it was read.
    Safe for threads.
    """

    def __init__(self, engine: Engine, stop: Stop) -> None:
        self._engine = engine
        self._stop = stop
        self._lock = threading.Lock()
        self._since = _NEVER
        self._read_at = 0.0
        self._last: dict[str, datetime.datetime] = {}

    def was_downloaded(self, asset: str, since: datetime.datetime, until: float = 0.0) -> bool:
        """Whether the history has an asset since a moment.

        Args:
            asset: Id of the asset.
            since: The moment. Two minutes are allowed for clocks that differ.
            until: The time, in seconds since 1970, before which it is too early for a "no".

        Raises:
            GettyImagesError: The moment has no time zone, or the history cannot be read.
        """
        if since.tzinfo is None:
            raise GettyImagesError("since must have a time zone, such as datetime.now(UTC)")
        with self._lock:
            found = self._since <= since and self._has(asset, since)
            if not found and (self._since > since or self._read_at < until):
                self.read(min(since, self._since))
            return found or self._has(asset, since)

    def read(self, since: datetime.datetime) -> None:
        read_at, last = time.time(), dict[str, datetime.datetime]()
        for asset, date in self._records(since):
            last[asset] = max(date, last.get(asset, date))
        self._since, self._read_at, self._last = since, read_at, last

    def _has(self, asset: str, since: datetime.datetime) -> bool:
        last = self._last.get(asset)
        return last is not None and last >= since - _SKEW

    def _records(self, since: datetime.datetime) -> Iterator[tuple[str, datetime.datetime]]:
        """Yield assets, and when they were downloaded by the clock of this machine.

        A record without a date counts as recent.
        """
        # One day more, as it is not documented in which time zone the API counts its days.
        first = (since.astimezone(datetime.UTC) - _SKEW - _DAY).date()
        pages = Pages({"start_date": first, "page_size": _PAGE_SIZE})
        while not pages.is_over:
            request = get_downloads.build_request(
                start_date=first, page_size=_PAGE_SIZE, page=pages.next_page
            )
            page, response = self._engine.call(get_downloads.OPERATION, request, self._stop)
            ahead = _ahead(response)
            for record in pages.take(page):
                date = record.date_downloaded
                if date is not None:
                    date = _with_zone(date) + ahead
                yield record.id or "", date or _NEVER


def _ahead(response: RawResponse) -> datetime.timedelta:
    """Return by how much the clock of this machine is ahead of the server's."""
    theirs = server_date(response.headers)
    zero = datetime.timedelta(0)
    return zero if theirs is None else max(zero, datetime.datetime.now(datetime.UTC) - theirs)


def settled_error(entry: Entry, *, found: bool) -> LinkLostError | DownloadOutcomeUnknownError:
    """Return the error for an earlier request whose outcome was unknown."""
    when = f"{entry.since:%Y-%m-%d %H:%M:%S} UTC"
    if found:
        return LinkLostError(
            f"{entry.asset}: the request of {when} used up a download, but its response with the"
            " link was lost. allow_repurchase=True pays for it again"
        )
    return DownloadOutcomeUnknownError(
        f"{entry.asset}: the outcome of the request of {when} is unknown. It is not in the download"
        " history, which may lag. Call save_images() with settle_after= the seconds by which it may"
        " lag, or call again with allow_repurchase=True",
        since=entry.since,
        from_earlier_request=True,
    )


def _checked(name: str, value: object, default: int) -> int:
    """Check a number against the bounds of the spec."""
    if value is None:
        return default
    lowest, highest = get_downloads.OPERATION.bounds[name]
    if isinstance(value, int) and (lowest or 0) <= value <= (highest or value):
        return value
    bounds = f"at least {lowest}" if highest is None else f"from {lowest} to {highest}"
    raise GettyImagesError(f"{name} must be {bounds}, found {value!r}")


def _check_dates(start: object, end: object) -> None:
    first, last = _moment(start, datetime.time.min), _moment(end, datetime.time.max)
    if first is None or last is None:
        return
    slack = datetime.timedelta(0)
    if (first.tzinfo is None) != (last.tzinfo is None):
        slack = _DAY  # the time zone of one of them is not known
        first, last = _with_zone(first), _with_zone(last)
    if first - last > slack:
        raise GettyImagesError(f"start_date {start} is after end_date {end}")


def _with_zone(moment: datetime.datetime) -> datetime.datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=datetime.UTC)


def _moment(value: object, time: datetime.time) -> datetime.datetime | None:
    """Return the moment of a date; a date without a time gets this one."""
    if isinstance(value, str):
        value = _parsed(value)
    if isinstance(value, datetime.datetime):
        return value
    return datetime.datetime.combine(value, time) if isinstance(value, datetime.date) else None


def _parsed(text: str) -> datetime.date:
    for parse in (datetime.date.fromisoformat, datetime.datetime.fromisoformat):
        with contextlib.suppress(ValueError):
            return parse(text)
    raise GettyImagesError(f"a date must be in ISO 8601, such as 2026-03-31, found {text!r}")
