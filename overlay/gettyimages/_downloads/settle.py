"""Looks in the download history whether a request was charged, without I/O."""

from __future__ import annotations

import datetime

from gettyimages_rest import models
from gettyimages_rest.api.downloads import get_downloads
from gettyimages_rest.api.downloads.get_downloads import GetDownloadsOptions

from .._calls.request import wanted_operation
from .._calls.responses import parsed
from .._calls.steps import Call
from .._errors import GettyImagesError
from .._exchange import Exchanger
from .._response import RawResponse
from .._settings import Settings
from .history import Pages

_SKEW = datetime.timedelta(minutes=2)
"""By how much the clocks of this machine and of the API may differ."""

_DAY = datetime.timedelta(days=1)


def in_history(
    exchanger: Exchanger, settings: Settings, asset: str, since: datetime.datetime
) -> Call[bool]:
    """Whether an asset was downloaded since a moment.

    Raises:
        GettyImagesError: The moment has no time zone, or the history cannot be read.
    """
    if since.tzinfo is None:
        raise GettyImagesError("since must have a time zone, such as datetime.now(UTC)")
    first = since.astimezone(datetime.UTC) - _SKEW
    # A day more, as nobody says in which zone the API counts its days.
    options: GetDownloadsOptions = {"start_date": (first - _DAY).date(), "page_size": 100}
    pages = Pages(options)
    while not pages.is_over:
        request = get_downloads.build_request(
            start_date=options["start_date"], page_size=100, page=pages.next_page
        )
        wanted = wanted_operation(get_downloads.OPERATION, request, None)
        response = yield from exchanger.call(wanted, settings, None)
        records = pages.take(parsed(get_downloads.OPERATION, response))
        earliest = first - ahead(response)
        if any(_is_of(record, asset, earliest) for record in records):
            return True
    return False


def ahead(response: RawResponse) -> datetime.timedelta:
    """By how much the clock of this machine is ahead of the server's, as its answer tells.

    A moment of ours would else be later than the record of what was done at that moment.
    """
    import email.utils  # only whoever has to look needs it

    try:
        theirs = email.utils.parsedate_to_datetime(response.headers.get("date", ""))
    except (ValueError, OverflowError):
        return datetime.timedelta(0)
    theirs = theirs if theirs.tzinfo else theirs.replace(tzinfo=datetime.UTC)
    return max(datetime.timedelta(0), datetime.datetime.now(datetime.UTC) - theirs)


def _is_of(record: models.DownloadRecord, asset: str, first: datetime.datetime) -> bool:
    """Whether a record is of this asset, and not surely older."""
    if record.id != asset:
        return False
    date = record.date_downloaded
    if date is None:
        return True
    return (date if date.tzinfo else date.replace(tzinfo=datetime.UTC)) >= first
