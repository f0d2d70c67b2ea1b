"""Settles by the download history whether a file was paid for, where the journal cannot tell."""

from __future__ import annotations

import datetime
import typing

from .._calls.stop import Stopped
from .._errors import DownloadOutcomeUnknownError, GettyImagesError, LinkLostError
from .history import BEGINNING, SKEW, UNDATED

if typing.TYPE_CHECKING:
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
_UNREADABLE = "The download history cannot be read"


def since_of(entry: Entry, *, may_purchase: bool) -> datetime.datetime:
    """Return the moment from which on a download may be that of an entry's unknown request.

    Without a date of the API from before the request, and if it is to be sent again, that is the
    beginning of the history.
    """
    if entry.not_before is not None:
        return datetime.datetime.fromtimestamp(entry.not_before, datetime.UTC)
    return BEGINNING if may_purchase else entry.since - _AROUND


def settle(
    history: DownloadHistory, entry: Entry, claim: Claim | None, settle_after: float | None
) -> None:
    """Find out that the unknown request of an entry used up no download, or raise an error.

    `settle_after` counts from the date of the API at the first look-up to that of a later one.
    """
    if entry.account != history.account:
        raise _unknown(entry, _ANOTHERS)
    first = entry.looked_up_at
    may_purchase = settle_after is not None and first is not None
    due = (first or 0.0) + (settle_after or 0.0)
    try:
        finding = history.look_up(
            entry.asset,
            since_of(entry, may_purchase=may_purchase),
            entry=entry,
            not_before=due if may_purchase and history.is_past(due) else 0.0,
        )
    except Stopped:
        raise
    except GettyImagesError as error:
        raise _unknown(entry, f"{_UNREADABLE}: {error}") from error
    if finding.date is not None:
        if claim is not None:
            claim.settle(was_downloaded=True)
        raise LinkLostError(
            f"{entry.asset}: the request of {entry.since:%Y-%m-%d %H:%M:%S} UTC used up a download,"
            " but its response with the link was lost. allow_repurchase=True pays for it again"
        )
    read_at = finding.read_at
    if claim is not None and first is None and read_at is not None:
        claim.looked_up(read_at)
    if read_at is None:
        raise _unknown(entry, "The responses of the API have no date")
    if not may_purchase or read_at < due:
        raise _unknown(
            entry,
            "It is not in the download history, which may lag. If you know by how much, call"
            " save_images() with settle_after=: so many seconds after the first look-up, a later"
            " one is final",
        )
    if not finding.is_complete:
        raise _unknown(entry, _INCOMPLETE)
    if claim is not None:
        claim.settle(was_downloaded=False)


def check_gap(history: DownloadHistory, journal: Journal, asset: str, namesake: str | None) -> None:
    """Refuse an asset that a journal that was lost may have known.

    Args:
        history: The history.
        journal: The journal, which does not know everything that was before it.
        asset: Id of the asset, which it does not know.
        namesake: A file with the id in its name that it does not know, if there is one.
    """
    try:
        finding = history.look_up(asset, BEGINNING)
    except Stopped:
        raise
    except GettyImagesError as error:
        raise _perhaps_known(asset, BEGINNING, f"{_UNREADABLE}: {error}") from error
    date, end = finding.date, journal.end_of_gap(finding.read_at)
    if date is not None and (end is None or date == UNDATED or date.timestamp() <= end + _SKEW):
        when = "at an unknown time" if date == UNDATED else f"on {date:%Y-%m-%d}"
        if namesake is not None:
            raise LinkLostError(
                f"{asset}: it was downloaded {when}, and {namesake}, which the journal does not"
                " know, may be that file. allow_repurchase=True pays for it again"
            )
        since = BEGINNING if date == UNDATED else date
        raise _perhaps_known(asset, since, f"It was downloaded {when}, perhaps elsewhere")
    if end is None or not finding.is_complete:
        raise _perhaps_known(asset, BEGINNING, _INCOMPLETE)


def _unknown(entry: Entry, reason: str) -> DownloadOutcomeUnknownError:
    when = f"{entry.since:%Y-%m-%d %H:%M:%S} UTC"
    text = f"the outcome of the request of {when} is unknown. {reason}"
    return _error(entry.asset, entry.since, text)


def _perhaps_known(
    asset: str, since: datetime.datetime, reason: str
) -> DownloadOutcomeUnknownError:
    text = f"it is not known whether it was paid for, as an earlier journal was lost. {reason}"
    return _error(asset, since, text)


def _error(asset: str, since: datetime.datetime, text: str) -> DownloadOutcomeUnknownError:
    return DownloadOutcomeUnknownError(
        f"{asset}: {text}. allow_repurchase=True requests it, even if it is paid for again",
        since=since,
        from_earlier_request=True,
    )
