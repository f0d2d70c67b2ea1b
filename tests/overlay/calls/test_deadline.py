"""Every call ends within its timeout, whatever it is waiting for."""

from __future__ import annotations

import asyncio
import logging
import threading
import typing
from collections.abc import Callable

import httpx
import pytest

from gettyimages import APIConnectionError, APITimeoutError, AsyncGettyImages, GettyImagesError

from ..support.clocks import Clocks
from ..support.servers import ACCESS_TOKEN, Held, Origins, Reply, Reset, Stall, until
from ..support.worlds import World


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), 1e300])
def test_a_timeout_of_a_call_is_checked_before_anything_is_sent(
    world: World, origins: Origins, timeout: float
) -> None:
    client = world.client(**origins.options())
    with pytest.raises(GettyImagesError, match="timeout must be above 0"):
        world.do(client.downloads.get_downloads, timeout=timeout)
    assert not origins.tokens.requests


def test_the_timeout_of_a_call_covers_its_retries(world: World, origins: Origins) -> None:
    origins.api.script(Reset())
    client = world.client(**origins.options(max_retries=1000))
    with pytest.raises(APIConnectionError):
        world.do(client.downloads.get_downloads, timeout=0.7)
    assert len(origins.api.requests) < 100


def test_a_server_that_stalls_is_named_as_the_reason(world: World, origins: Origins) -> None:
    origins.api.script(Stall())
    client = world.client(**origins.options(step_timeout=0.5, max_retries=0))
    with pytest.raises(APITimeoutError, match="the server stopped responding, after 1 attempt"):
        world.do(client.downloads.get_downloads)


class Hanging(httpx.AsyncBaseTransport):
    async def handle_async_request(self, request: httpx.Request) -> typing.NoReturn:
        await asyncio.Event().wait()
        raise AssertionError(request)


@pytest.mark.parametrize("world", [AsyncGettyImages], indirect=True, ids=["asyncio"])
def test_a_transport_of_the_user_that_hangs_is_given_up_at_the_end_of_the_call(
    world: World,
) -> None:
    client = world.client(
        api_key="key", access_token=ACCESS_TOKEN, transport=Hanging(), max_retries=0
    )
    with pytest.raises(APITimeoutError, match="longer than its timeout") as caught:
        world.do(client.downloads.get_downloads, timeout=0.3)
    assert caught.value.may_have_executed


@pytest.mark.slow
def test_waiting_for_a_connection_counts(
    world: World, origins: Origins, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    late_ones_have_failed = threading.Event()

    def release() -> None:
        until(lambda: caplog.text.count("APITimeoutError after") == 20)
        late_ones_have_failed.set()

    releasing = threading.Thread(target=release)
    origins.api.script(Held(late_ones_have_failed, Reply(200, {})))
    client = world.client(**origins.options(access_token=ACCESS_TOKEN, api_secret=None))
    hurried = world.once(
        lambda: len(origins.api.requests) == 100,  # as many as there are connections
        lambda: client.downloads.get_downloads(timeout=0.5),
    )
    releasing.start()
    results = world.together(
        *[lambda: client.downloads.get_downloads(timeout=60)] * 100, *[hurried] * 20
    )
    releasing.join()
    late = [result for result in results[100:] if isinstance(result, APITimeoutError)]
    assert len(late) == 20
    assert any("all connections remained in use" in str(error) for error in late)
    assert not any(isinstance(result, BaseException) for result in results[:100])
    assert origins.api.most_at_once <= 100
    origins.api.script(Reply(200, {"result_count": 1}))
    assert world.do(client.downloads.get_downloads).result_count == 1


def test_waiting_for_a_token_counts(world: World, origins: Origins) -> None:
    origins.tokens.script(Stall())
    client = world.client(**origins.options(max_retries=0))
    results = world.together(*[lambda: client.downloads.get_downloads(timeout=0.5)] * 20)
    assert all(isinstance(result, APITimeoutError) for result in results)
    assert not origins.api.requests


def test_one_call_in_a_hurry_does_not_fail_the_others(world: World, origins: Origins) -> None:
    origins.tokens.script(Stall(), Reply(200, {"access_token": "t" * 9}))
    client = world.client(**origins.options(max_retries=0))

    def call(timeout: float) -> Callable[[], object]:
        return lambda: client.downloads.get_downloads(timeout=timeout)

    hurried, *others = world.together(call(0.5), *[call(60)] * 5)
    assert isinstance(hurried, APITimeoutError)
    assert not any(isinstance(result, BaseException) for result in others)
    assert len(origins.tokens.requests) == 2


@pytest.mark.slow
def test_a_call_that_cannot_wait_for_the_rate_limit_takes_no_turn(
    world: World, origins: Origins, clocks: Clocks
) -> None:
    client = world.client(
        **origins.options(access_token=ACCESS_TOKEN, api_secret=None, max_requests_per_second=1)
    )
    world.do(client.downloads.get_downloads)
    with clocks.stopped():
        for _ in range(100):
            with pytest.raises(APITimeoutError, match=r"not done within its timeout, 0\.01 s"):
                world.do(client.downloads.get_downloads, timeout=0.01)
    # If those had taken turns, the next one would be 100 seconds away.
    world.do(client.downloads.get_downloads, timeout=60)
