"""A file that is being written, under a name of its own until it is whole."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..._errors import FileError
from .naming import OWN_PREFIX

_BLOCK = 1024 * 1024
_WRITEBACK = 32 * 1024 * 1024
_SYNC_SECONDS = 2.0
"""How much of a transfer a process that is killed may lose."""

_NO_LINKS = {
    number
    for name in ("EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV", "EINVAL")
    if (number := getattr(errno, name, None)) is not None
}
_NO_MEANS = (
    "this file system cannot give a file its name without replacing another one that has it:"
    " choose a filename= and pass overwrite='replace'"
)
_FLAGS = os.O_RDWR
for _name in ("O_CLOEXEC", "O_BINARY", "O_NOFOLLOW"):
    _FLAGS |= getattr(os, _name, 0)
_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EACCES: "there is no permission to write",
    errno.EPERM: "there is no permission to write",
    errno.EROFS: "the file system is read-only",
    errno.ENOENT: "the file or its directory has vanished",
    errno.ENOTDIR: "it is not a directory",
    errno.EIO: "the disk has failed",
    errno.EMFILE: "too many files are open",
}


def described(error: OSError) -> str:
    """Describe an error of the system in words."""
    return _WORDS.get(error.errno or 0) or error.strerror or type(error).__name__


class FileSystem:
    """What a disk may refuse, so that tests can make it fail. All methods raise `OSError`."""

    def make_directory(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)

    def create(self, path: Path) -> int:
        """Create a file, in place of one that is there, and return its descriptor."""
        path.unlink(missing_ok=True)
        return os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o666)

    def reopen(self, path: Path) -> int:
        """Open a regular file that has no other name, and return its descriptor."""
        descriptor = os.open(path, _FLAGS)
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
            os.close(descriptor)
            raise FileNotFoundError(errno.ENOENT, "it is not a file of this name alone")
        return descriptor

    def write(self, descriptor: int, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(descriptor, rest) :]

    def truncate(self, descriptor: int, size: int = 0) -> None:
        """Cut a file off, and go to its end."""
        os.ftruncate(descriptor, size)
        os.lseek(descriptor, size, os.SEEK_SET)

    def sync(self, descriptor: int) -> None:
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def place(self, part: Path, final: Path, replace: bool) -> None:
        """Give a file its name, in one step. A name that is taken is a `FileExistsError`.

        Raises:
            OSError: With `ENOTSUP` if the file system has no means to do that.
        """
        if replace:
            part.replace(final)
            return
        try:
            os.link(part, final)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
        else:
            part.unlink()
            return
        try:
            self.rename_exclusively(part, final)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            raise OSError(errno.ENOTSUP, _NO_MEANS) from error

    def rename_exclusively(self, old: Path, new: Path) -> None:
        """Rename a file, unless the name is taken (`FileExistsError`)."""
        if sys.platform == "win32":
            old.rename(new)
            return
        import ctypes  # only a file system without hard links needs it

        paths = (os.fsencode(old), os.fsencode(new))
        # AT_FDCWD, as for all calls that take paths alone, and RENAME_NOREPLACE.
        name, arguments = "renameat2", (-100, paths[0], -100, paths[1], 1)
        if sys.platform == "darwin":
            name, arguments = "renamex_np", (*paths, 4)  # RENAME_EXCL
        rename = getattr(ctypes.CDLL(None, use_errno=True), name, None)
        if rename is None:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        if rename(*arguments) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    def sync_directory(self, directory: Path) -> None:
        """Wait until the names in a directory are on the disk, if the system can do that."""
        if os.name == "nt":
            return
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NO_LINKS:  # some network file systems cannot
                raise
        finally:
            os.close(descriptor)


FILE_SYSTEM = FileSystem()
"""The one that is used."""


def part_name(key: str) -> str:
    return f"{OWN_PREFIX}{hashlib.sha256(key.encode()).hexdigest()[:24]}.part"


class Writing:
    """A file that is being written, and that has no name until it is whole.

    Methods raise a `FileError` if the target does not accept it, unless they say otherwise.
    """

    consequence = "It is paid for, and its link is kept"
    """What the errors add."""
    is_resumable = False
    """Whether to make sure now and then that what was written survives the process."""

    def __init__(self) -> None:
        self.size = 0
        self.synced = 0
        """Bytes with which another process can go on: what follows may have holes after a crash."""
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The hexadecimal digest of what has been written."""
        return self._digest.hexdigest()

    def reopen(self, synced: int) -> bytes | None:
        """Go on with what a run that was killed has left, and return the last bytes of it, if any.

        Bytes after those that were certainly on the disk are cut off.
        """

    def write(self, pieces: Sequence[bytes]) -> None:
        for piece in pieces:
            self._digest.update(piece)
            self.size += len(piece)

    def restart(self) -> None:
        """Discard everything that was written."""
        self._digest, self.size = hashlib.sha256(), 0

    def sync(self) -> None:
        """Make sure that everything has been written."""

    def remove(self) -> None:
        """Discard the file, even if it cannot be closed. Raises nothing."""
        self.close()

    def close(self) -> None:
        """Leave the file for a later run, if that can go on with it. Raises nothing."""
        raise NotImplementedError


class Part(Writing):
    """A file in a directory that is being written, under the name of its part."""

    def __init__(self, directory: Path, key: str, asset: str) -> None:
        super().__init__()
        self.path = directory / part_name(key)
        self._asset = asset
        self._files = FILE_SYSTEM
        self._descriptor: int | None = None
        self._flushed = 0
        self._synced_at = 0.0

    def reopen(self, synced: int) -> bytes | None:
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
                self._flushed = self.synced = synced
                return tail
        self.close()  # `write` makes another file in its place
        super().restart()
        return None

    def write(self, pieces: Sequence[bytes]) -> None:
        """Write on. The file is made with the first bytes."""
        with self._translated():
            if self._descriptor is None:
                self._descriptor = self._files.create(self.path)
            self._files.write(self._descriptor, pieces)
            super().write(pieces)
            now, new = time.monotonic(), self.size - self._flushed
            if self.is_resumable and now - self._synced_at >= _SYNC_SECONDS:
                self.sync()
                self._synced_at = now
            elif new >= _WRITEBACK:
                if hasattr(os, "posix_fadvise"):  # so that `sync` has little left to wait for
                    os.posix_fadvise(self._descriptor, self._flushed, new, os.POSIX_FADV_DONTNEED)
                self._flushed = self.size

    def restart(self) -> None:
        if self._descriptor is not None:
            with self._translated():
                self._files.truncate(self._descriptor)
        super().restart()
        self._flushed = self.synced = 0

    def sync(self) -> None:
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
        with self._translated():
            if size_of(path) != size:
                return False
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == sha256

    def remove(self) -> None:
        is_mine = False
        with contextlib.suppress(OSError):
            is_mine = self._is_mine()
        self.close()
        with contextlib.suppress(OSError):
            if is_mine:
                self.path.unlink(missing_ok=True)

    def close(self) -> None:
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
            f"{asset}: the file cannot be saved in {directory}: {described(error)}{more}"
        ) from error


def make_directory(directory: Path) -> None:
    """Make a directory and its parents, unless it exists."""
    try:
        FILE_SYSTEM.make_directory(directory)
    except OSError as error:
        reason = described(error)
        raise FileError(f"the directory {directory} cannot be made: {reason}") from error


def size_of(path: Path) -> int | None:
    """Return the size of a file; None if the name is free, -1 if it is not a regular file."""
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else -1
