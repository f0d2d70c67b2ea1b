"""What responses mean: the parsed result of a success, the error of a failure, and the time.

What is decided about money rests on the clocks of servers, never on this machine's.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
import time
import typing
from collections.abc import Iterable, Mapping

from gettyimages_rest import errors, types

from .._errors import BY_STATUS_CODE, APIError, ResponseDecodeError, ServerError
from .._log import Secret
from .._response import RawResponse
from .empty_body import check_body

T = typing.TypeVar("T")

_LONGEST = 5000
_SHORTEST_SECRET = 6
_ADDRESS = re.compile(r"//|^[^?]*\?.*=")
_USER_NEEDED = "UserTokenRequired"
_ADVICE: dict[object, str] = {
    _USER_NEEDED: "This operation needs a user's token: pass username= and password= of an account"
    " that has an agreement with Getty Images",
    401: "Check the API key and the access token, which may have expired",
    429: "Lower max_requests_per_second, or wait longer between calls",
}


def parsed(operation: types.Operation[T], response: RawResponse) -> T:
    """Parse a response as the documents of the operation describe it."""
    check_body(operation, response)
    try:
        return operation.parse_response(response)
    except errors.DecodeError as error:
        text = f"{operation.name}: the call itself succeeded, but {error}"
        problem: Exception = ResponseDecodeError(text, operation=operation.name, response=response)
    except errors.UnexpectedStatus:
        problem = error_of(operation.name, response)
    raise problem  # outside, so that no frame of the decoder comes along, which shows the body


def error_of(
    operation: str, response: RawResponse, secrets: Iterable[Secret[str]] = ()
) -> APIError:
    """Return the error that a response stands for. Some gateways quote the request in it."""
    status_code = response.status_code
    code, message = _error_body(response.content)
    if 300 <= status_code <= 399:
        message = "a redirect, which is never followed with credentials"
    if status_code == 429 and not message:
        message = response.headers.get("x-error-detail") or ""
    code, message = _plain(code, secrets), _plain(message, secrets)
    request_id = _plain(response.request_id or "", secrets)
    parts = (f"{operation}: the API responded with status {status_code}", code, message)
    advice = _ADVICE.get(code) or _ADVICE.get(status_code)
    named = request_id and f"Its request id is {request_id}"
    text = ". ".join(filter(None, (": ".join(filter(None, parts)), advice, named)))
    kind = BY_STATUS_CODE.get(status_code, ServerError if status_code >= 500 else APIError)
    details = (operation, status_code, code or None, message, request_id or None)
    return kind(text, *details, response=response)


def needs_user(response: RawResponse) -> bool:
    """Whether an operation was refused as its token is not a user's."""
    return _error_body(response.content)[0] == _USER_NEEDED


def json_object(content: bytes) -> dict[str, object]:
    """Parse a body; empty if it is not a JSON object."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _error_body(content: bytes) -> tuple[str, str]:
    """Return code and message. The gateway in front of the API sends a message only."""
    named = {str(key).lower(): value for key, value in json_object(content).items()}
    message = named.get("errormessage") or named.get("message")
    return str(named.get("errorcode") or ""), str(message or "")


def _plain(text: str, secrets: Iterable[Secret[str]]) -> str:
    """Put a server's words on one short line without any secret or signed address."""
    for secret in secrets:
        if len(secret.value) >= _SHORTEST_SECRET:
            text = text.replace(secret.value, "[secret]")
    text = " ".join(text[:_LONGEST].split())
    text = re.sub(r"(?i)\bbearer\s\S+", "Bearer [secret]", text)
    # One pattern for the whole text would take minutes for some.
    text = " ".join("[address]" if _ADDRESS.search(word) else word for word in text.split())
    return "".join(char for char in text[:500] if char.isprintable())


class ServerTime:
    """The API's time, known from the dates of its responses. One object serves all threads."""

    def __init__(self) -> None:
        self._seen: tuple[float, float] | None = None

    def note(self, headers: Mapping[str, str]) -> None:
        if (date := server_date(headers)) is not None:
            self._seen = date.timestamp(), time.monotonic()

    def now(self) -> float | None:
        """Return the time in seconds since 1970; None before the first response with a date."""
        if self._seen is None:
            return None
        date, received = self._seen
        return date + time.monotonic() - received


def server_date(headers: Mapping[str, str]) -> datetime.datetime | None:
    """Return the date of a response, in UTC; None for one from a cache, or one that is absurd."""
    date = None if "age" in headers else parsed_date(headers.get("date", ""))
    return date if date is not None and 2000 <= date.year < 3000 else None


@functools.lru_cache(maxsize=16)  # responses come faster than their dates change
def parsed_date(text: str) -> datetime.datetime | None:
    """Parse the date of a header; None if it is malformed."""
    import email.utils  # importing it takes longer than all of this module

    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=datetime.UTC)
