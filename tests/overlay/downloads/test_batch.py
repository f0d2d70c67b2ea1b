"""Many downloads at once: all of them, none twice, within limits."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from gettyimages import GettyImagesError
from gettyimages.sandbox import Dropped, Sandbox, ServerFailure
from tests.overlay.downloads.support.batches import IDS, assert_whole, outcomes, run, start, workers
from tests.overlay.downloads.support.delivery_host import parts
from tests.overlay.downloads.support.processes import wait_until
from tests.overlay.downloads.support.sandboxes import ORDER, client_of
from tests.overlay.downloads.support.sandboxes import orders as posts
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow


def test_every_distinct_id_has_one_result_and_one_download(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    results, summary = run(world, client, [*IDS, *IDS], tmp_path / "photos")
    assert sorted(result.id for result in results) == sorted(IDS)
    assert outcomes(results) == {"saved": 30}
    for result in results:
        assert result.file is not None
        assert result.file.sha256 == sandbox.sha256(result.id)
        assert result.file.path.stat().st_size == 20_000
        assert result.download_used
    assert sandbox.download_counts == dict.fromkeys(IDS, 1)
    assert (summary.saved, summary.downloads_used, summary.bytes) == (30, 30, 600_000)
    assert summary.seconds > 0
    assert not workers()
    assert parts(tmp_path / "photos") == []


def test_a_second_run_uses_no_download_and_says_so(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    run(world, client, IDS, tmp_path)
    results, summary = run(world, client, IDS, tmp_path, max_downloads=0)
    assert outcomes(results) == {"skipped": 30}
    assert (summary.skipped, summary.downloads_used, summary.bytes) == (30, 0, 0)
    assert not any(result.download_used for result in results)
    assert posts(sandbox) == 30


def test_a_failure_of_one_never_stops_the_others(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.missing = {"3", "7"}
    client = client_of(world, sandbox)
    ids: list[object] = ["3", "", *IDS, 12.5, ".."]
    results, summary = run(world, client, ids, tmp_path)
    failed = {result.id: result.error for result in results if result.outcome == "failed"}
    assert failed.keys() == {"3", "7", "", 12.5, ".."}
    assert type(failed["3"]).__name__ == "NotFoundError"
    assert (summary.saved, summary.failed, summary.downloads_used) == (28, 5, 28)


@pytest.mark.usefixtures("at_once")
def test_what_is_paid_but_not_fetched_is_counted_and_its_link_used_by_the_next_run(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.add(ServerFailure(status=500, after_effect=False, origin="delivery"))
    client = client_of(world, sandbox, max_retries=0)
    results, summary = run(world, client, ["1"], tmp_path)
    assert outcomes(results) == {"failed": 1}
    assert (summary.failed, summary.downloads_used) == (1, 1)
    assert results[0].download_used
    sandbox.faults.clear()
    results, summary = run(world, client, ["1", "2"], tmp_path, max_downloads=0)
    assert {result.id: result.outcome for result in results} == {"1": "saved", "2": "not_requested"}
    assert (summary.downloads_used, sandbox.downloads_used) == (0, 1)


def test_ids_are_taken_as_they_are_needed(world: World, sandbox: Sandbox, tmp_path: Path) -> None:
    taken = []

    def endless() -> Iterator[str]:
        for number in itertools.count(1):
            taken.append(number)
            yield str(number)

    client = client_of(world, sandbox)
    batch = start(world, client, endless(), tmp_path, concurrency=3)
    with world.inside(batch):
        results = [*itertools.islice(world.items(batch), 5)]
    assert len(results) == 5
    assert len(taken) <= 5 + 2 * 3
    assert not workers()
    assert sandbox.downloads_used <= len(taken)
    assert_whole(sandbox, tmp_path)


class SlowDisk:
    """A disk that has a file only once so many images were paid for, and what it has seen."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox, *, awaited: int = 0
    ) -> None:
        self.sandbox = sandbox
        self.awaited = awaited
        self.paid: list[int] = []
        """How many images were paid for, whenever a file or a folder was synced."""
        self._fsync = os.fsync
        monkeypatch.setattr(os, "fsync", self.fsync)

    def fsync(self, descriptor: int) -> None:
        wait_until(lambda: len(self.sandbox.download_counts) >= self.awaited)
        self.paid.append(len(self.sandbox.download_counts))
        self._fsync(descriptor)


def test_with_a_concurrency_of_one_each_file_is_in_place_before_the_next(
    world: World, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = SlowDisk(monkeypatch, sandbox)
    run(world, client_of(world, sandbox), IDS[:4], tmp_path, concurrency=1)
    assert disk.paid == sorted(disk.paid)
    assert set(disk.paid) == {1, 2, 3, 4}


def test_ids_may_come_asynchronously(sandbox: Sandbox, tmp_path: Path) -> None:
    async def ids() -> AsyncIterator[str]:
        for one in ["1", "2", "1"]:
            await asyncio.sleep(0)
            yield one

    async def main() -> None:
        async with sandbox.async_client() as client:
            batch = client.downloads.save_images(ids(), tmp_path)
            assert sorted([result.id async for result in batch]) == ["1", "2"]

    asyncio.run(main())


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"ids": "123"}, "one string"),
        ({"ids": b"123"}, "one string"),
        ({"ids": 5}, "found int"),
        ({"concurrency": 0}, "concurrency"),
        ({"concurrency": "8"}, "concurrency"),
        ({"max_downloads": -1}, "max_downloads"),
        ({"settle_after": -1}, "settle_after"),
        ({"overwrite": "maybe"}, "overwrite"),
    ],
)
def test_arguments_out_of_bounds_are_refused_before_anything_is_done(
    world: World, sandbox: Sandbox, tmp_path: Path, arguments: dict[str, object], problem: str
) -> None:
    client = client_of(world, sandbox)
    with pytest.raises(GettyImagesError, match=problem):
        start(world, client, **({"ids": IDS, "directory": tmp_path / "photos"} | arguments))
    assert not sandbox.requests
    assert not (tmp_path / "photos").exists()


