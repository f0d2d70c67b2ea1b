"""What runs on the workers: a chunk of ids is saved by a batch of the client of the process.

Dask finds these functions by their names, so that nothing of them is part of a task.
"""

from __future__ import annotations

import asyncio
import collections
import functools
import importlib
import operator
import signal
import threading
import typing

from gettyimages import DownloadBatch, DownloadResult, GettyImages, GettyImagesError

Ids: typing.TypeAlias = list[str | int | None]

_state = threading.Condition()
_running = collections.defaultdict[str, set[DownloadBatch]](set)
_stopped = set[str]()


class Work(typing.NamedTuple):
    """What the tasks of a run are to do: names and options, which anybody may read."""

    run: str
    method: str
    target: str
    options: dict[str, typing.Any]
    make_client: str
    """Where the function is that makes the client of a worker, such as `package.module:name`."""
    max_requests_per_second: float | None


class Chunk(typing.NamedTuple):
    """What became of the ids of a task.

    Attributes:
        results: The results; fewer than ids if it was stopped, or ended by an error.
        error: The error.
        stopped_because: Why nothing more is paid for, as in the summary of a batch.
    """

    results: list[DownloadResult]
    error: GettyImagesError | None = None
    stopped_because: str | None = None


def save(work: Work, ids: Ids, pause: float) -> Chunk:
    """Save the files of some ids, after a pause of some seconds."""
    results: list[DownloadResult] = []
    try:
        with _state:
            if _state.wait_for(lambda: work.run in _stopped, timeout=pause):
                return Chunk(results)
            client = _client(work.make_client, work.max_requests_per_second)
            batch: DownloadBatch = getattr(client.downloads, work.method)(
                ids, work.target, **work.options
            )
            _running[work.run].add(batch)
    except GettyImagesError as error:
        return Chunk(results, error)
    failure = None
    try:
        results.extend(batch)
    except GettyImagesError as error:
        failure = error
    with _state:  # whoever stops the batch holds it until the last result is there
        _running[work.run].discard(batch)
    return Chunk([*results, *batch.unread], failure, batch.summary.stopped_because)


async def stop(run: str) -> None:
    """Stop the tasks of a run: paid requests are finished, and those to come save nothing."""
    await asyncio.to_thread(_close, run)


def _close(run: str) -> None:
    with _state:
        _stopped.add(run)
        _state.notify_all()
        for batch in _running.pop(run, ()):
            batch.close()


@functools.cache
def _client(name: str, max_requests_per_second: float | None) -> GettyImages:
    """The client of this process, which the function of that name makes."""
    module, _, qualified = name.partition(":")
    make = operator.attrgetter(qualified)(importlib.import_module(module))
    client = make(max_requests_per_second=max_requests_per_second)
    return typing.cast("GettyImages", client)


def dask_setup(_: object) -> None:
    """Leave Ctrl-C to the process that started this worker, which shares its terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
