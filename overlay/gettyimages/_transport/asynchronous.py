"""Carries out calls with asyncio."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import ssl
import typing
from collections.abc import AsyncGenerator, AsyncIterator, Callable

import httpcore
import httpx

from .. import _log
from .._auth.grants import Token
from .._calls.steps import Call, Close, Do, Effect, Failure, Open, Opened, Read, Renew, Send, Sleep
from .._errors import GettyImagesError
from .._response import RawResponse
from . import failures as _failures
from . import network as _streams
from . import pools as _wire

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

    async def run(self, call: Call[T], held: set[Opened] | None = None) -> T:
        """Run a call to its end, and close what it leaves open, unless the caller holds that."""
        self._check_loop()
        opened: set[Opened] = set() if held is None else held
        try:
            effect = next(call)
            while True:
                try:
                    outcome = await self._perform(effect, opened)
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
                await self.release(opened)

    async def release(self, opened: set[Opened]) -> None:
        """Close what was opened."""
        while opened:
            await _close(opened.pop())

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

    async def _perform(self, effect: Effect, opened: set[Opened]) -> object:
        match effect:
            case Send():
                return await self._send(effect)
            case Sleep():
                await asyncio.sleep(effect.seconds)
                return None
            case Renew():
                return await self._renew(effect)
            case Do(slow=True):
                return await _in_a_thread(effect.function)
            case Do():
                result = effect.function()
                return await result if inspect.isawaitable(result) else result
            case Open():
                return await self._open(effect, opened)
            case Read():
                return await _read(effect.opened)
            case Close():
                opened.discard(effect.opened)
                await _close(effect.opened)
                return None

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
        transport = self._pool(send.url, "spending" if send.fresh else "api")
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

    async def _open(self, asked: Open, opened: set[Opened]) -> Opened | Failure:
        transport = self._pool(asked.url, "file")
        try:
            request = _wire.file_request(asked)
            with _wire.quiet(asked):
                response = await transport.handle_async_request(request)
        except Exception as error:
            return _failures.failure(error)
        result = _wire.opened(asked, response, _body(asked, response))
        opened.add(result)
        return result

    def _pool(self, url: str, purpose: _wire.Purpose) -> httpx.AsyncBaseTransport:
        if self._closed:
            raise GettyImagesError("the client is closed: make a new one")
        if self._transport is not None:
            return self._transport
        route = self._wiring.route(url, purpose)
        if route not in self._pools:
            pool = httpx.AsyncHTTPTransport(
                verify=self._wiring.context(route),
                proxy=route.proxy,
                limits=route.limits,
            )
            _streams.bound(
                pool, lambda inner: _streams.AsyncBackend(inner, self._is_closed, route.piece)
            )
            self._pools[route] = pool
        return self._pools[route]


async def _in_a_thread(function: Callable[[], object]) -> object:
    """Run a function to its end, even if its caller is cancelled: it is at work on a file."""
    future = asyncio.get_running_loop().run_in_executor(None, function)
    cancelled: asyncio.CancelledError | None = None
    while not future.done():
        try:
            await asyncio.wait([future])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        future.exception()  # is not told to anybody: the call is over
        raise cancelled
    return future.result()


async def _body(asked: Open, response: httpx.Response) -> AsyncIterator[bytes]:
    # A transport of the user's may have the whole of it already.
    iterate = response.aiter_bytes if response.is_stream_consumed else response.aiter_raw
    pieces = typing.cast("AsyncGenerator[bytes]", iterate())
    async with contextlib.aclosing(pieces):
        first = await anext(pieces, b"")
        yield first
        left = _wire.rest(response, first)
        stream = response.extensions.get("network_stream")
        while left and stream is not None:
            try:
                piece = await stream.read(_streams.FILE_PIECE, asked.timeout)
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
        async for piece in pieces:
            yield piece


async def _read(opened: Opened) -> bytes | Failure:
    body = typing.cast("AsyncIterator[bytes]", opened.body)
    try:
        opened.asked.remaining()
        with _wire.quiet(opened.asked):
            return await anext(body, b"")
    except Exception as error:
        return _failures.failure(error)


async def _close(opened: Opened) -> None:
    try:
        with _wire.quiet(opened.asked):
            await typing.cast("AsyncGenerator[bytes]", opened.body).aclose()
            await typing.cast("httpx.Response", opened.response).aclose()
    except Exception as error:  # what was wanted of the connection has been had
        _log.closing_failed(error)
