"""The faults that can be ordered: errors, delays, wrong bodies and broken connections."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from starlette.responses import JSONResponse, Response
from starlette.types import Message, Send

from ._faults import Fault
from ._http import OVER_LIMIT, RequestContext, StreamedResponse, html_page

# A reset can overtake what was sent before it.
_BEFORE_RESET = 0.01


@dataclass(frozen=True, kw_only=True, eq=False)
class Latency(Fault):
    """The request waits before it takes effect.

    Args:
        seconds: How long.
    """

    seconds: float = 0.05

    async def before(self, context: RequestContext) -> Response | None:
        """Wait."""
        await asyncio.sleep(self.seconds)
        return None


@dataclass(frozen=True, kw_only=True, eq=False)
class TooManyRequests(Fault):
    """Status 429, as the API sends it above the account's limit; the request has no effect.

    Args:
        retry_after: Value of the header `Retry-After`: seconds or an HTTP date. None omits the
            header, as the API does.
    """

    retry_after: str | None = None

    async def before(self, context: RequestContext) -> Response | None:
        """Refuse the request."""
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
        """Fail before the effect."""
        return None if self.after_effect else self._response()

    def change_response(self, context: RequestContext, response: Response) -> Response:
        """Fail after the effect."""
        return self._response()

    def _response(self) -> Response:
        match self.body:
            case "json":
                content = {"ErrorCode": "UnhandledError", "ErrorMessage": "Something went wrong"}
                return JSONResponse(content, self.status)
            case "gateway":
                return JSONResponse({"message": "Internal server error"}, self.status)
            case "html":
                return html_page(self.status, f"{self.status} Server Error")
        return Response(status_code=self.status)


@dataclass(frozen=True, kw_only=True, eq=False)
class ExpiredToken(Fault):
    """The access token expires just before the request arrives: 401 from then on."""

    def matches(self, context: RequestContext) -> bool:
        """Whether the request carries a token."""
        request = context.request
        has_token = request.origin == "api" and "authorization" in request.headers
        return has_token and super().matches(context)

    async def before(self, context: RequestContext) -> Response | None:
        """Let the token expire."""
        context.token_expired = True
        return None


@dataclass(frozen=True, kw_only=True, eq=False)
class ExpiredLink(Fault):
    """The link to a file expires just before the request arrives: 403 from then on."""

    def matches(self, context: RequestContext) -> bool:
        """Whether the request is for a file."""
        return context.request.operation == "delivery" and super().matches(context)

    async def before(self, context: RequestContext) -> Response | None:
        """Let the link expire."""
        context.link_expired = True
        return None


@dataclass(frozen=True, kw_only=True, eq=False)
class WrongRange(Fault):
    """A request for a range gets status 206 with the wrong range.

    Args:
        part: What is wrong: with `bytes`, `Content-Range` is right and the bytes are others; with
            `header`, both header and bytes are of another range than the requested one.
    """

    part: Literal["bytes", "header"] = "bytes"

    def matches(self, context: RequestContext) -> bool:
        """Whether the request is for a range."""
        return "range" in context.request.headers and super().matches(context)

    async def before(self, context: RequestContext) -> Response | None:
        """Have the delivery host send the wrong range."""
        context.wrong_range = self.part
        return None


@dataclass(frozen=True, kw_only=True, eq=False)
class EmptyBody(Fault):
    """A response without its body; status and content type stay.

    Args:
        status: The status to send; None for that of the response.
    """

    status: int | None = None

    def change_response(self, context: RequestContext, response: Response) -> Response:
        """Remove the body."""
        kept = {k: v for k, v in response.headers.items() if k in ("content-type", "etag")}
        return Response(status_code=self.status or response.status_code, headers=kept)


@dataclass(frozen=True, kw_only=True, eq=False)
class HtmlBody(Fault):
    """An HTML page instead of the response, as a proxy or a delivery network sends it.

    Args:
        status: Its status.
    """

    status: int = 200

    def change_response(self, context: RequestContext, response: Response) -> Response:
        """Send a page."""
        return html_page(self.status, "Please sign in to the network")


@dataclass(frozen=True, kw_only=True, eq=False)
class MalformedJson(Fault):
    """A body that is invalid JSON, with the content type of JSON.

    Args:
        body: The body; None for the first half of the real one.
        status: The status to send; None for that of the response.
    """

    body: bytes | None = None
    status: int | None = None

    def change_response(self, context: RequestContext, response: Response) -> Response:
        """Replace the body."""
        body = self.body
        if body is None:
            body = bytes(response.body)[: len(response.body) // 2] or b'{"'
        status = self.status or response.status_code
        return Response(body, status, media_type="application/json")


@dataclass(frozen=True, kw_only=True, eq=False)
class WrongContentType(Fault):
    """The right body with a wrong content type.

    Args:
        content_type: Value of the header; None omits the header.
    """

    content_type: str | None = "text/plain"

    def change_response(self, context: RequestContext, response: Response) -> Response:
        """Replace the header."""
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
        """Replace the response."""
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
    """The connection ends without a response, before the request takes effect or after it did.

    Args:
        after_effect: Whether the request takes effect all the same.
        reset: Whether the connection is reset, instead of closed.
    """

    after_effect: bool = False
    reset: bool = True

    async def before(self, context: RequestContext) -> Response | None:
        """Drop the connection before the effect."""
        if not self.after_effect:
            context.connection.drop(reset=self.reset)
        return None

    def wrap_send(self, context: RequestContext, send: Send) -> Send:
        """Drop the connection after the effect, instead of sending a response."""

        async def drop(_: Message) -> None:
            context.connection.drop(reset=self.reset)

        return drop


@dataclass(frozen=True, kw_only=True, eq=False)
class _InBody(Fault):
    """Something happens within the body, after `at` bytes; None for half of it."""

    at: int | None = None

    def wrap_send(self, context: RequestContext, send: Send) -> Send:
        """Send what comes before, interrupt, and send the rest."""
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
    """The connection ends within the body: less is sent than `Content-Length` promises.

    Args:
        at: How many bytes of the body are sent; None for half of it.
        reset: Whether the connection is reset, instead of closed.
    """

    reset: bool = False

    async def interrupt(self, context: RequestContext) -> None:
        """Drop the connection."""
        await asyncio.sleep(_BEFORE_RESET if self.reset else 0)
        context.connection.drop(reset=self.reset)


@dataclass(frozen=True, kw_only=True, eq=False)
class Stall(_InBody):
    """The body pauses, and then continues.

    Args:
        at: How many bytes of the body are sent before the pause; None for half of it.
        seconds: Length of the pause.
    """

    seconds: float = 3600

    async def interrupt(self, context: RequestContext) -> None:
        """Wait."""
        await asyncio.sleep(self.seconds)


@dataclass(frozen=True, kw_only=True, eq=False)
class SlowBody(Fault):
    """The body is sent slowly.

    Args:
        bytes_per_second: The speed.
    """

    bytes_per_second: float = 1

    def wrap_send(self, context: RequestContext, send: Send) -> Send:
        """Send the body in small pieces, with a pause after each."""
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
    """The connection is closed after a complete response that did not announce it.

    A client that reuses the connection finds it closed. See also the option `keep_alive_seconds`.

    Args:
        reset: Whether the connection is reset, instead of closed.
        seconds: How long it stays open; a request in that time is lost.
    """

    reset: bool = False
    seconds: float = 0

    def wrap_send(self, context: RequestContext, send: Send) -> Send:
        """Close the connection after the last message."""

        async def forward(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                delay = max(self.seconds, _BEFORE_RESET if self.reset else 0)
                close = partial(context.connection.close, reset=self.reset)
                asyncio.get_running_loop().call_later(delay, close)

        return forward
