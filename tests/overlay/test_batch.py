"""Many downloads at once: all of them, none twice, within limits, and stopped cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import signal
import subprocess
import sys
import textwrap
import threading
import time
import typing
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gettyimages import GettyImagesError, _files
from gettyimages._async_batch import AsyncBatch
from gettyimages._batch import Batch
from gettyimages._batch_results import BatchResult
from gettyimages._batch_rules import Budget
from gettyimages._decisions import Ask
from gettyimages._effects import Call, Do, Effect, Open, Sleep, work
from gettyimages._errors import StrandedError, UnsettledError
from gettyimages._files import Files
from gettyimages._journal import Journal
from gettyimages._journal_schema import Asked
from gettyimages._parking import Parked, Watched
from gettyimages._saving import SavedFile
from gettyimages.sandbox import Latency, Sandbox, ServerFailure

from .worlds import World

ROOT = Path(__file__).parents[2]
IDS = [str(number) for number in range(1, 31)]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(file_size=20_000) as sandbox:
        yield sandbox
    assert not sandbox.problems


def client_of(world: World, sandbox: Sandbox, **options: object) -> typing.Any:
    return world.client(**sandbox._client_options(options))


def start(world: World, client: typing.Any, *args: object, **options: object) -> typing.Any:
    return world.do(client.downloads.save_images, *args, **options)


def run(
    world: World, client: typing.Any, *args: object, **options: object
) -> tuple[list[BatchResult], typing.Any]:
    batch = start(world, client, *args, **options)
    results = [*world.items(batch)]
    return results, batch.summary


def outcomes(results: list[BatchResult]) -> Counter[str]:
    return Counter(result.outcome for result in results)


def files_in(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.iterdir() if path.name[0] != "."}


def assert_parked(folder: Path) -> None:
    """Nothing half-done is left, and nothing is in work."""
    assert [path.name for path in folder.iterdir() if path.suffix == ".part"] == []
    with contextlib.closing(Journal(folder)) as journal:
        entries = journal.entries()
        assert [entry for entry in entries if entry.owner is not None] == []
        assert [entry for entry in entries if entry.state == "intent"] == []


def workers() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name.startswith("gettyimages-batch")]


def posts(sandbox: Sandbox) -> int:
    return sum(request.method == "POST" for request in sandbox.requests if "image" in request.path)


# ---------------------------------------------------------------- results


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


# ---------------------------------------------------------------- limits


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


# ---------------------------------------------------------------- what is open from earlier runs


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


# ---------------------------------------------------------------- stopping


def test_leaving_the_loop_stops_it_cleanly(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.latency = 0.02
    with sandbox.client() as client:
        for number, result in enumerate(client.downloads.save_images(IDS, tmp_path)):
            assert result.outcome == "saved"
            if number == 3:
                break
        assert not workers()
        used = sandbox.downloads_used
        assert_parked(tmp_path)
        results = [*client.downloads.save_images(IDS, tmp_path, max_downloads=30 - used)]
    assert {result.outcome for result in results} <= {"saved", "skipped"}
    assert sandbox.download_counts == dict.fromkeys(IDS, 1)


def test_an_error_in_the_loop_stops_it_cleanly(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.latency = 0.02
    client = client_of(world, sandbox)

    def stop_at_first() -> None:
        batch = start(world, client, IDS, tmp_path)
        with world.inside(batch):
            for _ in world.items(batch):
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stop_at_first()
    assert not workers()
    assert_parked(tmp_path)
    _, summary = run(world, client, IDS, tmp_path)
    assert summary.saved + summary.skipped == 30
    assert sandbox.download_counts == dict.fromkeys(IDS, 1)


def test_a_cancelled_task_leaves_everything_parked(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.latency = 0.03
    ids = [str(number) for number in range(200)]

    async def save() -> None:
        async with (
            sandbox.async_client() as client,
            client.downloads.save_images(ids, tmp_path) as batch,
        ):
            async for _ in batch:
                pass

    async def main(seconds: float) -> None:
        task = asyncio.create_task(save())
        await asyncio.sleep(seconds)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert [one for one in asyncio.all_tasks() if one is not asyncio.current_task()] == []

    for seconds in (0.1, 0.13, 0.17, 0.2, 0.25, 0.3):
        asyncio.run(main(seconds))
        assert_parked(tmp_path)
    asyncio.run(save())
    assert sandbox.download_counts == dict.fromkeys(ids, 1)
    assert len(files_in(tmp_path)) == 200


def test_a_stalled_transfer_is_parked_at_once_by_a_cancelled_task(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.add(Latency(seconds=20, origin="delivery"))

    async def main() -> None:
        async with sandbox.async_client() as client:
            with contextlib.suppress(TimeoutError):
                async with (
                    asyncio.timeout(0.7),
                    client.downloads.save_images(IDS[:8], tmp_path) as batch,
                ):
                    async for _ in batch:
                        pass

    started = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - started < 5
    assert_parked(tmp_path)
    sandbox.faults.clear()
    with sandbox.client() as client:
        assert len([*client.downloads.save_images(IDS[:8], tmp_path, max_downloads=0)]) == 8
    assert len(files_in(tmp_path)) == 8


CHILD = """
import sys, os, signal
sys.path[:0] = [{overlay!r}, {generated!r}]
from gettyimages import GettyImages
with GettyImages(**{options!r}) as client:
    batch = client.downloads.save_images([str(n) for n in range(1, 31)], {folder!r}, concurrency=4)
    try:
        for result in batch:
            print(result.outcome, flush=True)
            {body}
    finally:
        print(batch.summary.saved, signal.getsignal(signal.SIGTERM) is signal.SIG_DFL, flush=True)
