"""When a request is sent: within the rate of the account, and again after some failures."""

from __future__ import annotations

import datetime
import threading
import time
import typing
from collections.abc import Callable, Mapping

from .._process import OfProcess
from .deadline import Deadline
from .outcome import Failure, Outcome, may_have_executed
from .responses import parsed_date, server_date
from .steps import Blocking, Call, Sleep

TakeSlot: typing.TypeAlias = Callable[[float, Callable[[float], bool]], float | None]
"""Takes the next of the slots that several processes share. Gets their interval in seconds, and
whether a wait is acceptable. Returns the seconds to wait; None if they are not acceptable."""


class RateLimit(OfProcess):
    """Assigns each request of a client in this process the time to be sent, evenly spaced."""

    def __init__(self, max_requests_per_second: float | None) -> None:
        self._interval = 1 / max_requests_per_second if max_requests_per_second else 0.0
        self._next = 0.0
        super().__init__()

    def _begin(self) -> None:
        self._lock = threading.Lock()

    def slot(self, deadline: Deadline, shared: TakeSlot | None = None) -> Call[None]:
        """Wait until the next request may be sent; raise if that would be too late."""
        if not self._interval:
            return
        if shared is None:
            wait = self._taken(self._interval, deadline.allows)
        else:
            wait = yield Blocking(lambda: shared(self._interval, deadline.allows))
        if wait is None:
            raise deadline.passed()
        if wait > 0:
            yield Sleep(wait)

    def _taken(self, interval: float, allows: Callable[[float], bool]) -> float | None:
        with self._lock:
            now = time.monotonic()
            slot = max(now, self._next)
            if not allows(slot - now):
                return None
            self._next = slot + interval
        return slot - now


Effect: typing.TypeAlias = typing.Literal["safe", "idempotent", "spends"] | None
"""What a request does (`x-effect`); None if it is harmless only when it is sent once."""

_FIRST = 0.5
_LONGEST = 30.0
_TEMPORARY = (408, 425, 500, 502, 503, 504)


class Retries:
    """The attempts of one request. `since` is when the last one was sent."""

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
            headers: Mapping[str, str] = {}
        else:
            status_code = outcome.status_code
            repeatable = status_code == 429 or (twice_is_as_good and status_code in _TEMPORARY)
            headers = outcome.headers
        if not repeatable or not self._allows(seconds := _delay(self.count, headers)):
            return None
        self.may_have_executed = self.may_have_executed or may_have_executed(outcome)
        return seconds


def _delay(retry: int, headers: Mapping[str, str]) -> float:
    """Return the seconds before a retry: `Retry-After`, or exponential backoff with full jitter."""
    if (requested := _retry_after(headers)) is not None:
        return requested
    import random  # importing it takes longer than all of this module

    longest = min(_LONGEST, _FIRST * 2 ** min(retry - 1, 9))
    return random.uniform(0, longest)  # noqa: S311 - no secret


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Parse the two forms of `Retry-After` (RFC 9110, 10.2.3): seconds, or a date."""
    text = headers.get("retry-after", "")
    if text.isascii() and text.strip().isdigit():
        return float(text)
    moment = parsed_date(text)
    if moment is None:
        return None
    now = server_date(headers) or datetime.datetime.now(datetime.UTC)  # by the same clock
    return max(0.0, (moment - now).total_seconds())
