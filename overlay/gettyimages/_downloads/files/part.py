"""A file that is being written, under a name of its own until it is whole."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from ..._errors import FileError
from . import filesystem
from .naming import OWN_PREFIX

_BLOCK = 1024 * 1024
_WRITEBACK = 32 * 1024 * 1024
_LARGE = 4 * 1024 * 1024
_AHEAD = 4
_SYNC_SECONDS = 2.0
"""How much of a transfer a process that is killed may lose."""


def part_name(key: str) -> str:
    """Return the name of the part of the file with this key."""
    return f"{OWN_PREFIX}{hashlib.sha256(key.encode()).hexdigest()[:24]}.part"


class Part:
    """The part of a file.

    Raises (all methods, unless they say otherwise):
        FileError: The directory does not accept it.
    """

    def __init__(self, directory: Path, key: str, asset: str) -> None:
        self.path = directory / part_name(key)
        self.size = 0
        self.synced = 0
        """Bytes that are certainly on the disk: a power cut may leave holes in what follows."""
        self.is_resumable = False
        """Whether to sync now and then."""
        self.consequence = "It is paid for, and its link is kept"
        """What the errors add."""
        self._asset = asset
        self._files = filesystem.FILE_SYSTEM
        self._digest = hashlib.sha256()
        self._descriptor: int | None = None
        self._written = self._flushed = 0
        self._synced_at = 0.0
        self._writer: ThreadPoolExecutor | None = None
        self._waiting: deque[Future[None]] = deque()

    @property
    def sha256(self) -> str:
        """The hexadecimal digest of what has been written."""
        return self._digest.hexdigest()

    def reopen(self, synced: int) -> bytes | None:
        """Go on with what a run that was killed has left.

        Args:
            synced: Bytes that were certainly on the disk. Those after them are cut off.

        Returns:
            The last bytes that are there; None if there is nothing to go on with.
        """
        tail = b""
        try:
            self._descriptor = self._files.reopen(self.path)
        except OSError:
            return None
        with self._translated():
            while block := os.read(self._descriptor, min(_BLOCK, synced - self.size)):
                self._digest.update(block)
                self.size += len(block)
                tail = (tail + block)[-_BLOCK:]
            if 0 < self.size == synced:
                self._files.truncate(self._descriptor, synced)
                self._written = self._flushed = self.synced = synced
                return tail
        self.close()  # `write` makes another file in its place
        self._digest, self.size = hashlib.sha256(), 0
        return None

    def write(self, pieces: Sequence[bytes]) -> None:
        """Write on. The file is made with the first bytes. A large one is written by a thread."""
        if self._descriptor is None:
            with self._translated():
                self._descriptor = self._files.create(self.path)
        for piece in pieces:
            self._digest.update(piece)
            self.size += len(piece)
        if self._writer is None and self.size < _LARGE:
            self._append(pieces)
            return
        if self._writer is None:
            self._writer = ThreadPoolExecutor(1, "gettyimages-write")
        while len(self._waiting) >= _AHEAD:
            self._waiting.popleft().result()
        self._waiting.append(self._writer.submit(self._append, pieces))

    def _append(self, pieces: Sequence[bytes]) -> None:
        assert self._descriptor is not None
        with self._translated():
            self._files.write(self._descriptor, pieces)
            self._written += sum(map(len, pieces))
            now = time.monotonic()
            if self.is_resumable and now - self._synced_at >= _SYNC_SECONDS:
                self._files.sync(self._descriptor)
                self.synced, self._synced_at = self._written, now
            elif self._written - self._flushed >= _WRITEBACK:
                if hasattr(os, "posix_fadvise"):  # so that `sync` has little left to wait for
                    length = self._written - self._flushed
                    os.posix_fadvise(
                        self._descriptor, self._flushed, length, os.POSIX_FADV_DONTNEED
                    )
                self._flushed = self._written

    def _wait(self) -> None:
        """Wait until everything is written."""
        while self._waiting:
            self._waiting.popleft().result()

    def restart(self) -> None:
        """Discard everything that was written."""
        self._wait()
        if self._descriptor is not None:
            with self._translated():
                self._files.truncate(self._descriptor)
        self._digest = hashlib.sha256()
        self.size = self._written = self._flushed = self.synced = 0

    def sync(self) -> None:
        """Wait until everything is on the disk."""
        self._wait()
        assert self._descriptor is not None
        with self._translated():
            self._files.sync(self._descriptor)
        self.synced = self.size

    def place(self, final: Path, *, replace: bool) -> bool:
        """Give the file its name. Whether that was free, or its file is the very same."""
        with self._translated():
            if not self._is_mine():
                raise FileError(f"{self._asset}: {self.path} was removed while it was written")
            try:
                self._files.place(self.path, final, replace)
            except (FileExistsError, IsADirectoryError):
                if not self.is_same_as(final, self.size, self.sha256):
                    return False
                self.path.unlink(missing_ok=True)
            self._files.sync_directory(self.path.parent)
        self.close()
        return True

    def is_same_as(self, path: Path, size: int, sha256: str) -> bool:
        """Whether a file has this size and digest."""
        with self._translated():
            if self._files.size(path) != size:
                return False
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == sha256

    def remove(self) -> None:
        """Remove the file, even if it cannot be closed. Raises nothing."""
        is_mine = False
        with contextlib.suppress(OSError):
            is_mine = self._is_mine()
        self.close()
        with contextlib.suppress(OSError):
            if is_mine:
                self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file, and leave it where it is. Raises nothing."""
        if self._writer is not None:
            self._writer.shutdown(cancel_futures=True)
            self._writer = None
            self._waiting.clear()
        descriptor, self._descriptor = self._descriptor, None
        with contextlib.suppress(OSError):  # it has been synced, or does not matter
            if descriptor is not None:
                self._files.close(descriptor)

    def _is_mine(self) -> bool:
        """Whether the name is that of the open file, and not of another one in its place."""
        if self._descriptor is None:
            return True
        return os.path.samestat(self.path.lstat(), os.fstat(self._descriptor))

    def _translated(self) -> contextlib.AbstractContextManager[None]:
        return translated(self._asset, self.path.parent, f". {self.consequence}")


@contextlib.contextmanager
def translated(asset: str, directory: Path, more: str = "") -> Iterator[None]:
    """Raise errors of the file system as `FileError`."""
    try:
        yield
    except OSError as error:
        raise FileError(
            f"{asset}: the file cannot be saved in {directory}: {filesystem.described(error)}{more}"
        ) from error
