"""Bounds every read and write by what is left of the call, and lets closing end them.

A timeout for each read alone is passed again and again by a server that sends a byte now and
then. httpcore has a public interface for this, network backends, which httpx does not pass on.
"""

from __future__ import annotations

import contextlib
import contextvars
import socket
import ssl
import typing
from collections.abc import Callable, Iterable

import httpcore

from .._calls.steps import Open, Send

sending: contextvars.ContextVar[Send | Open | None] = contextvars.ContextVar(
    "gettyimages", default=None
)
"""What this thread or task is sending."""

_PIECE = 64 * 1024
FILE_PIECE = 256 * 1024
"""Bytes to read at once of a file: less costs time, more does not save any."""
B = typing.TypeVar("B")


def bound(transport: object, wrap: Callable[[typing.Any], object]) -> None:
    """Put a backend of this module around that of a transport.

    Without it, as another version of httpx may be built differently, the timeout of each step and
    the check after each piece of a body remain.
    """
    pool: object = getattr(transport, "_pool", None)
    inner: object = getattr(pool, "_network_backend", None)
    if inner is not None:
        setattr(pool, "_network_backend", wrap(inner))  # noqa: B010  # not public, as said


def _left(timeout: float | None) -> float | None:
    """Seconds that the next step may take."""
    send = sending.get()
    if send is None:
        return timeout
    remaining = send.remaining()
    return remaining if timeout is None else min(timeout, remaining)


def _refuse() -> typing.NoReturn:
    raise httpcore.ConnectError("the client is closed")


class Backend(httpcore.NetworkBackend):
    """Makes bounded connections."""

    def __init__(
        self, inner: httpcore.NetworkBackend, is_closed: Callable[[], bool], piece: int = 0
    ) -> None:
        self._inner = inner
        self._is_closed = is_closed
        self._piece = piece

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[typing.Any] | None = None,
    ) -> Stream:
        if self._is_closed():
            _refuse()
        stream = Stream(
            self._inner.connect_tcp(host, port, _left(timeout), local_address, socket_options),
            self._piece,
        )
        if self._is_closed():
            stream.close()
            _refuse()
        return stream


class Stream(httpcore.NetworkStream):
    """A bounded connection."""

    def __init__(self, inner: httpcore.NetworkStream, piece: int) -> None:
        self._inner = inner
        self._piece = piece

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max(max_bytes, self._piece), _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            self._inner.write(buffer[start : start + _PIECE], _left(timeout))

    def close(self) -> None:
        # A thread that is reading would not notice that the socket is closed.
        with contextlib.suppress(OSError, AttributeError):
            self._inner.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Stream:
        return Stream(
            self._inner.start_tls(ssl_context, server_hostname, _left(timeout)), self._piece
        )

    def get_extra_info(self, info: str) -> typing.Any:
        return self._inner.get_extra_info(info)


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Makes bounded connections."""

    def __init__(
        self, inner: httpcore.AsyncNetworkBackend, is_closed: Callable[[], bool], piece: int = 0
    ) -> None:
        self._inner = inner
        self._is_closed = is_closed
        self._piece = piece

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[typing.Any] | None = None,
    ) -> AsyncStream:
        if self._is_closed():
            _refuse()
        stream = AsyncStream(
            await self._inner.connect_tcp(
                host, port, _left(timeout), local_address, socket_options
            ),
            self._piece,
        )
        if self._is_closed():
            await stream.aclose()
            _refuse()
        return stream


class AsyncStream(httpcore.AsyncNetworkStream):
    """A bounded connection."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, piece: int) -> None:
        self._inner = inner
        self._piece = piece

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._inner.read(max(max_bytes, self._piece), _left(timeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            await self._inner.write(buffer[start : start + _PIECE], _left(timeout))

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> AsyncStream:
        return AsyncStream(
            await self._inner.start_tls(ssl_context, server_hostname, _left(timeout)), self._piece
        )

    def get_extra_info(self, info: str) -> typing.Any:
        return self._inner.get_extra_info(info)
