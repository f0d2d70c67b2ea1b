"""What saving needs of the place for a file: a directory or an object store.

`place` implements it for directories, `object_store` for stores.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Sequence
from pathlib import Path

if typing.TYPE_CHECKING:
    from ..._errors import FileConflictError
    from ..journal.journal import Claim, Entry

FileState: typing.TypeAlias = typing.Literal["intact", "changed", "absent"]
"""The file of an entry: as it was saved, changed since, or gone (or never saved)."""

Announced: typing.TypeAlias = Callable[[], tuple[str, str]]
"""Returns the name and the content type of a file that has begun to arrive."""


class Writing(typing.Protocol):
    """A file that is being written, and that has no name until it is whole.

    Raises (all methods, unless they say otherwise):
        FileError: The target does not accept it.
    """

    consequence: str
    """What the errors add."""
    is_resumable: bool
    """Whether to make sure now and then that what was written survives the process."""
    size: int
    synced: int
    """Bytes with which another process can go on."""

    @property
    def sha256(self) -> str: ...

    def reopen(self, synced: int) -> bytes | None:
        """Go on with what a run that was killed has left, and return the last bytes of it."""

    def write(self, pieces: Sequence[bytes]) -> None:
        """Write on."""

    def restart(self) -> None:
        """Discard everything that was written."""

    def sync(self) -> None:
        """Make sure that everything has been written."""

    def remove(self) -> None:
        """Discard the file. Raises nothing."""

    def close(self) -> None:
        """Leave the file for a later run, if that can go on with it. Raises nothing."""


class Target(typing.Protocol):
    """Where a file is to go, and where that of an entry is."""

    def begin(self, claim: Claim, announced: Announced) -> Writing:
        """Begin to write the file. Each call begins another one."""
        ...

    def tidy(self) -> None:
        """Remove what a process that was killed while it replaced the file has left."""

    def state(self, entry: Entry | None) -> FileState:
        """Return the state of the file of an entry."""
        ...

    def path_of(self, entry: Entry) -> Path | str:
        """Return the path or the URL of the file of an entry."""
        ...

    def conflict(self, entry: Entry | None) -> FileConflictError | None:
        """Return an error if the file may not be paid for, as there is a file in its way."""

    def misnamed(self, entry: Entry) -> FileConflictError | None:
        """Return an error if the file is there under another name than the caller has chosen."""

    def namesake(self) -> str | None:
        """Return a file that no entry knows and that has the id of the asset in its name."""

    def place(self, part: Writing, claim: Claim, name: str, content_type: str) -> Path | str:
        """Give a file that is whole its name, which is recorded before; return where it is.

        Raises:
            FileConflictError: Another file has the name, and no other one may be chosen.
            JournalError: The file is in place, but cannot be recorded.
        """
        ...

    def finish(self, claim: Claim) -> bool:
        """Give a file its name if a process died while it did that. Whether it has got it now."""
        ...