def test_a_folder_that_cannot_be_used_is_one_error(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    client = client_of(world, sandbox)
    with pytest.raises(GettyImagesError, match="file"):
        run(world, client, IDS, tmp_path / "file")
    assert posts(sandbox) == 0
    assert not workers()


def test_ids_that_fail_to_come_end_the_batch_cleanly(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    def ids() -> Iterator[str]:
        yield from IDS[:5]
        raise ZeroDivisionError

    client = client_of(world, sandbox)
    with pytest.raises(ZeroDivisionError):
        run(world, client, ids(), tmp_path)
    assert not workers()
    assert_whole(sandbox, tmp_path)
    results, _ = run(world, client, IDS[:5], tmp_path)
    assert len(results) == 5
    assert set(sandbox.download_counts.values()) == {1}


def test_progress_is_told_by_id(world: World, sandbox: Sandbox, tmp_path: Path) -> None:
    seen: dict[str, tuple[int, int | None]] = {}

    def progress(asset: str, done: int, total: int | None) -> None:
        seen[asset] = (done, total)

    client = client_of(world, sandbox)
    run(world, client, IDS[:5], tmp_path, on_progress=progress)
    assert seen == dict.fromkeys(IDS[:5], (20_000, 20_000))


def test_max_downloads_is_reached_exactly_and_never_exceeded(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.missing = {str(number) for number in range(1, 9)}  # these use up nothing
    sandbox.latency = 0.01
    client = client_of(world, sandbox)
    results, summary = run(world, client, IDS, tmp_path, max_downloads=5)
    assert sandbox.downloads_used == 5
    assert outcomes(results)["saved"] == summary.downloads_used == 5
    assert outcomes(results)["failed"] >= 4, "they gave back what was set aside for them"
    assert summary.saved + summary.failed + summary.not_requested == 30


def test_a_request_without_a_clear_response_counts_as_a_download(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.add(ServerFailure(status=500, after_effect=True, origin="api", times=2))
    client = client_of(world, sandbox)
    results, summary = run(world, client, IDS, tmp_path, max_downloads=5, concurrency=4)
    assert sandbox.downloads_used == 5
    assert outcomes(results)["outcome_unknown"] + outcomes(results)["saved"] == 5
    assert summary.outcome_unknown >= 1


@pytest.mark.usefixtures("at_once")
def test_a_403_for_a_reached_limit_stops_asking_and_finishes_what_is_paid_for(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.add(ServerFailure(status=500, after_effect=False, origin="delivery"))
    client = client_of(world, sandbox, max_retries=0)
    run(world, client, ["101", "102"], tmp_path)  # paid, and not fetched
    sandbox.faults.clear()
    sandbox.allowance = 7
    before = posts(sandbox)
    results, summary = run(world, client, [*IDS, "101", "102"], tmp_path, concurrency=4)
    by_id = {result.id: result for result in results}
    assert by_id["101"].outcome == by_id["102"].outcome == "saved"
    assert "OverageLimitReached" in summary.stopped_because
    assert (summary.saved, summary.downloads_used) == (7, 5)
    assert 1 <= summary.failed <= 4
    assert summary.not_requested == 30 - 5 - summary.failed
    assert posts(sandbox) - before == 5 + summary.failed


def test_a_dry_run_sends_no_post_and_writes_nothing(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    folder = tmp_path / "photos"
    results, summary = run(world, client, IDS, folder, dry_run=True, max_downloads=20)
    assert outcomes(results) == {"would_save": 20, "not_requested": 10}
    assert summary.downloads_used == sum(result.download_used for result in results) == 20
    assert all(result.file is None for result in results)
    assert not folder.exists()
    run(world, client, IDS[:4], folder)
    next(
        path for path in folder.iterdir() if "-1.jpg" in path.name or "1.jpg" in path.name
    ).unlink()
    sandbox.faults.add(Dropped(operation=ORDER, asset="9", times=1))
    assert outcomes(run(world, client, ["9"], folder)[0]) == {"outcome_unknown": 1}
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    count = posts(sandbox)
    results, summary = run(world, client, IDS[:9], folder, dry_run=True)
    assert (summary.would_save, summary.skipped, summary.outcome_unknown) == (5, 3, 1)
    assert summary.downloads_used == 4, "one has a link that is still valid"
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert before == after
    assert posts(sandbox) == count


@pytest.mark.parametrize("wrong", [None, True, ["1"], b"12", 1.5, ("1",)], ids=repr)
def test_what_is_no_id_among_the_ids_is_a_failed_result(
    world: World, sandbox: Sandbox, tmp_path: Path, wrong: object
) -> None:
    client = client_of(world, sandbox)
    results, summary = run(world, client, ["1", wrong, "2"], tmp_path)
    (failed,) = [it for it in results if it.outcome == "failed"]
    assert failed.id == wrong
    assert isinstance(failed.error, GettyImagesError)
    assert (summary.saved, summary.failed) == (2, 1)
