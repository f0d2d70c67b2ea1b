"""Moves the clocks that the client reads, so that no test has to wait.

The client is expected to read `time.monotonic` for durations and `time.time` for the time of day,
each through the module. Servers of tests keep to the real clocks.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


class Clocks:
    """Both clocks, which run as usual until they are moved."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self._monotonic = time.monotonic
        self._time = time.time
        self._passed = 0.0

    def advance(self, seconds: float) -> None:
        """Let so much time pass on both clocks; the time of day is right again."""
        self._passed += seconds
        self._patch.setattr(time, "monotonic", lambda: self._monotonic() + self._passed)
        self._patch.setattr(time, "time", lambda: self._time() + self._passed)

    def set_time_of_day(self, seconds: float) -> None:
        """Set the time of day, as an administrator does; durations are not affected."""
        self._patch.setattr(time, "time", lambda: seconds)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Let no time pass within a block."""
        now = time.monotonic()
        with self._patch.context() as patch:
            patch.setattr(time, "monotonic", lambda: now)
            yield
