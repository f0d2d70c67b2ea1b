"""Writes a large file behind the back of whoever reads it, so that neither waits for the other."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

_AHEAD = 4
"""Blocks that may wait to be written: they bound the memory that is used."""
_FLUSH = 32 * 1024 * 1024
"""Bytes after which the disk is sent what there is, so that little is left for the end."""


class Behind:
    """Two threads for an open file. What fails in them is raised by the next call of any method.

    Raises:
        RuntimeError: The system allows no more threads, or the interpreter is about to end.
    """

    def __init__(self, write: Callable[[Sequence[bytes]], None], flush: Callable[[], None]) -> None:
        self._write = write
        self._flush = flush
        self._writer = ThreadPoolExecutor(1, "gettyimages-write")
        self._flusher = ThreadPoolExecutor(1, "gettyimages-flush")
        self._waiting: deque[Future[None]] = deque()
        self._flushing: Future[None] | None = None
        self._unflushed = 0
        try:
            self._writer.submit(int)  # the thread is there, or nothing of this is
        except RuntimeError:
            self._writer.shutdown(wait=False, cancel_futures=True)
            raise

    def write(self, pieces: Sequence[bytes]) -> None:
        """Write on, once there is room to wait."""
        while len(self._waiting) >= _AHEAD:
            self._waiting.popleft().result()
        self._waiting.append(self._writer.submit(self._write, pieces))
        self._unflushed += sum(map(len, pieces))
        if self._unflushed >= _FLUSH and (self._flushing is None or self._flushing.done()):
            self._end_flush()
            self._unflushed = 0
            with contextlib.suppress(RuntimeError):  # then everything is left for the end
                self._flushing = self._flusher.submit(self._flush)

    def wait(self) -> None:
        """Wait until everything is written."""
        while self._waiting:
            self._waiting.popleft().result()
        self._end_flush()

    def close(self) -> None:
        """End the threads, when they have done what they are at; what still waits is dropped."""
        self._writer.shutdown(cancel_futures=True)
        self._flusher.shutdown(cancel_futures=True)

    def _end_flush(self) -> None:
        # The system tells of a failure once: it must not be lost with this thread.
        flushing, self._flushing = self._flushing, None
        if flushing is not None:
            flushing.result()
