"""Bounds every read and write by the time left for the call, and lets a stop end them.

A timeout for each read alone never expires while a server sends a byte now and then. httpcore's
network backends are the public place to do better.
"""

from __future__ import annotations

import contextlib
import contextvars
import logging
import os
import socket
import typing
from collections.abc import Callable, Iterator

import httpcore

from .._calls.deadline import Deadline

_current: contextvars.ContextVar[Deadline | None] = contextvars.ContextVar(
    "gettyimages", default=None
)
"""The deadline of what this thread or task is sending or reading."""

_LARGEST_WRITE = 64 * 1024


@contextlib.contextmanager
def bounded(deadline: Deadline) -> Iterator[None]:
    """Bound all I/O of the block, and keep httpcore's log quiet: it shows signed addresses."""
    token = _current.set(deadline)
    try:
        yield
    finally:
        _current.reset(token)


def _is_not_ours(_: logging.LogRecord) -> bool:
    return _current.get() is None


for _name in ("connection", "http11", "http2", "proxy", "socks"):
    logging.getLogger(f"httpcore.{_name}").addFilter(_is_not_ours)


def _left(timeout: float | None) -> float | None:
    """Return the seconds that the next step may take."""
    deadline = _current.get()
    if deadline is None:
        return timeout
    remaining = deadline.remaining()
    return remaining if timeout is None else min(timeout, remaining)


def _bounded_step(options: dict[str, typing.Any]) -> dict[str, typing.Any]:
    return {**options, "timeout": _left(options.get("timeout"))}


def _closed() -> httpcore.ConnectError:
    return httpcore.ConnectError("the client is closed")


def _of_parent() -> httpcore.ReadError:
    return httpcore.ReadError("the connection belongs to the parent of this process")


class Backend(httpcore.NetworkBackend):
    """Makes bounded connections, and none once the client is closed."""

    def __init__(self, is_closed: Callable[[], bool]) -> None:
        self._inner = httpcore.SyncBackend()
        self._is_closed = is_closed

    def connect_tcp(self, *to: typing.Any, **options: typing.Any) -> Stream:
        if self._is_closed():  # a call that waited for a free connection comes here after closing
            raise _closed()
        inner = self._inner.connect_tcp(*to, **_bounded_step(options))
        if self._is_closed():
            inner.close()
            raise _closed()
        return Stream(inner)


class Stream(httpcore.NetworkStream):
    """A bounded connection."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner
        self._process = os.getpid()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with self._stoppable():
            return self._inner.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with self._stoppable():
            for start in range(0, len(buffer), _LARGEST_WRITE):
                self._inner.write(buffer[start : start + _LARGEST_WRITE], _left(timeout))

    def close(self) -> None:
        self._shut_down()
        self._inner.close()

    def start_tls(self, *to: typing.Any, **options: typing.Any) -> Stream:
        inner = self._inner.start_tls(*to, **_bounded_step(options))
        return Stream(inner)

    def get_extra_info(self, info: str) -> typing.Any:
        return self._inner.get_extra_info(info)

    def _stoppable(self) -> contextlib.AbstractContextManager[None]:
        if self._process != os.getpid():
            raise _of_parent()
        deadline = _current.get()
        if deadline is None or deadline.stop is None:
            return contextlib.nullcontext()
        return deadline.stop.closing(self._shut_down)

    def _shut_down(self) -> None:
        """Wake a thread that is reading: it would not notice that the socket is closed."""
        if self._process != os.getpid():
            return  # the parent may be using the connection
        with contextlib.suppress(OSError, AttributeError):
            self._inner.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Makes bounded connections, and none once the client is closed."""

    def __init__(self, is_closed: Callable[[], bool]) -> None:
        # Checkers see the stand-in that httpcore has without anyio, which httpx requires.
        self._inner: httpcore.AsyncNetworkBackend = httpcore.AnyIOBackend()  # pyright: ignore[reportAttributeAccessIssue]
        self._is_closed = is_closed

    async def connect_tcp(self, *to: typing.Any, **options: typing.Any) -> AsyncStream:
        if self._is_closed():
            raise _closed()
        inner = await self._inner.connect_tcp(*to, **_bounded_step(options))
        if self._is_closed():
            await inner.aclose()
            raise _closed()
        return AsyncStream(inner)


class AsyncStream(httpcore.AsyncNetworkStream):
    """A bounded connection."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._process = os.getpid()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._process != os.getpid():
            raise _of_parent()
        return await self._inner.read(max_bytes, _left(timeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._process != os.getpid():
            raise _of_parent()
        for start in range(0, len(buffer), _LARGEST_WRITE):
            await self._inner.write(buffer[start : start + _LARGEST_WRITE], _left(timeout))

    async def aclose(self) -> None:
        if self._process == os.getpid():  # else its parent may be using it
            await self._inner.aclose()

    async def start_tls(self, *to: typing.Any, **options: typing.Any) -> AsyncStream:
        inner = await self._inner.start_tls(*to, **_bounded_step(options))
        return AsyncStream(inner)

    def get_extra_info(self, info: str) -> typing.Any:
        return self._inner.get_extra_info(info)
