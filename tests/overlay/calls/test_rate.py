"""Requests per second stay within the limit, across threads, tasks, variants and token requests."""

from __future__ import annotations

import itertools

import pytest

from ..support.servers import ACCESS_TOKEN, Origins, Reply, token_reply
from ..support.worlds import World

RATE = 20


def gaps(origins: Origins) -> list[float]:
    """Seconds between requests, as the servers saw them."""
    times = sorted(one.time for one in [*origins.api.requests, *origins.tokens.requests])
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def spread(origins: Origins, requests: int) -> None:
    """Check that requests were spread; a busy machine receives some of them late."""
    found = gaps(origins)
    assert len(found) == requests - 1
    assert sum(found) >= (requests - 1) / RATE * 0.5


def test_calls_at_the_same_time_are_spread_over_time(world: World, origins: Origins) -> None:
    client = world.client(**origins.options(max_requests_per_second=RATE))
    variant = client.with_options(accept_language="de")
    world.together(*[client.downloads.get_downloads] * 8, *[variant.downloads.get_downloads] * 8)
    spread(origins, 17)


@pytest.mark.usefixtures("at_once")
def test_retries_and_token_requests_count_too(world: World, origins: Origins) -> None:
    origins.tokens.script(Reply(503), Reply(429), token_reply(1))
    origins.api.script(Reply(503), Reply(401), Reply(429), Reply(200, {}))
    client = world.client(**origins.options(max_requests_per_second=RATE))
    world.do(client.downloads.get_downloads)
    spread(origins, 8)


def test_the_first_call_does_not_wait(world: World, origins: Origins) -> None:
    client = world.client(
        **origins.options(max_requests_per_second=0.001, access_token=ACCESS_TOKEN)
    )
    world.do(client.downloads.get_downloads, timeout=60)
