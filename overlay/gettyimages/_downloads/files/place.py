"""Gives files their names, so that no file ever takes the place of another asset's."""

from __future__ import annotations

import contextlib
import math
import os
import re
import time
import typing
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

from ..._errors import DownloadInProgressError, FileConflictError, JournalError
from ..file_request import FileRequest, SaveOptions
from ..journal.journal import Claim, Entry, Journal
from . import naming
from .part import Part, Writing, part_name, size_of, translated

_MOST_NAMES = 10_000
_LIKE_AN_ID = re.compile(r"(?<![0-9A-Za-z])[0-9]{6,}(?![0-9A-Za-z])")
_PART = re.compile(re.escape(naming.OWN_PREFIX) + r"[0-9a-f]{24}\.part")
_DAY = 24 * 3600.0
_cleaned: dict[Path, float] = {}
"""When this process has removed old parts from a directory, on the monotonic clock."""


FileState: typing.TypeAlias = typing.Literal["intact", "changed", "absent"]
"""The file of an entry: as it was saved, changed since, or gone (or never saved)."""

Announced: typing.TypeAlias = Callable[[], tuple[str, str, int | None]]
"""Returns the name, the content type and the size, if any, of a file that has begun to arrive."""

Where = typing.TypeVar("Where", Path, str)


class Target(typing.Generic[Where]):
    """Where a file is to go, and where that of an entry is: in a directory, or in a store."""

    _taken = "exists and is another file"

    def __init__(
        self, journal: Journal, request: FileRequest, options: SaveOptions, home: Where
    ) -> None:
        self.journal = journal
        self.request = request
        self.home: Where = home
        self.filename = options.filename
        self.replaces = options.overwrite == "replace"

    def begin(self, claim: Claim, announced: Announced) -> Writing:
        """Begin to write the file. Each call begins another one."""
        raise NotImplementedError

    def tidy(self) -> None:
        """Remove what a process that was killed while it replaced the file has left."""

    def namesake(self) -> str | None:
        """Return a file that no entry knows and that has the id of the asset in its name."""

    def place(self, part: Writing, claim: Claim, name: str, content_type: str) -> Where:
        """Give a file that is whole one of its `candidates`, recorded before; return where it is.

        Raises:
            FileConflictError: The caller has chosen the name, and another file has it.
            JournalError: The file is in place, but cannot be recorded.
        """
        raise NotImplementedError

    def finish(self, claim: Claim) -> bool:
        """Give a file its name if a process died while it did that. Whether it has got it now."""
        raise NotImplementedError

    def path_of(self, entry: Entry) -> Where:
        raise NotImplementedError

    def size_of(self, path: Where) -> int | None:
        """Return the size of a file; None if the name is free, -1 if it is not a regular file."""
        raise NotImplementedError

    def at(self, name: str) -> Where:
        """Return the path or the URL of a name in this target."""
        raise NotImplementedError

    def recorded(self, path: Where) -> str:
        """Return a path as the journal records it."""
        return str(path)

    def state(self, entry: Entry | None) -> FileState:
        if entry is None or entry.path is None:
            return "absent"
        size = self.size_of(self.path_of(entry))
        return "absent" if size is None else "intact" if size == entry.size else "changed"

    def conflict(self, entry: Entry | None) -> FileConflictError | None:
        """Return an error if the file may not be paid for, as there is a file in its way."""
        if self.filename is None:
            return None
        final = self.at(self.filename)
        size, is_own = self.size_of(final), entry is not None and entry.path == self.recorded(final)
        if size is None or is_own:
            return None
        may_replace = self.replaces and size >= 0 and not self.is_of_another(final)
        return None if may_replace else self.taken(final)

    def misnamed(self, entry: Entry) -> FileConflictError | None:
        """Return an error if the file is there under another name than the caller has chosen."""
        path = self.path_of(entry)
        if self.filename in (None, PurePath(path).name):
            return None
        text = f"it is saved as {path} already, and a journal knows one name of a file"
        way_out = "leave out filename=, or copy it yourself"
        return FileConflictError(f"{self.request.asset_id}: {text}: {way_out}")

    def taken(self, path: Where) -> FileConflictError:
        """Return the error for a name that another file has."""
        asset = self.request.asset_id
        return FileConflictError(f"{asset}: {path} {self._taken}. Choose another filename=")

    def is_of_another(self, path: Where) -> bool:
        """Whether a name belongs to the file of another entry."""
        keys = self.journal.store.keys_of(self.recorded(path))
        return any(key != self.request.key for key in keys)

    def candidates(self, name: str, own: str | None) -> Iterator[tuple[Where, bool]]:
        """Yield where the file may go, best first, and whether it replaces what is there.

        That is `name`, with a number if another file has it, unless the caller has chosen one.
        `own` is where the file of the entry is, as recorded.
        """
        if self.replaces:
            path = self.at(self.filename or PurePath(own or name).name)
            if self.filename or self.recorded(path) == own:
                yield path, True
        for number in range(1, 2 if self.filename else _MOST_NAMES):
            yield self.at(naming.numbered(self.filename or name, number)), False

    def note_placed(self, claim: Claim, path: Where) -> None:
        try:
            claim.placed()
        except JournalError as error:
            text = f"it is saved as {path}, but that cannot be recorded: {error}"
            raise JournalError(f"{self.request.asset_id}: {text}") from error


