"""Gives files their names, so that no file ever takes the place of another asset's."""

from __future__ import annotations

import typing
from pathlib import Path

from . import _names
from ._errors import FileConflictError
from ._files import Files
from ._journal import Journal
from ._journal_schema import Asked
from ._part import Part, telling

if typing.TYPE_CHECKING:
    from ._decisions import Overwrite

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
        for number in range(1, 2 if self.filename else _MOST_NAMES):
            other = _names.numbered(name, number)
            final = self.folder / other
            if part.place(final, replace=False) or part.is_there_already(final):
                return other
        raise self.conflict(name)

    def conflict(self, name: str) -> FileConflictError:
        """The error for a name that is taken."""
        return FileConflictError(
            f"{self.asked.asset}: {self.folder / name} is there already, and is not this file."
            " Give another filename="
        )

    def _is_of_another(self, name: str) -> bool:
        """Whether a file belongs to another asset, or to the same in another form."""
        return any(
            entry.path == name and entry.key != self.asked.key for entry in self.journal.entries()
        )


def checked_filename(filename: str | None) -> str | None:
    """The name that the caller gives.

    Raises:
        FileConflictError: It cannot be the name of a file in the folder.
    """
    return None if filename is None else _names.checked(filename)
