"""What writing a file asks of the file system, in one class, so that tests can make it fail."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

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
    """The file system. All methods raise `OSError`."""

    def make_directory(self, directory: Path) -> None:
        """Make a directory and its parents, unless it exists."""
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
        """Write all pieces."""
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(descriptor, rest) :]

    def truncate(self, descriptor: int, size: int = 0) -> None:
        """Cut a file off, and go to its end."""
        os.ftruncate(descriptor, size)
        os.lseek(descriptor, size, os.SEEK_SET)

    def sync(self, descriptor: int) -> None:
        """Wait until a file is on the disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a file."""
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

    def size(self, path: Path) -> int | None:
        """Return the size of a file; None if the name is free, -1 if it is not a regular file."""
        try:
            found = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_size if stat.S_ISREG(found.st_mode) else -1


FILE_SYSTEM = FileSystem()
"""The one that is used."""
