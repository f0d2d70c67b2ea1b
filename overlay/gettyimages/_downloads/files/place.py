"""Gives files their names, so that no file ever takes the place of another asset's.

`Target` is what saving needs of the place for a file. `Place` implements it for directories,
`object_store` for stores.
"""

from __future__ import annotations

import contextlib
import math
import os
import re
import time
import typing
from collections.abc import Callable, Sequence
from pathlib import Path

from ..._errors import DownloadInProgressError, FileConflictError, JournalError
from . import naming
from .part import Part, part_name, size_of, translated

if typing.TYPE_CHECKING:
    from ..file_request import FileRequest
    from ..journal.journal import Claim, Entry, Journal

_MOST_NAMES = 10_000
_LIKE_AN_ID = re.compile(r"(?<![0-9A-Za-z])[0-9]{6,}(?![0-9A-Za-z])")
_PART = re.compile(re.escape(naming.OWN_PREFIX) + r"[0-9a-f]{24}\.part")
_DAY = 24 * 3600.0
_cleaned: dict[Path, float] = {}
"""When this process has removed old parts from a directory, on the monotonic clock."""


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


def remove_old_parts(journal: Journal, directory: Path) -> None:
    """Remove what dead processes have left of files that nobody asks for again, once a day.

    A part only saves a transfer. It goes two days after it was last written to, by when its link
    has expired, unless somebody works on its entry.
    """
    now = time.monotonic()
    if now - _cleaned.get(directory, -math.inf) < _DAY:
        return
    _cleaned[directory] = now
    with contextlib.suppress(OSError):
        parts = [path for path in directory.iterdir() if _PART.fullmatch(path.name)]
        old = [path for path in parts if time.time() - path.lstat().st_mtime > 2 * _DAY]
        keys = {part_name(entry.key): entry.key for entry in (journal.entries() if old else ())}
        for path in old:
            with journal.locked(keys.get(path.name, path.name)) as is_mine:
                if is_mine:
                    path.unlink(missing_ok=True)


