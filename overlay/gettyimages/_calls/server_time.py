"""The time by the clocks of servers: what is decided about money never rests on this machine's."""

from __future__ import annotations

import datetime
import time
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Mapping


class ServerTime:
    """The API's time, known from the dates of its responses. One object serves all threads."""

    def __init__(self) -> None:
        self._seen: tuple[float, float] | None = None

    def note(self, headers: Mapping[str, str]) -> None:
        """Take in the date of a response."""
        date = server_date(headers)
        if date is not None:
            self._seen = date.timestamp(), time.monotonic()

    def now(self) -> float | None:
        """Return the time in seconds since 1970; None before the first response with a date."""
        if self._seen is None:
            return None
        date, received = self._seen
        return date + time.monotonic() - received


def server_date(headers: Mapping[str, str]) -> datetime.datetime | None:
    """Return the date of a response, in UTC. That of a response from a cache does not count."""
    return None if "age" in headers else parsed_date(headers.get("date", ""))


def parsed_date(text: str) -> datetime.datetime | None:
    """Parse the date of a header; None if it is malformed."""
    import email.utils  # importing it takes longer than all of this module

    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=datetime.UTC)