"""


@pytest.mark.parametrize("body", ["pass", "__import__('time').sleep(60)"], ids=["waits", "works"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_process_as_usual_once_everything_is_parked(
    sandbox: Sandbox, tmp_path: Path, number: signal.Signals, body: str
) -> None:
    sandbox.latency = 0.05
    code = CHILD.format(
        overlay=str(ROOT / "overlay"),
        generated=str(ROOT / "generated"),
        options=sandbox._client_options({}),
        folder=str(tmp_path),
        body=body,
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "saved\n"
    started = time.monotonic()
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert time.monotonic() - started < 10
    assert process.returncode == -number, errors
    assert ("KeyboardInterrupt" in errors) == (number == signal.SIGINT)
    assert_parked(tmp_path)
    used = sandbox.downloads_used
    with sandbox.client() as client:
        results = [*client.downloads.save_images(IDS, tmp_path, max_downloads=30 - used)]
    assert {result.outcome for result in results} <= {"saved", "skipped"}
    assert sandbox.download_counts == dict.fromkeys(IDS, 1)


END = """
import sys
sys.path[:0] = [{overlay!r}, {generated!r}]
from gettyimages import GettyImages
client = GettyImages(**{options!r})
batch = client.downloads.save_images([str(n) for n in range(1, 31)], {folder!r}, concurrency=4)
print(next(batch).outcome, flush=True)
"""


def test_a_program_that_ends_with_a_batch_half_taken_ends(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.latency = 0.05
    code = END.format(
        overlay=str(ROOT / "overlay"),
        generated=str(ROOT / "generated"),
        options=sandbox._client_options({}),
        folder=str(tmp_path),
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "saved\n", "")
    assert_parked(tmp_path)
    assert sandbox.downloads_used < 30
    used = sandbox.downloads_used
    with sandbox.client() as client:
        results = [*client.downloads.save_images(IDS, tmp_path, max_downloads=30 - used)]
    assert {result.outcome for result in results} <= {"saved", "skipped"}


CLOSING = """
import sys, os, signal, threading, time
sys.path[:0] = [{overlay!r}, {generated!r}]
from gettyimages import GettyImages
with GettyImages(**{options!r}) as client:
    batch = client.downloads.save_images([str(n) for n in range(1, 31)], {folder!r}, concurrency=4)
    setup, end = batch._setup, batch._setup.end
    def last():
        os.kill(os.getpid(), signal.SIGTERM)  # as it is being closed, and before it is
        time.sleep(0.01)
        end()
        print("closed", flush=True)
    setup.end = last
    next(batch)
    batch.close()
    print("not reached", flush=True)