def remove_old_parts(journal: Journal, directory: Path) -> None:
    """Remove what dead processes have left of files that nobody asks for again, once a day.

    A part only saves a transfer. It goes two days after it was last written to, by when its link
    has expired, unless somebody works on its entry.
    """
    now = time.monotonic()
    if now - _cleaned.get(directory, -math.inf) < _DAY:
        return
    _cleaned[directory] = now
    with contextlib.suppress(OSError, JournalError):
        parts = [path for path in directory.iterdir() if _PART.fullmatch(path.name)]
        old = [path for path in parts if time.time() - path.lstat().st_mtime > 2 * _DAY]
        keys = {part_name(entry.key): entry.key for entry in (journal.entries() if old else ())}
        for path in old:
            with journal.locked(keys.get(path.name, path.name)) as is_mine:
                if is_mine:
                    path.unlink(missing_ok=True)


class Place(Target[Path]):
    def begin(self, claim: Claim, announced: Announced) -> Part:
        return self._part_in(self.home)

    def tidy(self) -> None:
        part = self._part_in(self.home)
        if self.size_of(part.path) is not None:
            with contextlib.suppress(DownloadInProgressError), self.journal.claimed(self.request):
                part.remove()

    def path_of(self, entry: Entry) -> Path:
        return self.journal.directory / (entry.path or "")

    def size_of(self, path: Path) -> int | None:
        with translated(self.request.asset_id, self.home):
            return size_of(path)

    def at(self, name: str) -> Path:
        return self.home / name

    def recorded(self, path: Path) -> str:
        return os.path.relpath(path.parent.resolve() / path.name, self.journal.directory.resolve())

    def namesake(self) -> str | None:
        # Such a file, or one whose name holds what looks like an id, shows that an earlier journal
        # was lost.
        strangers = self.journal.store.strangers.get(self.home)
        if strangers is None:
            names = list[str]()
            if self.home.is_dir():  # it is not made in a dry run
                with translated(self.request.asset_id, self.home):
                    names = sorted(path.name for path in self.home.iterdir())
            known, is_own = self.journal.store.paths(), self.journal.store.is_own
            strangers = [
                name
                for name in names
                if not (name.startswith(naming.OWN_PREFIX) or is_own(name))
                and self.recorded(self.home / name) not in known
            ]
            if any(map(_LIKE_AN_ID.search, strangers)):
                self.journal.mark_gap()
            self.journal.store.strangers[self.home] = strangers  # other threads rely on the mark
        if not strangers:
            return None
        asset = re.compile(rf"(?<![0-9A-Za-z]){re.escape(self.request.asset_id)}(?![0-9A-Za-z])")
        found = next(filter(asset.search, strangers), None)
        if found is not None:
            self.journal.mark_gap()
        return found

    def place(self, part: Writing, claim: Claim, name: str, content_type: str) -> Path:
        assert isinstance(part, Part)
        for final, replace in self.candidates(name, claim.known.path):
            if replace:
                if not self.is_of_another(final):
                    return self._placed(part, claim, final, content_type, replace=True)
            elif self._is_free(final) or (
                part.is_same_as(final, part.size, part.sha256) and not self.is_of_another(final)
            ):
                with contextlib.suppress(FileConflictError):  # another file was faster
                    return self._placed(part, claim, final, content_type, replace=False)
        raise self.taken(self.home / (self.filename or name))

    def _is_free(self, final: Path) -> bool:
        """Whether a name is free, and does not belong to a file that was moved away."""
        is_free = self.size_of(final) is None
        with contextlib.suppress(JournalError):  # the file is paid for, and is saved all the same
            return is_free and (self.filename is not None or not self.is_of_another(final))
        return is_free

    def finish(self, claim: Claim) -> bool:
        entry = claim.known
        final, size, sha256 = self.path_of(entry), entry.size or 0, entry.sha256 or ""
        part = self._part_in(final.parent)
        if part.is_same_as(final, size, sha256):
            part.remove()
            claim.placed()
            return False
        if not part.is_same_as(part.path, size, sha256):
            claim.forget_file()
            return False
        part.reopen(size)
        replace = entry.placing == "replace" and not self.is_of_another(final)
        if part.place(final, replace=replace):
            claim.placed()
        else:
            self.place(part, claim, final.name, entry.content_type or "")
        return True

    def _placed(
        self, part: Part, claim: Claim, final: Path, content_type: str, *, replace: bool
    ) -> Path:
        path = self.recorded(final)
        # The file is paid for: what cannot be recorded now is recorded when it is in place.
        with contextlib.suppress(JournalError):
            claim.placing(
                path, part.size, part.sha256, content_type, "replace" if replace else "new"
            )
        # Another process may have recorded the same name meanwhile.
        if (replace and self.is_of_another(final)) or not part.place(final, replace=replace):
            raise self.taken(final)
        self.note_placed(claim, final)
        return final

    def _part_in(self, directory: Path) -> Part:
        return Part(directory, self.request.key, self.request.asset_id)
