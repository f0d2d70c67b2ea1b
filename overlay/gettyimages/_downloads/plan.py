"""What to do for a file, given what the journal knows of it and what the caller allows."""

from __future__ import annotations

import typing
from dataclasses import dataclass

from .._errors import DownloadError, FileConflictError, LinkLostError

if typing.TYPE_CHECKING:
    from .file_request import Overwrite
    from .files.place import FileState
    from .journal.journal import Entry


@dataclass(frozen=True, slots=True)
class Skip:
    """Do nothing: the file is there."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Purchase:
    """Request the file, which uses up a download."""


@dataclass(frozen=True, slots=True)
class UseLink:
    """Fetch the file from the link of the entry, which has been paid for."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Refuse:
    """Raise an error: the caller does not allow what it would take."""

    error: DownloadError


@dataclass(frozen=True, slots=True)
class Settle:
    """Find out in the history whether an earlier request used up a download."""

    entry: Entry


Decision: typing.TypeAlias = Skip | Purchase | UseLink | Refuse | Settle


def decide(
    entry: Entry | None,
    file_state: FileState,
    *,
    overwrite: Overwrite,
    allow_repurchase: bool,
    now: float | None,
) -> Decision:
    """Decide what to do for a file. `now` is the time by the API's clock, if it is known."""
    if entry is None:
        return Purchase()
    if entry.path is not None and file_state != "absent":
        if overwrite == "error":
            text = f"{entry.asset}: {entry.path} is there already, and overwrite is 'error'"
            return Refuse(FileConflictError(text))
        if overwrite == "skip" and file_state == "intact":
            return Skip(entry)
    if entry.link is not None and (now is None or (entry.link_expires_at or 0) > now):
        return UseLink(entry)
    if allow_repurchase:
        return Purchase()
    if entry.unknown_since is not None:
        return Settle(entry)
    problem = {
        "absent": f"it was saved as {entry.path}, which is gone, and its link has expired",
        "changed": f"{entry.path} has been changed since it was saved, and its link has expired",
        "intact": f"replacing {entry.path} takes another download, as its link has expired",
    }[file_state]
    if entry.path is None:
        problem = "it has been paid for, but its link is lost or has expired"
    text = f"{entry.asset}: {problem}. allow_repurchase=True pays for it again"
    return Refuse(LinkLostError(text))