class Place:
    """A directory as the target of a file: see `Target`."""

    def __init__(
        self,
        journal: Journal,
        request: FileRequest,
        directory: Path,
        filename: str | None,
        *,
        replaces: bool,
    ) -> None:
        self.journal = journal
        self.request = request
        self.directory = directory
        self.filename = filename
        self.replaces = replaces

    def begin(self, claim: Claim, announced: Announced) -> Part:
        """Return the file that is written before it gets its name."""
        return Part(self.directory, self.request.key, self.request.asset_id)

    def tidy(self) -> None:
        """Remove what a process that was killed while it replaced the file has left."""
        part = Part(self.directory, self.request.key, self.request.asset_id)
        if self._size(part.path) is not None:
            with (
                contextlib.suppress(DownloadInProgressError),
                self.journal.claimed(self.request),
            ):
                part.remove()

    def state(self, entry: Entry | None) -> FileState:
        """Return the state of the file of an entry."""
        if entry is None or entry.path is None:
            return "absent"
        size = self._size(self.path_of(entry))
        if size is None:
            return "absent"
        return "intact" if size == entry.size else "changed"

    def path_of(self, entry: Entry) -> Path:
        """Return the path of the file of an entry."""
        return self.journal.directory / (entry.path or "")

    def conflict(self, entry: Entry | None) -> FileConflictError | None:
        """Return an error if the file may not be paid for, as there is a file in its way."""
        if self.filename is None:
            return None
        final = self.directory / self.filename
        size, is_own = self._size(final), entry is not None and entry.path == self._recorded(final)
        if size is None or is_own:
            return None
        may_replace = self.replaces and size >= 0 and not self._is_of_another(final)
        return None if may_replace else self._conflict(final)

    def misnamed(self, entry: Entry) -> FileConflictError | None:
        """Return an error if the file is there under another name than the caller has chosen."""
        path = self.path_of(entry)
        if self.filename in (None, path.name):
            return None
        return FileConflictError(
            f"{self.request.asset_id}: it is saved as {path} already, and a journal knows one name"
            f" of a file: leave out filename=, or copy {path.name} yourself"
        )

    def namesake(self) -> str | None:
        """Return a file that no entry knows and that has the id of the asset in its name.

        Such a file, and one whose name holds what looks like an id, shows that an earlier journal
        was lost: that is noted.
        """
        strangers = self.journal.strangers.get(self.directory)
        if strangers is None:
            names = list[str]()
            if self.directory.is_dir():  # it is not made in a dry run
                with translated(self.request.asset_id, self.directory):
                    names = sorted(path.name for path in self.directory.iterdir())
            known = self.journal.store.paths()
            strangers = [
                name
                for name in names
                if not name.startswith(naming.OWN_PREFIX)
                and self._recorded(self.directory / name) not in known
            ]
            if any(map(_LIKE_AN_ID.search, strangers)):
                self.journal.mark_gap()
            self.journal.strangers[self.directory] = strangers  # other threads rely on the mark
        asset = re.compile(rf"(?<![0-9A-Za-z]){re.escape(self.request.asset_id)}(?![0-9A-Za-z])")
        found = next(filter(asset.search, strangers), None)
        if found is not None:
            self.journal.mark_gap()
        return found

    def place(self, part: Writing, claim: Claim, name: str, content_type: str) -> Path:
        """Give a file that is on the disk its name, which is recorded before; return its path.

        It is `name`, with a number if another file has it, unless the caller has chosen one.

        Raises:
            FileConflictError: The caller has chosen the name, and another file has it.
            JournalError: The file is in place, but cannot be recorded.
        """
        assert isinstance(part, Part)
        own = claim.known.path
        if self.replaces:
            final = self.directory / (self.filename or Path(own or name).name)
            may_replace = self.filename or self._recorded(final) == own
            if may_replace and not self._is_of_another(final):
                return self._placed(part, claim, final, content_type, replace=True)
        name = self.filename or name
        for number in range(1, 2 if self.filename else _MOST_NAMES):
            final = self.directory / naming.numbered(name, number)
            is_free = self._size(final) is None or (
                part.is_same_as(final, part.size, part.sha256) and not self._is_of_another(final)
            )
            if is_free:
                with contextlib.suppress(FileConflictError):  # another file was faster
                    return self._placed(part, claim, final, content_type, replace=False)
        raise self._conflict(self.directory / name)

    def finish(self, claim: Claim) -> bool:
        """Give a file its name if a process died while it did that. Whether it has got it now."""
        entry = claim.known
        final, size, sha256 = self.path_of(entry), entry.size or 0, entry.sha256 or ""
        part = Part(final.parent, self.request.key, self.request.asset_id)
        if part.is_same_as(final, size, sha256):
            part.remove()
            claim.placed()
            return False
        if not part.is_same_as(part.path, size, sha256):
            claim.forget_file()
            return False
        part.reopen(size)
        replace = entry.placing == "replace" and not self._is_of_another(final)
        if part.place(final, replace=replace):
            claim.placed()
        else:
            self.place(part, claim, final.name, entry.content_type or "")
        return True

    def _placed(
        self, part: Part, claim: Claim, final: Path, content_type: str, *, replace: bool
    ) -> Path:
        path = self._recorded(final)
        # The file is paid for: what cannot be recorded now is recorded when it is in place.
        with contextlib.suppress(JournalError):
            claim.placing(
                path, part.size, part.sha256, content_type, "replace" if replace else "new"
            )
        # Another process may have recorded the same name meanwhile.
        if (replace and self._is_of_another(final)) or not part.place(final, replace=replace):
            raise self._conflict(final)
        try:
            claim.placed()
        except JournalError as error:
            raise JournalError(
                f"{self.request.asset_id}: it is saved as {final}, but that cannot be recorded:"
                f" {error}"
            ) from error
        return final

    def _size(self, path: Path) -> int | None:
        with translated(self.request.asset_id, self.directory):
            return size_of(path)

    def _recorded(self, path: Path) -> str:
        """Return a path as the journal records it."""
        return os.path.relpath(path.parent.resolve() / path.name, self.journal.directory.resolve())

    def _is_of_another(self, path: Path) -> bool:
        return self.journal.is_of_another(self._recorded(path), self.request.key)

    def _conflict(self, path: Path) -> FileConflictError:
        return FileConflictError(
            f"{self.request.asset_id}: {path} exists and is another file. Choose another filename="
        )
