"""What bodies mean: those of failures, and those that are empty, or should be."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterable

from gettyimages_rest import errors, types

from .._errors import (
    APIError,
    AuthenticationError,
    BadRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ResponseDecodeError,
    ServerError,
)
from .._response import RawResponse

T = typing.TypeVar("T")

_BY_STATUS: dict[int, type[APIError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    429: RateLimitError,
}
_LONGEST = 5000
_SHORTEST = 6  # what is shorter is no secret
_ADVICE = {
    401: "Check the API key and the access token, which may have expired.",
    429: "Lower max_rate, or wait longer between calls.",
}


def parsed(operation: types.Operation[T], response: RawResponse) -> T:
    """The answer to an operation as its documents describe it.

    An operation that declares no body returns None whatever came; one that may be empty returns
    None for no body or nothing but white space. The content type has no say.

    Raises:
        ResponseDecodeError: A body is missing where one is needed, or cannot be read.
        APIError: The server redirects, though the operation is not one that does.
    """
    try:
        return operation.parse_response(response)
    except errors.DecodeError as error:
        raise ResponseDecodeError(operation.name, response, str(error)) from None
    except errors.UnexpectedStatus:
        raise failure(operation.name, response) from None


def failure(operation: str, response: RawResponse, secrets: Iterable[str] = ()) -> APIError:
    """The error that an answer stands for, whatever form its body has.

    Args:
        operation: What was called.
        response: The answer.
        secrets: What is blotted out of the server's words, as some gateways quote the request.
    """
    code, message = _error_body(response.content)
    if 300 <= response.status <= 399:
        message = "a redirect, which is never followed with credentials"
    if response.status == 429 and not message:
        message = response.headers.get("x-error-detail") or ""
    code, message = _plain(code, secrets), _plain(message, secrets)
    advice = _ADVICE.get(response.status, "")
    kind = _BY_STATUS.get(response.status, ServerError if response.status >= 500 else APIError)
    return kind(operation, response, code or None, message, advice)


def _error_body(content: bytes) -> tuple[str, str]:
    """Code and message: the API sends both, the gateway in front of it a message only."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(body, dict):
        return "", ""
    named = {str(key).lower(): value for key, value in body.items()}
    code = named.get("errorcode")
    message = named.get("errormessage") or named.get("message")
    return str(code or ""), str(message or "")


def _plain(text: str, secrets: Iterable[str]) -> str:
    """A server's words on one line, not too long, and without any secret or signed address."""
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            text = text.replace(secret, "[secret]")
    text = " ".join(text[:_LONGEST].split())
    text = re.sub(r"(?i)\bbearer\s\S+", "Bearer [secret]", text)
    text = re.sub(r"\S*(?://|\?\S*=)\S*", "[address]", text)
    return "".join(char for char in text[:500] if char.isprintable())
