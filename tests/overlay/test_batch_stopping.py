"""A batch that is stopped, by whatever it is, leaves everything parked."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from gettyimages._downloads.results import BatchResult
from gettyimages.sandbox import Latency, Sandbox

from .batches import (
    IDS,
    ROOT,
    assert_parked,
    client_of,
    files_in,
    outcomes,
    run,
    start,
    workers,
)
from .support.worlds import World


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
        options=sandbox.client_options(),
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
        options=sandbox.client_options(),
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
        options=sandbox.client_options(),
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
        options=sandbox.client_options(),
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
