"""Writes a large file behind the back of whoever reads it, so that neither waits for the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

_AHEAD = 4
"""Blocks that may wait to be written: they bound the memory that is used."""
_FLUSH = 32 * 1024 * 1024
"""Bytes after which the disk is sent what there is, so that little is left for the end."""


class Behind:
    """Two threads for an open file. What fails in them is raised by the next call of any method."""

    def __init__(self, write: Callable[[Sequence[bytes]], None], flush: Callable[[], None]) -> None:
        self._write = write
        self._flush = flush
        self._writer = ThreadPoolExecutor(1, "gettyimages-write")
        self._flusher = ThreadPoolExecutor(1, "gettyimages-flush")
        self._waiting: deque[Future[None]] = deque()
        self._flushing: Future[None] | None = None
        self._unflushed = 0

    def write(self, pieces: Sequence[bytes]) -> None:
        """Write on, once there is room to wait."""
        while len(self._waiting) >= _AHEAD:
            self._waiting.popleft().result()
        self._waiting.append(self._writer.submit(self._write, pieces))
        self._unflushed += sum(map(len, pieces))
        if self._unflushed >= _FLUSH and (self._flushing is None or self._flushing.done()):
            self._end_flush()
            self._flushing = self._flusher.submit(self._flush)
            self._unflushed = 0

    def wait(self) -> None:
        """Wait until everything is written."""
        while self._waiting:
            self._waiting.popleft().result()
        self._end_flush()

    def close(self) -> None:
        """End the threads, when they have done what they were given."""
        self._writer.shutdown()
        self._flusher.shutdown()

    def _end_flush(self) -> None:
        # The system tells of a failure once: it must not be lost with this thread.
        flushing, self._flushing = self._flushing, None
        if flushing is not None:
            flushing.result()
