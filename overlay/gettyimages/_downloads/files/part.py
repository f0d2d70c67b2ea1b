"""A file that is being written, under a name of its own until it is whole."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..._errors import FileError
from .behind import Behind
from .filesystem import Files, described
from .naming import OWN_PREFIX

_LARGE = 4 * 1024 * 1024


class Part:
    """The part of a file. Nothing of it is left once it is discarded or has got its name."""

    def __init__(self, files: Files, folder: Path, key: str, asset: str) -> None:
        name = hashlib.sha256(key.encode()).hexdigest()[:24]
        self.path = folder / f"{OWN_PREFIX}{name}.part"
        self.size = 0
        self._asset = asset
        self._files = files
        self._digest = hashlib.sha256()
        self._descriptor: int | None = None
        self._behind: Behind | None = None

    @property
    def sha256(self) -> str:
        """The hexadecimal digest of what was written."""
        return self._digest.hexdigest()

    def open(self) -> None:
        """Make the file; what a dead run has left is removed.

        Raises:
            FileError: The folder does not take it. So for all methods.
        """
        with self._telling():
            self._descriptor = self._files.open_part(self.path)

    def write(self, pieces: Sequence[bytes]) -> None:
        """Write on."""
        assert self._descriptor is not None
        self.size += sum(map(len, pieces))
        if self.size >= _LARGE and self._behind is None:
            with contextlib.suppress(RuntimeError):  # no more threads: it is written here
                self._behind = Behind(self._append, self._flush)
        if self._behind is None:
            self._append(pieces)
        else:
            self._behind.write(pieces)
        for piece in pieces:
            self._digest.update(piece)

    def _append(self, pieces: Sequence[bytes]) -> None:
        assert self._descriptor is not None
        with self._telling():
            self._files.write(self._descriptor, pieces)

    def _flush(self) -> None:
        assert self._descriptor is not None
        with self._telling():
            self._files.flush(self._descriptor)

    def _wait(self) -> None:
        """Wait for what is being written.

        Raises:
            FileError: It was not.
        """
        if self._behind is not None:
            self._behind.wait()

    def restart(self) -> None:
        """Forget everything that was written."""
        self._wait()
        if self._descriptor is not None:
            with self._telling():
                self._files.truncate(self._descriptor)
        self._digest = hashlib.sha256()
        self.size = 0

    def sync(self) -> None:
        """Wait until everything is on the disk."""
        assert self._descriptor is not None
        self._wait()
        with self._telling():
            self._files.sync(self._descriptor)

    def place(self, final: Path, *, replace: bool) -> bool:
        """Give the file its name.

        Returns:
            Whether it has got it; if not, the name is taken by another file.
        """
        assert self._descriptor is not None
        with self._telling():
            if not self._files.is_same(self.path, self._descriptor):
                raise FileError(f"{self._asset}: {self.path} was removed by somebody else")
            try:
                if replace:
                    self._files.replace(self.path, final)
                else:
                    self._files.place(self.path, final)
            except (FileExistsError, IsADirectoryError):
                return False
        with contextlib.suppress(OSError):  # it is on the disk, and has its name
            self._close()
        return True

    def sync_folder(self) -> None:
        """Wait until the name is on the disk."""
        with self._telling():
            self._files.sync_folder(self.path.parent)

    def is_there_already(self, final: Path) -> bool:
        """Whether a name stands for the very same content."""
        with self._telling():
            return self._files.size(final) == self.size and self._files.digest(final) == self.sha256

    def remove(self) -> None:
        """Remove what a dead run has left."""
        with self._telling():
            self._files.remove(self.path)

    def discard(self) -> None:
        """Remove the file, unless it has got its name. Nothing is raised."""
        if self._descriptor is None:
            return
        mine = False
        with contextlib.suppress(OSError):
            mine = self._files.is_same(self.path, self._descriptor)
        with contextlib.suppress(OSError):
            self._close()
        with contextlib.suppress(OSError):
            if mine:
                self._files.remove(self.path)

    def _close(self) -> None:
        if self._behind is not None:
            self._behind.close()
            self._behind = None
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            self._files.close(descriptor)

    def _telling(self) -> contextlib.AbstractContextManager[None]:
        return telling(self._asset, self.path.parent, ". It is paid for, and its link is kept")


@contextlib.contextmanager
def telling(asset: str, folder: Path, more: str = "") -> Iterator[None]:
    """Say what the file system refuses.

    Raises:
        FileError: It has refused something.
    """
    try:
        yield
    except OSError as error:
        raise FileError(
            f"{asset}: the file cannot be saved in {folder}: {described(error)}{more}"
        ) from error
