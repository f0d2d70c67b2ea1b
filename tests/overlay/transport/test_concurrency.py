"""Many callers at once: all succeed, and one token is fetched for all of them."""

from __future__ import annotations

import asyncio
import concurrent.futures
import subprocess
import sys
import threading
import typing
from pathlib import Path

import pytest

from gettyimages import AsyncGettyImages, GettyImages
from gettyimages.sandbox import Sandbox

from ..downloads.support.processes import ENVIRONMENT, HANG
from ..downloads.support.sandboxes import options_of
from ..support.servers import Action, Origins, Recorded, Reply, Stall, until
from ..support.worlds import World

pytestmark = pytest.mark.slow

GOOD = Reply(200, {"result_count": 1})


@pytest.mark.slow
def test_a_thousand_callers_of_a_cold_client_fetch_one_token(
    world: World, origins: Origins
) -> None:
    origins.api.script(GOOD)
    client = world.client(**origins.options())
    calls = [client.downloads.get_downloads] * 1000
    results = world.together(*calls)
    assert [result for result in results if isinstance(result, BaseException)] == []
    assert all(result.result_count == 1 for result in results)
    assert len(origins.tokens.requests) == 1
    assert len(origins.api.requests) == 1000
    assert origins.api.most_at_once <= 100


@pytest.mark.slow
def test_a_token_that_expires_under_many_callers_is_renewed_once(
    world: World, origins: Origins
) -> None:
    valid = {"token-1"}

    def expire(request: Recorded) -> Action:
        if len(origins.api.requests) == 250:
            valid.clear()
        token = (request.header("authorization") or "").rpartition("marker-")[2]
        if len(origins.api.requests) > 250 and token != "token-1":
            valid.add(token)
        return GOOD if token in valid else Reply(401)

    origins.api.script(expire)
    client = world.client(**origins.options(max_retries=0))
    results = world.together(*[client.downloads.get_downloads] * 500, limit=50)
    assert [result for result in results if isinstance(result, BaseException)] == []
    assert len(origins.tokens.requests) == 2


def test_threads_share_the_token_of_one_client_through_their_own_variants(
    origins: Origins,
) -> None:
    with GettyImages(**origins.options()) as client:

        def work() -> None:
            for number in range(10):
                client.with_options(step_timeout=5 + number).downloads.get_downloads()

        threads = [threading.Thread(target=work) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(origins.tokens.requests) == 1
    assert len(origins.api.requests) == 100


@pytest.mark.slow
def test_tasks_that_are_cancelled_give_their_connections_back(origins: Origins) -> None:
    origins.api.script(GOOD, Stall())

    async def main() -> None:
        async with AsyncGettyImages(**origins.options()) as client:
            await client.downloads.get_downloads()
            tasks = [asyncio.create_task(client.downloads.get_downloads()) for _ in range(150)]
            await asyncio.to_thread(until, lambda: len(origins.api.requests) == 101)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            origins.api.script(GOOD)
            await asyncio.gather(*[client.downloads.get_downloads() for _ in range(150)])

    asyncio.run(main())


class _DoneAsTheWaitEnds(concurrent.futures.Future[object]):
    """It is done in the moment in which a wait for it has ended."""

    def result(self, timeout: float | None = None) -> object:
        value = super().result()
        if timeout is None:
            return value
        raise TimeoutError


def test_what_is_done_as_the_wait_for_it_ends_has_not_timed_out(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = asyncio.run_coroutine_threadsafe

    def submitted(*args: typing.Any) -> object:
        future = submit(*args)
        future.__class__ = _DoneAsTheWaitEnds
        return future

    monkeypatch.setattr(asyncio, "run_coroutine_threadsafe", submitted)

    async def saved() -> int:
        async with AsyncGettyImages(**options_of(sandbox)) as client:
            file = await client.downloads.save_image(
                "1", tmp_path, on_progress=lambda done, _: seen.append(done)
            )
            return file.size

    seen: list[int] = []
    assert asyncio.run(saved()) == 20_000
    assert seen


_CLOSED_BY_SIGNALS = """
import os, signal
from gettyimages import GettyImages, GettyImagesError

class Certificates(os.PathLike):
    def __fspath__(self):  # while the first connection is made
        signal.raise_signal(signal.SIGINT)
        return "none"

def made():  # while all that connections need is loaded
    signal.raise_signal(signal.SIGINT)
    return make()

client = GettyImages(api_key="k", access_token="t", verify=Certificates())
make, client._network._make = client._network._make, made
signal.signal(signal.SIGINT, lambda *_: client.close())
try:
    client.downloads.get_downloads()
except GettyImagesError:
    print("closed")
"""


def test_a_signal_handler_may_close_a_client_that_begins_to_be_used() -> None:
    command = [sys.executable, "-c", _CLOSED_BY_SIGNALS]
    assert subprocess.check_output(command, env=ENVIRONMENT, timeout=HANG, text=True) == "closed\n"
