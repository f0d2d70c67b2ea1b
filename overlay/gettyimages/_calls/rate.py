"""Keeps an account's requests per second within what its contract allows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class RateLimit:
    """Hands out the moments at which requests may be sent, evenly spaced.

    One object serves all threads, tasks and clients that share an account.
    """

    def __init__(self, max_rate: float | None) -> None:
        self._interval = 1 / max_rate if max_rate else 0.0
        self._next = 0.0
        self._lock = threading.Lock()

    def reserve(self, allows: Callable[[float], bool]) -> float | None:
        """Take the next moment, unless it would be too late.

        Args:
            allows: Whether a wait of so many seconds is worth while.

        Returns:
            The seconds to wait; None if that is too long, and no moment has been taken.
        """
        if not self._interval:
            return 0.0
        with self._lock:
            now = time.monotonic()
            moment = max(now, self._next)
            if not allows(moment - now):
                return None
            self._next = moment + self._interval
        return moment - now
