"""A single call that is stopped keeps what it has paid for, however it is stopped."""

from __future__ import annotations

import _thread
import asyncio
import contextlib
import gc
import logging
import random
import re
import signal
import sys
import threading
import time
import typing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gettyimages import (
    AsyncGettyImages,
    DownloadLink,
    GettyImages,
    JournalError,
    RawResponse,
)
from tests.overlay.downloads.support.batches import workers
from tests.overlay.downloads.support.fates import Fates
from tests.overlay.downloads.support.processes import HANG, wait_until
from tests.overlay.support.clocks import Clocks
from tests.overlay.support.servers import ACCESS_TOKEN, API_KEY, Reply
from tests.overlay.support.worlds import World
from tests.overlay.torture.stopping import stop_downloads

pytestmark = pytest.mark.slow


@pytest.fixture
def fates() -> Iterator[Fates]:
    """Servers whose response to a paid request waits until `released` is set off."""
    with Fates() as fates:
        fates.gate = threading.Barrier(2)
        yield fates


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C works as usual, even where tests run in the background of a shell."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def under_way(fates: Fates, then: Callable[[], object], *, is_left: bool = False) -> Iterator[None]:
    """Call a function once request 1 is under way, and let the API respond a little later.

    With `is_left`, the API responds when the block has been left.
    """
    assert fates.gate is not None
    gate = fates.gate
    left, responds = threading.Event(), threading.Event()

    def play() -> None:
        wait_until(lambda: fates.orders)
        then()
        left.wait(HANG if is_left else 0.2)
        responds.set()
        gate.wait(HANG)

    player = threading.Thread(target=play)
    player.start()
    yield
    assert not (is_left and responds.is_set())
    left.set()
    player.join(HANG)


def assert_saved_without_another_download(fates: Fates, world: World, folder: Path) -> None:
    wait_until(lambda: not workers())
    client = world.client(**fates.options())
    assert world.do(client.downloads.save_image, "1", folder).path.read_bytes() == fates.content(
        "1"
    )
    assert fates.orders == ["1"]


def test_closing_the_client_waits_for_a_paid_request_of_another_thread_or_task(
    world: World, fates: Fates, tmp_path: Path
) -> None:
    client = world.client(**fates.options())
    saving = lambda: client.downloads.save_image("1", tmp_path)  # noqa: E731 - for both worlds
    with under_way(fates, lambda: None):
        world.together(saving, world.once(lambda: fates.orders, client.close))
    assert_saved_without_another_download(fates, world, tmp_path)


def test_closing_the_client_waits_for_a_paid_request_of_a_batch(
    world: World, fates: Fates, tmp_path: Path
) -> None:
    client = world.client(**fates.options())
    batch = world.do(client.downloads.save_images, ["1"], tmp_path)

    def blocking() -> object:
        return next(iter(batch))

    async def asynchronous() -> object:
        return await anext(aiter(batch))

    with under_way(fates, lambda: None):
        world.together(
            asynchronous if world.is_async else blocking,
            world.once(lambda: fates.orders, client.close),
        )
    world.do(batch.close)
    assert_saved_without_another_download(fates, world, tmp_path)


def test_a_client_that_is_closed_refuses_calls_while_it_waits(world: World, fates: Fates) -> None:
    client = world.client(**fates.options())
    closed = threading.Event()

    def blocking() -> object:
        closed.set()
        return client.close()

    async def asynchronous() -> object:
        closed.set()
        return await client.close()

    closing = world.once(lambda: fates.orders, asynchronous if world.is_async else blocking)
    asking = world.once(
        lambda: closed.wait(HANG) or True, lambda: client.downloads.request_link("2")
    )
    with under_way(fates, lambda: closed.wait(HANG)):
        link, _, refused = world.together(
            lambda: client.downloads.request_link("1"), closing, asking
        )
    assert isinstance(link, DownloadLink)
    assert "the client is closed" in str(refused)
    assert fates.orders == ["1"]


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_a_task_that_the_end_of_the_event_loop_cancels_records_its_link(
    fates: Fates, tmp_path: Path
) -> None:
    async def main() -> None:
        # With a token of its own, it has no connection that the event loop would leave open.
        url = fates.options()["base_url"]
        client = AsyncGettyImages(api_key=API_KEY, access_token=ACCESS_TOKEN, base_url=url)
        task = asyncio.create_task(client.downloads.save_image("1", tmp_path))
        await asyncio.to_thread(wait_until, lambda: fates.orders)
        assert not task.done()

    with under_way(fates, lambda: None):
        asyncio.run(main())
    world = World(AsyncGettyImages)
    gc.collect()  # connections of the client that was never closed
    assert_saved_without_another_download(fates, world, tmp_path)
    world.end()


def interrupted(
    world: World,
    fates: Fates,
    call: Callable[[], typing.Any],
    meanwhile: Callable[[], object],
    *,
    is_left: bool = False,
) -> BaseException:
    """Interrupt or cancel a call while its paid request is under way, and return the exception."""

    def interrupt() -> None:
        meanwhile()
        if sys.platform == "win32":
            _thread.interrupt_main()
        else:  # the former would not end a wait
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    async def cancelled() -> BaseException:
        async def run() -> None:
            try:
                await call()
            except asyncio.CancelledError as error:
                seen.append(error)
                raise

        seen: list[BaseException] = []
        task = asyncio.create_task(run())
        await asyncio.to_thread(wait_until, lambda: fates.orders)
        meanwhile()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return seen[0]

    if world.is_async:
        with under_way(fates, lambda: None, is_left=is_left):
            error: BaseException = world.do(cancelled)
        return error
    with under_way(fates, interrupt, is_left=is_left), pytest.raises(KeyboardInterrupt) as caught:
        call()
    return caught.value


