"""A thousand callers at once: all succeed, and one token is fetched for all of them."""

from __future__ import annotations

import threading
import time

from ..support.servers import Action, Origins, Recorded, Reply
from ..support.worlds import World

GOOD = Reply(200, {"result_count": 1})


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


def test_a_token_that_expires_in_the_middle_costs_one_renewal(
    world: World, origins: Origins
) -> None:
    valid = {"token-1"}

    def answer(request: Recorded) -> Action:
        if len(origins.api.requests) == 250:
            valid.clear()
        token = (request.header("authorization") or "").rpartition("marker-")[2]
        if len(origins.api.requests) > 250 and token != "token-1":
            valid.add(token)
        return GOOD if token in valid else Reply(401)

    origins.api.script(answer)
    client = world.client(**origins.options(max_retries=0))
    results = world.together(*[client.downloads.get_downloads] * 500, limit=50)
    assert [result for result in results if isinstance(result, BaseException)] == []
    assert len(origins.tokens.requests) == 2


def test_one_client_serves_threads_while_another_thread_makes_variants(
    origins: Origins,
) -> None:
    from gettyimages import GettyImages

    with GettyImages(**origins.options()) as client:

        def work() -> None:
            for number in range(10):
                client.with_options(timeout=5 + number).downloads.get_downloads()

        threads = [threading.Thread(target=work) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(origins.tokens.requests) == 1
    assert len(origins.api.requests) == 100


def test_tasks_that_are_cancelled_give_their_connections_back(origins: Origins) -> None:
    import asyncio

    from gettyimages import AsyncGettyImages

    origins.api.script(Reply(200, {"result_count": 1}, after=0.3))

    async def main() -> None:
        async with AsyncGettyImages(**origins.options()) as client:
            await client.downloads.get_downloads()
            tasks = [asyncio.create_task(client.downloads.get_downloads()) for _ in range(150)]
            await asyncio.sleep(0.1)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            origins.api.script(GOOD)
            started = time.monotonic()
            await asyncio.gather(*[client.downloads.get_downloads() for _ in range(150)])
            assert time.monotonic() - started < 20

    asyncio.run(main())
