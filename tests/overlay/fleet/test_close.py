"""What is left of a fleet that is stopped, with a scheduler that tells when its tasks end."""

from __future__ import annotations

import contextlib
import typing
from concurrent.futures import Future

import pytest

from gettyimages import DownloadResult, GettyImagesError
from gettyimages.fleet import FleetBatch
from gettyimages.fleet._cluster import Scheduler
from gettyimages.fleet._worker import Chunk, Ids, Work

WORK = Work("run", "save_images", "photos", {}, "gettyimages:GettyImages", None)


class Tasks:
    """A scheduler of five threads: the first task is done at once, the others at a stop."""

    def __init__(self, *ends: Chunk | Exception) -> None:
        self._ends = ends
        self._tasks: list[Future[Chunk]] = []

    def submit(self, _: object, work: Work, ids: Ids, pause: float, **options: object) -> object:
        task = Future[Chunk]()
        if not self._tasks:
            task.set_result(saved(*ids))
        self._tasks.append(task)
        return task

    def run(self, *_: object, **options: object) -> None:
        for task, end in zip(self._tasks[1:], self._ends, strict=True):
            if isinstance(end, Chunk):
                task.set_result(end)
            else:
                task.set_exception(end)

    def nthreads(self) -> dict[str, int]:
        return {"worker": 5}


def saved(*ids: typing.Any) -> Chunk:
    return Chunk([DownloadResult(id=one, outcome="saved", download_used=True) for one in ids])


@pytest.mark.parametrize(
    "end",
    [
        Chunk([], GettyImagesError("no client here")),
        Chunk(saved("2").results, GettyImagesError("no client here")),
        ImportError("no such module"),
    ],
    ids=["error", "results and error", "exception"],
)
def test_a_chunk_with_an_error_costs_no_results_of_others(end: Chunk | Exception) -> None:
    tasks = typing.cast("Scheduler", Tasks(end, saved("3"), saved("4")))
    with FleetBatch(lambda: contextlib.nullcontext(tasks), WORK, ["1", "2", "3", "4"], 1) as batch:
        assert next(batch).id == "1"
    assert [one.id for one in batch.unread][-2:] == ["3", "4"]
    assert batch.summary.saved == 1 + len(batch.unread)
