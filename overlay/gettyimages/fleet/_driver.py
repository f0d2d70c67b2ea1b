"""Files saved by a fleet: the functions and their keywords, and the batch.

The batch hands chunks of ids to the workers, and their results to the caller.
"""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import itertools
import logging
import os
import queue
import re
import threading
import time
import typing
import uuid
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import parse_qs, urlsplit

import distributed

from gettyimages import (
    DownloadError,
    DownloadInProgressError,
    DownloadResult,
    DownloadSummary,
    GettyImages,
    GettyImagesError,
    InvalidArgumentError,
    JournalError,
)
from gettyimages_rest.api.downloads.request_image_download import RequestImageDownloadOptions
from gettyimages_rest.api.downloads.request_video_download import RequestVideoDownloadOptions

from ._cluster import WORKER_SECONDS, Future, Scheduler, check, opened, without_workers
from ._worker import Chunk, Ids, Work, save, stop

_log = logging.getLogger("gettyimages")
_TIMES = 5
"""How often ids are tried again whose worker has died, or that are under way elsewhere."""
_JOURNAL_SECONDS = 60.0
"""How long a journal that cannot be used is waited for: a database may be starting."""
_STOP_SECONDS = 60.0
"""How long a stop waits for the workers, each of which waits for paid requests alone."""
_POLL = 2.0
_SECRET = re.compile("password|secret|scram_")

Opener: typing.TypeAlias = Callable[[], contextlib.AbstractContextManager[Scheduler]]
StrPath: typing.TypeAlias = str | os.PathLike[str]


class _SavingOptions(typing.TypedDict, total=False):
    budget: str | None
    max_downloads: int | None
    concurrency: int
    dry_run: bool
    settle_after: float | None
    overwrite: typing.Literal["skip", "replace", "error"]
    allow_repurchase: bool
    max_file_size: int
    cluster: distributed.Client | None
    workers: int | None
    make_client: Callable[..., GettyImages]
    max_requests_per_second: float | None
    chunk_size: int


class FleetOptions(RequestImageDownloadOptions, _SavingOptions, total=False):
    """The keywords of `save_images`, where they are explained."""


class FleetVideoOptions(RequestVideoDownloadOptions, _SavingOptions, total=False):
    """The keywords of `save_videos`: see `save_images`."""


def save_images(
    ids: Iterable[str | int | None],
    target: StrPath,
    *,
    journal: StrPath,
    **options: typing.Unpack[FleetOptions],
) -> FleetBatch:
    """Save many images by many processes, each of them paid for once.

    Run it again after anything, with the same journal and budget: it goes on where it was.

    Args:
        ids: Ids of images; taken as they are needed, each once.
        target: Where to save them, as for `downloads.save_images`. All workers must reach it.
        journal: The address of a Postgres database, or a file for workers of one machine.
        cluster: A connection to a Dask cluster, whose workers have this package; by default
            processes of this machine, which end with the batch.
        workers: How many processes; by default one for each CPU, at most 4. Without `cluster`.
        make_client: What makes the client of a worker, from the worker's environment or from
            wherever it gets its credentials: `GettyImages` by default, or a function of a module
            that the workers can import. It is called with `max_requests_per_second`.
        max_requests_per_second: How many requests all workers together may send.
        budget: The name of the budget in the journal that `max_downloads` belongs to, which runs
            share that use it. By default one of this run.
        max_downloads: How many downloads all workers together may use up.
        concurrency: How many images each worker requests and fetches at a time, by default 8.
        chunk_size: How many ids a task has, by default 50. Results come by chunks.
        **options: Those of `downloads.save_images`, for each image.

    Returns:
        An iterator of results with a `summary`; `run()` returns that without a loop. An image is
        `failed` if workers have died again and again that were to save it. A file that was saved
        by a worker that died is `skipped`, and its download is missing in `downloads_used`.

    Raises:
        InvalidArgumentError: An argument cannot be right; nothing has been sent.
        GettyImagesError: From the iterator: the journal or the target cannot be used, or the
            cluster is lost.
    """
    return _batch("save_images", FleetOptions, ids, target, journal, dict(options))


