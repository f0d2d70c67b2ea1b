"""What to do for an asset, given what the journal knows of it and what the caller allows."""

from __future__ import annotations

import datetime
import typing
from dataclasses import dataclass

from .._errors import DownloadError, FileConflictError, StrandedError

if typing.TYPE_CHECKING:
    from .journal.entry import Entry, Placing

Overwrite: typing.TypeAlias = typing.Literal["skip", "replace", "error"]
FileState: typing.TypeAlias = typing.Literal["intact", "changed", "absent"]
"""The file at `Entry.path`: there with the size that was saved, another than was saved, or gone
(also when nothing was ever saved)."""

MARGIN = 60.0
"""Seconds before its end from which on a link is not used any more."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing is to be done: the file is there."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for it. That uses up a download."""


@dataclass(frozen=True, slots=True)
class UseLink:
    """Fetch the file by a link that has been paid for."""

    uri: str
    expires_at: float

    def __repr__(self) -> str:
        return "UseLink(...)"


@dataclass(frozen=True, slots=True)
class Adopt:
    """Record the file that a dead process has placed, or was about to place, if that is it."""

    placing: Placing


@dataclass(frozen=True, slots=True)
class Refuse:
    """Nothing can be done with what the caller allows."""

    error: DownloadError


@dataclass(frozen=True, slots=True)
class Settle:
    """Find out whether an earlier request was charged.

    If it was, the asset is stranded. If it does not seem so, it may be asked for if `may_ask`.
    """

    since: datetime.datetime
    may_ask: bool


Decision: typing.TypeAlias = Skip | Ask | UseLink | Adopt | Refuse | Settle


def decide(
    entry: Entry | None,
    file_state: FileState,
    *,
    is_placed: bool = False,
    overwrite: Overwrite,
    allow_second_download: bool,
    settle_after: float | None,
    now: float,
) -> Decision:
    """What to do for an asset.

    Args:
        entry: What the journal knows of it.
        file_state: What is there of the file that was saved.
        is_placed: Whether there seems to be a file that was about to get its name.
        overwrite: What the caller wants when the file is there.
        allow_second_download: Whether the caller allows to pay again.
        settle_after: Seconds by which the history may lag, if the caller vouches for that.
        now: The time in UTC, in seconds since 1970.
    """
    if entry is None:
        return Ask()
    if entry.placing is not None and is_placed:
        return Adopt(entry.placing)
    if entry.path is not None and file_state != "absent":
        if overwrite == "error":
            return Refuse(FileConflictError(_taken(entry)))
        if overwrite == "skip" and file_state == "intact":
            return Skip(entry)
    if entry.link is not None and (entry.link_expires_at or 0) - MARGIN > now:
        return UseLink(entry.link, entry.link_expires_at or 0)
    if allow_second_download:
        return Ask()
    if entry.state == "intent":
        age = now - entry.last_asked_at.timestamp()
        return Settle(entry.asked_at, settle_after is not None and age >= settle_after)
    return Refuse(StrandedError(_stranded(entry, file_state)))


def _taken(entry: Entry) -> str:
    return f"{entry.asset}: {entry.path} is there already, and overwrite is 'error'"


def _stranded(entry: Entry, file_state: FileState) -> str:
    if entry.path is None:
        what = "it has been paid for, but its link is lost or has expired"
    elif file_state == "absent":
        what = f"it was saved as {entry.path}, which is gone, and its link has expired"
    elif file_state == "changed":
        what = f"{entry.path} is not what was saved any more, and its link has expired"
    else:
        what = f"replacing {entry.path} needs another download, as its link has expired"
    return f"{entry.asset}: {what}. allow_second_download=True pays for it again"
