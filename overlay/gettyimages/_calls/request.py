"""What a call asks for: an operation of the spec, or a request that the spec does not know."""

from __future__ import annotations

import json as _json
import re
import typing
from collections.abc import Mapping, Sequence
from urllib.parse import quote, unquote, urlencode

from gettyimages_rest import types

from .._errors import GettyImagesError
from .retries import Effect

QueryValue: typing.TypeAlias = str | int | float | bool | None
Query: typing.TypeAlias = Mapping[str, QueryValue | Sequence[QueryValue]]

_EFFECTS: dict[str, Effect] = {
    "GET": "safe",
    "HEAD": "safe",
    "OPTIONS": "safe",
    "PUT": "idempotent",
    "DELETE": "idempotent",
}
_NO_METHODS = ("CONNECT", "TRACE")  # a trace would come back with the credentials in its body
_OWN_HEADERS = frozenset(
    "api-key authorization connection content-length cookie host proxy-authorization"
    " transfer-encoding upgrade".split()
)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_TEXT = re.compile(r"[\t -~]*")


class Wanted(typing.NamedTuple):
    """What is to be called."""

    name: str
    """The operation, for people: in errors and in the log."""
    method: str
    path: str
    """The path without the query, percent-encoded."""
    target: str
    headers: Mapping[str, str]
    content: bytes | None
    effect: Effect
    token: typing.Literal["required", "if possible", "none"]


def wanted_operation(
    operation: types.Operation[object], request: types.Request, headers: Mapping[str, str] | None
) -> Wanted:
    """What an operation of the spec asks for."""
    own = request.headers
    if request.body is not None:
        own = {**own, "Content-Type": request.body.content_type}
    return Wanted(
        name=operation.name,
        method=request.method,
        path=request.path,
        target=request.target,
        headers=merged(own, checked_headers(headers or {})),
        content=request.body.content if request.body is not None else None,
        effect=operation.effect,
        token=_token_need(operation.security),
    )


def wanted_request(
    method: str,
    path: str,
    query: Query | None,
    json: object,
    headers: Mapping[str, str] | None,
) -> Wanted:
    """What a request that the spec does not know asks for.

    Raises:
        GettyImagesError: An argument cannot be sent.
    """
    verb = method.upper()
    if not verb.isalpha() or not verb.isascii() or verb in _NO_METHODS:
        raise GettyImagesError(f"method must be an HTTP method, such as GET, found {method!r}")
    encoded = _checked_path(path)
    own = {"Accept": "application/json"}
    content = None
    if json is not None:
        own["Content-Type"] = "application/json"
        try:
            content = _json.dumps(json, allow_nan=False).encode()
        except (TypeError, ValueError, RecursionError) as error:
            raise GettyImagesError(f"json cannot be sent as JSON: {error}") from None
    text = urlencode(_pairs(query or {}))
    return Wanted(
        name=f"{verb} {encoded}",
        method=verb,
        path=encoded,
        target=f"{encoded}?{text}" if text else encoded,
        headers=merged(own, checked_headers(headers or {})),
        content=content,
        effect=_EFFECTS.get(verb),
        token="if possible",
    )


def _checked_path(path: str) -> str:
    """A path, percent-encoded where it is not yet."""
    segments = unquote(path).replace("\\", "/").split("/")
    if not path.startswith("/") or path.startswith("//") or {".", ".."} & set(segments):
        raise GettyImagesError("path must start with one slash, and have no segments . or ..")
    if "?" in path or "#" in path:
        raise GettyImagesError("path must have no query: give it as query=")
    return quote(path, safe="/:@!$&'()*+,;=-._~%")


def _pairs(query: Query) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        values = [value] if isinstance(value, str | int | float | None) else value
        pairs += [
            (name, str(item).lower() if isinstance(item, bool) else str(item))
            for item in values
            if item is not None
        ]
    return pairs


def checked_headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Headers that are the user's to set.

    Raises:
        GettyImagesError: One of them is the client's own, or would break the request.
    """
    for name, value in headers.items():
        if name.lower() in _OWN_HEADERS:
            raise GettyImagesError(f"the header {name} is set by the client itself")
        if not _TOKEN.fullmatch(name):
            raise GettyImagesError(f"{name!r} is not the name of a header")
        if not isinstance(value, str) or not _TEXT.fullmatch(value):
            raise GettyImagesError(f"the header {name} must be a string of printable ASCII")
    return headers


def merged(first: Mapping[str, str], *others: Mapping[str, str]) -> dict[str, str]:
    """Headers of several sources; the later wins, however it spells the name."""
    result = dict(first)
    for headers in others:
        for name, value in headers.items():
            if name not in result:
                same = [known for known in result if known.lower() == name.lower()]
                for known in same:
                    del result[known]
            result[name] = value
    return result


def _token_need(
    security: tuple[Mapping[str, str], ...],
) -> typing.Literal["required", "if possible", "none"]:
    """Whether an operation takes an access token: every scheme that is no key asks for one."""
    if not security:
        return "if possible"
    tokens = [any(kind != "apiKey" for kind in option.values()) for option in security]
    if all(tokens):
        return "required"
    return "if possible" if any(tokens) else "none"
