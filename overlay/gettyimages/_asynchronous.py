"""Carries out calls with asyncio."""

from __future__ import annotations

import asyncio
import inspect
import ssl
import typing

import httpx

from . import _failures, _log, _streams, _wire
from ._effects import Call, Do, Effect, Failure, Renew, Send, Sleep
from ._errors import GettyImagesError
from ._grants import Token
from ._response import RawResponse

T = typing.TypeVar("T")


class AsyncDriver:
    """The connections of a client, and the lock under which its token is renewed."""

    def __init__(
        self, proxy: str | None, verify: ssl.SSLContext | str | bool, transport: object
    ) -> None:
        if transport is not None and not isinstance(transport, httpx.AsyncBaseTransport):
            raise GettyImagesError("transport must be an httpx.AsyncBaseTransport")
        self._wiring = _wire.Wiring(proxy, verify)
        self._transport = transport
        self._pools: dict[_wire.Route, httpx.AsyncHTTPTransport] = {}
        self._loop = asyncio.get_running_loop()
        self._renewing = asyncio.Lock()
        self._renewal: asyncio.Future[Token] | None = None
        self._closed = False

    async def run(self, call: Call[T]) -> T:
        """Run a call to its end."""
        self._check_loop()
        try:
            effect = next(call)
            while True:
                try:
                    outcome = await self._perform(effect)
                except Exception as error:
                    effect = call.throw(error)
                else:
                    effect = call.send(outcome)
        except StopIteration as stop:
            result: T = stop.value
            return result
        finally:
            call.close()

    async def close(self) -> None:
        """Close all connections; later calls are refused."""
        self._check_loop()
        self._closed = True
        pools = [*self._pools.values()]
        self._pools.clear()
        for pool in pools:
            await pool.aclose()
        if self._transport is not None:
            await self._transport.aclose()

    def _check_loop(self) -> None:
        if asyncio.get_running_loop() is not self._loop:
            raise GettyImagesError(
                "this client belongs to another event loop: make one client for each"
            )

    def _is_closed(self) -> bool:
        return self._closed

    async def _perform(self, effect: Effect) -> object:
        match effect:
            case Send():
                return await self._send(effect)
            case Sleep():
                await asyncio.sleep(effect.seconds)
                return None
            case Renew():
                return await self._renew(effect)
            case Do():
                result = effect.function()
                return await result if inspect.isawaitable(result) else result

    async def _renew(self, effect: Renew) -> object:
        try:
            async with asyncio.timeout(effect.remaining()):
                await self._renewing.acquire()
        except TimeoutError:
            raise effect.passed() from None
        # Not to be cancelled with its caller: a refresh token may be spent already, and its
        # successor on the way. The lock is held until it is done.
        renewal = self._renewal = asyncio.ensure_future(self.run(effect.renewal()))
        renewal.add_done_callback(lambda _: self._renewing.release())
        return await asyncio.shield(renewal)

    async def _send(self, send: Send) -> RawResponse | Failure:
        transport = self._pool(send)
        request = _wire.request(send)
        try:
            with _wire.quiet(send):
                response = await transport.handle_async_request(request)
                try:
                    body = _wire.Body(response, send)
                    async for chunk in response.aiter_bytes():
                        body.add(chunk)
                    content = body.content
                finally:
                    await response.aclose()
        except Exception as error:
            return _failures.failure(error)
        _log.sent(send.method, send.url, response.status_code, len(content))
        return RawResponse(response.status_code, response.headers, content)

    def _pool(self, send: Send) -> httpx.AsyncBaseTransport:
        if self._closed:
            raise GettyImagesError("the client is closed: make a new one")
        if self._transport is not None:
            return self._transport
        route = self._wiring.route(send.url, fresh=send.fresh)
        if route not in self._pools:
            pool = httpx.AsyncHTTPTransport(
                verify=self._wiring.context(route),
                proxy=route.proxy,
                limits=_wire.FRESH if route.fresh else _wire.POOLED,
            )
            _streams.bound(pool, lambda inner: _streams.AsyncBackend(inner, self._is_closed))
            self._pools[route] = pool
        return self._pools[route]
