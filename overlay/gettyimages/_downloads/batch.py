"""Many downloads at once, in threads."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
import types
import typing
import weakref
from collections.abc import Callable, Iterable, Iterator

from .._calls.steps import Call
from .batch_rules import Budget, Item, Lane, Shared, distinct, workers_for
from .parking import Parked, Watched
from .results import BatchResult, BatchSummary

T = typing.TypeVar("T")

_PATIENCE = 1.0


class Setup(typing.Protocol):
    """What a batch works on."""

    most: int | None

    def begin(self) -> Call[None]:
        """Make it ready."""
        ...

    def item(self, asset: str, /) -> Item:
        """One asset to be saved."""
        ...

    def end(self) -> None:
        """Give everything back."""
        ...


class Runner(typing.Protocol):
    """Runs calls with blocking I/O."""

    def run(self, call: Call[T], /) -> T:
        """Run a call to its end."""
        ...


class Batch:
    """The results of many downloads, as they complete: an iterator, and a context manager.

    Leaving the loop or the `with` block early, by an error, Ctrl-C or SIGTERM too, stops it:
    nothing is asked for any more, and each file is finished or left for the next run.
    """

    def __init__(
        self, runner: Callable[[], Runner], setup: Setup, ids: Iterable[str], concurrency: int
    ) -> None:
        self._runner = runner
        self._setup = setup
        self._ids = distinct(ids)
        self._concurrency = concurrency
        self._shared = Shared(setup.most, _Reserving(), setup.item)
        self._pending: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[BatchResult | BaseException] = queue.SimpleQueue()
        self._workers: list[threading.Thread] = []
        self._outstanding = 0
        self._is_exhausted = False
        self._state: typing.Literal["new", "open", "closed"] = "new"
        self._reader = _Reader()
        self._termination = _Termination(self)

    @property
    def summary(self) -> BatchSummary:
        """What came of all ids so far."""
        return self._shared.tally.summary

    def __iter__(self) -> Iterator[BatchResult]:
        try:
            while True:
                try:
                    result = next(self)
                except StopIteration:
                    return
                yield result
        finally:
            self.close()

    def __next__(self) -> BatchResult:
        """The next result."""
        if self._state == "closed":
            raise StopIteration
        self._reader.thread = threading.current_thread()
        try:
            if self._state == "new":
                self._start()
            self._feed()
            if not self._outstanding:
                raise StopIteration
            result = self._take()
        except BaseException:
            self.close()
            raise
        self._outstanding -= 1
        return result

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Batch {self._state}, {self.summary}>"

    def close(self) -> None:
        """Stop, and wait until each file is finished or parked. A second time does nothing."""
        if self._state == "closed":
            return
        is_open, self._state = self._state == "open", "closed"
        self._termination.defer()
        self._shared.stop()
        try:
            for _ in self._workers:
                self._pending.put(None)
            for worker in self._workers:
                while worker.is_alive():
                    worker.join(_PATIENCE)
            if is_open:
                self._setup.end()
        finally:
            self._shared.tally.end()
            self._termination.end()

    def _start(self) -> None:
        self._state = "open"
        self._shared.tally.start()
        self._termination.begin()
        runner = self._runner()
        runner.run(self._setup.begin())
        count = workers_for(self._concurrency)
        lanes = threading.Semaphore(self._concurrency)
        weakref.finalize(self, _abandon, self._shared, self._pending, count)
        for number in range(count):
            arguments = (runner, self._shared, lanes, self._reader, self._pending, self._done)
            worker = threading.Thread(
                target=_work, args=arguments, name=f"gettyimages-batch-{number}", daemon=False
            )
            worker.start()
            self._workers.append(worker)

    def _feed(self) -> None:
        """Take ids for all workers, and some to go on with, unless that keeps results waiting."""
        while not self._is_exhausted and self._outstanding < 2 * self._concurrency:
            if self._outstanding >= self._concurrency and not self._done.empty():
                return
            asset = next(self._ids, None)
            if asset is None:
                self._is_exhausted = True
                return
            self._pending.put(asset)
            self._outstanding += 1

    def _take(self) -> BatchResult:
        while True:
            with contextlib.suppress(queue.Empty):
                result = self._done.get(timeout=_PATIENCE)
                if isinstance(result, BaseException):
                    raise result
                return result


class _Reader:
    """The thread that takes the results."""

    def __init__(self) -> None:
        self.thread = threading.current_thread()

    @property
    def is_gone(self) -> bool:
        """Whether nobody will take any more, as the interpreter waits for its threads to end."""
        return not (threading.main_thread().is_alive() or self.thread.is_alive())


def _work(
    runner: Runner,
    shared: Shared,
    lanes: threading.Semaphore,
    reader: _Reader,
    pending: queue.SimpleQueue[str | None],
    done: queue.SimpleQueue[BatchResult | BaseException],
) -> None:
    """What a thread does. It holds no reference to the batch, so that nobody can forget that."""

    def is_over() -> bool:
        if reader.is_gone:
            shared.stop()
        return shared.is_over

    while True:
        lanes.acquire()
        lane = Lane(lanes.release)
        try:
            asset = pending.get(timeout=_PATIENCE)
            if asset is None or is_over():
                return
            done.put(runner.run(shared.result(asset, Watched(is_over, lane.leave))))
        except queue.Empty:
            if is_over():
                return
        except Parked:
            continue
        except BaseException as error:
            done.put(error)
        finally:
            lane.leave()


def _abandon(shared: Shared, pending: queue.SimpleQueue[str | None], workers: int) -> None:
    shared.stop()
    for _ in range(workers):
        pending.put(None)


class _Reserving:
    """Waits until it is clear whether a download may be used up."""

    def __init__(self) -> None:
        self._condition = threading.Condition()

    def __call__(self, budget: Budget) -> bool:
        budget.changed = self._notify
        with self._condition:
            while (reply := budget.set_aside()) == "wait":
                self._condition.wait(_PATIENCE)
        return reply == "yes"

    def _notify(self) -> None:
        with self._condition:
            self._condition.notify_all()


class Terminated(SystemExit):
    """SIGTERM has come; the process ends as soon as all files are finished or parked."""


class _Termination:
    """Makes SIGTERM stop a batch, where nothing else is to be done about it."""

    def __init__(self, batch: Batch) -> None:
        self._batch = weakref.ref(batch)
        self._installed = False
        self._deferred = False
        self._came = False

    def begin(self) -> None:
        """From now on."""
        if threading.current_thread() is not threading.main_thread():
            return
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, self._handle)
            self._installed = True

    def defer(self) -> None:
        """The batch is being closed already, and `end` is next. A second signal does not wait."""
        self._deferred = threading.current_thread() is threading.main_thread()

    def end(self) -> None:
        """No more; and if it has come, let it do its work."""
        if not self._installed or threading.current_thread() is not threading.main_thread():
            return
        self._installed = False
        if signal.getsignal(signal.SIGTERM) == self._handle:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if self._came:
            os.kill(os.getpid(), signal.SIGTERM)

    def _handle(self, _number: int, _frame: types.FrameType | None) -> None:
        is_first, self._came = not self._came, True
        if is_first and self._deferred:
            return
        batch = self._batch()
        if batch is None or batch._state == "closed":
            self.end()
        raise Terminated(128 + signal.SIGTERM)
