"""Where a journal is: a file in the directory of the files, another file, or a database."""

from __future__ import annotations

import importlib.util
import os
import typing
from pathlib import Path

from ..._errors import InvalidArgumentError
from . import is_database
from .sqlite import NAME, SqliteStore

if typing.TYPE_CHECKING:
    from .journal import Store


class Location:
    """Where the journal of a directory is.

    Args:
        directory: The directory.
        journal: The path of a file, or the address of a database, if it is not in the directory.
    """

    def __init__(
        self, directory: str | os.PathLike[str], journal: str | os.PathLike[str] | None
    ) -> None:
        self._url = str(journal) if is_database(journal) else None
        self._path = Path(directory) / NAME if journal is None else Path(journal)
        self.path = None if self._url else self._path
        """The file; None for a database."""
        self.root = Path(Path(directory).absolute().anchor) if self._url else self._path.parent
        """What the paths of files are relative to."""
        self.folders = () if self._url else (self.root,)
        """The directories that have to be there."""

    def exists(self) -> bool:
        """Whether there is a journal. A database has one from the moment it is opened."""
        return self._url is not None or self._path.exists()

    def open(self, *, check: bool = True, read_only: bool = False) -> Store:
        """Open the store, or make one: see `SqliteStore` and `PostgresStore`."""
        if self._url is None:
            return SqliteStore(self._path, check=check, read_only=read_only)
        if missing := [name for name in ("psycopg", "cryptography") if not _is_installed(name)]:
            raise InvalidArgumentError(
                f"a journal in a database needs {' and '.join(missing)}:"
                " pip install 'gettyimages-client[fleet]'"
            )
        from .postgres import PostgresStore

        return PostgresStore(self._url, read_only=read_only)

    def __str__(self) -> str:
        return self._url or str(self._path)


def _is_installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None
