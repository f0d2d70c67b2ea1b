"""The request of a call: of an operation of the spec, or one that the spec does not know."""

from __future__ import annotations

import json as _json
import re
import typing
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote, urlencode

from gettyimages_rest import types

from .._errors import InvalidArgumentError
from .arguments import invalid, is_text
from .retries import Effect
from .steps import FileTest

P = typing.ParamSpec("P")

Query: typing.TypeAlias = types.Query
TokenNeed: typing.TypeAlias = typing.Literal["required", "if possible", "none"]

_EFFECTS: dict[str, Effect] = {
    **dict.fromkeys(("GET", "HEAD", "OPTIONS"), "safe"),
    **dict.fromkeys(("PUT", "DELETE"), "idempotent"),
}
_FORBIDDEN_METHODS = ("CONNECT", "TRACE")  # TRACE would send the credentials back in the body
_OWN_HEADERS = frozenset(
    "api-key authorization connection content-length cookie host proxy-authorization"
    " transfer-encoding upgrade".split()
)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_TEXT = re.compile(r"[\t -~]*")
_LONGEST = 60_000
"""Characters of a path and a query. httpx takes few more, and servers usually take far fewer."""


class APIRequest(typing.NamedTuple):
    """A request, complete but for the origin of the API and the credentials."""

    name: str
    """The operation, as errors and the log name it."""
    http: types.Request
    headers: Mapping[str, str]
    """All headers, those of the body and of the caller too."""
    effect: Effect
    token: TokenNeed
    is_file: FileTest | None = None


def checked_request(
    build_request: Callable[P, types.Request], *args: P.args, **kwargs: P.kwargs
) -> types.Request:
    """Build the request of a generated method, which checks its arguments."""
    try:
        return build_request(*args, **kwargs)
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidArgumentError(str(error)) from None


def operation_request(
    operation: types.Operation[object], request: types.Request, headers: Mapping[str, str] | None
) -> APIRequest:
    complete, need = _complete(request, headers), _token_need(operation.security)
    return APIRequest(operation.name, request, complete, operation.effect, need)


def custom_request(
    method: str, path: str, query: Query | None, json: object, headers: Mapping[str, str] | None
) -> APIRequest:
    """Return a request that the spec does not know. An argument that cannot be sent is refused."""
    verb = method.upper() if isinstance(method, str) else ""
    if not verb.isalpha() or not verb.isascii() or verb in _FORBIDDEN_METHODS:
        raise invalid("method", "an HTTP method, such as GET", method)
    encoded = _checked_path(path)
    request = types.Request(method=verb, path=encoded, headers={"Accept": "application/json"})
    if json is not None:
        try:
            content = _json.dumps(json, allow_nan=False).encode()
        except (TypeError, ValueError, RecursionError) as error:
            raise InvalidArgumentError(f"json cannot be sent as JSON: {error}") from None
        request.body = types.Body(content, "application/json")
    request.query = urlencode(_pairs(query or {}))
    complete = _complete(request, headers)
    return APIRequest(f"{verb} {encoded}", request, complete, _EFFECTS.get(verb), "if possible")


def _complete(request: types.Request, headers: Mapping[str, str] | None) -> Mapping[str, str]:
    """Return the headers of a request, of its body and of its caller, if it can be sent."""
    if len(request.target) > _LONGEST:
        text = f"the request has more than {_LONGEST} characters: pass fewer ids, or shorter text"
        raise InvalidArgumentError(text)
    body = {} if request.body is None else {"Content-Type": request.body.content_type}
    return merged({**request.headers, **body}, check_headers(headers))


def check_headers(headers: Mapping[str, str] | None) -> Mapping[str, str]:
    """Refuse headers that the client sets itself, and those that would break the request."""
    if headers is None:
        return {}
    if not isinstance(headers, Mapping):
        raise invalid("headers", "a mapping", headers)
    for name, value in headers.items():
        if not isinstance(name, str) or not _TOKEN.fullmatch(name):
            raise InvalidArgumentError(f"headers: {name!r} is not the name of a header")
        if name.lower() in _OWN_HEADERS:
            raise InvalidArgumentError(f"headers: {name} is set by the client itself")
        if not isinstance(value, str) or not _TEXT.fullmatch(value):
            raise InvalidArgumentError(f"headers: {name} must be a string of printable ASCII")
    return headers


def merged(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Merge headers. The later one wins, however its name is spelled."""
    result = dict(first)
    for name, value in second.items():
        if name not in result:
            for known in [known for known in result if known.lower() == name.lower()]:
                del result[known]
        result[name] = value
    return result


def _checked_path(path: str) -> str:
    """Percent-encode what is not encoded yet."""
    if not isinstance(path, str) or not is_text(path):
        raise invalid("path", "text without NUL and surrogates", path)
    segments = unquote(path).replace("\\", "/").split("/")
    if not path.startswith("/") or path.startswith("//") or {".", ".."} & set(segments):
        raise InvalidArgumentError("path must start with one slash, and have no segments . or ..")
    if "?" in path or "#" in path:
        raise InvalidArgumentError("path must have no query: pass it as query=")
    return quote(path, safe="/:@!$&'()*+,;=-._~%")


def _pairs(query: Query) -> list[tuple[str, str]]:
    if not isinstance(query, Mapping):
        raise invalid("query", "a mapping", query)
    pairs = []
    for name, value in query.items():
        for item in value if isinstance(value, list | tuple) else [value]:
            if item is None:
                continue
            text = str(item).lower() if isinstance(item, bool) else str(item)
            if not isinstance(item, str | int | float) or not is_text(f"{name}{text}"):
                raise invalid(f"query: {name!r}", "a single value that can be sent", item)
            pairs.append((name, text))
    return pairs


def _token_need(security: tuple[Mapping[str, str], ...]) -> TokenNeed:
    """Whether an operation takes an access token: every scheme but `apiKey` asks for one."""
    takes = {any(kind != "apiKey" for kind in option.values()) for option in security}
    if takes == {True}:
        return "required"
    return "none" if takes == {False} else "if possible"
