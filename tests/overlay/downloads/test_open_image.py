"""An image is read without being saved: with the same checks, and an end."""

from __future__ import annotations

import asyncio
import errno
import gc
import hashlib
import io
import shutil
import tempfile
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

from gettyimages import (
    AsyncGettyImages,
    ContentError,
    DownloadOutcomeUnknownError,
    FileError,
    GettyImages,
    GettyImagesError,
    InvalidArgumentError,
    TransferError,
)
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support.delivery_host import (
    CONTENT,
    SHA256,
    Broken,
    Cut,
    DeliveryHost,
    Stalled,
    client_of,
)
from tests.overlay.downloads.support.sandboxes import client_of as client_of_sandbox
from tests.overlay.support.clocks import Clocks
from tests.overlay.support.servers import Action, Drip, Origins, Recorded, Reply, Reset
from tests.overlay.support.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]


def content(world: World, client: typing.Any, asset: str = "1") -> bytes:
    with world.inside(client.downloads.open_image(asset)) as image:
        return b"".join(world.items(image))


def test_an_image_is_read_and_its_size_type_and_name_are_known(world: World) -> None:
    with Sandbox(file_size=3_000_000) as sandbox:
        client = client_of_sandbox(world, sandbox)
        with world.inside(client.downloads.open_image("5", height=100)) as image:
            assert image.size == 3_000_000
            assert image.content_type == "image/jpeg"
            assert image.filename == "GettyImages-5.jpg"
            assert repr(image).endswith("bytes>>")
            digest = hashlib.sha256()
            for chunk in world.items(image):
                digest.update(chunk)
            assert [*world.items(image)] == []
        assert digest.hexdigest() == sandbox.sha256("5", height=100)
        assert sandbox.downloads_used == 1


def test_the_image_is_requested_when_the_block_is_entered(world: World, origins: Origins) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        image = client.downloads.open_image("1")
        assert not origins.api.requests
        with pytest.raises(GettyImagesError, match="not open"):
            assert image.size
        with world.inside(image):
            assert len(origins.api.requests) == 1
            assert len(host.requests) == 1
        with (
            pytest.raises(GettyImagesError, match="has been opened already"),
            world.inside(image),
        ):
            pass
        assert len(origins.api.requests) == 1


def test_leaving_early_closes_the_connection(world: World, origins: Origins) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with world.inside(client.downloads.open_image("1")) as image:
            assert next(world.items(image))
        with pytest.raises(ValueError, match="the file is closed"):
            [*world.items(image)]
        assert content(world, client) == CONTENT
        assert [request.connection for request in host.requests] == [1, 2]


def test_a_broken_transfer_is_resumed(world: World, origins: Origins) -> None:
    with DeliveryHost(Broken(1_000_000), Broken(500_000)) as host:
        assert content(world, client_of(world, origins, host.uri)) == CONTENT
        assert len(host.requests) == 3
    assert len(origins.api.requests) == 1


def test_a_host_that_cannot_resume_is_read_again_up_to_where_it_was(
    world: World, origins: Origins
) -> None:
    with DeliveryHost(Broken(1_000_000), lambda host, _: host.reply(200, CONTENT)) as host:
        assert content(world, client_of(world, origins, host.uri)) == CONTENT


def test_a_file_that_changes_while_it_is_read_is_an_error(world: World, origins: Origins) -> None:
    other = {"ETag": '"second"'}
    with (
        DeliveryHost(Broken(1_000_000), lambda host, _: host.reply(200, CONTENT, other)) as host,
        pytest.raises(TransferError, match="changed while it was read"),
    ):
        content(world, client_of(world, origins, host.uri))


def test_nothing_is_left_out_if_a_file_that_began_again_is_resumed_where_it_broke(
    world: World, origins: Origins
) -> None:
    def whole(host: DeliveryHost, _: Recorded) -> Action:
        return Cut(host.reply(200, CONTENT).head() + CONTENT[:500_000])

    with DeliveryHost(Broken(1_000_000), whole) as host:
        assert content(world, client_of(world, origins, host.uri)) == CONTENT
        assert len(host.requests) == 3


def test_a_response_that_is_not_a_file_is_refused(world: World, origins: Origins) -> None:
    with (
        DeliveryHost(Reply(200, "<html>", content_type="text/html")) as host,
        pytest.raises(ContentError),
    ):
        content(world, client_of(world, origins, host.uri))


