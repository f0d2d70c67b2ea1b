"""The bound on the time of one call."""

from __future__ import annotations

import time
import typing

from .._errors import APITimeoutError

if typing.TYPE_CHECKING:
    from .stop import Stop


class Deadline:
    """The end of a call, on the clock that is never set; or a stop, if that comes first."""

    __slots__ = ("_end", "_operation", "_seconds", "stop")

    def __init__(self, operation: str, seconds: float, stop: Stop | None = None) -> None:
        self._operation = operation
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self.stop = stop

    def remaining(self) -> float:
        """Return the seconds left; raise `APITimeoutError` or `Stopped` if there are none."""
        if self.stop is not None:
            self.stop.check()
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def allows(self, seconds: float) -> bool:
        """Whether there would be time left after a wait."""
        return time.monotonic() + seconds < self._end

    def without_stop(self) -> Deadline:
        """Return the same bound for what a stop must not break off."""
        other = Deadline(self._operation, self._seconds)
        other._end = self._end
        return other

    def passed(self) -> APITimeoutError:
        """Return the error for a wait that took too long, before anything was sent."""
        text = f"{self._operation}: not done within its timeout, {self._seconds:g} s"
        return APITimeoutError(text, may_have_executed=False)
