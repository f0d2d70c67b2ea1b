"""Settles by the download history whether a file was paid for, where the journal cannot tell."""

from __future__ import annotations

import datetime
import functools
import typing

from .._calls.stop import Stopped
from .._errors import DownloadOutcomeUnknownError, GettyImagesError, LinkLostError
from .history import BEGINNING, SKEW, UNDATED

if typing.TYPE_CHECKING:
    from .file_request import FileRequest
    from .history import DownloadHistory
    from .journal.journal import Claim, Entry, Journal

_AROUND = datetime.timedelta(days=2)
"""How far this machine's clock may be off where an error of it costs no money."""
_SKEW = SKEW.total_seconds()
_ANOTHERS = (
    "Another account sent it (another API key or user), which alone can look it up: call again as"
    " that account, or resolve() it by hand"
)
_INCOMPLETE = "The API does not confirm that the download history reaches back so far"
_NOT_YET = (
    "It is not in the download history, which may lag. If you know by how much, call save_{}() with"
    " settle_after=: so many seconds after the first look-up, a later one is final"
)
_UNLISTED = "The download history lists no {}, and may leave them out"
_UNREADABLE = "The download history cannot be read"
_JOURNAL_LOST = "it is not known whether it was paid for, as an earlier journal was lost"


def since_of(entry: Entry, *, may_purchase: bool) -> datetime.datetime:
    """Return the moment from which on a download may be that of an entry's unknown request.

    Without a date of the API from before the request, and if it is to be sent again, that is the
    beginning of the history.
    """
    if entry.not_before is not None:
        return datetime.datetime.fromtimestamp(entry.not_before, datetime.UTC)
    return BEGINNING if may_purchase else entry.since - _AROUND


def settle(
    history: DownloadHistory,
    entry: Entry,
    kind: str,
    claim: Claim | None,
    settle_after: float | None,
) -> None:
    """Find out that the unknown request of an entry used up no download, or raise an error.

    `kind` is that of the asset, and `settle_after` is of use only if the history lists any such.
    `settle_after` counts from the date of the API at the first look-up to that of a later one.
    """
    when = f"{entry.since:%Y-%m-%d %H:%M:%S} UTC"
    problem = f"the outcome of the request of {when} is unknown"
    unknown = functools.partial(_unknown, entry.asset, entry.since, problem)
    if entry.account != history.account:
        raise unknown(_ANOTHERS)
    first = entry.looked_up_at
    may_purchase = settle_after is not None and first is not None
    due = (first or 0.0) + (settle_after or 0.0)
    try:
        finding = history.look_up(
            entry.asset,
            since_of(entry, may_purchase=may_purchase),
            kind=kind,
            entry=entry,
            not_before=due if may_purchase else 0.0,
        )
    except Stopped:
        raise
    except GettyImagesError as error:
        raise unknown(f"{_UNREADABLE}: {error}") from error
    if finding.date is not None:
        if claim is not None:
            claim.settle(was_downloaded=True)
        raise LinkLostError(
            f"{entry.asset}: the request of {when} used up a download, but its response with the"
            " link was lost. allow_repurchase=True pays for it again"
        )
    if finding.read_at is None:
        raise unknown("The responses of the API have no date")
    if not finding.is_listed:
        raise unknown(_UNLISTED.format(kind))
    if claim is not None and first is None:
        claim.looked_up(finding.read_at)
    if not may_purchase or finding.read_at < due:
        raise unknown(_NOT_YET.format(kind))
    if not finding.is_complete:
        raise unknown(_INCOMPLETE)
    if claim is not None:
        claim.settle(was_downloaded=False)


def check_gap(
    history: DownloadHistory, journal: Journal, request: FileRequest, namesake: str | None
) -> None:
    """Refuse an asset that a journal that was lost may have known.

    `namesake` is a file with the id in its name that the journal does not know, if there is one.
    """
    asset = request.asset_id
    try:
        finding = history.look_up(asset, BEGINNING, kind=request.kind)
    except Stopped:
        raise
    except GettyImagesError as error:
        raise _unknown(asset, BEGINNING, _JOURNAL_LOST, f"{_UNREADABLE}: {error}") from error
    date, end = finding.date, journal.end_of_gap(finding.read_at)
    if date is not None and (end is None or date == UNDATED or date.timestamp() <= end + _SKEW):
        when = "at an unknown time" if date == UNDATED else f"on {date:%Y-%m-%d}"
        if namesake is not None:
            raise LinkLostError(
                f"{asset}: it was downloaded {when}, and {namesake}, which the journal does not"
                " know, may be that file. allow_repurchase=True pays for it again"
            )
        since = BEGINNING if date == UNDATED else date
        reason = f"It was downloaded {when}, perhaps elsewhere"
        raise _unknown(asset, since, _JOURNAL_LOST, reason)
    if not finding.is_listed:
        raise _unknown(asset, BEGINNING, _JOURNAL_LOST, _UNLISTED.format(request.kind))
    if end is None or not finding.is_complete:
        raise _unknown(asset, BEGINNING, _JOURNAL_LOST, _INCOMPLETE)


def _unknown(
    asset: str, since: datetime.datetime, problem: str, reason: str
) -> DownloadOutcomeUnknownError:
    return DownloadOutcomeUnknownError(
        f"{asset}: {problem}. {reason}. allow_repurchase=True requests it, even if it is paid for"
        " again",
        since=since,
        from_earlier_request=True,
    )