def test_a_request_without_a_clear_response_is_not_repeated(world: World, origins: Origins) -> None:
    client = client_of(world, origins, "https://unused.example/")
    origins.api.script(Reset())
    with pytest.raises(DownloadOutcomeUnknownError):
        content(world, client)
    assert len(origins.api.requests) == 1


def test_it_can_be_left_after_the_client_was_closed(world: World, origins: Origins) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with world.inside(client.downloads.open_image("1")) as image:
            world.do(client.aclose if world.is_async else client.close)
            assert image.size == len(CONTENT)


def test_the_time_that_the_reader_takes_does_not_count(
    world: World, origins: Origins, clocks: Clocks
) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with world.inside(client.downloads.open_image("1")) as image:
            clocks.advance(3600)
            assert b"".join(world.items(image)) == CONTENT


def test_an_error_in_the_block_closes_it(world: World, origins: Origins) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with (
            pytest.raises(ZeroDivisionError),
            world.inside(client.downloads.open_image("1")) as image,
        ):
            raise ZeroDivisionError
        with pytest.raises(ValueError, match="the file is closed"):
            [*world.items(image)]


def test_an_image_that_was_never_opened_can_be_closed(world: World, origins: Origins) -> None:
    client = client_of(world, origins, "https://unused.example/")
    with pytest.raises(GettyImagesError):
        client.downloads.open_image("")
    gc.collect()
    image = client.downloads.open_image("1")
    world.do(image.close)
    with pytest.raises(ValueError, match="the file is closed"), world.inside(image):
        pass
    assert not origins.api.requests


def test_so_many_bytes_are_read_as_were_asked_for(world: World, origins: Origins) -> None:
    with DeliveryHost(Broken(1_000_000)) as host:
        client = client_of(world, origins, host.uri)
        with world.inside(client.downloads.open_image("1")) as image:
            read = [world.do(image.read, size) for size in (0, 10, 700_000, 1)]
            assert [len(part) for part in read] == [0, 10, 700_000, 1]
            chunks = world.items(image)
            read.append(next(chunks))
            read.append(world.do(image.read, 5))
            read.append(world.do(image.read))
            assert b"".join(read) == CONTENT
            assert world.do(image.read, 5) == world.do(image.read) == b""
            assert [*world.items(image)] == []


def test_a_closed_image_is_an_error_and_never_an_empty_one(world: World, origins: Origins) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        image = client.downloads.open_image("1")
        with pytest.raises(GettyImagesError, match="not open"):
            world.do(image.read)
        with world.inside(image):
            world.do(image.read, 5)
        for size in (0, 5, -1):
            with pytest.raises(ValueError, match="the file is closed"):
                world.do(image.read, size)
        assert image.size == len(CONTENT)


def test_an_image_that_could_not_be_read_to_its_end_stays_an_error(
    world: World, origins: Origins
) -> None:
    with DeliveryHost(Broken(1_000_000), *[Reply(400)] * 9) as host:
        client = client_of(world, origins, host.uri)
        with world.inside(client.downloads.open_image("1")) as image:
            with pytest.raises(TransferError):
                world.do(image.read)
            for size in (5, -1):
                with pytest.raises(ValueError, match="not read to its end"):
                    world.do(image.read, size)
            with pytest.raises(ValueError, match="not read to its end"):
                [*world.items(image)]


def test_an_opened_image_is_a_binary_file(origins: Origins) -> None:
    def blocking(host: DeliveryHost) -> typing.Any:
        return client_of(World(GettyImages), origins, host.uri)

    with DeliveryHost() as host, blocking(host) as client:
        open_image = client.downloads.open_image
        with open_image("1") as image:
            assert isinstance(image, io.BufferedIOBase)
            states = image.readable(), image.seekable(), image.writable(), image.closed
            assert states == (True, False, False, False)
            copy = io.BytesIO()
            shutil.copyfileobj(image, copy)
            assert copy.getvalue() == CONTENT
        assert image.closed
        with open_image("1") as image:
            buffer = bytearray(1_000_000)
            assert image.readinto(buffer) == len(buffer)
            assert buffer == CONTENT[: len(buffer)]
        with pytest.raises(ValueError, match="closed"):
            image.readinto(buffer)
        with open_image("1") as image, io.BufferedReader(image) as reader:
            assert reader.read() == CONTENT
        with open_image("1") as image:
            parts = [*iter(lambda: image.read(1_000_000), b"")]  # as uploads in parts do
            assert [len(part) for part in parts[:-1]] == [1_000_000] * (len(parts) - 1)
            assert b"".join(parts) == CONTENT
        with open_image("1") as image:
            assert len([*image]) < 1000, "chunks, not lines"


