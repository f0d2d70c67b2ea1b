"""Keeps the requests of an account within the rate that its contract allows."""

from __future__ import annotations

import threading
import time
import typing
from collections.abc import Callable

from .._process import OfProcess
from .deadline import Deadline
from .steps import Blocking, Call, Sleep

TakeSlot: typing.TypeAlias = Callable[[float, Callable[[float], bool]], float | None]
"""Takes the next of the slots that several processes share. Gets their interval in seconds, and
whether a wait is acceptable. Returns the seconds to wait; None if they are not acceptable."""


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
