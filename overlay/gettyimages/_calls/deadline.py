"""When work ends: the bound on the time of a call, and a stop, which waits for no network."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from .._errors import APITimeoutError, GettyImagesError
from .._process import OfProcess


class Stopped(GettyImagesError):
    """The work was stopped. What has been paid for is in the journal."""


class Stop(OfProcess):
    """A request to stop, shared by all threads of one download or batch.

    Setting it closes what the threads are reading from, so that they notice at once.
    """

    def _begin(self) -> None:
        # An abandoned batch stops wherever garbage is collected, and a signal may interrupt any
        # line of Python: an Event, whose lock is neither reentrant nor taken at one stroke, hangs.
        self._lock = threading.RLock()
        self._closers: set[Callable[[], object]] = set()
        self._paying = 0
        self.is_set = False
        """Whether the work is to stop."""

    @property
    def is_paying(self) -> bool:
        """Whether a request that uses up a download is under way, or its link not yet recorded."""
        return self._paying > 0

    @contextmanager
    def paying(self) -> Iterator[None]:
        """Have a stop wait for the block."""
        with self._lock:
            self._paying += 1
        try:
            yield
        finally:
            with self._lock:
                self._paying -= 1

    def set(self) -> None:
        self.is_set = True
        with self._lock:
            closers = [*self._closers]
        for close in closers:
            close()

    def check(self) -> None:
        if self.is_set:
            raise Stopped("the download was stopped")

    def sleep(self, seconds: float) -> None:
        """Wait; raise `Stopped` as soon as the work is to stop."""
        import queue  # which a call without a stop does not need

        woken: queue.SimpleQueue[None] = queue.SimpleQueue()
        with self.closing(lambda: woken.put(None)), suppress(queue.Empty):
            woken.get(timeout=seconds)
        self.check()

    @contextmanager
    def closing(self, close: Callable[[], object]) -> Iterator[None]:
        """Have `close` called if the work is to stop during the block."""
        with self._lock:
            self._closers.add(close)
        try:
            self.check()
            yield
        finally:
            with self._lock:
                self._closers.discard(close)


POLL = 0.02


class Deadline:
    """The end of a call, on the clock that is never set; or a stop, if that comes first."""

    def __init__(self, operation: str, seconds: float, stop: Stop | None = None) -> None:
        self._operation = operation
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self.stop = stop
        self.has_passed = False
        """Whether a wait was refused because it would have taken too long."""

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
        """Return the error for a wait that takes too long, before anything is sent."""
        self.has_passed = True
        text = f"{self._operation}: not done within its timeout, {self._seconds:g} s"
        return APITimeoutError(text, may_have_executed=False)
