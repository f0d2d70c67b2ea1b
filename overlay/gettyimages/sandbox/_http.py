"""A request while it is served, its connection, and the forms of response that modules share."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

OriginName: TypeAlias = Literal["api", "token", "delivery", "mirror"]
Chunks: TypeAlias = Callable[[], Iterator[bytes]]

OVER_LIMIT = {"X-Error-Detail": "Account Over Queries Per Second Limit"}


@dataclass(slots=True, eq=False)
class RecordedRequest:
    """A request that reached the sandbox.

    Attributes:
        origin: The server it reached: `api`, `token`, `delivery`, or `mirror`, the second delivery
            host, to which the first one redirects if `delivery_redirects` is set.
        method: Its method.
        path: Its path, percent-encoded as it was sent.
        query: Its query, without the question mark.
        headers: Its headers, with names in lower case; the last value of a repeated header.
        body: Its body.
        operation: Id of the operation in the spec; `token` or `delivery` on the other origins;
            None if no operation matches.
        asset: Id of the asset in the path, if there is one.
        status: Status of the response; None before one is sent.
    """

    origin: OriginName
    method: str
    path: str
    query: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    operation: str | None = None
    asset: str | None = None
    status: int | None = None


class ConnectionDropped(Exception):
    """A fault has closed the connection: no response can be sent."""


class Connection:
    """The connection that a request came on."""

    def __init__(self, accepted: socket.socket) -> None:
        self._socket = accepted

    @property
    def closed(self) -> bool:
        """Whether the connection has been closed by either side."""
        return self._socket.fileno() < 0

    def close(self, *, reset: bool) -> None:
        """Close the connection as soon as what was written has been passed on.

        Args:
            reset: Send a reset (RST) instead of an orderly end.
        """
        if reset and not self.closed:
            linger = struct.pack("ii", 1, 0)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        # The event loop sees the end of the input, and then closes the socket that it owns.
        self._shut_down(socket.SHUT_RD)

    def abort(self) -> None:
        """Close the connection and discard what was written."""
        self._shut_down(socket.SHUT_RDWR)

    def _shut_down(self, how: int) -> None:
        with contextlib.suppress(OSError):  # it is closed already
            self._socket.shutdown(how)

    def drop(self, *, reset: bool) -> None:
        """Close the connection and abandon the request.

        Raises:
            ConnectionDropped: Always.
        """
        self.close(reset=reset)
        raise ConnectionDropped


@dataclass(slots=True, eq=False)
class RequestContext:
    """A request while it is served: what a fault can see and break.

    Attributes:
        request: The record that is kept of the request.
        connection: The connection that it came on.
        operation_names: Every name of its operation: id, method with path, and Python name.
        origins: URL of each origin.
        token_expired: Set by a fault: treat the access token as expired.
        link_expired: Set by a fault: treat the link as expired.
        wrong_range: Set by a fault: what to get wrong in a partial response.
    """

    request: RecordedRequest
    connection: Connection
    operation_names: frozenset[str]
    origins: Mapping[OriginName, str]
    token_expired: bool = False
    link_expired: bool = False
    wrong_range: Literal["bytes", "header"] | None = None


class StreamedResponse(Response):
    """A response whose body is produced while it is sent."""

    def __init__(
        self, chunks: Chunks, length: int | None, status: int, headers: Mapping[str, str]
    ) -> None:
        super().__init__(status_code=status, headers=headers)
        del self.headers["content-length"]
        if length is not None:
            self.headers["content-length"] = str(length)
        self._chunks = chunks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the body, chunk after chunk."""
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        connection: Connection = scope["state"]["connection"]
        if scope["method"] != "HEAD":
            for chunk in self._chunks():
                if connection.closed:
                    return
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                await asyncio.sleep(0)  # let the loop serve other requests
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class RequestRefused(Exception):
    """The request is refused with the response that this exception holds."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def api_error(status: int, code: str, message: str) -> RequestRefused:
    """An error in the form of the API."""
    return RequestRefused(JSONResponse({"ErrorCode": code, "ErrorMessage": message}, status))


def gateway_error(
    status: int, message: str, headers: Mapping[str, str] | None = None
) -> RequestRefused:
    """An error in the form of the gateway in front of the API."""
    return RequestRefused(JSONResponse({"message": message}, status, headers))


def token_error(status: int, error: str, description: str) -> RequestRefused:
    """An error in the form of the token endpoint (RFC 6749, section 5.2)."""
    return RequestRefused(JSONResponse({"error": error, "error_description": description}, status))


def html_page(status: int, title: str) -> Response:
    """An HTML page, as proxies and delivery networks send them."""
    html = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{title}</body></html>"
    return Response(html, status, media_type="text/html")
