"""Bounds every read and write by the time left for the call, and lets a stop end them.

A timeout for each read alone never expires while a server sends a byte now and then. httpcore's
network backends are the public place to do better.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import contextvars
import ipaddress
import logging
import socket
import ssl
import threading
import time
import typing
from collections.abc import Callable, Iterator

import httpcore

from .._calls.deadline import Deadline
from .._errors import APITimeoutError
from .._process import LazyModule, generation

if typing.TYPE_CHECKING:
    import asyncio
else:
    asyncio = LazyModule("asyncio")  # which takes longer to import than all of this package

T = typing.TypeVar("T")

_current: contextvars.ContextVar[Deadline | None] = contextvars.ContextVar(
    "gettyimages", default=None
)
"""The deadline of what this thread or task is sending or reading."""

_LARGEST_WRITE = 64 * 1024
_UNREACHABLE = (httpcore.ConnectError, httpcore.ConnectTimeout)
_NEXT_ADDRESS = 3.0
"""Seconds after which the next address of a host is tried."""


@contextlib.contextmanager
def bounded(deadline: Deadline) -> Iterator[None]:
    """Bound all I/O of the block, and keep httpcore's log quiet: it shows signed addresses."""
    token = _current.set(deadline)
    try:
        yield
    finally:
        _current.reset(token)


for _name in ("connection", "http11", "http2", "proxy", "socks"):
    logging.getLogger(f"httpcore.{_name}").addFilter(lambda _: _current.get() is None)


def _left(timeout: float | None) -> float | None:
    """Return the seconds that the next step may take."""
    deadline = _current.get()
    if deadline is None:
        return timeout
    remaining = deadline.remaining()
    return remaining if timeout is None else min(timeout, remaining)


def _to_connect(timeout: float | None) -> float | None:
    """The same for connecting, which times out by itself: nothing of the request is sent yet."""
    try:
        return _left(timeout)
    except APITimeoutError:
        return 0.001


def _bound(connection: typing.Any) -> None:
    """Bound what TLS inside of TLS reads: httpcore sets one timeout for any number of reads."""
    receive = connection.recv

    def bounded_receive(size: int) -> bytes:
        connection.settimeout(_to_connect(connection.gettimeout()))
        received: bytes = receive(size)
        return received

    connection.recv = bounded_receive


def _closed() -> httpcore.ConnectError:
    return httpcore.ConnectError("the client is closed")


class Backend(httpcore.SyncBackend):
    """Makes bounded connections, and none once the client is closed."""

    def __init__(self, is_closed: Callable[[], bool]) -> None:
        self._is_closed = is_closed

    def connect_tcp(self, host: str, port: int, *_: object, **options: typing.Any) -> Stream:
        if self._is_closed():  # a call that waited for a free connection comes here after closing
            raise _closed()
        end = _end(options.pop("timeout"))
        found, deadline = _addresses(host, port), _current.get()
        stop = deadline.stop if deadline else None
        with _looking_up(), stop.closing(found.cancel) if stop else contextlib.nullcontext():
            addresses = found.result(max(0.0, end - time.monotonic()))
        for address, seconds, ignored in _attempts(addresses, end):
            with contextlib.suppress(*ignored):
                inner = super().connect_tcp(address, port, seconds, **options)
                break
        else:
            raise httpcore.ConnectError("the host has no address")
        if self._is_closed():
            inner.close()
            raise _closed()
        return Stream(inner)


def started(function: Callable[[], T]) -> concurrent.futures.Future[T]:
    """Call a function in a thread of its own."""
    result = concurrent.futures.Future[T]()

    def call() -> None:
        with contextlib.suppress(concurrent.futures.InvalidStateError):  # given up meanwhile
            try:
                result.set_result(function())
            except BaseException as error:
                result.set_exception(error)

    threading.Thread(target=call, name="gettyimages-blocking", daemon=True).start()
    return result


def _addresses(host: str, port: int) -> concurrent.futures.Future[list[str]]:
    """Find out the addresses of a host, in a thread as nothing ends a look-up."""
    with contextlib.suppress(ValueError):
        known = concurrent.futures.Future[list[str]]()
        known.set_result([str(ipaddress.ip_address(host))])
        return known

    def resolve() -> list[str]:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [str(one[4][0]) for one in entries]

    return started(resolve)


@contextlib.contextmanager
def _looking_up() -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout from error
    except concurrent.futures.CancelledError:
        raise _closed() from None
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError("the host is not known") from error


def _end(timeout: float) -> float:
    return time.monotonic() + (_to_connect(timeout) or timeout)


def _attempts(
    addresses: list[str], end: float
) -> Iterator[tuple[str, float | None, tuple[type[Exception], ...]]]:
    """Yield each address, the seconds it may take, and the errors that lead to the next one."""
    for left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
        seconds = max(0.001, (end - time.monotonic()) / left)
        if left > 1:
            seconds = min(seconds, _NEXT_ADDRESS)
        yield address, _to_connect(seconds), _UNREACHABLE if left > 1 else ()


class Stream(httpcore.NetworkStream):
    """A bounded connection, which belongs to the process that has made it."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner
        self._generation = generation()

    def get_extra_info(self, info: str) -> typing.Any:
        return self._inner.get_extra_info(info)

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

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Stream:
        connection = self._inner.get_extra_info("socket")
        if isinstance(connection, ssl.SSLSocket):
            _bound(connection)
        step = _to_connect(timeout)
        return Stream(self._inner.start_tls(ssl_context, server_hostname, step))

    def _stoppable(self) -> contextlib.AbstractContextManager[None]:
        if self._generation != generation():
            raise httpcore.ReadError("the connection belongs to the parent of this process")
        deadline = _current.get()
        if deadline is None or deadline.stop is None:
            return contextlib.nullcontext()
        return deadline.stop.closing(self._shut_down)

    def _shut_down(self) -> None:
        """Wake a thread that is reading: it would not notice that the socket is closed."""
        if self._generation != generation():
            return  # the parent may be using the connection
        with contextlib.suppress(OSError, AttributeError):
            self._inner.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


class AsyncBackend(httpcore.AnyIOBackend):
    def __init__(self, is_closed: Callable[[], bool]) -> None:
        self._is_closed = is_closed

    async def connect_tcp(
        self, host: str, port: int, *_: object, **options: typing.Any
    ) -> httpcore.AsyncNetworkStream:
        if self._is_closed():
            raise _closed()
        end = _end(options.pop("timeout"))
        with _looking_up():
            found = asyncio.wrap_future(_addresses(host, port))
            addresses = await asyncio.wait_for(found, end - time.monotonic())
        for address, seconds, ignored in _attempts(addresses, end):
            with contextlib.suppress(*ignored):
                # Checkers see the stand-in that httpcore has without anyio, which httpx requires.
                inner = await super().connect_tcp(address, port, seconds, **options)  # pyright: ignore[reportAttributeAccessIssue]
                break
        else:
            raise httpcore.ConnectError("the host has no address")
        if self._is_closed():
            await inner.aclose()
            raise _closed()
        return inner
