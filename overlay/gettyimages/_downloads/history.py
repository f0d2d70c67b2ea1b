"""Goes through the pages of the download history. The rules, without I/O."""

from __future__ import annotations

import datetime

from gettyimages_rest import models
from gettyimages_rest.api.downloads.get_downloads import GetDownloadsOptions

from .._errors import GettyImagesError

_LARGEST = 100
_USUAL = 30
_MOST_PAGES = 100_000


class Pages:
    """Which page to ask for next, and whether there is one.

    The history ends when the server's count is reached, with a page that is empty or has come
    before. A short page alone is no end: some servers filter pages after cutting them.
    """

    def __init__(self, options: GetDownloadsOptions) -> None:
        """Check the options.

        Raises:
            GettyImagesError: A number is out of bounds, or the dates are reversed.
        """
        self._size = _bounded("page_size", options.get("page_size"), _USUAL, _LARGEST)
        self._page = _bounded("page", options.get("page"), 1, None)
        _check_dates(options.get("start_date"), options.get("end_date"))
        self._seen: int | None = 0 if self._page == 1 else None
        self._had: set[int] = set()
        self.is_over = False

    @property
    def next_page(self) -> int:
        """The number of the page to ask for."""
        return self._page

    def take(self, page: models.DownloadHistoryPage) -> list[models.DownloadRecord]:
        """The records of a page, none if it has come before, and whether it is the last.

        Raises:
            GettyImagesError: The page cannot be read, or there is no end to them.
        """
        records = page.downloads or []
        if page.downloads is None and (page.raw or {}).get("downloads") is not None:
            raise GettyImagesError(
                f"page {self._page} of the download history holds records that cannot be read;"
                " get_downloads() shows them in `raw`"
            )
        mark = hash(repr(records))
        if not records or mark in self._had:
            self.is_over = True
            return []  # past the end, some servers give the last page again
        if len(self._had) >= _MOST_PAGES:
            raise GettyImagesError(f"the download history has no end after {_MOST_PAGES} pages")
        self._had.add(mark)
        self._count(len(records), page.result_count)
        self._page += 1
        return records

    def _count(self, new: int, result_count: int | None) -> None:
        """Whether all are seen. A count that is too low has no say: the server must have erred."""
        if self._seen is None:  # how large the pages before the first one were is not known
            self._seen = (self._page - 1) * min(new, self._size)
        self._seen += new
        self.is_over = self._seen == result_count or (
            result_count is not None and self._seen > result_count and new < self._size
        )


def _bounded(name: str, value: object, default: int, largest: int | None) -> int:
    if value is None:
        return default
    if not isinstance(value, int) or not 1 <= value <= (largest or value):
        bounds = "at least 1" if largest is None else f"from 1 to {largest}"
        raise GettyImagesError(f"{name} must be {bounds}, found {value!r}")
    return value


def _check_dates(start: object, end: object) -> None:
    first, last = _moment(start, datetime.time.min), _moment(end, datetime.time.max)
    if first is None or last is None:
        return
    slack = datetime.timedelta(0)
    if (first.tzinfo is None) != (last.tzinfo is None):
        # One of the two zones is not known, which makes a day's difference at most.
        slack = datetime.timedelta(days=1)
        first, last = _zoned(first), _zoned(last)
    if first - last > slack:
        raise GettyImagesError(f"start_date {start} is after end_date {end}")


def _zoned(moment: datetime.datetime) -> datetime.datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=datetime.UTC)


def _moment(value: object, time: datetime.time) -> datetime.datetime | None:
    """The moment that a date stands for; one without a time is its first or its last moment."""
    if isinstance(value, str):
        value = _parsed(value)
    if isinstance(value, datetime.datetime):
        return value
    return datetime.datetime.combine(value, time) if isinstance(value, datetime.date) else None


def _parsed(text: str) -> datetime.date:
    for parse in (datetime.date.fromisoformat, datetime.datetime.fromisoformat):
        try:
            return parse(text)
        except ValueError:
            continue
    raise GettyImagesError(f"a date must be in ISO 8601, such as 2026-03-31, found {text!r}")
