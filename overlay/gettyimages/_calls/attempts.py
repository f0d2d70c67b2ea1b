"""The attempts of a call: whether there is another one, and when."""

from __future__ import annotations

import datetime

from .._errors import APIConnectionError, APITimeoutError, DownloadOutcomeUnknown
from .._response import RawResponse
from .._settings import Settings
from .deadline import Deadline
from .request import Wanted
from .retries import delay, may_repeat
from .steps import Failure


class Attempts:
    """How often a call has been sent, and when last."""

    __slots__ = ("count", "doubtful", "renewed", "since")

    def __init__(self) -> None:
        self.count = 0
        self.doubtful = False  # whether one of them may have been carried out
        self.renewed = False
        self.since = datetime.datetime.now(datetime.UTC)

    def retries_left(self, settings: Settings) -> bool:
        """Whether the settings allow another retry; the one for a new token is not counted."""
        return self.count - self.renewed <= settings.max_retries


def after_failure(
    wanted: Wanted,
    settings: Settings,
    deadline: Deadline,
    attempts: Attempts,
    failure: Failure,
) -> float:
    """Seconds until the next attempt.

    Raises:
        GettyImagesError: There is none.
    """
    if failure.sent and wanted.effect == "spends":
        raise unknown(wanted, attempts, failure.reason)
    harmless = not failure.sent or wanted.effect in ("safe", "idempotent")
    if harmless and not failure.final:
        pause = delay(attempts.count, None)
        if attempts.retries_left(settings) and deadline.allows(pause):
            return pause
    kind = APITimeoutError if failure.timed_out else APIConnectionError
    plural = "s" if attempts.count > 1 else ""
    text = f"{wanted.name}: {failure.reason}, after {attempts.count} attempt{plural}"
    raise kind(text, doubtful=attempts.doubtful)


def after_answer(
    wanted: Wanted,
    settings: Settings,
    deadline: Deadline,
    attempts: Attempts,
    response: RawResponse,
) -> float | None:
    """Seconds until the next attempt; None if the answer stands."""
    if not may_repeat(wanted.effect, response.status) or not attempts.retries_left(settings):
        return None
    pause = delay(attempts.count, response.headers.get("retry-after"))
    return pause if deadline.allows(pause) else None


def unknown(
    wanted: Wanted, attempts: Attempts, problem: str, response: RawResponse | None = None
) -> DownloadOutcomeUnknown:
    """The error for a request that may have been paid for."""
    return DownloadOutcomeUnknown(wanted.name, wanted.path, attempts.since, problem, response)
