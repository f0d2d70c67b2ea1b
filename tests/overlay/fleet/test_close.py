"""What is left of a fleet that is stopped, with a scheduler that tells when its tasks end."""

from __future__ import annotations

import contextlib
import enum
import threading
import typing
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from gettyimages import DownloadResult, GettyImagesError, JournalError
from gettyimages.fleet import FleetBatch, _driver
from gettyimages.fleet._cluster import Scheduler
from gettyimages.fleet._worker import Chunk, Ids, Work
from tests.overlay.downloads.support.processes import HANG, wait_until

WORK = Work("run", "save_images", "photos", {}, "gettyimages:GettyImages", None)


class Tasks:
    """A scheduler of five threads: the task of the id 1 is done at once, the others at a stop."""

    def __init__(self, *ends: Chunk | Exception) -> None:
        self._ends = ends
        self.tasks: dict[str | int | None, Future[Chunk]] = {}

    def submit(self, _: object, work: Work, ids: Ids, pause: float, **options: object) -> object:
        task = self.tasks[ids[0]] = Future[Chunk]()
        if ids == ["1"]:
            task.set_result(saved(*ids))
        return task

    def run(self, *_: object, **options: object) -> None:
        waiting = [task for task in self.tasks.values() if not task.done()]
        for task, end in zip(waiting, self._ends, strict=True):
            if isinstance(end, Chunk):
                task.set_result(end)
            else:
                task.set_exception(end)

    def nthreads(self) -> dict[str, int]:
        return {"worker": 5}


def saved(*ids: typing.Any) -> Chunk:
    return Chunk([DownloadResult(id=one, outcome="saved", download_used=True) for one in ids])


def fleet(tasks: Tasks, ids: list[str | int | None]) -> FleetBatch:
    scheduler = typing.cast("Scheduler", tasks)
    return FleetBatch(lambda: contextlib.nullcontext(scheduler), WORK, ids, 1)


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
    with fleet(Tasks(end, saved("3"), saved("4")), ["1", "2", "3", "4"]) as batch:
        assert next(batch).id == "1"
    assert [one.id for one in batch.unread][-2:] == ["3", "4"]
    assert batch.summary.saved == 1 + len(batch.unread)


def test_closing_it_from_another_thread_ends_the_loop() -> None:
    tasks = Tasks(saved("2"), saved("3"))
    batch = fleet(tasks, ["2", "3"])
    found: list[DownloadResult] = []
    loop = threading.Thread(target=lambda: found.extend(batch), daemon=True)
    loop.start()
    wait_until(lambda: len(tasks.tasks) == 2)
    batch.close()
    loop.join(HANG)
    assert not loop.is_alive()
    assert sorted(one.id for one in [*found, *batch.unread]) == ["2", "3"]


def test_it_can_be_closed_while_a_worker_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hanging(Tasks):
        def run(self, *_: object, **options: object) -> None:
            self.tasks["2"].set_result(saved("2"))
            goes_on.wait(2 * HANG)

    goes_on = threading.Event()
    monkeypatch.setattr(_driver, "_STOP_SECONDS", 0.2)
    with fleet(Hanging(), ["1", "2", "3"]) as batch:
        next(batch)
        closing = threading.Thread(target=batch.close)
        closing.start()
        closing.join(HANG)
        is_closing = closing.is_alive()
        goes_on.set()
    assert not is_closing
    assert [one.id for one in batch.unread] == ["2"]


def test_closing_it_while_its_cluster_starts_saves_nothing() -> None:
    tasks, starting, goes_on, ended = Tasks(), threading.Event(), threading.Event(), []

    @contextlib.contextmanager
    def opened() -> Iterator[Scheduler]:
        starting.set()
        goes_on.wait(HANG)
        yield typing.cast("Scheduler", tasks)
        ended.append(True)

    batch = FleetBatch(opened, WORK, ["2"], 1)
    loop = threading.Thread(target=batch.run, daemon=True)
    loop.start()
    starting.wait(HANG)
    batch.close()
    goes_on.set()
    loop.join(HANG)
    assert (loop.is_alive(), ended, tasks.tasks) == (False, [True], {})


def test_closing_it_while_its_first_ids_are_taken_saves_nothing() -> None:
    def ids() -> Iterator[str]:
        batch.close()  # as another thread might
        yield "2"

    tasks = Tasks()
    batch = FleetBatch(
        lambda: contextlib.nullcontext(typing.cast("Scheduler", tasks)), WORK, ids(), 1
    )
    assert [*batch] == []
    assert tasks.tasks == {}


class Restarting(Tasks):
    """A scheduler whose workers do not find the database some times, from the second task on."""

    def __init__(self, times: float) -> None:
        super().__init__()
        self._times = times

    def submit(self, _: object, work: Work, ids: Ids, pause: float, **options: object) -> object:
        task = Future[Chunk]()
        is_down = ids != ["1"] and self._times > 0
        self._times -= is_down
        task.set_result(Chunk([], JournalError("no database")) if is_down else saved(*ids))
        return task


def test_a_database_that_restarts_at_the_end_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fleet(Restarting(20), ["1", "2"]).run().saved == 2
    monkeypatch.setattr(_driver, "_JOURNAL_SECONDS", 0.1)
    with pytest.raises(JournalError):
        fleet(Restarting(float("inf")), ["1", "2"]).run()


def test_an_id_is_taken_once_by_the_text_that_is_sent() -> None:
    class Picture(str, enum.Enum):  # noqa: UP042 - whose text is not its value
        OSTRICH = "77"

    large = 10**5000  # Python writes no more than 4,300 digits
    tasks = Tasks(*map(saved, ("77", "78", large)))
    with fleet(tasks, ["1", Picture.OSTRICH, "77", 78, large]) as batch:
        next(batch)
    assert [*tasks.tasks] == ["1", "77", "78", large]
    assert {type(one) for one in tasks.tasks} == {str, int}
