"""A batch that is stopped leaves whole files only, and the next run goes on with the rest."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gettyimages import DownloadResult
from gettyimages._downloads.engine import Engine
from gettyimages.sandbox import Latency, Sandbox, TooManyRequests
from tests.overlay.downloads.support.batches import (
    IDS,
    assert_finished_by_next_run,
    assert_whole,
    outcomes,
    run,
    start,
    workers,
)
from tests.overlay.downloads.support.delivery_host import names
from tests.overlay.downloads.support.fates import Fates
from tests.overlay.downloads.support.processes import ENVIRONMENT, HANG, Child, wait_until
from tests.overlay.downloads.support.sandboxes import client_of, fetches, options_of
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow


def test_leaving_the_loop_stops_it_cleanly(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.latency = 0.02
    with sandbox.client() as client:
        for number, result in enumerate(client.downloads.save_images(IDS, tmp_path)):
            assert result.outcome == "saved"
            if number == 3:
                break
        assert not workers()
        used = sandbox.downloads_used
        assert_whole(sandbox, tmp_path)
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
    assert_whole(sandbox, tmp_path)
    _, summary = run(world, client, IDS, tmp_path)
    assert summary.saved + summary.skipped == 30
    assert sandbox.download_counts == dict.fromkeys(IDS, 1)


@pytest.mark.slow
def test_a_cancelled_task_leaves_everything_to_the_next_run(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.latency = 0.03
    ids = [str(number) for number in range(200)]

    async def save() -> None:
        async with (
            sandbox.async_client() as client,
            client.downloads.save_images(ids, tmp_path) as batch,
        ):
            async for _ in batch:
                pass

    async def main(orders: int) -> None:
        task = asyncio.create_task(save())
        while sandbox.downloads_used < orders:
            await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert [it for it in asyncio.all_tasks() if it is not asyncio.current_task()] == []

    for orders in (1, 9, 20, 31, 40, 60):
        asyncio.run(main(orders))
        assert_whole(sandbox, tmp_path)
    asyncio.run(save())
    assert sandbox.download_counts == dict.fromkeys(ids, 1)
    assert len(names(tmp_path)) == 200


def test_a_stalled_transfer_does_not_keep_a_cancelled_task(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.add(Latency(seconds=3600, origin="delivery"))

    async def main() -> None:
        async with (
            sandbox.async_client() as client,
            client.downloads.save_images(IDS[:8], tmp_path) as batch,
        ):
            async for _ in batch:
                pass

    async def cancelled() -> None:
        task = asyncio.create_task(main())
        while fetches(sandbox) < 8:
            await asyncio.sleep(0.01)
        task.cancel()
        async with asyncio.timeout(HANG):
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(cancelled())
    sandbox.faults.clear()
    assert_finished_by_next_run(sandbox, tmp_path, IDS[:8])


def test_a_long_pause_before_a_retry_does_not_keep_a_batch_that_is_closed(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.add(TooManyRequests(origin="delivery", retry_after="200", times=1))
    client = client_of(world, sandbox)
    ids = IDS[:2]
    batch = start(world, client, ids, tmp_path, concurrency=2)
    started = time.monotonic()
    with world.inside(batch):
        next(world.items(batch))  # the other one waits
    assert time.monotonic() - started < HANG
    assert_finished_by_next_run(sandbox, tmp_path, ids)


@pytest.mark.parametrize("pause", [0, 3600], ids=["waits for a result", "works on one"])
def test_ctrl_c_ends_the_process_as_usual_and_the_next_run_goes_on(
    world: World, sandbox: Sandbox, tmp_path: Path, pause: float
) -> None:
    sandbox.latency = 0.05
    with Child(
        options_of(sandbox), tmp_path, IDS,
        world="asyncio" if world.is_async else "blocking", options={"concurrency": 4}, pause=pause,
    ) as child:  # fmt: skip
        while child.event().get("outcome") != "saved":
            pass
        assert child.interrupt() == -signal.SIGINT
        assert "KeyboardInterrupt" in child.errors
    assert_finished_by_next_run(sandbox, tmp_path, IDS)


END = """
from gettyimages import GettyImages
client = GettyImages(**{options!r})
batch = client.downloads.save_images([str(n) for n in range(1, 31)], {folder!r}, concurrency=4)
print(next(batch).outcome, flush=True)
"""


@pytest.mark.slow
def test_a_program_that_ends_with_a_batch_half_taken_ends(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.latency = 0.05
    ended = subprocess.run(
        [sys.executable, "-c", END.format(options=options_of(sandbox), folder=str(tmp_path))],
        env=ENVIRONMENT, capture_output=True, text=True, timeout=HANG, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "saved\n", "")
    assert sandbox.downloads_used < 30
    assert_finished_by_next_run(sandbox, tmp_path, IDS)


AFTER_MAIN = """
import asyncio, threading, time
from gettyimages import AsyncGettyImages, GettyImages

