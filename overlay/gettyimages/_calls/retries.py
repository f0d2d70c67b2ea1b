"""Whether a request is sent again, and after how long."""

from __future__ import annotations

import datetime
import typing
from collections.abc import Mapping

Effect: typing.TypeAlias = typing.Literal["safe", "idempotent", "spends"] | None

_FIRST = 0.5
_LONGEST = 30.0
_PASSING = (408, 500, 502, 503, 504)


def may_repeat(effect: Effect, status: int) -> bool:
    """Whether an answer of this status is worth asking again, and harmless.

    Over the limit nothing was done, so anything may be repeated. After a failure of the server
    it may have been done: only what changes nothing when it is done twice is repeated.
    """
    return status == 429 or (status in _PASSING and effect in ("safe", "idempotent"))


def is_ambiguous(effect: Effect, status: int, headers: Mapping[str, str]) -> bool:
    """Whether an answer leaves open if something was paid for.

    A failure of the server does, and so does a redirect that does not say where to.
    """
    if effect != "spends":
        return False
    lost = 300 <= status <= 399 and not headers.get("location")
    return status >= 500 or status == 408 or lost


def delay(retry: int, retry_after: str | None) -> float:
    """Seconds to wait before a retry, counted from 1: what the server asks for, or else
    exponential backoff with full jitter.
    """
    asked = _seconds(retry_after) if retry_after else None
    if asked is not None:
        return asked
    import random  # takes longer than all of this module

    return random.uniform(0, min(_LONGEST, _FIRST * 2 ** min(retry - 1, 9)))  # noqa: S311  # no secret


def _seconds(retry_after: str) -> float | None:
    """The two forms of `Retry-After`: seconds, or a date."""
    if retry_after.isascii() and retry_after.strip().isdigit():
        return float(retry_after)
    import email.utils  # takes longer than all of this module

    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return max(0.0, (moment - datetime.datetime.now(datetime.UTC)).total_seconds())
