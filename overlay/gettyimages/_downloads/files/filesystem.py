"""What is done to files: one object, so that tests can let it fail."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

_NO_LINKS = {
    number
    for name in ("EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV", "EINVAL")
    if (number := getattr(errno, name, None)) is not None
}
_BLOCK = 1024 * 1024
_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the quota is used up",
    errno.EACCES: "there is no permission to write",
    errno.EPERM: "there is no permission to write",
    errno.EROFS: "the file system is read-only",
    errno.ENOENT: "the file or its folder has vanished",
    errno.ENOTDIR: "it is no folder",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EIO: "the disk has failed",
    errno.EMFILE: "too many files are open",
}


def described(error: OSError) -> str:
    """What the system says, in words."""
    known = _WORDS.get(error.errno or 0)
    return known or error.strerror or type(error).__name__


class Files:
    """The file system. All methods raise `OSError`."""

    def make_folder(self, folder: Path) -> None:
        """Make a folder, with those that it is in, unless it is there."""
        folder.mkdir(parents=True, exist_ok=True)

    def open_part(self, path: Path) -> int:
        """Make a file that is not there yet; what a dead run has left in its place is removed."""
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        try:
            return os.open(path, flags, 0o666)
        except FileExistsError:
            path.unlink()
            return os.open(path, flags, 0o666)

    def write(self, descriptor: int, pieces: Iterable[bytes]) -> None:
        """Write all of it."""
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(descriptor, rest) :]

    def truncate(self, descriptor: int) -> None:
        """Empty a file, and go to its beginning."""
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)

    def flush(self, descriptor: int) -> None:
        """Have the disk take what was written so far, so that `sync` has less to wait for."""
        if hasattr(os, "fdatasync"):
            os.fdatasync(descriptor)

    def sync(self, descriptor: int) -> None:
        """Wait until a file is on the disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a file."""
        os.close(descriptor)

    def place(self, part: Path, final: Path) -> None:
        """Give a file its name, unless that is taken (`FileExistsError`), in one step.

        Where there are no hard links, the name is taken by an empty file first.
        """
        try:
            os.link(part, final)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            os.close(os.open(final, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            try:
                part.replace(final)
            except OSError:
                with contextlib.suppress(OSError):
                    final.unlink()
                raise
        else:
            part.unlink()

    def replace(self, part: Path, final: Path) -> None:
        """Give a file its name, and take it from another file if need be, in one step."""
        part.replace(final)

    def remove(self, path: Path) -> None:
        """Remove a file, unless it is gone."""
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Wait until names are on the disk, where the system can do that."""
        if os.name == "nt":
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NO_LINKS:  # some network folders cannot
                raise
        finally:
            os.close(descriptor)

    def size(self, path: Path) -> int | None:
        """The size of a file; None if there is none, -1 if it is something else."""
        try:
            found = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_size if stat.S_ISREG(found.st_mode) else -1

    def names(self, folder: Path) -> list[str]:
        """What is in a folder."""
        return sorted(path.name for path in folder.iterdir())

    def is_same(self, path: Path, descriptor: int) -> bool:
        """Whether a name stands for an open file, and not for another one in its place."""
        return os.path.samestat(path.lstat(), os.fstat(descriptor))

    def digest(self, path: Path) -> str:
        """The hexadecimal SHA-256 of a file."""
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest()


FILES = Files()
"""The one that is used."""
