"""The log has a line for each call, and shows no secret."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import subprocess
import sys
import traceback
from pathlib import Path

import httpx
import pytest

from gettyimages import AsyncGettyImages, GettyImagesError, TransferError
from gettyimages.sandbox import Sandbox, ServerFailure, Truncated

from .downloads.support.sandboxes import ORDER, client_of
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
    assert "GET /v3/x: attempt 1 failed, the next in 0.00 s (status 503)" in details
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


def test_a_retry_is_logged_with_what_went_wrong(
    world: World, origins: Origins, caplog: pytest.LogCaptureFixture
) -> None:
    origins.api.script(Reset(), GOOD)
    origins.tokens.script(Reply(502), origins.tokens.issue)
    world.do(world.client(**origins.options()).downloads.get_downloads)
    retries = [line for line in lines(caplog, logging.DEBUG) if "attempt 1 failed" in line]
    assert retries == [
        "access token: attempt 1 failed, the next in 0.00 s (status 502)",
        "downloads.get_downloads: attempt 1 failed, the next in 0.00 s (the connection broke while"
        " reading)",
    ]


def files(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The lines about files, without numbers of seconds."""
    return [
        re.sub(r"\d+\.\d\d s", "N s", line) for line in lines(caplog) if line.startswith("image ")
    ]


def test_every_file_is_logged_in_one_line(
    world: World, sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(world, sandbox, max_retries=0)
    world.do(client.downloads.save_image, "1", tmp_path)
    world.do(client.downloads.save_image, "1", tmp_path)
    sandbox.faults.add(ServerFailure(status=503, after_effect=False, operation=ORDER, times=1))
    with pytest.raises(GettyImagesError):
        world.do(client.downloads.save_image, "2", tmp_path)
    [*world.items(client.downloads.save_images(["1", "3"], tmp_path, concurrency=1))]
    assert files(caplog) == [
        "image 1: saved, 20000 bytes in N s",
        "image 1: skipped, 20000 bytes in N s",
        "image 2: failed (DownloadOutcomeUnknownError) after N s",
        "image 1: skipped, 20000 bytes in N s",
        "image 3: saved, 20000 bytes in N s",
    ]


def test_a_file_that_is_resumed_is_logged_as_such(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Sandbox(file_size=3_000_000) as sandbox:
        client = client_of(world, sandbox, max_retries=0)
        fault = Truncated(origin="delivery")
        sandbox.faults.add(fault)
        with pytest.raises(TransferError) as caught:
            world.do(client.downloads.save_image, "1", tmp_path)
        sandbox.faults.remove(fault)
        world.do(client.downloads.save_image, "1", tmp_path)
    assert files(caplog) == [
        "image 1: failed (TransferError) after N s",
        "image 1: resumed, 3000000 bytes in N s",
    ]
    frames = traceback.extract_tb(caught.value.__traceback__)
    assert sum("/gettyimages/" in Path(frame.filename).as_posix() for frame in frames) <= 3


PROGRAM = """
import logging
from gettyimages import GettyImages
for _ in range(2):
    GettyImages(api_key="k")
log = logging.getLogger("gettyimages")
log.info("an info"); log.debug("a detail")
print(log.level, len(log.handlers))
"""


@pytest.mark.parametrize(
    ("value", "level", "shown"),
    [
        ("info", logging.INFO, ["an info"]),
        ("DEBUG", logging.DEBUG, ["an info", "a detail"]),
        ("", logging.NOTSET, []),
    ],
)
def test_the_environment_sends_the_log_to_stderr(value: str, level: int, shown: list[str]) -> None:
    done = run_with_log(value)
    assert done.stdout.split() == [str(level), str(int(bool(value)))]
    assert [line.partition("gettyimages: ")[2] for line in done.stderr.splitlines()] == shown


def test_another_level_in_the_environment_is_refused() -> None:
    assert "GETTYIMAGES_LOG must be debug or info, found 'loud'" in run_with_log("loud").stderr


def run_with_log(value: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GETTYIMAGES_LOG": value, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
