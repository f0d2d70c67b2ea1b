"""Many downloads at once: the threads that save them, and batches for both clients."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
import typing
import warnings
import weakref
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterable, Iterator

from .._calls.arguments import check_ids, invalid, plain_id
from .._calls.deadline import Stop, Stopped
from .._errors import (
    DownloadOutcomeUnknownError,
    GettyImagesError,
    InvalidArgumentError,
    JournalError,
    LinkLostError,
    PermissionDeniedError,
)
from .._log import ShortTraceback
from .._process import OfProcess
from .engine import Engine, finish, finish_async, taken
from .file_request import Progress, Task
from .results import Budget, DownloadResult, DownloadSummary, NotRequestedError, Outcome
from .save import Saver, Session
from .settle import since_of

Delivered: typing.TypeAlias = DownloadResult | BaseException | None
"""A result, or an error that ends the batch; None if it is closed."""
Done = typing.TypeVar("Done", bound=queue.SimpleQueue[Delivered] | asyncio.Queue[Delivered])
Deliver: typing.TypeAlias = Callable[[Delivered], object]
AnyIds: typing.TypeAlias = Iterable[str | int | None] | AsyncIterable[str | int | None]

END = object()
_POLL = 1.0


class Pool:
    """The threads of a batch, which save and deliver what is submitted, unless `is_abandoned`."""

    def __init__(
        self, engine: Engine, task: Task, deliver: Deliver, is_abandoned: Callable[[], bool]
    ) -> None:
        engine.files()  # refuses a client that cannot fetch any
        self.engine = engine
        self._options, self._request = task
        lag, timeout = self._options.settle_after, self.engine.settings.timeout
        if lag is not None and lag < timeout:  # a request may be carried out after the look-up
            expected = f"at least the timeout of the client, {timeout:g} seconds"
            raise invalid("settle_after", expected, lag)
        self.stop = Stop()
        self.thread = self._thread(0, self._run)  # starts the others, and ends after them
        self.pending: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._deliver = deliver
        self._is_abandoned = is_abandoned
        name, most = self._options.budget, self._options.max_downloads
        self.budget = Budget(most if name is None else None)

    def end(self) -> None:
        """Stop the threads, and wake those that wait for work or for the budget."""
        self.stop.set()
        self.budget.close()
        for _ in range(self._options.concurrency):
            self.pending.put(END)

    def _run(self) -> None:
        """Open the journal, save in this thread and in others, and close it after all of them."""
        threads: list[threading.Thread] = []
        with self._delivering(), ShortTraceback(), contextlib.ExitStack() as opened:
            session = Session(self.engine, self._options, self.stop, self.budget, check=True)
            opened.callback(session.journal.close)
            self.budget.share(session.journal.store, self._options)
            self._look_up(session)
            with self._delivering():
                for number in range(1, self._options.concurrency):
                    thread = self._thread(number, lambda: self._work(session))
                    thread.start()
                    threads.append(thread)
            self._work(session)
            for thread in threads:
                thread.join()

    def _thread(self, number: int, target: Callable[[], object]) -> threading.Thread:
        return threading.Thread(target=target, name=f"gettyimages-batch-{number}", daemon=False)

    @contextlib.contextmanager
    def _delivering(self) -> Iterator[None]:
        """Deliver an error, which ends the batch."""
        try:
            yield
        except Stopped:
            pass
        except BaseException as error:
            self._deliver(error)

    def _work(self, session: Session) -> None:
        with self._delivering():
            while not self.stop.is_set:
                with contextlib.suppress(queue.Empty):
                    asset_id = self.pending.get(timeout=_POLL)
                    if asset_id is END:
                        return
                    # What is not a string is a result with an error.
                    result, is_paid = self._result(typing.cast("str", asset_id), session)
                    self.budget.add(result, is_paid=is_paid)
                    self._deliver(result)
                if self._is_abandoned():
                    self.stop.set()

    def _look_up(self, session: Session) -> None:
        """Look up all unknown outcomes in one pass over the history."""
        if session.is_shared:  # what others have under way is among them: each reads its own
            return
        unknown = session.journal.entries(unknown_only=True)
        if unknown and not self._options.allow_repurchase:
            with contextlib.suppress(GettyImagesError):  # each will be looked up by itself
                may_purchase = self._options.settle_after is not None
                since = min(since_of(one, may_purchase=may_purchase) for one in unknown)
                session.history.look_up("", since, entries=unknown)

    def _progress(self, asset_id: str) -> Progress | None:
        function, notify = self._options.on_progress, self.engine.notify
        return function and (
            lambda done, size: notify(lambda: function(asset_id, done, size), self.stop)
        )

    def _result(self, asset_id: str, session: Session) -> tuple[DownloadResult, bool]:
        """Save a file, and return the result, and whether the file is paid for."""
        outcome: Outcome = "failed"
        is_dry = self._options.dry_run
        try:
            saver = Saver(session, self._request(asset_id), self._progress(asset_id))
        except InvalidArgumentError as error:
            return DownloadResult(id=asset_id, outcome=outcome, error=error), False
        try:
            with ShortTraceback():
                file = saver.dry_run() if is_dry else saver.save()
        except Stopped:
            raise
        except NotRequestedError:
            return DownloadResult(id=asset_id, outcome="not_requested"), False
        except Exception as error:
            used, is_paid = saver.used is True, saver.has_link or saver.used is True
            if isinstance(error, JournalError) and not (is_paid or is_dry):
                session.journal.check()  # else each file would wait for it in turn
            if isinstance(error, PermissionDeniedError) and error.code == "OverageLimitReached":
                self.budget.close(str(error))
            if isinstance(error, LinkLostError):
                outcome = "link_lost"
            elif isinstance(error, DownloadOutcomeUnknownError) or saver.used is None:
                outcome = "outcome_unknown"
            result = DownloadResult(id=asset_id, outcome=outcome, error=error, download_used=used)
            return result, is_paid
        outcome = "would_save" if file is None else "skipped" if file.skipped else "saved"
        used = saver.used is True
        return DownloadResult(id=asset_id, outcome=outcome, file=file, download_used=used), True


class Batch(OfProcess, typing.Generic[Done]):
    """What both kinds of batches have in common: which ids are under way, and the summary.

    Attributes:
        unread: The results that were there, but had not been read, when the batch was closed.
    """

    _is_closed = True  # until it has been made

    def __init__(self, engine: Callable[[], Engine], task: Task, done: Done) -> None:
        self._engine, self._task, self._done = engine, task, done
        self._seen: set[str] = set()
        self._outstanding = 0
        self._is_exhausted = False
        self.unread: list[DownloadResult] = []
        self._is_closed = False
        super().__init__()

    def _begin(self) -> None:
        # The threads of a batch that has begun are in the parent, and so are their requests.
        self._is_inherited = vars(self).get("_pool") is not None
        if self._is_inherited:
            self._finalizer.detach()
        self._pool: Pool | None = None

    def __del__(self) -> None:
        if not (self._is_closed or self._pool or self._is_inherited):
            text = f"{self!r} was never read, so nothing was saved: loop over it, or call run()"
            warnings.warn(text, ResourceWarning, stacklevel=2, source=self)

    @property
    def summary(self) -> DownloadSummary:
        """The results for all ids so far."""
        return self._pool.budget.summary if self._pool else DownloadSummary()

    def __repr__(self) -> str:
        state = "closed" if self._is_closed else "open" if self._pool else "new"
        return f"<{type(self).__name__} {state}, {self.summary}>"

    def _start(self, deliver: Deliver, is_abandoned: Callable[[], bool]) -> Pool:
        if self._is_inherited:
            text = "this batch was begun by the parent of this process: make a new one"
            raise GettyImagesError(text)
        self._pool = pool = Pool(self._engine(), self._task, deliver, is_abandoned)
        self._finalizer = weakref.finalize(self, pool.end)
        if not self._is_closed:  # by another thread, meanwhile
            pool.thread.start()
        return pool

    @contextlib.contextmanager
    def _closing(self) -> Iterator[Pool | None]:
        """Stop the threads, for which the block waits, and keep the results that were not read."""
        self._is_closed = True
        self._done.put_nowait(None)
        if self._pool is not None:
            self._pool.end()
        try:
            yield self._pool
        finally:
            with contextlib.suppress(queue.Empty, asyncio.QueueEmpty):
                while True:
                    result = self._done.get_nowait()
                    if isinstance(result, DownloadResult):
                        self.unread.append(result)
            self._done.put_nowait(None)  # another thread or task may be waiting for a result
            if self._pool is not None:
                self._pool.budget.end()

    def _wants_id(self) -> bool:
        """Whether to submit an id: for each thread, and some more unless results are waiting."""
        enough = self._task.options.concurrency * (2 if self._done.empty() else 1)
        return not self._is_exhausted and self._outstanding < enough

    def _submit(self, pool: Pool, asset_id: object) -> None:
        """Have an id saved, unless it came before."""
        if asset_id is END:
            self._is_exhausted = True
            return
        with contextlib.suppress(InvalidArgumentError):  # else its result has the error
            asset_id = plain_id(asset_id)
        if isinstance(asset_id, str):
            if asset_id in self._seen:
                return
            self._seen.add(asset_id)
        pool.pending.put(asset_id)
        self._outstanding += 1

    def _result(self, delivered: Delivered, end: type[Exception]) -> DownloadResult:
        """Return what was delivered, or raise the error that ends the batch."""
        if delivered is None:  # the batch was closed meanwhile
            raise end
        if isinstance(delivered, BaseException):
            raise delivered
        self._outstanding -= 1
        return delivered


class DownloadBatch(Batch[queue.SimpleQueue[Delivered]]):
    """The results of many downloads, as they complete: an iterator, and a context manager.

    Leaving the loop or the `with` block early stops the batch: see `Downloads.save_images`.
    """

    def __init__(
        self, engine: Callable[[], Engine], task: Task, ids: Iterable[str | int | None]
    ) -> None:
        check_ids(ids, Iterable)
        super().__init__(engine, task, queue.SimpleQueue())
        self._ids = iter(ids)
        self._reader = [threading.current_thread()]

    def __iter__(self) -> Iterator[DownloadResult]:
        try:
            with contextlib.suppress(StopIteration):
                while True:
                    yield next(self)
        finally:
            self.close()

    def __next__(self) -> DownloadResult:
        if self._is_closed:
            raise StopIteration
        self._reader[:] = [threading.current_thread()]
        reader = self._reader  # the threads must not keep the batch alive
        try:
            # Without a reader, and with an interpreter that only waits for the threads, they end.
            pool = self._pool or self._start(
                self._done.put,
                lambda: not (threading.main_thread().is_alive() or reader[0].is_alive()),
            )
            while self._wants_id():
                self._submit(pool, next(self._ids, END))
            if not self._outstanding:
                raise StopIteration
            with ShortTraceback():
                return self._result(taken(self._done), StopIteration)
        except BaseException:
            self.close()
            raise

    def run(self) -> DownloadSummary:
        """Save all files, and return the summary: for results that need not be seen one by one."""
        for _ in self:
            pass
        return self.summary

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the batch, and wait for what has been paid for until its link is recorded."""
        if not self._is_closed:
            with self._closing() as pool:
                if pool is not None:
                    finish(pool.engine, pool.thread, pool.stop)