async def read():
    async with AsyncGettyImages(**{options}) as client, client.downloads.open_image("9") as image:
        return len(await image.read())

def save():
    threading.main_thread().join()
    with GettyImages(**{options}) as client:
        for result in client.downloads.save_images(["1", "2"], {folder!r}):
            print(result.outcome, result.error)
    print(asyncio.run(read()))

threading.Thread(target=save).start()
"""


def test_a_batch_in_another_thread_goes_on_after_the_main_thread(tmp_path: Path) -> None:
    with Sandbox(file_size=6_000_000) as sandbox:
        code = AFTER_MAIN.format(options=options_of(sandbox), folder=str(tmp_path))
        ended = subprocess.run(
            [sys.executable, "-c", code],
            env=ENVIRONMENT, capture_output=True, text=True, timeout=HANG, check=False,
        )  # fmt: skip
        assert (ended.stdout, ended.stderr) == ("saved None\nsaved None\n6000000\n", "")
        assert_whole(sandbox, tmp_path)


HANDLER = "signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))"
SIGTERM = {
    "in the main thread": f"""
{HANDLER}
for result in GettyImages(**options).downloads.save_images(ids, folder):
    print(result.outcome, flush=True)
""",
    "in another thread": """
batch = GettyImages(**options).downloads.save_images(ids, folder)
def stop(*_):
    batch.close()
    sys.exit(143)
signal.signal(signal.SIGTERM, stop)
def save():
    for result in batch:
        print(result.outcome, flush=True)
thread = threading.Thread(target=save)
thread.start()
thread.join()
""",
    "asyncio": """
async def main():
    task = asyncio.current_task()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    async with AsyncGettyImages(**options) as client:
        async for result in client.downloads.save_images(ids, folder):
            print(result.outcome, flush=True)
try:
    asyncio.run(main())
except asyncio.CancelledError:
    sys.exit(143)
""",
}


@pytest.mark.parametrize("program", SIGTERM)
def test_sigterm_is_a_stop_for_a_program_that_handles_it_as_the_docs_show(
    sandbox: Sandbox, tmp_path: Path, program: str
) -> None:
    sandbox.latency = 0.05
    head = f"""