def opened(world: World, client: typing.Any) -> Callable[[], typing.Any]:
    image = client.downloads.open_image("1")
    return typing.cast(
        "Callable[[], typing.Any]", image.__aenter__ if world.is_async else image.__enter__
    )


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("method", ["request_link", "open_image"])
def test_an_interrupt_during_a_paid_request_without_a_journal_carries_the_link(
    world: World, fates: Fates, tmp_path: Path, method: str
) -> None:
    client = world.client(**fates.options())
    ways = {"request_link": lambda: client.downloads.request_link("1")}
    call = ways.get(method) or opened(world, client)
    error = interrupted(world, fates, call, lambda: None)
    link = vars(error)["link"]
    assert "attribute `link`" in error.__notes__[0]
    saved = world.do(client.downloads.save_link, link, tmp_path)
    assert saved.path.read_bytes() == fates.content("1")
    assert fates.orders == ["1"]


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_names_the_file_that_came_instead_of_a_link(
    world: World, fates: Fates
) -> None:
    content = random.Random(7).randbytes(3_000_000)
    headers = {"Content-Disposition": "attachment; filename=picture.jpg"}
    fates.instead = Reply(200, content, headers=headers, content_type="image/jpeg")
    client = world.client(**fates.options())
    error = interrupted(world, fates, lambda: client.downloads.request_link("1"), lambda: None)
    found = re.search(r"kept as (.*)$", error.__notes__[0])
    assert found is not None
    path = Path(found[1])
    assert path.read_bytes() == content
    path.unlink()


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_carries_a_link_that_cannot_be_recorded(
    world: World, fates: Fates, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    client = world.client(**fates.options())

    def lose_the_journal() -> None:
        for path in folder.iterdir():
            path.unlink()

    call = lambda: client.downloads.save_image("1", folder)  # noqa: E731 - for both worlds
    link = vars(interrupted(world, fates, call, lose_the_journal))["link"]
    assert isinstance(link, DownloadLink)
    assert world.do(client.downloads.save_link, link, folder).path.exists()
    assert fates.orders == ["1"]


@pytest.mark.usefixtures("interruptible")
def test_a_response_that_an_interrupt_waits_for_is_reported_as_any_other(
    world: World, fates: Fates, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[int] = []

    async def note_later(response: RawResponse) -> None:
        await asyncio.sleep(0.01)
        seen.append(response.status_code)

    def note(response: RawResponse) -> None:
        seen.append(response.status_code)

    client = world.client(**fates.options(on_response=note_later if world.is_async else note))
    interrupted(world, fates, lambda: client.downloads.save_image("1", tmp_path), lambda: None)
    assert seen == [303]
    assert "on_response failed" not in caplog.text
    assert_saved_without_another_download(fates, world, tmp_path)


def test_an_interrupt_in_on_response_on_an_event_loop_loses_no_link(
    fates: Fates, tmp_path: Path
) -> None:
    fates.gate = None

    def interrupt(_: RawResponse) -> None:
        raise KeyboardInterrupt  # as a second Ctrl-C does

    async def save() -> None:
        async with AsyncGettyImages(**fates.options(on_response=interrupt)) as client:
            await client.downloads.save_image("1", tmp_path)

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(save())
    world = World(GettyImages)
    assert_saved_without_another_download(fates, world, tmp_path)
    world.end()


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_carries_such_a_link_however_long_its_request_took(
    fates: Fates,
    tmp_path: Path,
    clocks: Clocks,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "photos"

    class Slow(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            time.sleep(0.3)

    def pass_time(_: object) -> None:
        clocks.advance(20)
        time.sleep(0.5)

    def lose_the_journal() -> None:
        for path in folder.iterdir():
            path.unlink()

    monkeypatch.setattr(logging.getLogger("gettyimages"), "handlers", [Slow()])
    caplog.set_level(logging.INFO, "gettyimages")
    with GettyImages(**fates.options(on_response=pass_time)) as client:
        call = lambda: client.downloads.save_image("1", folder)  # noqa: E731 - as above
        error = interrupted(World(GettyImages), fates, call, lose_the_journal)
    assert isinstance(vars(error)["link"], DownloadLink)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_waits_no_longer_than_stop_timeout(
    world: World, fates: Fates, tmp_path: Path
) -> None:
    client = world.client(**fates.options(stop_timeout=0.05))
    call = lambda: client.downloads.save_image("1", tmp_path)  # noqa: E731 - for both worlds
    error = interrupted(world, fates, call, lambda: None, is_left=True)
    assert "link" not in vars(error)
    assert_saved_without_another_download(fates, world, tmp_path)


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_nothing_that_was_paid_for_is_lost_by_stops_at_random_moments(tmp_path: Path) -> None:
    print(f"\n{stop_downloads(tmp_path, cancels=30, interrupts=6, seed=4)}")


def test_a_batch_that_is_closed_keeps_a_link_that_cannot_be_recorded(
    world: World, fates: Fates, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    client = world.client(**fates.options())
    batch = world.do(client.downloads.save_images, ["1"], folder)

    def lose_the_journal() -> None:
        for path in folder.iterdir():
            path.unlink()

    with under_way(fates, lose_the_journal):
        closing = world.once(lambda: fates.orders, batch.close)
        assert world.together(batch.run, closing)[0].saved == 0
    (result,) = batch.unread
    assert isinstance(result.error, JournalError)
    assert result.error.link is not None
    assert world.do(client.downloads.save_link, result.error.link, folder).path.exists()