class AsyncDownloadBatch(Batch[asyncio.Queue[Delivered]]):
    """The results of many downloads, as they complete: iterator and context manager for asyncio.

    Leaving the `async with` block early, by a cancellation too, stops the batch: see
    `Downloads.save_images`. Leaving a loop without the block stops it a moment later.
    """

    def __init__(self, engine: Callable[[], Engine], task: Task, ids: AnyIds) -> None:
        check_ids(ids, Iterable, AsyncIterable)
        super().__init__(engine, task, asyncio.Queue())
        self._ids = _each(ids)

    async def __aiter__(self) -> AsyncGenerator[DownloadResult, None]:
        try:
            with contextlib.suppress(StopAsyncIteration):
                while True:
                    yield await anext(self)
        finally:
            await self.close()

    async def __anext__(self) -> DownloadResult:
        if self._is_closed:
            raise StopAsyncIteration
        try:
            pool = self._pool or self._start_beside_loop()
            while not self._is_closed and self._wants_id():
                self._submit(pool, await anext(self._ids, END))
            if not self._outstanding:
                raise StopAsyncIteration
            delivered = await self._done.get()
            with ShortTraceback():
                return self._result(delivered, StopAsyncIteration)
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
        try:
            with self._closing() as pool:
                if pool is not None:
                    await finish_async(pool.engine, pool.thread, pool.stop)
                    await asyncio.sleep(0)  # the last results are on their way
        finally:
            with contextlib.suppress(RuntimeError):  # whoever iterates is waiting for an id
                await self._ids.aclose()

    aclose = close

    def _start_beside_loop(self) -> Pool:
        from .._transport.asynchronous import has_ended  # which the blocking client does without

        loop, put = asyncio.get_running_loop(), self._done.put_nowait

        def deliver(result: Delivered) -> None:
            with contextlib.suppress(RuntimeError):  # the loop may have ended
                loop.call_soon_threadsafe(put, result)

        return self._start(deliver, lambda: has_ended(loop))


async def _each(ids: AnyIds) -> AsyncGenerator[str | int | None, None]:
    if isinstance(ids, AsyncIterable):
        async for one in ids:
            yield one
    else:
        for one in ids:
            yield one
