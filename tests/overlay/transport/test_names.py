"""Names of hosts are resolved in threads of the client, whatever the program does with its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

from gettyimages import APIConnectionError, APITimeoutError, AsyncGettyImages, GettyImages
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support.batches import workers
from tests.overlay.downloads.support.delivery_host import client_of
from tests.overlay.downloads.support.sandboxes import options_of
from tests.overlay.support.servers import ACCESS_TOKEN, API_KEY, HANG, Origins, until
from tests.overlay.support.worlds import World


def by_name(sandbox: Sandbox) -> dict[str, typing.Any]:
    return {
        name: value.replace("127.0.0.1", "localhost") for name, value in options_of(sandbox).items()
    }


@pytest.fixture
def full_executor() -> Iterator[asyncio.Runner]:
    """An event loop whose default executor is busy until the test has ended."""
    over = threading.Event()
    with asyncio.Runner() as runner:

        async def fill() -> None:
            for _ in range(100):
                asyncio.get_running_loop().run_in_executor(None, over.wait)

        runner.run(fill())
        yield runner
        over.set()


def test_a_program_that_keeps_its_default_executor_busy_does_not_keep_a_call(
    full_executor: asyncio.Runner, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.add_notifications(1, 1)

    async def main() -> None:
        async with AsyncGettyImages(**by_name(sandbox)) as client, asyncio.timeout(60):
            assert (await client.downloads.get_downloads()).result_count == 0
            saved = await client.downloads.save_image("1", tmp_path)
            assert saved.path.exists()
            async with client.downloads.open_image("2") as image:
                assert image.size == 20_000
            journal = tmp_path / "channel.sqlite"
            async for change_set in client.asset_changes.change_sets(1, journal=journal):
                await change_set.confirm()

    full_executor.run(main())
    assert sandbox.notification_count(1) == 0


@pytest.mark.parametrize("error", [None, socket.gaierror(-2, "Name or service not known")])
def test_a_name_that_cannot_be_resolved_is_an_error_within_its_timeout(
    world: World, monkeypatch: pytest.MonkeyPatch, error: OSError | None
) -> None:
    over = threading.Event()

    def getaddrinfo(*_: object, **__: object) -> typing.NoReturn:
        if error is None:
            over.wait(60)
        raise error or OSError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    client = world.client(
        api_key=API_KEY, access_token=ACCESS_TOKEN, base_url="https://api.example",
        timeout=HANG if error else 0.3, max_retries=0,
    )  # fmt: skip
    with pytest.raises(APIConnectionError) as caught:
        world.do(client.downloads.get_downloads)
    over.set()
    assert not caught.value.may_have_executed
    assert isinstance(caught.value, APITimeoutError) == (error is None)
    if error is not None:
        assert "Name or service not known" in str(caught.value)


def test_all_addresses_of_a_name_are_tried(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    resolve = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *more: int, **options: int) -> typing.Any:
        found = resolve("127.0.0.1", port, *more, **options)
        if host != "localhost":
            return found
        closed = [(*one[:4], ("127.0.0.2", 1)) for one in found]
        return [*closed, *found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    async def main() -> None:
        async with AsyncGettyImages(**by_name(sandbox)) as client:
            assert (await client.downloads.get_downloads()).result_count == 0

    asyncio.run(main())


@pytest.mark.parametrize("world", [GettyImages], indirect=True, ids=["blocking"])
def test_a_stop_does_not_wait_for_the_name_of_a_delivery_host(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, over, failed = threading.Event(), threading.Event(), threading.Event()
    resolve = socket.getaddrinfo

    def getaddrinfo(host: str, *more: typing.Any, **options: typing.Any) -> typing.Any:
        if host != "files.example":
            return resolve(host, *more, **options)
        asked.set()
        over.wait(20)
        failed.set()
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    client = client_of(world, origins, "https://files.example/1.jpg", step_timeout=60)
    batch = client.downloads.save_images(["1"], tmp_path)
    reader = threading.Thread(target=lambda: [*batch])
    reader.start()
    assert asked.wait(60)
    batch.close()
    until(lambda: {*workers()} == {"gettyimages-blocking"})  # which looks up the name
    assert not failed.is_set()
    over.set()
    reader.join()
