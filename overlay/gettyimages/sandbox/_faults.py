"""Faults: what can go wrong, which requests it applies to, and the faults in force."""

from __future__ import annotations

import asyncio
import difflib
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias, get_args, get_origin, get_type_hints

from starlette.responses import JSONResponse, Response
from starlette.types import Message, Send

from ._http import OVER_LIMIT, OriginName, RequestContext, StreamedResponse, html_page

_Kind: TypeAlias = tuple[OriginName, frozenset[str], str]  # see `Spec.kinds`
_LEAST = {"times": 1, "skip": 0, "probability": 1e-9, "seconds": 0, "at": 0, "bytes_per_second": 1}
_FAILURES = {
    "json": {"ErrorCode": "UnhandledError", "ErrorMessage": "Something went wrong"},
    "gateway": {"message": "Internal server error"},
}
_BEFORE_RESET = 0.01  # seconds: a reset can overtake what was sent before it


@dataclass(frozen=True, kw_only=True, eq=False)
class Fault:
    """Something that goes wrong, and when. This base class does no harm, but is counted.

    A fault of your own is a subclass that overrides `before`, `change_response` or `wrap_send`.

    Args:
        origin: Apply to this origin only: `api`, `token`, `delivery` or `mirror`.
        operation: Apply to this operation only: its id in the spec (`Downloads_PostDownloads`), its
            name in Python (`downloads.request_image_download`) or its method with its path
            (`POST /v3/downloads/images/{id}`).
        asset: Apply only to requests about the asset of this id, including those for its file.
        times: Apply this many times; None for always.
        skip: Leave out this many requests first.
        probability: Apply to each request with this probability, according to the seed of `Faults`.
    """

    origin: OriginName | None = None
    operation: str | None = None
    asset: str | None = None
    times: int | None = None
    skip: int = 0
    probability: float = 1

    def matches(self, context: RequestContext) -> bool:
        """Whether the fault may apply to a request."""
        request = context.request
        return (
            self.origin in (None, request.origin)
            and (self.operation is None or self.operation in context.operation_names)
            and self.asset in (None, request.asset)
        )

    async def before(self, context: RequestContext) -> Response | None:
        """Act before the request takes effect; a response returned here prevents the effect."""
        return None

    def change_response(self, context: RequestContext, response: Response) -> Response:
        """Replace the response, after the request took effect."""
        return response

    def wrap_send(self, context: RequestContext, send: Send) -> Send:
        """Replace the function that sends the ASGI messages of the response."""
        return send

    def choose(self, context: RequestContext, generator: random.Random) -> Fault:
        """The fault to apply, if this one stands for several."""
        return self


@dataclass(frozen=True, kw_only=True, eq=False)
class OneOf(Fault):
    """One of several faults, chosen at random among those that match the request.

    Their `times`, `skip` and `probability` are ignored.
    """

    faults: tuple[Fault, ...] = ()

    def matches(self, context: RequestContext) -> bool:
        return super().matches(context) and any(fault.matches(context) for fault in self.faults)

    def choose(self, context: RequestContext, generator: random.Random) -> Fault:
        matching = [fault for fault in self.faults if fault.matches(context)]
        return generator.choice(matching).choose(context, generator)


