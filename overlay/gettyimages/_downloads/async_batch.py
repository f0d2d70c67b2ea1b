"""Many downloads at once, in tasks of an event loop."""

from __future__ import annotations

import asyncio
import typing
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterable

from .._calls.steps import Call
from .batch import Setup
from .batch_rules import Budget, Lane, Shared, distinct_async, workers_for
from .parking import Parked, Watched
from .results import BatchResult, BatchSummary

T = typing.TypeVar("T")


class AsyncRunner(typing.Protocol):
    """Runs calls in an event loop."""

    async def run(self, call: Call[T], /) -> T:
        """Run a call to its end."""
        ...


class AsyncBatch:
    """The results of many downloads, as they complete: an iterator, and a context manager.

    Leaving the `async with` block early, by an error or because the task is cancelled too, stops
    it: nothing is asked for any more, and each file is finished or left for the next run. A loop
    without the block that is left by `break` stops it a moment later.
    """

    def __init__(
        self,
        runner: Callable[[], AsyncRunner],
        setup: Setup,
        ids: Iterable[str] | AsyncIterable[str],
        concurrency: int,
    ) -> None:
        self._runner = runner
        self._setup = setup
        self._ids = distinct_async(ids)
        self._concurrency = concurrency
        self._shared = Shared(setup.most, _Reserving(), setup.item)
        self._pending: asyncio.Queue[str] = asyncio.Queue()
        self._done: asyncio.Queue[BatchResult | BaseException] = asyncio.Queue()
        self._workers: dict[asyncio.Task[None], _Worker] = {}
        self._outstanding = 0
        self._is_exhausted = False
        self._state: typing.Literal["new", "open", "closed"] = "new"

    @property
    def summary(self) -> BatchSummary:
        """What came of all ids so far."""
        return self._shared.tally.summary

    async def __aiter__(self) -> AsyncGenerator[BatchResult, None]:
        try:
            while True:
                try:
                    result = await anext(self)
                except StopAsyncIteration:
                    return
                yield result
        finally:
            await self.aclose()

    async def __anext__(self) -> BatchResult:
        """The next result."""
        if self._state == "closed":
            raise StopAsyncIteration
        try:
            if self._state == "new":
                await self._start()
            await self._feed()
            if not self._outstanding:
                raise StopAsyncIteration
            result = await self._done.get()
            if isinstance(result, BaseException):
                raise result
        except BaseException:
            await self.aclose()
            raise
        self._outstanding -= 1
        return result

    async def __aenter__(self) -> typing.Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<AsyncBatch {self._state}, {self.summary}>"

    async def aclose(self) -> None:
        """Stop, and wait until each file is finished or parked. A second time does nothing."""
        if self._state == "closed":
            return
        is_open, self._state = self._state == "open", "closed"
        self._shared.stop()
        for task, worker in self._workers.items():
            if worker.is_parkable:
                task.cancel()
        cancelled = await _all_done(self._workers)
        if is_open:
            self._setup.end()
        await self._ids.aclose()
        self._shared.tally.end()
        if cancelled is not None:
            raise cancelled

    async def _start(self) -> None:
        self._state = "open"
        self._shared.tally.start()
        runner = self._runner()
        await runner.run(self._setup.begin())
        lanes = asyncio.Semaphore(self._concurrency)
        for _ in range(workers_for(self._concurrency)):
            worker = _Worker(runner, self._shared, lanes, self._pending, self._done)
            self._workers[asyncio.create_task(worker.work())] = worker

    async def _feed(self) -> None:
        """Take ids for all workers, and some to go on with, unless that keeps results waiting."""
        while not self._is_exhausted and self._outstanding < 2 * self._concurrency:
            if self._outstanding >= self._concurrency and not self._done.empty():
                return
            asset = await anext(self._ids, None)
            if asset is None:
                self._is_exhausted = True
                return
            self._pending.put_nowait(asset)
            self._outstanding += 1


class _Worker:
    """One of the tasks."""

    def __init__(
        self,
        runner: AsyncRunner,
        shared: Shared,
        lanes: asyncio.Semaphore,
        pending: asyncio.Queue[str],
        done: asyncio.Queue[BatchResult | BaseException],
    ) -> None:
        self._runner = runner
        self._shared = shared
        self._lanes = lanes
        self._pending = pending
        self._done = done
        self._watched: Watched | None = None

    @property
    def is_parkable(self) -> bool:
        """Whether it may be cancelled: it is idle, or what it does can be broken off."""
        return self._watched is None or self._watched.is_parkable

    async def work(self) -> None:
        """Save one asset after the other."""
        while not self._shared.is_over:
            await self._lanes.acquire()
            lane = Lane(self._lanes.release)
            try:
                asset = await self._pending.get()
                self._watched = Watched(lambda: self._shared.is_over, lane.leave)
                result = await self._runner.run(self._shared.result(asset, self._watched))
                self._done.put_nowait(result)
            except Parked:
                return
            except Exception as error:
                self._done.put_nowait(error)
            except BaseException as error:  # a function of the user's may have been cancelled
                self._done.put_nowait(error)
                raise
            finally:
                self._watched = None
                lane.leave()


class _Reserving:
    """Waits until it is clear whether a download may be used up."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()

    async def __call__(self, budget: Budget) -> bool:
        budget.changed = self._notify
        while (reply := budget.set_aside()) == "wait":
            await self._changed.wait()
        return reply == "yes"

    def _notify(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


async def _all_done(tasks: Iterable[asyncio.Task[None]]) -> asyncio.CancelledError | None:
    """Wait for tasks, whatever happens to the one that waits."""
    waiting = [task for task in tasks if not task.done()]
    cancelled = None
    while waiting:
        try:
            _, rest = await asyncio.wait(waiting)
            waiting = [*rest]
        except asyncio.CancelledError as error:
            cancelled = error
            waiting = [task for task in waiting if not task.done()]
    return cancelled