def save_videos(
    ids: Iterable[str | int | None],
    target: StrPath,
    *,
    journal: StrPath,
    **options: typing.Unpack[FleetVideoOptions],
) -> FleetBatch:
    """Save many videos by many processes, as `save_images` does images."""
    return _batch("save_videos", FleetVideoOptions, ids, target, journal, dict(options))


def _batch(
    method: str,
    declared: type,
    ids: Iterable[str | int | None],
    target: StrPath,
    journal: StrPath,
    options: dict[str, typing.Any],
) -> FleetBatch:
    for name in options:
        if name not in declared.__annotations__:
            raise InvalidArgumentError(f"{method}() has no argument {name!r}")
    cluster, workers = options.pop("cluster", None), options.pop("workers", None)
    make_client = _name_of(options.pop("make_client", GettyImages))
    rate, size = options.pop("max_requests_per_second", None), options.pop("chunk_size", 50)
    check(cluster)
    for name, count in (("workers", workers), ("chunk_size", size)):
        is_valid = isinstance(count, int) and count >= 1
        if not (is_valid or (name == "workers" and count is None)):
            raise InvalidArgumentError(f"{name} must be an integer from 1, found {count!r:.100}")
    if workers is not None and cluster is not None:
        raise InvalidArgumentError("workers must be left out with a cluster, which has its own")
    run = uuid.uuid4().hex
    if options.get("budget") is None:
        options["budget"] = f"fleet {run}"  # the rate belongs to it, too
    # An empty one, which is refused below, would become the current directory.
    options["journal"] = "" if journal == "" else _everywhere("journal", journal)
    place = _everywhere("target", target)
    with GettyImages(api_key="unused", from_env=False, max_requests_per_second=rate) as unused:
        getattr(unused.downloads, method)(ids, place, **options).close()  # checks the arguments
    work = Work(run, method, place, options, make_client, rate)
    count = workers or min(4, os.cpu_count() or 1)
    return FleetBatch(lambda: opened(cluster, count), work, ids, size)


def _everywhere(name: str, place: StrPath) -> str:
    """An address or a path as all workers understand it. It becomes part of the tasks."""
    if not isinstance(place, str | os.PathLike):
        raise InvalidArgumentError(f"{name} must be a path or an address")
    text = os.fspath(place)
    if "://" not in text:
        return os.path.abspath(text)  # noqa: PTH100 - as it is, without following links
    try:
        parts = urlsplit(text)
    except ValueError:
        raise InvalidArgumentError(f"{name} must be an address that is well-formed") from None
    if parts.password or any(map(_SECRET.search, parse_qs(parts.query))):
        raise InvalidArgumentError(
            f"{name} must not contain a password, as all workers and their scheduler see it: have"
            " them find it in their environment"
        )
    return text


def _name_of(function: Callable[..., GettyImages]) -> str:
    """The place where workers find a function: what it has taken along must not be sent to them."""
    import importlib
    import operator

    module = getattr(function, "__module__", None)
    qualified = getattr(function, "__qualname__", "")
    try:
        if module == "__main__":
            raise AttributeError
        found = operator.attrgetter(qualified)(importlib.import_module(str(module)))
    except (ImportError, AttributeError):
        found = None
    if found is not function:
        raise InvalidArgumentError(
            "make_client must be a function of a module that the workers can import, and not of"
            " the script that is run: they find it there by its name"
        )
    return f"{module}:{qualified}"


