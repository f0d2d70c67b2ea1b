"""Keeps the requests of an account within the rate that its contract allows."""

from __future__ import annotations

import threading
import time

from .._fork import OfProcess
from .deadline import Deadline
from .steps import Call, Sleep


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

    def slot(self, deadline: Deadline) -> Call[None]:
        """Wait until the next request may be sent; raise if that would be too late."""
        if not self._interval:
            return
        with self._lock:
            now = time.monotonic()
            slot = max(now, self._next)
            if not deadline.allows(slot - now):
                raise deadline.passed()
            self._next = slot + self._interval
        if slot > now:
            yield Sleep(slot - now)
