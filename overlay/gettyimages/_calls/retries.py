"""The retry policy: whether a request is sent again, and after how long."""

from __future__ import annotations

import datetime
import typing

from .outcome import Failure, may_have_executed
from .server_time import parsed_date

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from .outcome import Outcome

Effect: typing.TypeAlias = typing.Literal["safe", "idempotent", "spends"] | None
"""What a request does (`x-effect`); None if it is harmless only when it is sent once."""

_FIRST = 0.5
_LONGEST = 30.0
_TEMPORARY = (408, 425, 500, 502, 503, 504)


class Retries:
    """The attempts of one request.

    Attributes:
        count: How many attempts were made.
        may_have_executed: Whether one of them may have been carried out.
        since: When the last one was sent.
    """

    __slots__ = ("_allows", "_effect", "_max_retries", "count", "may_have_executed", "since")

    def __init__(self, effect: Effect, max_retries: int, allows: Callable[[float], bool]) -> None:
        self._effect: Effect = effect
        self._max_retries = max_retries
        self._allows = allows
        self.count = 0
        self.may_have_executed = False
        self.since = datetime.datetime.now(datetime.UTC)

    def begin(self) -> None:
        self.count += 1
        self.since = datetime.datetime.now(datetime.UTC)

    def allow_another(self) -> None:
        """Leave the last attempt uncounted, as it failed for a reason that has been removed."""
        self._max_retries += 1

    def pause(self, outcome: Outcome) -> float | None:
        """Return the seconds to wait before the next attempt; None if there is to be none.

        A request is repeated if it certainly was not carried out (no connection, 429), and after
        a temporary failure if doing it twice is as good as once.
        """
        if self.count > self._max_retries:
            return None
        twice_is_as_good = self._effect in ("safe", "idempotent")
        if isinstance(outcome, Failure):
            repeatable = not outcome.final and (twice_is_as_good or not outcome.sent)
            retry_after = None
        else:
            status_code = outcome.status_code
            repeatable = status_code == 429 or (twice_is_as_good and status_code in _TEMPORARY)
            retry_after = outcome.headers.get("retry-after")
        if not repeatable or not self._allows(seconds := _delay(self.count, retry_after)):
            return None
        self.may_have_executed = self.may_have_executed or may_have_executed(outcome)
        return seconds


def _delay(retry: int, retry_after: str | None) -> float:
    """Return the seconds to wait before a retry, counted from 1.

    The server's `Retry-After` if it sends one, or else exponential backoff with full jitter.
    """
    if retry_after and (requested := _seconds(retry_after)) is not None:
        return requested
    import random  # importing it takes longer than all of this module

    longest = min(_LONGEST, _FIRST * 2 ** min(retry - 1, 9))
    return random.uniform(0, longest)  # noqa: S311 - no secret


def _seconds(retry_after: str) -> float | None:
    """Parse the two forms of `Retry-After` (RFC 9110, 10.2.3): seconds, or a date."""
    if retry_after.isascii() and retry_after.strip().isdigit():
        return float(retry_after)
    moment = parsed_date(retry_after)
    if moment is None:
        return None
    return max(0.0, (moment - datetime.datetime.now(datetime.UTC)).total_seconds())