class Faults:
    """The faults in force. They can be added and removed at any time.

    Args:
        faults: The faults in force from the start.
        seed: Seed of the random generator that `probability` and `OneOf` use.
    """

    def __init__(self, *faults: Fault, seed: int = 0) -> None:
        self._faults = list(faults)
        self._generator = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._matched: Counter[Fault] = Counter()
        self._applied: Counter[Fault] = Counter()
        self._kinds: Sequence[_Kind] = ()

    def add(self, *faults: Fault) -> None:
        """Put faults in force. `ValueError` if a value or its requests are impossible."""
        for fault in faults if self._kinds else ():
            self._check(fault)
        self._faults.extend(faults)

    def check_with(self, kinds: Sequence[_Kind]) -> None:
        """Check all faults with the kinds of requests, now and when they are added."""
        self._kinds = kinds
        for fault in self:
            self._check(fault)

    def _check(self, fault: Fault) -> None:
        own = next(each for each in type(fault).__mro__ if each.__module__ == __name__)
        for name, kind in get_type_hints(own).items():
            value = getattr(fault, name)
            is_number = name in _LEAST and value is not None
            if not _fits(value, kind) or (is_number and value < _LEAST[name]):
                raise ValueError(f"{fault} can never apply: {name} is {value!r}")
        for each in fault.faults if isinstance(fault, OneOf) else ():
            self._check(each)
        if not any(_may_match(fault, kind) for kind in self._kinds):
            names = {name for _, names, _ in self._kinds for name in names}
            known = ", ".join(difflib.get_close_matches(fault.operation or "", names, cutoff=0))
            raise ValueError(f"{fault} can never apply: no request matches it; see also {known}")

    def remove(self, *faults: Fault) -> None:
        """Put faults out of force; those that are not in force are ignored."""
        self._faults = [fault for fault in self._faults if fault not in faults]

    def clear(self) -> None:
        """Put all faults out of force."""
        self._faults.clear()

    def times_applied(self, fault: Fault) -> int:
        """How many times a fault was applied; the choices of `OneOf` are counted as well."""
        return self._applied[fault]

    def __iter__(self) -> Iterator[Fault]:
        return iter(tuple(self._faults))

    def select(self, context: RequestContext) -> list[Fault]:
        """Choose and count the faults to apply to a request."""
        return [found for fault in self if (found := self._apply(fault, context))]

    def _apply(self, fault: Fault, context: RequestContext) -> Fault | None:
        if not fault.matches(context):
            return None
        if fault.times is not None and self._applied[fault] >= fault.times:
            return None
        self._matched[fault] += 1
        if self._matched[fault] <= fault.skip:
            return None
        if fault.probability < 1 and self._generator.random() >= fault.probability:
            return None
        chosen = fault.choose(context, self._generator)
        self._applied.update({fault, chosen})
        return chosen


def _fits(value: object, kind: object) -> bool:
    if get_origin(kind) is Literal:
        return value in get_args(kind)
    if isinstance(kind, type):
        return isinstance(value, int | float if kind is float else kind)
    return get_origin(kind) is tuple or any(_fits(value, each) for each in get_args(kind))