"""


def test_a_signal_that_comes_while_a_batch_is_closed_waits_for_that(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    code = CLOSING.format(
        overlay=str(ROOT / "overlay"),
        generated=str(ROOT / "generated"),
        options=sandbox._client_options({}),
        folder=str(tmp_path),
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
    )
    assert (ended.returncode, ended.stdout) == (-signal.SIGTERM, "closed\n"), ended.stderr
    assert_parked(tmp_path)


def test_a_function_of_the_users_that_is_cancelled_ends_the_batch(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    async def cancelled(*_: object) -> None:
        raise asyncio.CancelledError

    async def main() -> None:
        async with (
            asyncio.timeout(20),
            sandbox.async_client() as client,
            client.downloads.save_images(IDS, tmp_path, on_progress=cancelled) as batch,
        ):
            async for _ in batch:
                pass

    with pytest.raises(asyncio.CancelledError):  # and not TimeoutError
        asyncio.run(main())
    assert_parked(tmp_path)


def test_a_handler_of_the_users_own_is_left_alone_and_the_default_one_restored(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    with sandbox.client() as client:
        for handler in (signal.SIG_DFL, signal.SIG_IGN, lambda *_: None):
            before = signal.signal(signal.SIGTERM, handler)
            try:
                batch = client.downloads.save_images(IDS[:2], tmp_path)
                next(batch)
                during = signal.getsignal(signal.SIGTERM)
                assert (during is handler) == (handler is not signal.SIG_DFL)
                batch.close()
                assert signal.getsignal(signal.SIGTERM) is handler
            finally:
                signal.signal(signal.SIGTERM, before)


def test_a_batch_works_in_a_thread_that_is_not_the_main_one(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    results: list[BatchResult] = []
    with sandbox.client() as client:
        thread = threading.Thread(
            target=lambda: results.extend(client.downloads.save_images(IDS, tmp_path))
        )
        thread.start()
        thread.join()
    assert outcomes(results) == {"saved": 30}


def test_a_batch_that_is_forgotten_stops(sandbox: Sandbox, tmp_path: Path) -> None:
    with sandbox.client() as client:
        batch = client.downloads.save_images(IDS, tmp_path)
        next(batch)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        del batch
        gc.collect()
        until = time.monotonic() + 10
        while workers() and time.monotonic() < until:
            time.sleep(0.01)
        assert not workers()


def test_several_processes_share_a_folder(sandbox: Sandbox, tmp_path: Path) -> None:
    code = """
    import sys
    sys.path[:0] = [{overlay!r}, {generated!r}]
    from gettyimages import GettyImages
    ids = [str(n) for n in range(1, 31)]
    with GettyImages(**{options!r}) as client:
        # The same ids, where they should be shared: the journal keeps them apart all the same.
        print(sum(r.outcome == "saved" for r in client.downloads.save_images(ids, {folder!r})))
    """
    code = textwrap.dedent(code).format(
        overlay=str(ROOT / "overlay"),
        generated=str(ROOT / "generated"),
        options=sandbox._client_options({}),
        folder=str(tmp_path),
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    counts = [int(process.communicate(timeout=60)[0]) for process in processes]
    assert sum(counts) == 30
    assert sandbox.download_counts == dict.fromkeys(IDS, 1)
    assert_parked(tmp_path)


# ---------------------------------------------------------------- the rules alone


class Stage:
    """A stand-in for the journal and the API: it only counts."""

    def __init__(self, most: int | None = None, seconds: float = 0.0) -> None:
        self.most = most
        self.seconds = seconds
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.ended = 0

    def begin(self) -> Call[None]:
        yield Do(lambda: None)

    def item(self, asset: str) -> Prop:
        return Prop(self, asset)

    def end(self) -> None:
        self.ended += 1

    def enter(self, step: int) -> None:
        with self.lock:
            self.at_once += step
            self.most_at_once = max(self.most_at_once, self.at_once)


class Prop:
    def __init__(self, stage: Stage, asset: str) -> None:
        self.stage = stage
        self.asset = asset
        self.used = 0

    def save(self, before_asking: Callable[[], object]) -> Call[SavedFile | None]:
        before_asking()
        yield from work(lambda: self.stage.enter(1))
        try:
            yield Sleep(self.stage.seconds)
        finally:
            self.stage.enter(-1)
        self.used = 1
        return SavedFile(Path(self.asset), 1, "ab", "image/jpeg", download_used=True, skipped=False)

    def charges(self) -> tuple[int, bool]:
        return self.used, False


def blocking(call: Call[typing.Any]) -> typing.Any:
    outcome: object = None
    while True:
        try:
            effect = call.send(outcome)
        except StopIteration as stop:
            return stop.value
        if isinstance(effect, Sleep):
            time.sleep(effect.seconds)
        outcome = effect.function() if isinstance(effect, Do) else None


class Blocking:
    def run(self, call: Call[typing.Any]) -> typing.Any:
        return blocking(call)


class Asynchronous:
    async def run(self, call: Call[typing.Any]) -> typing.Any:
        outcome: object = None
        while True:
            try:
                effect = call.send(outcome)
            except StopIteration as stop:
                return stop.value
            if isinstance(effect, Sleep):
                await asyncio.sleep(effect.seconds)
            outcome = effect.function() if isinstance(effect, Do) else None
            if asyncio.iscoroutine(outcome):
                outcome = await outcome


def staged(world: World, stage: Stage, ids: typing.Any, concurrency: int) -> typing.Any:
    if world.is_async:
        return AsyncBatch(Asynchronous, stage, ids, concurrency)
    return Batch(Blocking, stage, ids, concurrency)


def test_a_great_many_ids_make_no_more_threads_or_tasks_than_wanted(world: World) -> None:
    stage = Stage()
    batch = staged(world, stage, (str(number) for number in range(20_000)), 8)
    most = 0
    count = 0

    async def drain() -> None:
        nonlocal most, count
        async for _ in batch:
            count += 1
            most = max(most, len(asyncio.all_tasks()))

    if world.is_async:
        world.do(drain)
    else:
        for _ in batch:
            count += 1
            most = max(most, len(workers()))
    assert count == batch.summary.saved == batch.summary.downloads_used == 20_000
    assert most <= 2 * 8 + 1
    assert stage.most_at_once <= 8
    assert stage.ended == 1


@pytest.mark.parametrize("most", [0, 1, 7, 40, 100])
def test_a_limit_below_the_concurrency_holds_too(world: World, most: int) -> None:
    stage = Stage(most=most, seconds=0.005)
    batch = staged(world, stage, IDS, 16)
    results = [*world.items(batch)]
    assert len(results) == 30
    assert batch.summary.downloads_used == min(most, 30)
    assert batch.summary.not_asked == 30 - min(most, 30)


class Chancy(Stage):
    """One whose requests do not always do what they should."""

    def __init__(self, most: int, fates: list[str]) -> None:
        super().__init__(most=most)
        self.fates = fates
        self.charged = 0

    def item(self, asset: str) -> Prop:
        return Fated(self, asset, self.fates[int(asset)])


class Fated(Prop):
    """An asset whose request is charged, refused or in doubt, and may fail after that."""

    def __init__(self, stage: Chancy, asset: str, fate: str) -> None:
        super().__init__(stage, asset)
        self.chancy = stage
        self.fate = fate

    def save(self, before_asking: Callable[[], object]) -> Call[SavedFile | None]:
        before_asking()
        yield Sleep(0.0005)
        if self.fate == "refused":
            raise GettyImagesError("refused")
        with self.stage.lock:
            self.chancy.charged += 1
        yield from work(lambda: None, offline=True)
        yield Sleep(0.0005)
        if self.fate == "doubt":
            raise UnsettledError("lost")
        self.used = 1
        if self.fate == "failed":
            raise GettyImagesError("failed")
        return SavedFile(Path(self.asset), 1, "ab", "image/jpeg", download_used=True, skipped=False)

    def charges(self) -> tuple[int, bool]:
        return self.used, self.fate == "doubt"


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.integers(0, 12),
    st.integers(1, 5),
    st.lists(st.sampled_from(["saved", "refused", "doubt", "failed"]), max_size=25),
)
@pytest.mark.parametrize("kind", [Batch, AsyncBatch])
def test_no_more_is_used_up_than_is_allowed_whatever_becomes_of_requests(
    kind: type[Batch | AsyncBatch], most: int, concurrency: int, fates: list[str]
) -> None:
    stage = Chancy(most, fates)
    ids = map(str, range(len(fates)))

    async def drain() -> list[BatchResult]:
        batch: typing.Any = AsyncBatch(
            Asynchronous, typing.cast("typing.Any", stage), ids, concurrency
        )
        return [result async for result in batch]

    if kind is AsyncBatch:
        results = asyncio.run(drain())
    else:
        results = [*Batch(Blocking, stage, ids, concurrency)]
    assert sorted(int(result.id) for result in results) == [*range(len(fates))]
    assert stage.charged == min(most, sum(fate != "refused" for fate in fates))
    assert stage.ended == 1


def test_many_work_at_once(world: World) -> None:
    stage = Stage(seconds=0.5)
    batch = staged(world, stage, IDS[:16], 16)
    started = time.monotonic()
    assert len([*world.items(batch)]) == 16
    assert time.monotonic() - started < 4
    assert stage.most_at_once == 16


def test_a_closed_batch_gives_nothing_more_and_can_be_closed_again(world: World) -> None:
    stage = Stage()
    batch = staged(world, stage, IDS, 2)
    close = batch.aclose if world.is_async else batch.close
    world.do(close)
    world.do(close)
    assert [*world.items(batch)] == []
    assert stage.ended == 0, "it never began"
    assert "closed" in repr(batch)


def test_a_budget_gives_back_what_was_not_charged() -> None:
    budget = Budget(2)
    assert [budget.set_aside() for _ in range(3)] == ["yes", "yes", "wait"]
    budget.settle(charged=False)
    assert budget.set_aside() == "yes"
    budget.settle(charged=True)
    budget.settle(charged=True)
    assert budget.set_aside() == "no"
    unlimited = Budget(None)
    assert {unlimited.set_aside() for _ in range(100)} == {"yes"}
    unlimited.close()
    assert unlimited.set_aside() == "no"


def test_a_call_is_parked_before_a_transfer_and_never_within_a_request() -> None:
    over = False
    log: list[str] = []

    def call() -> Call[str]:
        try:
            log.append(str((yield Do(lambda: 1))))
            log.append(str((yield Do(lambda: 2))))
            yield Open("https://x", {}, timeout=1, remaining=lambda: 1)
        finally:
            log.append("closed")
        return "done"

    watched = Watched(lambda: over)
    generator = watched.run(call())
    effects: list[Effect] = [next(generator)]
    over = True
    assert not watched.is_parkable
    effects.append(generator.send(1))
    with pytest.raises(Parked):
        generator.send(2)
    assert log == ["1", "2", "closed"]


def test_a_long_pause_is_parked_soon() -> None:
    over = False

    def call() -> Call[None]:
        yield Sleep(1000)

    generator = Watched(lambda: over).run(call())
    effect = next(generator)
    assert isinstance(effect, Sleep)
    assert effect.seconds < 1
    over = True
    with pytest.raises(Parked):
        next(generator)
