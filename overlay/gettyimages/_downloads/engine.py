"""What saving files needs of a client: calls of the API, connections, and threads of our own.

Saving is blocking code in threads, for both clients. `AsyncGettyImages` lends it its event loop
for calls of the API only. A caller that is interrupted or cancelled stops the work, and waits only
for a request that uses up a download, until its link is recorded, at most `stop_timeout`.
"""

from __future__ import annotations

import contextlib
import copy
import queue
import threading
import time
import typing
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future

from gettyimages_rest import types

from .._calls.deadline import POLL, Stop, Stopped
from .._calls.request import operation_request
from .._calls.responses import parsed
from .._calls.retries import TakeSlot
from .._calls.steps import FileTest
from .._exchange import Exchange
from .._log import ShortTraceback
from .._process import LazyModule
from .._response import DownloadLink, RawResponse
from .._settings import Settings
from .._transport import blocking

if typing.TYPE_CHECKING:
    import asyncio

    from .._transport.asynchronous import AsyncDriver
else:
    asyncio = LazyModule("asyncio")

T = typing.TypeVar("T")
Function: typing.TypeAlias = Callable[[], object]
Call: typing.TypeAlias = Callable[[Function], object]
"""Calls a function of the user's where the user expects it to be called."""
Work: typing.TypeAlias = Callable[[Stop, Call], T]
"""Gets what stops it, and what calls functions of the user's."""

_GRACE = 2.0
"""Seconds in which threads end that are not waiting for anything."""


class Engine:
    """Calls the API and opens files, from any thread."""

    def __init__(
        self, exchange: Exchange, settings: Settings, driver: blocking.Driver | AsyncDriver
    ) -> None:
        self.settings = settings
        self.server_time = exchange.server_time
        self.account = exchange.account
        self._exchange = exchange
        self._run_in_thread = driver.run_in_thread
        self.files = driver.files
        """Returns the connections for files; an error if the client is closed, or has none."""
        self.notify = driver.notify
        """Calls a function of the user's, where the user expects it to be called."""

    def call(
        self,
        operation: types.Operation[T],
        request: types.Request,
        stop: Stop,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        before_send: Function = lambda: None,
        is_file: FileTest | None = None,
    ) -> tuple[T, RawResponse]:
        """Call the API, and return the parsed response and the raw one (a `FileResponse`, if so).

        Raises:
            Stopped: The work is to stop. A request that spends is waited for once it is sent.
        """
        api_request = operation_request(operation, request, headers)._replace(is_file=is_file)
        call = self._exchange.call(api_request, self.settings, timeout, stop, before_send)
        response = self._run_in_thread(call, stop)
        if isinstance(response, blocking.FileResponse):  # there is nothing to parse
            return typing.cast("T", None), response
        return parsed(operation, response), response

    def sharing(self, take_slot: TakeSlot) -> Engine:
        """Return this engine with the rate of its requests in a journal that is shared."""
        other = copy.copy(self)
        other.settings = copy.copy(self.settings)
        other.settings.take_slot = take_slot
        return other


def run(engine: Engine, work: Work[T]) -> T:
    """Do work in a thread, and call functions of the user's in the thread of the caller."""
    calls: queue.SimpleQueue[tuple[Function, Future[object]] | None] = queue.SimpleQueue()
    stop, result = Stop(), Future[T]()
    result.add_done_callback(lambda _: calls.put(None))

    def call(function: Function) -> object:
        called = Future[object]()
        calls.put((function, called))
        try:
            with stop.closing(called.cancel):
                return called.result()
        except CancelledError:
            raise Stopped("the download was stopped") from None

    thread = _thread(result, lambda: work(stop, call))
    try:
        thread.start()
        while (item := taken(calls)) is not None:
            function, called = item
            try:
                called.set_result(function())
            except Exception as error:
                called.set_exception(error)
        return result.result()
    except BaseException as error:
        if not result.done():
            finish(engine, thread, stop)
        _hand_over(error, result)
        raise
    finally:
        del result  # breaks the circle of an error and its frames


async def run_async(engine: Engine, work: Work[T]) -> T:
    """Do work in a thread, and call functions of the user's on the event loop."""
    stop, result = Stop(), Future[T]()
    thread = _thread(result, lambda: work(stop, lambda function: engine.notify(function, stop)))
    try:
        thread.start()
        return await asyncio.wrap_future(result)
    except BaseException as error:
        if not result.done():
            with contextlib.suppress(asyncio.CancelledError):  # once more
                await finish_async(engine, thread, stop)
        _hand_over(error, result)
        raise
    finally:
        del result


def taken(items: queue.SimpleQueue[T]) -> T:
    """Wait for the next item. Without a timeout, Windows ignores Ctrl-C."""
    while True:
        with contextlib.suppress(queue.Empty):
            return items.get(timeout=1.0)


def _thread(result: Future[T], work: Callable[[], T]) -> threading.Thread:
    result.set_running_or_notify_cancel()  # from now on it cannot be cancelled
    return threading.Thread(
        target=_work, args=(result, work), name="gettyimages-save", daemon=False
    )


def _hand_over(error: BaseException, result: Future[T]) -> None:
    """Give a link or a file that was paid for, and that nothing else has, to an interrupt."""
    if result.done() and result.exception() is not error:
        failure = result.exception()
        link = result.result() if failure is None else getattr(failure, "link", None)
        if isinstance(link, DownloadLink):
            vars(error)["link"] = link
            error.add_note("A download was used up; the attribute `link` of this exception has it.")
        elif getattr(failure, "path", None) is not None:
            error.add_note(str(failure))


def _work(result: Future[T], work: Callable[[], T]) -> None:
    try:
        with ShortTraceback():
            result.set_result(work())
    except Exception as error:
        result.set_exception(error)
    except BaseException:  # of a function of the user's: the event loop has raised it already
        result.set_exception(Stopped("the download was stopped"))
    finally:
        del result


def finish(engine: Engine, thread: threading.Thread, stop: Stop) -> None:
    """Stop a thread, and wait for it as long as it is paying."""
    stop.set()
    for _ in _polls(engine, thread, stop):
        thread.join(POLL)


async def finish_async(engine: Engine, thread: threading.Thread, stop: Stop) -> None:
    """The same, without blocking the event loop. Later cancellations change nothing."""
    from .._transport.asynchronous import waited  # which the blocking client does without

    stop.set()
    await waited(_polls(engine, thread, stop))


def _polls(engine: Engine, thread: threading.Thread, stop: Stop) -> Iterator[None]:
    """Yield until a thread has ended, or need not be waited for any longer."""
    start = paid = time.monotonic()
    while thread.is_alive():
        now = time.monotonic()
        paid = now if stop.is_paying else paid  # what it has paid for is still to be handed over
        if now >= min(start + engine.settings.stop_timeout, paid + _GRACE):
            return
        yield
