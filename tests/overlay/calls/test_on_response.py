"""Every response is handed to `on_response`, for metrics."""

from __future__ import annotations

import asyncio

import pytest

from gettyimages import APIError, DownloadOutcomeUnknownError, RawResponse

from ..support.servers import MARK, Origins, Reply
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")
GOOD = Reply(200, {"result_count": 1})


def test_every_response_is_reported_with_the_number_of_its_attempt(
    world: World, origins: Origins
) -> None:
    seen: list[tuple[int, int]] = []

    def note(response: RawResponse) -> None:
        seen.append((response.status_code, response.attempts))

    async def note_later(response: RawResponse) -> None:
        await asyncio.sleep(0)
        note(response)

    origins.api.script(Reply(503), Reply(401), Reply(429), GOOD, Reply(404))
    client = world.client(**origins.options(on_response=note_later if world.is_async else note))
    world.do(client.downloads.get_downloads)
    with pytest.raises(APIError):
        world.do(client.downloads.get_downloads)
    assert seen == [(503, 1), (401, 2), (429, 3), (200, 4), (404, 1)]


def test_an_exception_in_on_response_does_not_lose_the_response(
    world: World, origins: Origins, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_response: RawResponse) -> None:
        raise ZeroDivisionError

    client = world.client(**origins.options(on_response=fail))
    assert world.do(client.downloads.get_downloads).result_count == 0
    assert "on_response failed; the response is not affected" in caplog.text


def test_a_response_that_leaves_the_outcome_unknown_is_reported_too(
    world: World, origins: Origins
) -> None:
    seen: list[int] = []
    origins.api.script(Reply(500))
    client = world.client(
        **origins.options(on_response=lambda response: seen.append(response.status_code))
    )
    with pytest.raises(DownloadOutcomeUnknownError):
        world.do(client.downloads.request_image_download, "1")
    assert seen == [500]


def test_a_response_knows_its_operation_its_address_and_how_long_it_took(
    world: World, origins: Origins
) -> None:
    seen: list[RawResponse] = []
    origins.api.script(Reply(503), Reply(200, {"result_count": 1}, after=0.02))
    client = world.client(**origins.options(on_response=seen.append))
    world.do(client.downloads.get_downloads, page=2, extra_query={"signature": MARK})
    world.do(client.request, "GET", "/v3/x", query={"signature": MARK})
    assert [(one.operation, one.url) for one in seen] == [
        ("downloads.get_downloads", f"{origins.api.url}/v3/downloads"),
        ("downloads.get_downloads", f"{origins.api.url}/v3/downloads"),
        ("GET /v3/x", f"{origins.api.url}/v3/x"),
    ]
    assert all(one.elapsed > 0 for one in seen)
    assert seen[1].elapsed >= 0.02