def test_after_a_read_that_was_cancelled_nothing_is_read_any_more(origins: Origins) -> None:
    async def main(uri: str) -> None:
        origins.api.script(Reply(303, headers={"Location": uri}))
        async with (
            AsyncGettyImages(**origins.options()) as client,
            client.downloads.open_image("1") as image,
        ):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await image.read()
            with pytest.raises(ValueError, match="not read to its end"):
                await image.read(5)

    with DeliveryHost(Stalled(500_000)) as host:
        asyncio.run(main(host.uri))


class Short(io.RawIOBase):
    """A raw file that takes a part of what is written."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: typing.Any) -> int:
        self.content += data[:7001]
        return len(data[:7001])


class Silent:
    """A file that writes all, and does not report it."""

    def __init__(self) -> None:
        self.content = bytearray()

    def write(self, data: bytes) -> None:
        self.content += data


@pytest.mark.parametrize("kind", [Short, Silent])
def test_an_image_is_written_into_a_file(
    world: World, origins: Origins, kind: type[Short | Silent]
) -> None:
    with DeliveryHost(Broken(1_000_000)) as host:
        client = client_of(world, origins, host.uri)
        file = kind()
        written = world.do(client.downloads.save_image_to, "1", file, height=100)
    assert (written.size, written.sha256) == (len(CONTENT), SHA256)
    assert written.content_type == "image/jpeg"
    assert file.content == CONTENT
    assert origins.api.requests[0].query == {"auto_download": ["true"], "height": ["100"]}


@pytest.mark.parametrize("result", [0, None, -1, 10**9, "all"])
def test_a_file_that_does_not_take_the_image_is_an_error(
    world: World, origins: Origins, result: typing.Any
) -> None:
    class Wrong(Short):
        def write(self, data: typing.Any) -> typing.Any:
            return result

    with DeliveryHost() as host, pytest.raises(FileError, match=f"written {result!r} bytes"):
        world.do(client_of(world, origins, host.uri).downloads.save_image_to, "1", Wrong())


def test_what_the_file_raises_arrives_as_it_is(world: World, origins: Origins) -> None:
    class Full(Short):
        def write(self, data: typing.Any) -> int:
            raise OSError(errno.ENOSPC, "full")

    with DeliveryHost() as host, pytest.raises(OSError, match="full"):
        world.do(client_of(world, origins, host.uri).downloads.save_image_to, "1", Full())


def test_a_part_of_an_image_in_a_file_is_an_error(world: World, origins: Origins) -> None:
    file = io.BytesIO()
    with (
        DeliveryHost(Broken(1_000_000), *[Reply(400)] * 9) as host,
        pytest.raises(TransferError),
    ):
        world.do(client_of(world, origins, host.uri).downloads.save_image_to, "1", file)


def unfit_files(folder: Path) -> Iterator[typing.Any]:
    path = folder / "file"
    path.touch()
    closed = io.BytesIO()
    closed.close()
    yield from (closed, io.StringIO(), "name", None)
    with path.open("w") as text, path.open("rb") as to_read:
        yield from (text, to_read)
    with tempfile.NamedTemporaryFile("w") as named:
        yield named


def test_a_file_that_takes_no_bytes_is_refused_before_anything_is_paid(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    client = client_of(world, origins, "https://unused.example/")
    for file in unfit_files(tmp_path):
        with pytest.raises(InvalidArgumentError, match="file must be open for writing bytes"):
            world.do(client.downloads.save_image_to, "1", file)
    assert not origins.api.requests


def test_a_timeout_bounds_the_image_without_the_time_that_writing_it_takes(
    world: World, origins: Origins, clocks: Clocks
) -> None:
    class Slow(Short):
        def write(self, data: typing.Any) -> int:
            clocks.advance(20)
            return super().write(data)

    def slow(host: DeliveryHost, _: Recorded) -> Action:
        return Drip(host.reply(200, CONTENT).head() + CONTENT[:500_000], b"x")

    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        save_image_to = client.downloads.save_image_to
        assert world.do(save_image_to, "1", Slow(), timeout=10).sha256 == SHA256
        host.faults.append(slow)
        with pytest.raises(TransferError, match="within the timeout of the call"):
            world.do(save_image_to, "1", io.BytesIO(), timeout=0.5)
