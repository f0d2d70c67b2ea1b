"""Faults of the connection: dropped, cut off, slow, stalled, closed without a word."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from starlette.responses import Response
from starlette.types import Message, Send

from ._faults import Fault
from ._http import Exchange


@dataclass(frozen=True, kw_only=True, eq=False)
class Dropped(Fault):
    """The connection ends without a response, before the request takes effect or after it did.

    Args:
        after_effect: Whether the request took effect all the same.
        reset: Whether the connection is reset, rather than closed.
    """

    after_effect: bool = False
    reset: bool = True

    async def before(self, exchange: Exchange) -> Response | None:
        """Drop the connection, unless that comes later."""
        if not self.after_effect:
            await exchange.connection.drop(reset=self.reset)
        return None

    def sending(self, exchange: Exchange, send: Send) -> Send:
        """Drop the connection instead of sending anything."""

        async def drop(_: Message) -> None:
            await exchange.connection.drop(reset=self.reset)

        return drop


@dataclass(frozen=True, kw_only=True, eq=False)
class _AtByte(Fault):
    """Something happens at a place in the body."""

    at: int | None = None

    def sending(self, exchange: Exchange, send: Send) -> Send:
        """Pass on what comes before that place, let it happen, pass on the rest."""
        left = self.at or 0
        happened = False

        async def forward(message: Message) -> None:
            nonlocal left, happened
            if message["type"] == "http.response.start" and self.at is None:
                left = _length(message) // 2
            elif message["type"] == "http.response.body" and not happened:
                body = bytes(message.get("body", b""))
                if len(body) >= left and not (left and not body):
                    happened = True
                    await send({**message, "body": body[:left], "more_body": True})
                    await self.happen(exchange)
                    message = {**message, "body": body[left:]}
                left -= len(body)
            await send(message)

        return forward

    async def happen(self, exchange: Exchange) -> None:
        """What happens there."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Truncated(_AtByte):
    """The body breaks off: `Content-Length` promises more than comes.

    Args:
        at: How many bytes of the body are sent; None for half of it.
        reset: Whether the connection is then reset, rather than closed.
    """

    reset: bool = False

    async def happen(self, exchange: Exchange) -> None:
        """Drop the connection."""
        await asyncio.sleep(0.01 if self.reset else 0)  # a reset may overtake what came before it
        await exchange.connection.drop(reset=self.reset)


@dataclass(frozen=True, kw_only=True, eq=False)
class Stall(_AtByte):
    """The body stops for a while, and then goes on.

    Args:
        at: How many bytes of the body are sent before; None for half of it.
        seconds: How long nothing comes.
    """

    seconds: float = 3600

    async def happen(self, exchange: Exchange) -> None:
        """Wait."""
        await asyncio.sleep(self.seconds)


@dataclass(frozen=True, kw_only=True, eq=False)
class SlowBody(Fault):
    """The body comes slowly.

    Args:
        bytes_per_second: How slowly.
    """

    bytes_per_second: float = 1

    def sending(self, exchange: Exchange, send: Send) -> Send:
        """Send the body in small pieces, each in its own time."""
        size = max(1, int(self.bytes_per_second / 20))

        async def forward(message: Message) -> None:
            if message["type"] == "http.response.body":
                body = message.get("body", b"")
                for start in range(0, len(body), size):
                    if exchange.connection.closed:
                        return
                    piece = bytes(body[start : start + size])
                    await send({"type": message["type"], "body": piece, "more_body": True})
                    await asyncio.sleep(len(piece) / self.bytes_per_second)
                message = {**message, "body": b""}
            await send(message)

        return forward


@dataclass(frozen=True, kw_only=True, eq=False)
class IdleClosed(Fault):
    """The connection is closed after a whole response, which did not announce it.

    A client that uses it again finds it closed. See also the option `keep_alive_seconds`.

    Args:
        reset: Whether it is reset, rather than closed.
        seconds: How long it stays open; in that time a next request is lost on it.
    """

    reset: bool = False
    seconds: float = 0

    def sending(self, exchange: Exchange, send: Send) -> Send:
        """Close the connection at the end."""

        async def forward(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                # A reset may overtake what came before it.
                delay = max(self.seconds, 0.01 if self.reset else 0)
                close = partial(exchange.connection.close, reset=self.reset)
                asyncio.get_running_loop().call_later(delay, close)

        return forward


def _length(start: Message) -> int:
    headers = dict(start.get("headers", ()))
    return int(headers.get(b"content-length", b"0"))