class FleetBatch:
    """The results of many downloads, as they come: an iterator, and a context manager.

    Leaving the loop or the `with` block early, by an error or Ctrl-C too, stops the batch: tasks
    that have not begun are dropped, and the workers request nothing any more. Each file is
    finished, or left for the next run, which uses its link.

    Attributes:
        unread: The results that were there, but had not been read, when the batch was closed.
    """

    def __init__(
        self, opener: Opener, work: Work, ids: Iterable[str | int | None], chunk_size: int
    ) -> None:
        self.unread: list[DownloadResult] = []
        self._opener = opener
        self._work = work
        self._ids = _each_once(ids)
        self._size = chunk_size
        self._cluster = contextlib.ExitStack()
        self._scheduler: Scheduler | None = None
        self._tasks: dict[Future[Chunk], Ids] = {}
        self._done: queue.SimpleQueue[Future[Chunk]] = queue.SimpleQueue()
        self._ready: collections.deque[DownloadResult] = collections.deque()
        self._later: dict[str | int | None, DownloadResult] = {}
        """What is tried again at the end, and the result if that is in vain."""
        self._numbers = itertools.count()
        self._round, self._pause = 0, 0.0
        self._failing_since: float | None = None
        self._has_worked = False
        self._counts = collections.Counter[str]()
        self._stopped_because: str | None = None
        self._started, self._ended = time.monotonic(), 0.0
        self._is_closed = False

    @property
    def summary(self) -> DownloadSummary:
        """The results for all ids so far."""
        seconds = (self._ended or time.monotonic()) - self._started
        because = self._stopped_because
        return DownloadSummary(**self._counts, seconds=seconds, stopped_because=because)

    def __repr__(self) -> str:
        state = "closed" if self._is_closed else "open" if self._scheduler else "new"
        return f"<{type(self).__name__} {state}, {self.summary}>"

    def __iter__(self) -> Iterator[DownloadResult]:
        try:
            with contextlib.suppress(StopIteration):
                while True:
                    yield next(self)
        finally:
            self.close()

    def __next__(self) -> DownloadResult:
        """Return the next result."""
        if self._is_closed:
            raise StopIteration
        try:
            if self._scheduler is None:
                self._scheduler = self._cluster.enter_context(self._opener())
                if self._is_closed:  # by another thread, meanwhile
                    self._cluster.close()
            while not self._ready:
                self._submit(self._scheduler)
                if self._tasks:
                    self._take(self._next_done(self._scheduler))
                elif not self._ready:
                    raise StopIteration
        except BaseException:
            self.close()
            raise
        return self._ready.popleft()

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
        if self._is_closed:
            return
        self._is_closed = True
        with self._cluster:
            try:
                if self._tasks and self._scheduler is not None:
                    self._stop(self._scheduler)
            finally:
                for task in self._tasks:
                    task.cancel()
                self.unread += self._ready
                self._ended = time.monotonic()

    def _submit(self, scheduler: Scheduler) -> None:
        """Give each thread of the cluster a task, and one that waits."""
        enough = 2 * max(1, _threads(scheduler))
        while len(self._tasks) < enough and (ids := self._next_ids()) and not self._is_closed:
            pause = self._pause or float(self._failing_since is not None)
            key = f"gettyimages-{self._work.run}-{next(self._numbers)}"
            task = scheduler.submit(save, self._work, ids, pause, pure=False, key=key)
            self._tasks[task] = ids
            task.add_done_callback(self._done.put)

    def _next_ids(self) -> Ids:
        # Smaller each time, so that one that kills its worker is at last alone.
        ids = [*itertools.islice(self._ids, max(1, self._size >> self._round))]
        if ids or self._tasks or not self._later:
            return ids
        # How long a journal is waited for, `_check_patience` decides.
        is_down = all(isinstance(one.error, JournalError) for one in self._later.values())
        if self._round == _TIMES and not is_down:
            for one in self._later.values():
                self._add(one)
            self._later.clear()
            return []
        # Who has died needs no time; a claim or a database does.
        waits = any(isinstance(one.error, DownloadError) for one in self._later.values())
        self._pause = 2.0**self._round if waits else 0.0
        if not is_down:
            self._round += 1
        again = [*self._later]
        self._later.clear()
        self._ids = iter(again)
        return self._next_ids()

    def _next_done(self, scheduler: Scheduler) -> Future[Chunk]:
        until = time.monotonic() + WORKER_SECONDS
        while not self._is_closed:
            with contextlib.suppress(queue.Empty):
                task = self._done.get(timeout=_POLL)
                if not self._is_closed:
                    return task
                self._done.put(task)  # whoever closes the batch takes it
                break
            if _threads(scheduler):
                until = time.monotonic() + WORKER_SECONDS
            elif time.monotonic() > until:
                raise without_workers()
        raise StopIteration

    def _take(self, task: Future[Chunk]) -> None:
        """Take what a task has brought, and keep for later what has to be tried again."""
        ids = self._tasks.pop(task)
        try:
            chunk = task.result()
        except concurrent.futures.CancelledError:
            raise _lost() from None
        except distributed.KilledWorker:
            text = "the workers that were to save it have died, of lack of memory for example"
            self._try_later(ids, GettyImagesError(text))
            return
        if chunk.stopped_because and not self._stopped_because:
            self._stopped_because = chunk.stopped_because
            # As in a batch, what is paid for is saved all the same.
            options = {**self._work.options, "max_downloads": 0}
            self._work = self._work._replace(options=options)
        for one in chunk.results:
            if isinstance(one.error, DownloadInProgressError):
                self._later[one.id] = one
            else:
                self._add(one)
        if chunk.error is None:
            self._failing_since, self._has_worked = None, True
        else:
            self._check_patience(chunk.error)
            found = {one.id for one in chunk.results}
            self._try_later([one for one in ids if one not in found], chunk.error)

    def _try_later(self, ids: Ids, error: GettyImagesError) -> None:
        for one in ids:
            asset_id = typing.cast("str", one)  # a result has what was passed, as in a batch
            self._later[one] = DownloadResult(id=asset_id, outcome="failed", error=error)

    def _check_patience(self, error: GettyImagesError) -> None:
        """Raise an error that ends the batch."""
        now = time.monotonic()
        self._failing_since = self._failing_since or now
        is_down = isinstance(error, JournalError) and self._has_worked
        if not is_down or now - self._failing_since > _JOURNAL_SECONDS:
            raise error

    def _add(self, result: DownloadResult) -> None:
        self._ready.append(result)
        self._counts[result.outcome] += 1
        self._counts["downloads_used"] += result.download_used
        if result.outcome == "saved":
            self._counts["bytes"] += result.file.size if result.file else 0

    def _stop(self, scheduler: Scheduler) -> None:
        """Have the workers stop, and take the results that they have."""
        until = time.monotonic() + _STOP_SECONDS
        told = concurrent.futures.Future[object]()

        def tell() -> None:
            try:
                told.set_result(scheduler.run(stop, self._work.run, on_error="ignore"))
            except Exception as error:
                told.set_exception(error)

        # Dask waits for a worker that hangs for as long as it lives.
        threading.Thread(target=tell, daemon=True).start()
        with contextlib.suppress(queue.Empty, OSError):
            with contextlib.suppress(TimeoutError):
                told.result(_STOP_SECONDS)
            while self._tasks:
                task = self._done.get(timeout=max(0.0, until - time.monotonic()))
                try:
                    self._take(task)
                except Exception:  # the others may have results
                    _log.exception("a task of the fleet failed while it was being stopped")


def _threads(scheduler: Scheduler) -> int:
    """The threads of all workers."""
    try:
        return sum(scheduler.nthreads().values())
    except OSError:
        raise _lost() from None


def _lost() -> GettyImagesError:
    text = "the Dask scheduler is lost: run it again, with the same journal and budget"
    return GettyImagesError(text)


def _each_once(ids: Iterable[str | int | None]) -> Iterator[str | int | None]:
    """The ids as they are sent, each once."""
    seen = set[str]()
    for one in ids:
        asset_id = one
        if isinstance(one, int) and not isinstance(one, bool):
            with contextlib.suppress(
                ValueError
            ):  # of thousands of digits: the result has the error
                asset_id = str(int(one))
        if isinstance(asset_id, str):
            asset_id = str.__str__(asset_id)  # workers may not know a class of the caller's
            if asset_id in seen:
                continue
            seen.add(asset_id)
        yield asset_id