import asyncio, signal, sys, threading
from gettyimages import AsyncGettyImages, GettyImages
options, folder = {options_of(sandbox)!r}, {str(tmp_path)!r}
ids = [str(n) for n in range(1, 31)]
"""
    with subprocess.Popen(
        [sys.executable, "-c", head + SIGTERM[program]], env=ENVIRONMENT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"saved\n"
        process.terminate()
        assert process.wait(HANG) == 143
    assert sandbox.downloads_used < 30
    assert_finished_by_next_run(sandbox, tmp_path, IDS)


def test_signals_are_left_to_the_program(sandbox: Sandbox, tmp_path: Path) -> None:
    def handlers() -> list[object]:
        return [signal.getsignal(number) for number in sorted(signal.valid_signals())]

    before = handlers()
    with sandbox.client() as client:
        for _ in client.downloads.save_images(IDS[:2], tmp_path):
            assert handlers() == before
        client.downloads.save_image(IDS[2], tmp_path)
    assert handlers() == before


def test_a_batch_that_is_closed_during_a_paid_request_records_its_link(
    world: World, tmp_path: Path
) -> None:
    with Fates() as fates:
        fates.gate = gate = threading.Barrier(2)
        fates.is_gated = lambda asset: asset == "2"
        client = world.client(**fates.options())
        batch = start(world, client, ["1", "2"], tmp_path, concurrency=2)
        # The response comes when the batch is being closed, or a little before.
        respond = threading.Timer(0.2, gate.wait, [HANG])
        with world.inside(batch):
            items = world.items(batch)  # to let go of it closes the batch
            assert next(items).id == "1"
            wait_until(lambda: "2" in fates.orders)
            respond.start()
        records = world.do(client.downloads.journal_report, tmp_path)
        assert {it.id: it.state for it in records}["2"] in ("paid", "saved")
        respond.join(HANG)
        saved = world.do(client.downloads.save_image, "2", tmp_path)
        assert saved.path.read_bytes() == fates.content("2")
        assert sorted(fates.orders) == ["1", "2"]


def test_a_function_of_the_users_that_is_cancelled_ends_the_batch(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    async def cancelled(*_: object) -> None:
        raise asyncio.CancelledError

    async def main() -> None:
        async with (
            asyncio.timeout(HANG),
            sandbox.async_client() as client,
            client.downloads.save_images(IDS, tmp_path, on_progress=cancelled) as batch,
        ):
            async for _ in batch:
                pass

    with pytest.raises(asyncio.CancelledError):  # and not TimeoutError
        asyncio.run(main())
    assert_whole(sandbox, tmp_path)


def test_a_batch_works_in_a_thread_that_is_not_the_main_one(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    results: list[DownloadResult] = []
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
        del batch
        gc.collect()
        wait_until(lambda: not workers())
    assert sandbox.downloads_used < 30


def test_a_batch_that_nobody_read_warns_and_one_that_was_closed_does_not(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    with pytest.warns(ResourceWarning, match=r"never read.*run\(\)"):
        world.do(lambda: client.downloads.save_images(IDS, tmp_path) and gc.collect())
    batch = start(world, client, IDS, tmp_path)
    world.do(batch.close)
    del batch
    gc.collect()  # a warning would fail the test


def test_what_had_completed_when_a_batch_was_closed_can_still_be_read(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    batch = start(world, client, IDS[:3], tmp_path, concurrency=3)
    first = world.do(batch.__anext__ if world.is_async else batch.__next__)
    wait_until(lambda: batch.summary.saved == 3)
    world.do(batch.close)
    assert sorted([first.id, *(result.id for result in batch.unread)]) == IDS[:3]


def test_processes_that_save_the_same_images_into_a_folder_pay_once_for_each(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    with contextlib.ExitStack() as stack:
        children = [
            stack.enter_context(Child(options_of(sandbox), tmp_path, IDS, world=world))
            for world in ("blocking", "asyncio", "blocking")
        ]
        results = [result for child in children for result in child.results()]
    assert sum(it["outcome"] == "saved" for it in results) == 30
    assert sorted(it["asset"] for it in results if it["download_used"]) == sorted(IDS)
    others = [it for it in results if it["outcome"] not in ("saved", "skipped")]
    assert all(it["error"].startswith("DownloadInProgressError") for it in others)
    assert_finished_by_next_run(sandbox, tmp_path, IDS)


def test_closing_it_from_elsewhere_ends_an_iteration_that_waits(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.add(Latency(seconds=3600, origin="delivery"))
    client = client_of(world, sandbox)
    batch = start(world, client, IDS[:2], tmp_path, concurrency=2)
    seen: list[DownloadResult] = []

    def blocking() -> None:
        reader = threading.Thread(target=lambda: seen.extend(batch), daemon=True)
        reader.start()
        wait_until(lambda: fetches(sandbox) == 2)
        batch.close()
        reader.join(HANG)
        assert not reader.is_alive()

    async def read() -> None:
        seen.extend([result async for result in batch])

    async def asynchronous() -> None:
        async with asyncio.timeout(HANG):
            reader = asyncio.create_task(read())
            await asyncio.to_thread(wait_until, lambda: fetches(sandbox) == 2)
            await batch.close()
            await reader

    world.do(asynchronous if world.is_async else blocking)
    assert seen == []
    assert not workers()
    sandbox.faults.clear()
    assert_finished_by_next_run(sandbox, tmp_path, IDS[:2])


def test_a_batch_that_is_closed_while_it_begins_saves_nothing(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    with sandbox.client() as client:
        batch = client.downloads.save_images(["1", "2"], tmp_path)
        engine = batch._engine

        def closed_meanwhile() -> Engine:
            batch.close()  # as another thread or a signal handler may
            return engine()

        batch._engine = closed_meanwhile
        batch.run()
        wait_until(lambda: not workers())
    assert sandbox.downloads_used == 0
