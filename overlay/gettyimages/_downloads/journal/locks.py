"""Locks on entries of a journal: the operating system's, on one byte for each entry.

POSIX record locks end with their process, and are not inherited by a fork. They end as well when
the process closes any descriptor of the file, so each file has one descriptor in a process, and
threads of the process exclude each other by a table. A byte that does not exist can be locked.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from ..._errors import JournalError
from ..._process import OfProcess

_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class _Files(OfProcess):
    """The lock files that this process has open. A child has none of its parent's locks."""

    def _begin(self) -> None:
        self.opened: dict[str, LockFile] = {}
        self.mutex = threading.RLock()


_files = _Files()


class LockFile:
    """The lock file of one journal in this process, shared by all that have the journal open."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.users = 0
        self._descriptor = descriptor
        self._held: set[str] = set()
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def locked(self, key: str) -> Iterator[bool]:
        """Lock an entry for the block; False if another thread or process holds the lock."""
        is_mine = self._acquired(key)
        try:
            yield is_mine
        finally:
            if is_mine:
                with self._lock, contextlib.suppress(OSError):
                    self._held.discard(key)
                    _unlock(self._descriptor, _offset(key))

    def _acquired(self, key: str) -> bool:
        with self._lock:
            if key in self._held:
                return False
            try:
                if not os.path.samestat(os.fstat(self._descriptor), self.path.stat()):
                    raise FileNotFoundError(errno.ENOENT, "it was replaced")
                _lock(self._descriptor, _offset(key))
            except OSError as error:
                if error.errno in _BUSY:
                    return False
                reason = error.strerror or type(error).__name__
                raise JournalError(f"the lock file {self.path} cannot be used: {reason}") from error
            self._held.add(key)
            return True

    def close(self) -> None:
        """Close the file, with the last of its users."""
        with _files.mutex:
            self.users -= 1
            if self.users == 0:
                os.close(self._descriptor)
                _files.opened.pop(str(self.path), None)


def open_lock_file(path: Path) -> LockFile:
    """Open the lock file of a journal, or share it with others of this process."""
    path = path.parent.resolve() / path.name
    with _files.mutex:
        if path.is_symlink():
            raise JournalError(f"the lock file {path} cannot be used: it is a symbolic link")
        if str(path) not in _files.opened:
            flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
            descriptor = os.open(path, flags, 0o600)
            _files.opened[str(path)] = LockFile(path, descriptor)
        _files.opened[str(path)].users += 1
        return _files.opened[str(path)]


def _offset(key: str) -> int:
    """Return the byte of an entry: two entries share one with a probability of 2 ** -62."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 2


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, offset: int) -> None:
        os.lseek(descriptor, offset, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int, offset: int) -> None:
        os.lseek(descriptor, offset, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int, offset: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, offset)

    def _unlock(descriptor: int, offset: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_UN, 1, offset)
