"""Every transfer has an end, whatever its server announces or sends."""

from __future__ import annotations

import functools
import gzip
import threading
import typing
from collections.abc import Callable
from pathlib import Path

import pytest

from gettyimages import DownloadOutcomeUnknownError, GettyImagesError, TransferError
from tests.overlay.downloads.support.delivery_host import (
    CONTENT,
    Broken,
    Cut,
    DeliveryHost,
    client_of,
    names,
    parts,
    save,
)
from tests.overlay.support.clocks import Clocks
from tests.overlay.support.servers import (
    Action,
    Drip,
    HangupError,
    Origins,
    Recorded,
    Reply,
    Stall,
    until,
)
from tests.overlay.support.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]

LARGE = CONTENT * 4
MIB = 1024 * 1024


class Paced(Action):
    """A response with pauses, each once the client has taken in what came before."""

    def __init__(self, head: bytes, sizes: list[int], pause: Callable[[int], object]) -> None:
        self.head = head
        self.sizes = sizes
        self.pause = pause

    def play(self, connection: typing.Any) -> None:
        connection.sendall(self.head)
        start = 0
        for size in self.sizes:
            connection.sendall(LARGE[start : start + size])
            start += size
            self.pause(start)
        Drip(LARGE[start:] if start + MIB > len(LARGE) else b"", LARGE[start : start + 1]).play(
            connection
        )


