"""The log has a line for each call, and shows no secret."""

from __future__ import annotations

import asyncio
import logging
import re

import httpx
import pytest

from gettyimages import AsyncGettyImages, GettyImagesError

from .support.servers import API_KEY, MARK, SIGNED_URI, Origins, Reply, Reset, Stall, until
from .support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")
GOOD = Reply(200, {"result_count": 1})


def lines(caplog: pytest.LogCaptureFixture, level: int = logging.INFO) -> list[str]:
    """The messages of this level, without numbers of milliseconds."""
    return [
        re.sub(r"\d+ ms", "N ms", record.getMessage())
        for record in caplog.records
        if record.name == "gettyimages" and record.levelno == level
    ]


def test_every_call_is_logged_in_one_line(
    world: World, origins: Origins, caplog: pytest.LogCaptureFixture
) -> None:
    origins.api.script(GOOD, Reply(503), Reply(401), GOOD, Reply(404), Reset())
    client = world.client(**origins.options(max_retries=1))
    world.do(client.downloads.get_downloads)
    world.do(client.downloads.get_downloads)
    for _ in range(2):
        with pytest.raises(GettyImagesError):
            world.do(client.downloads.get_downloads)
    with pytest.raises(GettyImagesError):
        world.do(client.downloads.request_image_download, "1")
    assert lines(caplog) == [
        "downloads.get_downloads: 200 in N ms, attempts: 1",
        "downloads.get_downloads: 200 in N ms, attempts: 3",
        "downloads.get_downloads: 404 in N ms, attempts: 1",
        "downloads.get_downloads: APIConnectionError after N ms, attempts: 2",
        "downloads.request_image_download: DownloadOutcomeUnknownError after N ms, attempts: 1",
    ]


def test_requests_and_retries_are_logged_at_debug(
    world: World, origins: Origins, caplog: pytest.LogCaptureFixture
) -> None:
    origins.api.script(Reply(503), GOOD)
    client = world.client(**origins.options())
    world.do(client.request, "GET", "/v3/x", query={"q": MARK})
    details = lines(caplog, logging.DEBUG)
    assert "GET /v3/x: attempt 1 failed, the next in 0.00 s" in details
    assert f"GET {origins.api.url}/v3/x: 200, 19 bytes" in details
    assert f"POST {origins.tokens.url}/oauth2/token: 200, 81 bytes" in details


def test_a_successful_call_logs_nothing_at_warning(
    world: World, origins: Origins, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "gettyimages"):
        client = world.client(**origins.options())
        world.do(client.downloads.get_downloads)
    assert lines(caplog) == lines(caplog, logging.DEBUG) == []


def test_a_cancelled_call_is_logged_too(origins: Origins, caplog: pytest.LogCaptureFixture) -> None:
    origins.api.script(Stall())

    async def main() -> None:
        async with AsyncGettyImages(**origins.options()) as client:
            task = asyncio.create_task(client.downloads.get_downloads())
            await asyncio.to_thread(until, lambda: origins.api.requests)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(main())
    assert lines(caplog) == ["downloads.get_downloads: cancelled after N ms, attempts: 1"]


def test_httpx_and_httpcore_log_nothing_about_our_requests_and_everything_about_others(
    world: World, origins: Origins, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {"Location": SIGNED_URI, "Set-Cookie": MARK}
    origins.api.script(Reply(303, headers=headers), Reply(200, {}, headers=headers), GOOD)
    client = world.client(**origins.options())
    world.do(client.downloads.request_image_download, "1")
    world.do(client.downloads.get_downloads)
    names = {"httpx", "httpcore.http11", "httpcore.connection"}
    shown = " ".join(one.getMessage() for one in caplog.records if one.name in names)
    assert "header" not in shown
    assert API_KEY not in shown
    caplog.clear()
    httpx.get(origins.api.url)
    assert {one.name for one in caplog.records} >= names


def test_the_logger_has_no_handler_of_its_own() -> None:
    assert logging.getLogger("gettyimages").handlers == []