def _may_match(fault: Fault, kind: _Kind) -> bool:
    origin, names, asset = kind
    return (
        (origin == "api" or not isinstance(fault, ExpiredToken))
        and ("delivery" in names or not isinstance(fault, ExpiredLink | WrongRange))
        and (not isinstance(fault, OneOf) or any(_may_match(each, kind) for each in fault.faults))
        and fault.origin in (None, origin)
        and (fault.operation is None or fault.operation in names)
        and (fault.asset is None or re.fullmatch(asset, fault.asset) is not None)
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Latency(Fault):
    """The request waits for `seconds` before it takes effect."""

    seconds: float = 0.05

    async def before(self, context: RequestContext) -> Response | None:
        await asyncio.sleep(self.seconds)
        return None


@dataclass(frozen=True, kw_only=True, eq=False)
class TooManyRequests(Fault):
    """Status 429, as the API sends it above the account's limit; the request has no effect.

    `retry_after` is the value of the header `Retry-After`; None omits it, as the API does.
    """

    retry_after: str | None = None

    async def before(self, context: RequestContext) -> Response | None:
        extra = {} if self.retry_after is None else {"Retry-After": self.retry_after}
        return JSONResponse({"message": "Too Many Requests"}, 429, {**OVER_LIMIT, **extra})


@dataclass(frozen=True, kw_only=True, eq=False)
class ServerFailure(Fault):
    """A 5xx, before the request takes effect or after it did: the client cannot know which.

    Args:
        status: The status, e.g. 500, 502, 503, 504.
        after_effect: Whether the request takes effect all the same.
        body: Form of the body: `json` (ErrorCode and ErrorMessage), `gateway` (message only),
            `html` or `empty`.
    """

    status: int = 500
    after_effect: bool = False
    body: Literal["json", "gateway", "html", "empty"] = "json"

    async def before(self, context: RequestContext) -> Response | None:
        return None if self.after_effect else self.change_response(context, Response())

    def change_response(self, context: RequestContext, response: Response) -> Response:
        if self.body == "html":
            return html_page(self.status, f"{self.status} Server Error")
        if self.body == "empty":
            return Response(status_code=self.status)
        return JSONResponse(_FAILURES[self.body], self.status)


@dataclass(frozen=True, kw_only=True, eq=False)
class ExpiredToken(Fault):
    """The access token expires just before the request arrives: 401 from then on."""

    def matches(self, context: RequestContext) -> bool:
        request = context.request
        has_token = request.origin == "api" and "authorization" in request.headers
        return has_token and super().matches(context)

    async def before(self, context: RequestContext) -> Response | None:
        context.token_expired = True
        return None


@dataclass(frozen=True, kw_only=True, eq=False)
class ExpiredLink(Fault):
    """The link to a file expires just before the request arrives: 403 from then on."""

    def matches(self, context: RequestContext) -> bool:
        return context.request.operation == "delivery" and super().matches(context)

    async def before(self, context: RequestContext) -> Response | None:
        context.link_expired = True
        return None


@dataclass(frozen=True, kw_only=True, eq=False)
class WrongRange(Fault):
    """A request for a range gets status 206 with the wrong range.

    If the wrong `part` is `bytes`, they do not fit `Content-Range`; if it is `header`, header and
    bytes fit each other, but not the request.
    """

    part: Literal["bytes", "header"] = "bytes"

    def matches(self, context: RequestContext) -> bool:
        return "range" in context.request.headers and super().matches(context)

    async def before(self, context: RequestContext) -> Response | None:
        context.wrong_range = self.part
        return None


@dataclass(frozen=True, kw_only=True, eq=False)
class EmptyBody(Fault):
    """A response without its body; the content type stays, and the status if none is set."""

    status: int | None = None

    def change_response(self, context: RequestContext, response: Response) -> Response:
        kept = {k: v for k, v in response.headers.items() if k in ("content-type", "etag")}
        return Response(status_code=self.status or response.status_code, headers=kept)


@dataclass(frozen=True, kw_only=True, eq=False)
class HtmlBody(Fault):
    """An HTML page instead of the response, as a proxy or a delivery network sends it."""

    status: int = 200

    def change_response(self, context: RequestContext, response: Response) -> Response:
        return html_page(self.status, "Please sign in to the network")


@dataclass(frozen=True, kw_only=True, eq=False)
class MalformedJson(Fault):
    """Invalid JSON with the content type of JSON: `body`, or the first half of the real body.

    The status stays if none is set.
    """

    body: bytes | None = None
    status: int | None = None

    def change_response(self, context: RequestContext, response: Response) -> Response:
        body = self.body
        if body is None:
            body = bytes(response.body)[: len(response.body) // 2] or b'{"'
        status = self.status or response.status_code
        return Response(body, status, media_type="application/json")


@dataclass(frozen=True, kw_only=True, eq=False)
class WrongContentType(Fault):
    """The right body with another content type; None omits the header."""

    content_type: str | None = "text/plain"

    def change_response(self, context: RequestContext, response: Response) -> Response:
        del response.headers["content-type"]
        if self.content_type is not None:
            response.headers["content-type"] = self.content_type
        return response


@dataclass(frozen=True, kw_only=True, eq=False)
class HugeBody(Fault):
    """A JSON body of any size, produced while it is sent.

    Args:
        size: Its size in bytes, at least; before compression if it is compressed.
        with_length: Whether to send `Content-Length`, which a compressed body never has.
        compressed: Whether to send it with `Content-Encoding: gzip`, at a thousandth of its size.
        status: Its status.
    """

    size: int = 1 << 30
    with_length: bool = False
    compressed: bool = False
    status: int = 200

    def change_response(self, context: RequestContext, response: Response) -> Response:
        headers = {"content-type": "application/json"}
        if self.compressed:
            headers["content-encoding"] = "gzip"
            return StreamedResponse(self._compressed_chunks, None, self.status, headers)
        length = sum(map(len, self._chunks())) if self.with_length else None
        return StreamedResponse(self._chunks, length, self.status, headers)

    def _chunks(self) -> Iterator[bytes]:
        item = b'{"id": "' + b"0" * 65_000 + b'"}, '
        yield b'{"result_count": 1, "downloads": ['
        for _ in range(-(-self.size // len(item))):
            yield item
        yield b"{}]}"

    def _compressed_chunks(self) -> Iterator[bytes]:
        compressor = zlib.compressobj(wbits=31)
        yield from filter(None, map(compressor.compress, self._chunks()))
        yield compressor.flush()


@dataclass(frozen=True, kw_only=True, eq=False)
class Dropped(Fault):
    """The connection is reset or closed without a response, before the effect or after it."""

    after_effect: bool = False
    reset: bool = True

    async def before(self, context: RequestContext) -> Response | None:
        if not self.after_effect:
            context.connection.drop(reset=self.reset)
        return None

    def wrap_send(self, context: RequestContext, send: Send) -> Send:
        async def drop(_: Message) -> None:
            context.connection.drop(reset=self.reset)

        return drop


@dataclass(frozen=True, kw_only=True, eq=False)
class _InBody(Fault):
    """Something happens within the body, after `at` bytes; None for half of it."""

    at: int | None = None

    def wrap_send(self, context: RequestContext, send: Send) -> Send:
        left = self.at or 0
        interrupted = False

        async def forward(message: Message) -> None:
            nonlocal left, interrupted
            if message["type"] == "http.response.start" and self.at is None:
                left = int(dict(message["headers"]).get(b"content-length", 0)) // 2
            elif message["type"] == "http.response.body" and not interrupted:
                body = bytes(message.get("body", b""))
                if len(body) >= left and not (left and not body):
                    interrupted = True
                    await send({**message, "body": body[:left], "more_body": True})
                    await self.interrupt(context)
                    message = {**message, "body": body[left:]}
                left -= len(body)
            await send(message)

        return forward

    async def interrupt(self, context: RequestContext) -> None:
        """Act at that place."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Truncated(_InBody):
    """The connection is closed or reset after `at` bytes of the body; None for half of it."""

    reset: bool = False

    async def interrupt(self, context: RequestContext) -> None:
        await asyncio.sleep(_BEFORE_RESET if self.reset else 0)
        context.connection.drop(reset=self.reset)


@dataclass(frozen=True, kw_only=True, eq=False)
class Stall(_InBody):
    """The body pauses for `seconds` after `at` bytes (None for half of it), and then continues."""

    seconds: float = 3600

    async def interrupt(self, context: RequestContext) -> None:
        await asyncio.sleep(self.seconds)


@dataclass(frozen=True, kw_only=True, eq=False)
class SlowBody(Fault):
    """The body is sent at a limited speed."""

    bytes_per_second: float = 1

    def wrap_send(self, context: RequestContext, send: Send) -> Send:
        size = max(1, int(self.bytes_per_second / 20))

        async def forward(message: Message) -> None:
            if message["type"] == "http.response.body":
                body = message.get("body", b"")
                for start in range(0, len(body), size):
                    if context.connection.closed:
                        return
                    piece = bytes(body[start : start + size])
                    await send({"type": message["type"], "body": piece, "more_body": True})
                    await asyncio.sleep(len(piece) / self.bytes_per_second)
                message = {**message, "body": b""}
            await send(message)

        return forward


@dataclass(frozen=True, kw_only=True, eq=False)
class IdleClosed(Fault):
    """The connection is closed or reset after a complete response that did not announce it.

    It stays open for `seconds`; a request in that time is lost. A client that reuses the connection
    finds it closed. See also the option `keep_alive_seconds`.
    """

    reset: bool = False
    seconds: float = 0

    def wrap_send(self, context: RequestContext, send: Send) -> Send:
        async def forward(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                delay = max(self.seconds, _BEFORE_RESET if self.reset else 0)
                close = partial(context.connection.close, reset=self.reset)
                asyncio.get_running_loop().call_later(delay, close)

        return forward
