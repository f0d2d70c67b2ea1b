"""Gives files their names, so that no file ever takes the place of another asset's."""

from __future__ import annotations

import contextlib
import itertools
import re
import typing
from collections.abc import Iterator
from pathlib import Path

from ..._errors import FileConflictError
from ..journal.entry import Asked, Placing
from ..journal.journal import Journal
from . import naming as _names
from .filesystem import Files
from .part import Part, telling

if typing.TYPE_CHECKING:
    from ..plan import Overwrite

_MOST_NAMES = 10_000


class Target(typing.NamedTuple):
    """Where a file is to go."""

    files: Files
    journal: Journal
    folder: Path
    asked: Asked
    filename: str | None
    """The name that the caller gives, if any."""
    overwrite: Overwrite

    def taken(self) -> str | None:
        """The name that the caller gives, if something has it that may not be replaced."""
        if self.filename is None:
            return None
        with telling(self.asked.asset, self.folder):
            size = self.files.size(self.folder / self.filename)
        if size is None:
            return None
        may_replace = self.overwrite == "replace" and size >= 0
        return None if may_replace and not self._is_of_another(self.filename) else self.filename

    def namesake(self) -> str | None:
        """A file that may be this one and that nobody knows, as the journal was damaged once."""
        if self.journal.damaged is None or self.journal.entry(self.asked.key) is not None:
            return None
        asset = re.compile(rf"(?<![0-9A-Za-z]){re.escape(self.asked.asset)}(?![0-9A-Za-z])")
        with telling(self.asked.asset, self.folder):
            found = [name for name in self.files.names(self.folder) if asset.search(name)]
        if not found:
            return None
        known = {entry.path for entry in self.journal.entries()}
        own = _names.OWN_PREFIX
        return next((one for one in found if one not in known and not one.startswith(own)), None)

    def place(self, part: Part, name: str, own: str | None) -> str:
        """Give a file a name that is free, or that stands for the same content already.

        Args:
            part: The file.
            name: What to call it if possible.
            own: The name that this asset's file had before, if any.

        Raises:
            FileConflictError: The caller has given the name, and another file has it.
        """
        if self.overwrite == "replace":
            name = self.filename or own or name
            if name == own or (self.filename is not None and not self._is_of_another(name)):
                if part.place(self.folder / name, replace=True):
                    return name
                raise self.conflict(name)
        for other in self._numbered(name):
            final = self.folder / other
            if part.place(final, replace=False) or part.is_there_already(final):
                return other
        raise self.conflict(name)

    def seems_placed(self, placing: Placing, part: Path) -> bool:
        """Whether there is a file that may be one that was about to get its name."""
        sizes = (self.files.size(self.folder / name) for name in self._names_there(placing.path))
        with telling(self.asked.asset, self.folder):
            return placing.size in sizes or self.files.size(part) == placing.size

    def placed_before(self, placing: Placing, part: Path, own: str | None) -> str | None:
        """The name of a file that was about to get it when a process died. It has it now.

        Args:
            placing: What is known of the file.
            part: The file, if it has no name yet.
            own: The name that this asset's file had before, if any.

        Returns:
            None if the file is gone, or its name is taken.
        """
        with telling(self.asked.asset, self.folder):
            for name in self._names_there(placing.path):
                if self._is(self.folder / name, placing):
                    self.files.remove(part)
                    return name
            if not self._is(part, placing):
                return None
            if self.overwrite == "replace" and own is not None and placing.path == own:
                self.files.replace(part, self.folder / own)
                return own
            return self._placed(part, placing.path)

    def _is(self, path: Path, placing: Placing) -> bool:
        size = self.files.size(path)
        return size == placing.size and self.files.digest(path) == placing.sha256

    def _placed(self, part: Path, name: str) -> str | None:
        for other in self._numbered(name):
            with contextlib.suppress(FileExistsError, IsADirectoryError):
                self.files.place(part, self.folder / other)
                return other
        return None

    def _numbered(self, name: str) -> Iterator[str]:
        """The names that a file may get, one after the other."""
        most = 2 if self.filename else _MOST_NAMES
        return (_names.numbered(name, number) for number in range(1, most))

    def _names_there(self, name: str) -> Iterator[str]:
        """Those of them that are taken, up to the first that is free."""
        return itertools.takewhile(
            lambda other: self.files.size(self.folder / other) is not None, self._numbered(name)
        )

    def conflict(self, name: str) -> FileConflictError:
        """The error for a name that is taken."""
        return FileConflictError(
            f"{self.asked.asset}: {self.folder / name} is there already, and is not this file."
            " Give another filename="
        )

    def _is_of_another(self, name: str) -> bool:
        """Whether a file belongs to another asset, or to the same in another form."""
        return any(
            name in (entry.path, entry.placing and entry.placing.path)
            and entry.key != self.asked.key
            for entry in self.journal.entries()
        )


def checked_filename(filename: str | None) -> str | None:
    """The name that the caller gives.

    Raises:
        FileConflictError: It cannot be the name of a file in the folder.
    """
    return None if filename is None else _names.checked(filename)
