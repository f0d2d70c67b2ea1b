"""Carries out calls with blocking I/O."""

from __future__ import annotations

import ssl
import threading
import time
import typing
from collections.abc import Coroutine, Iterator

import httpcore
import httpx

from .. import _log
from .._calls.steps import Call, Close, Do, Effect, Failure, Open, Opened, Read, Renew, Send, Sleep
from .._errors import GettyImagesError
from .._response import RawResponse
from . import failures as _failures
from . import network as _streams
from . import pools as _wire

T = typing.TypeVar("T")


class Driver:
    """The connections of a client, and the lock under which its token is renewed."""

    def __init__(
        self, proxy: str | None, verify: ssl.SSLContext | str | bool, transport: object
    ) -> None:
        if transport is not None and not isinstance(transport, httpx.BaseTransport):
            raise GettyImagesError("transport must be an httpx.BaseTransport")
        self._wiring = _wire.Wiring(proxy, verify)
        self._transport = transport
        self._pools: dict[_wire.Route, httpx.HTTPTransport] = {}
        self._lock = threading.Lock()
        self._renewing = threading.Lock()
        self._closed = False

    def run(self, call: Call[T], held: set[Opened] | None = None) -> T:
        """Run a call to its end, and close what it leaves open, unless the caller holds that."""
        opened: set[Opened] = set() if held is None else held
        try:
            effect = next(call)
            while True:
                try:
                    outcome = self._perform(effect, opened)
                except Exception as error:
                    effect = call.throw(error)
                else:
                    effect = call.send(outcome)
        except StopIteration as stop:
            result: T = stop.value
            return result
        finally:
            call.close()
            if held is None:
                self.release(opened)

    def release(self, opened: set[Opened]) -> None:
        """Close what was opened."""
        while opened:
            _close(opened.pop())

    def close(self) -> None:
        """Close all connections; later calls are refused."""
        with self._lock:
            self._closed = True
            pools = [*self._pools.values()]
            self._pools.clear()
        for pool in pools:
            pool.close()
        if self._transport is not None:
            self._transport.close()

    def _is_closed(self) -> bool:
        return self._closed

    def _perform(self, effect: Effect, opened: set[Opened]) -> object:
        match effect:
            case Send():
                return self._send(effect)
            case Sleep():
                time.sleep(effect.seconds)
                return None
            case Renew():
                return self._renew(effect)
            case Do():
                return _returned(effect.function())
            case Open():
                return self._open(effect, opened)
            case Read():
                return _read(effect.opened)
            case Close():
                opened.discard(effect.opened)
                _close(effect.opened)
                return None

    def _renew(self, effect: Renew) -> object:
        while not self._renewing.acquire(timeout=effect.remaining()):
            pass
        try:
            return self.run(effect.renewal())
        finally:
            self._renewing.release()

    def _send(self, send: Send) -> RawResponse | Failure:
        transport = self._pool(send.url, "spending" if send.fresh else "api")
        request = _wire.request(send)
        try:
            with _wire.quiet(send):
                response = transport.handle_request(request)
                try:
                    body = _wire.Body(response, send)
                    for chunk in response.iter_bytes():
                        body.add(chunk)
                    content = body.content
                finally:
                    response.close()
        except Exception as error:
            return _failures.failure(error)
        _log.sent(send.method, send.url, response.status_code, len(content))
        return RawResponse(response.status_code, response.headers, content)

    def _open(self, asked: Open, opened: set[Opened]) -> Opened | Failure:
        transport = self._pool(asked.url, "file")
        try:
            request = _wire.file_request(asked)
            with _wire.quiet(asked):
                response = transport.handle_request(request)
        except Exception as error:
            return _failures.failure(error)
        result = _wire.opened(asked, response, _body(asked, response))
        opened.add(result)
        return result

    def _pool(self, url: str, purpose: _wire.Purpose) -> httpx.BaseTransport:
        with self._lock:
            if self._closed:
                raise GettyImagesError("the client is closed: make a new one")
            if self._transport is not None:
                return self._transport
            route = self._wiring.route(url, purpose)
            if route not in self._pools:
                pool = httpx.HTTPTransport(
                    verify=self._wiring.context(route),
                    proxy=route.proxy,
                    limits=route.limits,
                )
                _streams.bound(
                    pool, lambda inner: _streams.Backend(inner, self._is_closed, route.piece)
                )
                self._pools[route] = pool
            return self._pools[route]


def _body(asked: Open, response: httpx.Response) -> Iterator[bytes]:
    # A transport of the user's may have the whole of it already.
    pieces = response.iter_bytes() if response.is_stream_consumed else response.iter_raw()
    first = next(pieces, b"")
    yield first
    left = _wire.rest(response, first)
    stream = response.extensions.get("network_stream")
    while left and stream is not None:
        try:
            piece = stream.read(_streams.FILE_PIECE, asked.timeout)
        except httpcore.TimeoutException as error:
            raise httpx.ReadTimeout("") from error
        except httpcore.NetworkError as error:
            raise httpx.ReadError("") from error
        if not piece:
            raise _wire.cut_off()
        piece = piece[:left]
        left -= len(piece)
        yield piece
        if not left:
            return
    yield from pieces


def _read(opened: Opened) -> bytes | Failure:
    body = typing.cast("Iterator[bytes]", opened.body)
    try:
        opened.asked.remaining()
        with _wire.quiet(opened.asked):
            return next(body, b"")
    except Exception as error:
        return _failures.failure(error)


def _close(opened: Opened) -> None:
    try:
        with _wire.quiet(opened.asked):
            typing.cast("httpx.Response", opened.response).close()
    except Exception as error:  # what was wanted of the connection has been had
        _log.closing_failed(error)


def _returned(result: object) -> object:
    """What a function of the user's has returned.

    Raises:
        GettyImagesError: It would have to be awaited.
    """
    if isinstance(result, Coroutine):
        result.close()
        raise GettyImagesError("an asynchronous function was given: AsyncGettyImages takes those")
    return result
