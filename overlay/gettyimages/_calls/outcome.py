"""Whether a request may have been carried out. Nothing else in this package decides that."""

from __future__ import annotations

import typing

from .._errors import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    GettyImagesError,
    OutcomeUnknownError,
    ResponseDecodeError,
)
from .._response import RawResponse


class Failure(typing.NamedTuple):
    """No response arrived."""

    reason: str
    """What happened, in words that hold no secret."""
    sent: bool
    """Whether any part of the request may have reached the server."""
    timed_out: bool = False
    final: bool = False
    """Whether another attempt would fail in the same way."""
    cause: OSError | None = None
    """The error of the system or of TLS, made anew: it has neither frames nor addresses."""

    def error(self, text: str, *, may_have_executed: bool) -> APIConnectionError:
        kind = APITimeoutError if self.timed_out else APIConnectionError
        return kind(text, may_have_executed=may_have_executed)


Outcome: typing.TypeAlias = RawResponse | Failure


def reason_of(outcome: Outcome) -> str:
    return outcome.reason if isinstance(outcome, Failure) else f"status {outcome.status_code}"


def may_have_executed(outcome: Outcome | BaseException) -> bool:
    """Whether a request may have been carried out, judged by a response, a failure or an error.

    A server that refuses a request (400 to 499) has not carried it out, except for 408, which it
    may send when it has lost track.
    """
    match outcome:
        case Failure():
            return outcome.sent
        case RawResponse():
            return _executed(outcome.status_code)
        case APIError():
            return outcome.response.may_have_executed or _executed(outcome.status_code)
        case APIConnectionError():
            return outcome.may_have_executed
        case OutcomeUnknownError() | ResponseDecodeError():
            return True
        case GettyImagesError():
            return False
        case _:  # an interrupt, or a task that is cancelled
            return True


def is_unclear(outcome: Outcome) -> bool:
    """Whether it remains open if a request that spends was carried out, or what it brought."""
    if isinstance(outcome, Failure):
        return outcome.sent
    status_code = outcome.status_code
    # A redirect without a location is a success whose result is lost.
    lost = 300 <= status_code <= 399 and not outcome.headers.get("location")
    return lost or (_executed(status_code) and status_code >= 400)


def _executed(status_code: int) -> bool:
    return status_code < 400 or status_code == 408 or status_code >= 500
