"""Carries out calls with blocking I/O."""

from __future__ import annotations

import ssl
import threading
import time
import typing
from collections.abc import Coroutine

import httpx

from . import _failures, _log, _streams, _wire
from ._effects import Call, Do, Effect, Failure, Renew, Send, Sleep
from ._errors import GettyImagesError
from ._response import RawResponse

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

    def run(self, call: Call[T]) -> T:
        """Run a call to its end."""
        try:
            effect = next(call)
            while True:
                try:
                    outcome = self._perform(effect)
                except Exception as error:
                    effect = call.throw(error)
                else:
                    effect = call.send(outcome)
        except StopIteration as stop:
            result: T = stop.value
            return result
        finally:
            call.close()

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

    def _perform(self, effect: Effect) -> object:
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

    def _renew(self, effect: Renew) -> object:
        while not self._renewing.acquire(timeout=effect.remaining()):
            pass
        try:
            return self.run(effect.renewal())
        finally:
            self._renewing.release()

    def _send(self, send: Send) -> RawResponse | Failure:
        transport = self._pool(send)
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

    def _pool(self, send: Send) -> httpx.BaseTransport:
        with self._lock:
            if self._closed:
                raise GettyImagesError("the client is closed: make a new one")
            if self._transport is not None:
                return self._transport
            route = self._wiring.route(send.url, fresh=send.fresh)
            if route not in self._pools:
                pool = httpx.HTTPTransport(
                    verify=self._wiring.context(route),
                    proxy=route.proxy,
                    limits=_wire.FRESH if route.fresh else _wire.POOLED,
                )
                _streams.bound(pool, lambda inner: _streams.Backend(inner, self._is_closed))
                self._pools[route] = pool
            return self._pools[route]


def _returned(result: object) -> object:
    """What a function of the user's has returned.

    Raises:
        GettyImagesError: It would have to be awaited.
    """
    if isinstance(result, Coroutine):
        result.close()
        raise GettyImagesError("an asynchronous function was given: AsyncGettyImages takes those")
    return result
