"""Many downloads at once: all of them, none twice, within limits."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from gettyimages import GettyImagesError, _files
from gettyimages._downloads.files.filesystem import Files
from gettyimages._downloads.journal.entry import Asked
from gettyimages._downloads.journal.journal import Journal
from gettyimages._downloads.plan import Ask
from gettyimages._errors import StrandedError, UnsettledError
from gettyimages.sandbox import Sandbox, ServerFailure

from .batches import (
    IDS,
    assert_parked,
    client_of,
    outcomes,
    posts,
    run,
    start,
    workers,
)
from .support.worlds import World


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
    assert_parked(tmp_path / "photos")


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
    ids: list[object] = ["3", "", *IDS, 12, ".."]
    results, summary = run(world, client, ids, tmp_path)
    failed = {result.id: result.error for result in results if result.outcome == "failed"}
    assert failed.keys() == {"3", "7", "", 12, ".."}
    assert type(failed["3"]).__name__ == "NotFoundError"
    assert (summary.saved, summary.failed, summary.downloads_used) == (28, 5, 28)


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
    assert {result.id: result.outcome for result in results} == {"1": "saved", "2": "not asked"}
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
    assert_parked(tmp_path)


class Slow(Files):
    """A disk that has a file only when as many images as wanted were asked for."""

    def __init__(self, sandbox: Sandbox, wanted: int) -> None:
        self.sandbox = sandbox
        self.wanted = wanted
        self.asked: list[int] = []

    def sync(self, descriptor: int) -> None:
        until = time.monotonic() + 20
        while len(self.sandbox.download_counts) < self.wanted and time.monotonic() < until:
            time.sleep(0.01)
        self.asked.append(len(self.sandbox.download_counts))
        super().sync(descriptor)


def test_others_are_asked_for_while_files_are_put_in_place(
    world: World, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Slow(sandbox, wanted=4)
    monkeypatch.setattr(_files, "FILES", disk)
    results, _ = run(world, client_of(world, sandbox), IDS[:4], tmp_path, concurrency=2)
    assert outcomes(results) == {"saved": 4}
    assert disk.asked == [4] * 4


def test_with_a_concurrency_of_one_each_file_is_in_place_before_the_next(
    world: World, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Slow(sandbox, wanted=0)
    monkeypatch.setattr(_files, "FILES", disk)
    run(world, client_of(world, sandbox), IDS[:4], tmp_path, concurrency=1)
    assert disk.asked == [1, 2, 3, 4]


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
    assert_parked(tmp_path)
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
    assert summary.saved + summary.failed + summary.not_asked == 30


def test_a_doubtful_request_counts_as_used_up(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.add(ServerFailure(status=500, after_effect=True, origin="api", times=2))
    client = client_of(world, sandbox)
    results, summary = run(world, client, IDS, tmp_path, max_downloads=5, concurrency=4)
    assert sandbox.downloads_used == 5
    assert outcomes(results)["unsettled"] + outcomes(results)["saved"] == 5
    assert summary.unsettled >= 1


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
    assert (summary.saved, summary.downloads_used) == (7, 5)
    assert 1 <= summary.failed <= 4
    assert summary.not_asked == 30 - 5 - summary.failed
    assert posts(sandbox) - before == 5 + summary.failed


def test_a_dry_run_sends_no_post_and_writes_nothing(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    folder = tmp_path / "photos"
    results, summary = run(world, client, IDS, folder, dry_run=True, max_downloads=20)
    assert outcomes(results) == {"saved": 20, "not asked": 10}
    assert summary.downloads_used == sum(result.download_used for result in results) == 20
    assert all(result.file is None for result in results)
    assert not folder.exists()
    run(world, client, IDS[:4], folder)
    next(
        path for path in folder.iterdir() if "-1.jpg" in path.name or "1.jpg" in path.name
    ).unlink()
    with contextlib.closing(Journal(folder)) as journal:
        open_request(journal, "9")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    count = posts(sandbox)
    results, summary = run(world, client, IDS[:9], folder, dry_run=True)
    assert (summary.saved, summary.skipped, summary.unsettled) == (5, 3, 1)
    assert summary.downloads_used == 4, "one has a link that is still valid"
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert before == after
    assert posts(sandbox) == count


def open_request(journal: Journal, asset: str) -> None:
    claim = journal.claim(Asked(asset=asset), lambda _: Ask())
    journal.intend(claim)
    journal.doubt(claim)


def test_open_requests_are_settled_by_one_pass_over_the_history(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    with contextlib.closing(Journal(tmp_path)) as journal:
        for asset in IDS:
            open_request(journal, asset)
    for asset in IDS[:10]:
        sandbox.add_history(asset)
    client = client_of(world, sandbox)
    results, summary = run(world, client, IDS, tmp_path)
    assert (summary.stranded, summary.unsettled) == (10, 20)
    assert {result.id for result in results if result.outcome == "stranded"} == set(IDS[:10])
    assert all(isinstance(result.error, StrandedError | UnsettledError) for result in results)
    assert sum(request.method == "GET" for request in sandbox.requests) == 1
    assert posts(sandbox) == 0
    results, summary = run(world, client, IDS, tmp_path, settle_after=3600)
    assert (summary.stranded, summary.unsettled) == (10, 20)
    results, summary = run(world, client, IDS, tmp_path, settle_after=0)
    assert (summary.stranded, summary.saved) == (10, 20)
    results, summary = run(world, client, IDS, tmp_path, allow_second_download=True)
    assert (summary.saved, summary.skipped) == (10, 20)
    assert sandbox.download_counts == dict.fromkeys(IDS, 1)


def test_a_history_that_was_read_too_early_settles_nothing(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    with contextlib.closing(Journal(tmp_path)) as journal:
        open_request(journal, "30")
    client = client_of(world, sandbox)

    def ids() -> Iterator[str]:
        yield "1"
        time.sleep(1.2)
        sandbox.add_history("30")  # it appears after the one pass, and before its time is over
        yield "30"

    results, _ = run(world, client, ids(), tmp_path, settle_after=1.0)
    assert {result.id: result.outcome for result in results} == {"1": "saved", "30": "stranded"}
    assert sandbox.downloads_used == 1
