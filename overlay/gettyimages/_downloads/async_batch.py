"""Many downloads at once, for asyncio: the same threads, read from the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import typing
from collections.abc import AsyncGenerator, AsyncIterable, Iterable

from .._calls.arguments import check_ids
from .._transport.asynchronous import has_ended
from .batch import END, Batch, Delivered, Pool, Task
from .engine import finish_async
from .results import DownloadResult, DownloadSummary


class AsyncDownloadBatch(Batch):
    """The results of many downloads, as they complete: iterator and context manager for asyncio.

    Leaving the `async with` block early, by an error or because the task is cancelled too, stops
    the batch: nothing is requested any more, and each file is finished, or left for the next run,
    which uses its link. A loop without the block that is left by `break` stops it a moment later.
    """

    def __init__(self, task: Task, ids: Iterable[str | int] | AsyncIterable[str | int]) -> None:
        check_ids(ids, Iterable, AsyncIterable)
        super().__init__(task)
        self._ids = _each(ids)
        self._done: asyncio.Queue[Delivered | None] = asyncio.Queue()

    async def __aiter__(self) -> AsyncGenerator[DownloadResult, None]:
        try:
            with contextlib.suppress(StopAsyncIteration):
                while True:
                    yield await anext(self)
        finally:
            await self.close()

    async def __anext__(self) -> DownloadResult:
        """Return the next result."""
        if self._is_closed:
            raise StopAsyncIteration
        try:
            pool = self._pool or self._start_beside_loop()
            while not self._is_closed and self._wants_id(has_results=not self._done.empty()):
                self._submit(pool, await anext(self._ids, END))
            if not self._outstanding:
                raise StopAsyncIteration
            result = await self._done.get()
            if result is None:  # the batch was closed meanwhile
                raise StopAsyncIteration
            return self._read(result)
        except BaseException:
            await self.close()
            raise

    async def run(self) -> DownloadSummary:
        """Save all files, and return the summary: for results that need not be seen one by one."""
        async for _ in self:
            pass
        return self.summary

    async def __aenter__(self) -> typing.Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop the batch, and wait for what has been paid for until its link is recorded."""
        if self._is_closed:
            return
        self._is_closed = True
        self._done.put_nowait(None)
        pool = self._pool
        try:
            if pool is not None:
                pool.end()
                await finish_async(pool.engine, pool.thread, pool.stop)
                await asyncio.sleep(0)  # the last results are on their way
        finally:
            self._keep_unread(self._done)
            self._done.put_nowait(None)
            with contextlib.suppress(RuntimeError):  # whoever iterates is waiting for an id
                await self._ids.aclose()
            self._tally.end()

    aclose = close

    def _start_beside_loop(self) -> Pool:
        loop, put = asyncio.get_running_loop(), self._done.put_nowait

        def deliver(result: Delivered) -> None:
            with contextlib.suppress(RuntimeError):  # the loop may have ended
                loop.call_soon_threadsafe(put, result)

        return self._start(deliver, lambda: has_ended(loop))


async def _each(
    ids: Iterable[str | int] | AsyncIterable[str | int],
) -> AsyncGenerator[str | int, None]:
    if isinstance(ids, AsyncIterable):
        async for one in ids:
            yield one
    else:
        for one in ids:
            yield one
