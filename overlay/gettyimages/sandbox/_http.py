"""One request as it goes through the sandbox, and the record that is kept of it."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

OriginName = Literal["api", "token", "delivery", "mirror"]
Chunks = Callable[[], Iterator[bytes]]


@dataclass(slots=True, eq=False)
class RecordedRequest:
    """A request that reached the sandbox.

    Attributes:
        origin: Which server it reached: `api`, `token`, `delivery`, or `mirror`, the second
            delivery host, to which the first redirects if told to.
        method: Its method.
        path: Its path, percent-encoded as it was sent.
        query: Its query, without the question mark.
        headers: Its headers; names in lower case, of repeated ones the last.
        body: Its body.
        operation: Id of the operation in the spec; `token` or `delivery` on the other origins;
            None where nothing matched.
        asset: Id of the asset that it is about, if any.
        status: Status of the response; None if there was none, or not yet.
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


class Gone(Exception):
    """The connection was dropped on purpose; there is nothing to send any more."""


class Connection:
    """The connection under a request, to be broken."""

    __slots__ = ("transport",)

    def __init__(self, transport: asyncio.Transport) -> None:
        self.transport = transport

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self.transport.is_closing()

    def close(self, *, reset: bool) -> None:
        """Close it: with a reset, which drops what is not sent, or orderly, after sending it."""
        if reset:
            connection = self.transport.get_extra_info("socket")
            if connection is not None and connection.fileno() >= 0:  # it is not closed already
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.transport.abort()
        else:
            self.transport.close()

    async def drop(self, *, reset: bool) -> None:
        """Break it off once what was written is on its way.

        Raises:
            Gone: Always.
        """
        while self.transport.get_write_buffer_size() and not self.closed:
            await asyncio.sleep(0.001)
        self.close(reset=reset)
        raise Gone


@dataclass(slots=True, eq=False)
class Exchange:
    """A request, the connection it came on, and what faults have to say about it."""

    record: RecordedRequest
    names: frozenset[str]
    connection: Connection
    origins: Mapping[OriginName, str]
    wrong_range: Literal["bytes", "header"] | None = None
    link_expired: bool = False
    token_expired: bool = False


class Stream(Response):
    """A response whose body is made while it is sent."""

    def __init__(
        self,
        chunks: Chunks,
        length: int | None,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status_code=status_code, headers=headers)
        del self.headers["content-length"]
        if length is not None:
            self.headers["content-length"] = str(length)
        self._chunks = chunks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, chunk after chunk."""
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        connection: Connection = scope["state"]["connection"]
        if scope["method"] != "HEAD":
            for chunk in self._chunks():
                if connection.closed:
                    return
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                await asyncio.sleep(0)  # others want to be served too
        await send({"type": "http.response.body", "body": b"", "more_body": False})
