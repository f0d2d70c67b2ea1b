"""Stopping work in other threads without waiting for the network."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .._errors import GettyImagesError
from .._fork import OfProcess


class Stopped(GettyImagesError):
    """The work was stopped. What has been paid for is in the journal."""


class Stop(OfProcess):
    """A request to stop, shared by all threads of one download or batch.

    Setting it closes what the threads are reading from, so that they notice at once.
    """

    def _begin(self) -> None:
        self._event = threading.Event()
        self._lock = threading.RLock()  # an abandoned batch stops wherever garbage is collected
        self._closers: set[Callable[[], object]] = set()
        self._paying = 0

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

    @property
    def is_set(self) -> bool:
        """Whether the work is to stop."""
        return self._event.is_set()

    def set(self) -> None:
        """Ask for the stop."""
        self._event.set()
        with self._lock:
            closers = [*self._closers]
        for close in closers:
            close()

    def check(self) -> None:
        """Raise `Stopped` if the work is to stop."""
        if self._event.is_set():
            raise Stopped("the download was stopped")

    def sleep(self, seconds: float) -> None:
        """Wait; raise `Stopped` as soon as the work is to stop."""
        self._event.wait(seconds)
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
