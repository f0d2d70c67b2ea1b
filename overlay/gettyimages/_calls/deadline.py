"""How long a call may take in all."""

from __future__ import annotations

import time

from .._errors import APITimeoutError


class Deadline:
    """The end of a call, on the clock that never jumps."""

    __slots__ = ("_end", "_operation", "_seconds")

    def __init__(self, operation: str, seconds: float) -> None:
        self._operation = operation
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """The seconds left.

        Raises:
            APITimeoutError: There are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def allows(self, seconds: float) -> bool:
        """Whether a wait would leave any time for what comes after it."""
        return time.monotonic() + seconds < self._end

    def passed(self) -> APITimeoutError:
        """The error for a call that took too long."""
        return APITimeoutError(
            f"{self._operation}: not done within {self._seconds:g} seconds, its total timeout"
        )