def test_a_transfer_may_take_hours_as_long_as_it_advances(
    world: World, origins: Origins, tmp_path: Path, clocks: Clocks
) -> None:
    seen = [0]

    def pause(sent: int) -> None:
        until(lambda: seen[-1] >= sent - 1.3 * MIB)  # so that two rounds bring more than 1 MiB
        clocks.advance(140)

    def paced(host: DeliveryHost, _: Recorded) -> Action:
        return Paced(host.reply(200, LARGE).head(), [3 * MIB // 2] * 6, pause)

    with DeliveryHost(paced, content=LARGE) as host:
        client = client_of(world, origins, host.uri)
        file = save(world, client, tmp_path, on_progress=lambda done, _: seen.append(done))
        assert file.path.read_bytes() == LARGE
        assert len(host.requests) == 1


@pytest.mark.parametrize("announced", [len(LARGE), 20_000_000_000])
def test_neither_an_announced_size_nor_what_came_quickly_gives_a_slow_transfer_more_time(
    world: World, origins: Origins, tmp_path: Path, clocks: Clocks, announced: int
) -> None:
    seen, over = [0], threading.Event()

    def pause(sent: int) -> None:
        # What is held back for the next block is seen once more has come: so not for ever.
        held_back = 1.3 * MIB if sent <= 5 * MIB else 1
        for _ in range(100):
            if over.wait(0.005) or seen[-1] >= sent - held_back:
                break
        clocks.advance(10)

    def paced(host: DeliveryHost, _: Recorded) -> Action:
        head = host.reply(200, b"", {"Content-Length": str(announced)}).head()
        # Time that was left when the first bytes came must not be added up: it would be enough.
        return Paced(head, [5 * MIB, *[1] * 100, len(LARGE) - 5 * MIB - 100], pause)

    with DeliveryHost(paced, content=LARGE) as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(TransferError, match="were not fetched within 300 seconds"):
            save(world, client, tmp_path, on_progress=lambda done, _: seen.append(done))
        over.set()
        assert len(host.requests) == 1
        assert not save(world, client, tmp_path).download_used


def test_bytes_that_are_sent_again_and_again_give_no_more_time(
    world: World, origins: Origins, tmp_path: Path, clocks: Clocks
) -> None:
    class OneByteMore(Broken):
        """Breaks off one byte after those that it has sent before."""

        def __call__(self, host: DeliveryHost, request: Recorded) -> Action:
            clocks.advance(0.5)
            return super().__call__(host, request)

    with DeliveryHost(Broken(5000), *[OneByteMore(4097)] * 700) as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(TransferError, match="were not fetched within 300 seconds"):
            save(world, client, tmp_path)


class Endless(Action):
    """A body in chunks that does not end."""

    def __init__(self, head: bytes, chunk: bytes) -> None:
        self.head = head
        self.chunk = b"%x\r\n%s\r\n" % (len(chunk), chunk)

    def play(self, connection: typing.Any) -> None:
        connection.sendall(self.head)
        for _ in range(2_000):
            connection.sendall(self.chunk)
        raise HangupError


def endless(host: DeliveryHost, _: Recorded) -> Action:
    head = host.reply(200, b"", {"Transfer-Encoding": "chunked"})
    del head.headers["Content-Length"]
    return Endless(head.head(), b"\xff\xd8" * 50_000)


@functools.cache
def compressed() -> bytes:
    """Much in little."""
    return gzip.compress(bytes(200_000_000))


def endless_when_decoded(host: DeliveryHost, _: Recorded) -> Action:
    return host.reply(200, compressed(), {"Content-Encoding": "gzip"})


def oversized(host: DeliveryHost, _: Recorded) -> Action:
    return Stall(host.reply(200, b"", {"Content-Length": "99999999999999999999"}).head())


@pytest.mark.parametrize("kind", [endless, endless_when_decoded, oversized])
@pytest.mark.parametrize("method", ["save_image", "save_link", "save_images"])
def test_a_file_that_is_too_large_is_refused_and_its_link_is_kept(
    world: World, origins: Origins, tmp_path: Path, kind: typing.Any, method: str
) -> None:
    with DeliveryHost(kind) as host:
        client = client_of(world, origins, host.uri)
        call: dict[str, Callable[[], object]] = {
            "save_image": lambda: save(world, client, tmp_path, max_file_size=3_000_000),
            "save_link": lambda: world.do(
                client.downloads.save_link, link(), tmp_path, max_file_size=3_000_000
            ),
            "save_images": lambda: raise_first(
                world.items(client.downloads.save_images(["1"], tmp_path, max_file_size=3_000_000))
            ),
        }

        def link() -> typing.Any:
            return world.do(client.downloads.request_link, "1")

        with pytest.raises(
            TransferError, match="larger than 3000000 bytes, which is max_file_size"
        ):
            call[method]()
        assert names(tmp_path) == []
        assert all((tmp_path / part).stat().st_size <= 3_000_000 for part in parts(tmp_path))
        assert not save(world, client, tmp_path).download_used
    assert len(origins.api.requests) == 1


def raise_first(results: typing.Iterable[typing.Any]) -> None:
    for result in [*results]:  # to the end, as the error would keep the batch at work
        raise result.error


def test_by_default_a_file_may_have_20_gb(world: World, origins: Origins, tmp_path: Path) -> None:
    def announced(host: DeliveryHost, _: Recorded) -> Action:
        return Cut(host.reply(200, b"", {"Content-Length": "20000000001"}).head())

    with DeliveryHost(announced) as host, pytest.raises(TransferError, match="20000000000 bytes"):
        save(world, client_of(world, origins, host.uri), tmp_path)


def test_an_image_that_is_too_large_is_not_opened(world: World, origins: Origins) -> None:
    with DeliveryHost(oversized) as host:
        client = client_of(world, origins, host.uri)
        with (
            pytest.raises(TransferError, match="max_file_size"),
            world.inside(client.downloads.open_image("1", max_file_size=5)),
        ):
            pass


def test_a_timeout_bounds_request_and_transfer_together(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def slow(host: DeliveryHost, _: Recorded) -> Action:
        return Drip(host.reply(200, CONTENT).head(), b"x")

    with DeliveryHost(slow) as host:
        client = client_of(world, origins, host.uri, timeout=60)
        with pytest.raises(TransferError, match="not fetched within the timeout of the call"):
            save(world, client, tmp_path, timeout=1)
        host.faults.append(slow)
        link = world.do(client.downloads.request_link, "2")
        with pytest.raises(TransferError, match="not fetched within the timeout of the call"):
            world.do(client.downloads.save_link, link, tmp_path, timeout=1)
        assert not save(world, client, tmp_path).download_used


def test_a_timeout_of_the_call_bounds_its_request(
    world: World, origins: Origins, tmp_path: Path, clocks: Clocks
) -> None:
    def late(_: Recorded) -> Action:
        clocks.advance(100)
        return Drip(Reply(200, b"xxx").head(), b"x")

    client = client_of(world, origins, "https://unused.example/", timeout=9000)
    origins.api.script(late)
    with pytest.raises(DownloadOutcomeUnknownError, match="longer than its timeout"):
        save(world, client, tmp_path, timeout=50)


@pytest.mark.parametrize("options", [{"max_file_size": -1}, {"max_file_size": "5"}, {"timeout": 0}])
def test_a_bound_that_cannot_be_right_is_refused(
    world: World, origins: Origins, tmp_path: Path, options: dict[str, typing.Any]
) -> None:
    client = client_of(world, origins, "https://unused.example/")
    with pytest.raises(GettyImagesError):
        save(world, client, tmp_path, **options)
    assert not origins.api.requests
