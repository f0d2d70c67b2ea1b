"""Carries out calls with asyncio."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import inspect
import threading
import typing
from collections.abc import Callable, Coroutine, Iterator

import httpcore
import httpx

from .._calls.deadline import POLL, Stop
from .._calls.outcome import Outcome
from .._calls.steps import Blocking, Call, Callback, Lock, Send, Sleep, Step
from .._errors import GettyImagesError, InvalidArgumentError
from .._log import SecretURL
from .._process import OfProcess
from . import blocking
from .network import AsyncBackend, bounded, started
from .pools import Body, Pools, Verify, failure, http_request

T = typing.TypeVar("T")

_GRACE = 0.1
"""Seconds that connecting has to time out by itself: then it is certain that nothing was sent."""
_POLL = 1.0
"""Seconds after which a thread looks whether the event loop still exists."""


class _AsyncConnections(Pools[httpx.AsyncBaseTransport]):
    kind = httpx.AsyncBaseTransport
    pool = httpcore.AsyncConnectionPool
    backend = AsyncBackend


class AsyncDriver(OfProcess):
    """Runs calls, and holds the lock under which their token is renewed."""

    def __init__(self, proxy: SecretURL, verify: Verify, own: object, for_files: object) -> None:
        self._connections = _AsyncConnections(proxy, verify, own, "transport")
        # What uses up a download is sent by the thread that records its link, if the user's own
        # transport does not forbid that: the end of an event loop cancels all that runs on it.
        self._in_threads = blocking.Driver(proxy, verify, None, for_files)
        self._is_own = own is not None
        self._has_files = own is None or for_files is not None
        super().__init__()
        self.check_loop()

    def _begin(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._renewing = asyncio.Lock()
        self._renewal: asyncio.Future[object] | None = None

    def files(self) -> blocking.Connections:
        """Return the connections for files, which are fetched in threads."""
        if not self._has_files:
            text = "files are fetched in threads: with transport=, pass file_transport= too"
            raise InvalidArgumentError(text)
        return self._in_threads.files()

    async def close(self, stop_timeout: float) -> None:
        """Close as the blocking driver does, without blocking the event loop."""
        self._connections.is_closed = True
        with contextlib.closing(self._in_threads.closing(stop_timeout)) as moments:
            try:
                await waited(moments)
            finally:
                for transport in self._connections.taken():
                    await transport.aclose()

    async def run(self, call: Call[T]) -> T:
        self.check_loop()
        try:
            step = next(call)
            while True:
                try:
                    outcome = await self._perform(step)
                except Exception as error:
                    step = call.throw(error)
                else:
                    step = call.send(outcome)
        except StopIteration as stop:
            return typing.cast("T", stop.value)
        finally:
            call.close()

    def run_in_thread(self, call: Call[T], stop: Stop) -> T:
        """Run a call from another thread, with its requests sent by the event loop."""

        def perform(step: Step) -> object:
            match step:
                case Send(purpose="spending") if self._is_own:
                    return self.call_soon(self._perform(step), None)
                case Send(purpose="spending") | Sleep() | Blocking():
                    return self._in_threads.perform(step, stop)
                case Callback():  # what the call has brought must not be lost, as by a stop
                    try:
                        return self.call_soon(self._perform(step), None)
                    except (asyncio.CancelledError, KeyboardInterrupt, SystemExit):
                        raise GettyImagesError("a function of the user's was cancelled") from None
            return self.call_soon(self._perform(step), stop)

        return blocking.run(call, perform)

    def notify(self, function: Callable[[], object], stop: Stop) -> object:
        """Call a function of the user's on the event loop, from another thread."""
        return self.call_soon(_returned(function), stop)

    def call_soon(self, coroutine: Coroutine[object, object, T], stop: Stop | None) -> T:
        """Run a coroutine on the event loop from another thread, and wait for its result.

        `asyncio.CancelledError` if the loop ends, or cancels the coroutine.
        """
        loop = self._loop
        assert loop is not None, "the thread was started from it"
        try:
            future = asyncio.run_coroutine_threadsafe(coroutine, loop)
        except RuntimeError:
            coroutine.close()
            raise GettyImagesError("the event loop of this client has ended") from None
        with contextlib.nullcontext() if stop is None else stop.closing(future.cancel):
            while not concurrent.futures.wait([future], _POLL).done:
                if has_ended(loop):
                    raise asyncio.CancelledError
            try:
                return future.result()
            except concurrent.futures.CancelledError:
                if stop is not None:
                    stop.check()
                # A request may have been sent: this must not look like a refusal.
                raise asyncio.CancelledError from None

    def check_loop(self) -> None:
        """Bind the driver to the running event loop, or refuse another one."""
        self._loop = self._loop or asyncio.get_running_loop()
        if asyncio.get_running_loop() is not self._loop:
            text = "this client belongs to another event loop: make one client for each"
            raise GettyImagesError(text)

    async def _perform(self, step: Step) -> object:
        match step:
            case Send():
                return await self._send(step)
            case Sleep():
                await asyncio.sleep(step.seconds)
                return None
            case Lock():
                return await self._locked(step)
            case Callback():
                return await _returned(step.function)
            case Blocking():
                return await in_thread(step.function)

    async def _locked(self, lock: Lock) -> object:
        try:
            async with asyncio.timeout(lock.deadline.remaining()):
                await self._renewing.acquire()
        except TimeoutError:
            raise lock.deadline.passed() from None
        # Not to be cancelled with its caller: a refresh token may be used up already, with its
        # successor on the way. The lock is held until the renewal is done.
        renewal = self._renewal = asyncio.ensure_future(self.run(lock.call()))
        renewal.add_done_callback(lambda _: self._renewing.release())
        return await asyncio.shield(renewal)

    async def _send(self, send: Send) -> Outcome:
        transport = self._connections.transport(send.url, send.purpose)
        request = http_request(send)
        time_left = asyncio.timeout(send.deadline.remaining() + _GRACE)
        try:
            with self._in_threads.counted(send), bounded(send.deadline):
                async with (
                    time_left,
                    contextlib.aclosing(await transport.handle_async_request(request)) as response,
                ):
                    if send.is_file and send.is_file(response.status_code, response.headers):
                        # Only a transport of the user's sends it here, perhaps read and decoded.
                        is_read = response.is_stream_consumed
                        chunks = response.aiter_bytes() if is_read else response.aiter_raw()
                        pieces = iter([one async for one in chunks])
                        file = blocking.OpenFile(response, pieces, send.deadline)
                        return blocking.FileResponse(file, contextlib.ExitStack())
                    body = Body(send, response)
                    if body.is_needed:
                        async for chunk in response.aiter_bytes():
                            body.add(chunk)
        except Exception as error:
            return failure(send.deadline.passed() if time_left.expired() else error)
        return body.complete()


async def _returned(function: Callable[[], object]) -> object:
    result = function()
    return await result if inspect.isawaitable(result) else result


async def in_thread(function: Callable[[], T]) -> T:
    """Call a function in a thread of its own: those of the event loop may all be taken."""
    return await asyncio.shield(asyncio.wrap_future(started(function)))


async def waited(moments: Iterator[None]) -> None:
    """Wait for the end of an iterator without blocking the event loop. Cancellations wait, too."""
    cancelled: asyncio.CancelledError | None = None
    for _ in moments:
        try:
            await asyncio.sleep(POLL)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled


def has_ended(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether an event loop is closed, or has stopped in a program that only waits for threads."""
    return loop.is_closed() or not (loop.is_running() or threading.main_thread().is_alive())
