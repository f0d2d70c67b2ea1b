"""Keeps the requests of an account within the rate that its contract allows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from .._fork import OfProcess


class RateLimit(OfProcess):
    """Assigns each request the time at which it may be sent, evenly spaced.

    One object serves all threads, tasks and variants of a client in this process.
    """

    def __init__(self, max_requests_per_second: float | None) -> None:
        self._interval = 1 / max_requests_per_second if max_requests_per_second else 0.0
        self._next = 0.0
        super().__init__()

    def _begin(self) -> None:
        self._lock = threading.Lock()

    def reserve(self, allows: Callable[[float], bool]) -> float | None:
        """Reserve the next free slot, and return the seconds to wait for it.

        None if `allows` refuses so long a wait; no slot is reserved then.
        """
        if not self._interval:
            return 0.0
        with self._lock:
            now = time.monotonic()
            slot = max(now, self._next)
            if not allows(slot - now):
                return None
            self._next = slot + self._interval
        return slot - now
