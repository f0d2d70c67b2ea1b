"""The paid request may be responded to by the file itself: there is no link, and it comes once."""

from __future__ import annotations

import asyncio
import errno
import io
import threading
import typing
from pathlib import Path

import pytest

from gettyimages import (
    AsyncGettyImages,
    FileError,
    LinkLostError,
    ResponseDecodeError,
)
from tests.overlay.downloads.support.delivery_host import (
    CONTENT,
    GZIPPED,
    SHA256,
    Cut,
    methods,
    names,
    parts,
    save,
)
from tests.overlay.downloads.support.processes import Child
from tests.overlay.downloads.support.seams import break_files, repair_files
from tests.overlay.support.clocks import Clocks
from tests.overlay.support.servers import HANG, Action, Origins, Reply, Reset, Stall, until
from tests.overlay.support.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]

HEADERS = {
    "Content-Disposition": "attachment; filename=picture.jpg",
    "Content-Type": "image/jpeg",
    "ETag": '"first"',
}


def file_reply(body: bytes = CONTENT, **headers: str) -> Reply:
    changes = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(200, body, headers={**HEADERS, **changes}, content_type=None)


def broken(size: int = 1_500_000, *, reset: bool = False) -> Action:
    first = file_reply().head() + CONTENT[:size]
    return Reset(first) if reset else Cut(first)


def client_of(world: World, origins: Origins, *replies: Action, **options: object) -> typing.Any:
    origins.api.script(*replies)
    return world.client(**origins.options(**{"timeout": 20, **options}))


def chunked() -> Action:
    head = file_reply(Transfer_Encoding="chunked")
    del head.headers["Content-Length"]
    return Cut(head.head() + b"%x\r\n%s\r\n0\r\n\r\n" % (len(CONTENT), CONTENT))


ARRIVALS: dict[str, Action] = {
    "with its size": file_reply(),
    "in chunks": chunked(),
    "with gzip": file_reply(GZIPPED, Content_Encoding="gzip"),
}


@pytest.mark.parametrize("kind", ARRIVALS)
def test_a_file_that_the_api_sends_itself_is_saved(
    world: World, origins: Origins, tmp_path: Path, kind: str
) -> None:
    client = client_of(world, origins, ARRIVALS[kind])
    file = save(world, client, tmp_path)
    assert (file.sha256, file.download_used, file.content_type) == (SHA256, True, "image/jpeg")
    assert file.path.name == "picture.jpg"
    assert save(world, client, tmp_path).skipped
    assert methods(origins) == ["POST"]
    assert parts(tmp_path) == []


def test_a_file_larger_than_any_other_response_is_saved(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    content = CONTENT * 30
    assert len(content) > 64 << 20
    client = client_of(world, origins, file_reply(content))
    seen: list[int] = []
    file = save(world, client, tmp_path, on_progress=lambda done, _: seen.append(done))
    assert file.path.read_bytes() == content
    assert len(seen) > 30


def test_a_file_that_the_api_sends_itself_is_saved_in_a_batch(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    client = client_of(world, origins, file_reply(), broken(), file_reply())
    batch = client.downloads.save_images(["1", "2", "3"], tmp_path, concurrency=1)
    outcomes = {result.id: result.outcome for result in world.items(batch)}
    assert outcomes == {"1": "saved", "2": "link_lost", "3": "saved"}
    assert batch.summary.downloads_used == 3


@pytest.mark.parametrize("action", [broken(), broken(reset=True), broken(0)])
def test_a_file_that_comes_once_and_breaks_off_is_lost_and_recorded_as_paid(
    world: World, origins: Origins, tmp_path: Path, action: Action
) -> None:
    client = client_of(world, origins, action, file_reply())
    with pytest.raises(LinkLostError, match="sent the file itself instead of a link"):
        save(world, client, tmp_path)
    assert names(tmp_path) == parts(tmp_path) == []
    with pytest.raises(LinkLostError, match="paid for"):
        save(world, client, tmp_path)
    assert methods(origins) == ["POST"], "neither requested again nor looked up"
    assert save(world, client, tmp_path, allow_repurchase=True).sha256 == SHA256


def test_a_file_that_comes_once_and_cannot_be_written_is_lost(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(world, origins, file_reply())
    break_files(monkeypatch, "write", errno.ENOSPC, 1)
    with pytest.raises(LinkLostError, match="the disk is full") as caught:
        save(world, client, tmp_path)
    assert isinstance(caught.value.__cause__, FileError)
    assert "its link is kept" not in str(caught.value)
    repair_files(monkeypatch)
    with pytest.raises(LinkLostError):
        save(world, client, tmp_path)
    assert methods(origins) == ["POST"]


def test_what_is_left_of_a_file_that_comes_once_is_not_continued_after_a_kill(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    origins.api.script(Stall(file_reply().head() + CONTENT[: len(CONTENT) // 2]))
    kind = "asyncio" if world.is_async else "blocking"
    options = origins.options(step_timeout=HANG)
    with Child(options, tmp_path, ["1"], method="save_image", world=kind) as child:
        until(lambda: any(part.stat().st_size for part in tmp_path.glob("*.part")))
        child.kill()
    client = client_of(world, origins, file_reply())
    with pytest.raises(LinkLostError):
        save(world, client, tmp_path)
    assert methods(origins) == ["POST"]
    assert save(world, client, tmp_path, allow_repurchase=True).sha256 == SHA256
    assert parts(tmp_path) == []


class Gated(Action):
    """A file whose second half waits for an event."""

    def __init__(self) -> None:
        self.gate = threading.Event()

    def play(self, connection: typing.Any) -> None:
        connection.sendall(file_reply().head() + CONTENT[:1_500_000])
        assert self.gate.wait(HANG)
        connection.sendall(CONTENT[1_500_000:])


def test_a_cancellation_waits_for_a_file_that_comes_once(
    origins: Origins, tmp_path: Path, clocks: Clocks
) -> None:
    gated = Gated()
    origins.api.script(gated)

    async def main() -> None:
        async with AsyncGettyImages(**origins.options()) as client:
            task = asyncio.ensure_future(client.downloads.save_image("1", tmp_path))
            while not any(part.stat().st_size for part in tmp_path.glob("*.part")):
                await asyncio.sleep(0.01)
            task.cancel()
            await asyncio.sleep(0.1)
            clocks.advance(20)
            await asyncio.sleep(0.1)
            assert not task.done()
            gated.gate.set()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert (await client.downloads.save_image("1", tmp_path)).skipped

    asyncio.run(main())
    assert names(tmp_path) == ["picture.jpg"]


def test_closing_the_client_waits_for_a_file_that_comes_once(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    gated = Gated()
    client = client_of(world, origins, gated)

    def closing() -> object:
        threading.Timer(0.3, gated.gate.set).start()
        return client.close()

    def arrives() -> bool:
        return any(part.stat().st_size for part in tmp_path.glob("*.part"))

    saving = lambda: client.downloads.save_image("1", tmp_path)  # noqa: E731 - for both worlds
    saved, _ = world.together(saving, world.once(arrives, closing))
    assert saved.sha256 == SHA256
    assert names(tmp_path) == ["picture.jpg"]


def test_where_a_link_was_requested_the_file_is_kept_and_named_in_the_error(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    client = client_of(world, origins, file_reply())
    with pytest.raises(LinkLostError, match="kept as") as caught:
        world.do(client.downloads.request_link, "1")
    path = caught.value.path
    assert path is not None
    assert path.read_bytes() == CONTENT
    assert path.suffix == ".jpg"
    assert str(path) in str(caught.value)
    assert [*tmp_path.iterdir()] == [path]


def test_where_a_link_was_requested_no_part_of_a_file_is_kept(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    client = client_of(world, origins, broken())
    with pytest.raises(LinkLostError, match="instead of a link") as caught:
        world.do(client.downloads.request_link, "1")
    assert caught.value.path is None
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_the_api_sends_itself_can_be_read(world: World, origins: Origins) -> None:
    client = client_of(world, origins, file_reply())
    with world.inside(client.downloads.open_image("1")) as image:
        assert (image.size, image.filename) == (len(CONTENT), "picture.jpg")
        assert b"".join(world.items(image)) == CONTENT
    copy = io.BytesIO()
    assert world.do(client.downloads.save_image_to, "1", copy).sha256 == SHA256
    assert copy.getvalue() == CONTENT


def test_a_file_that_the_api_sends_itself_can_be_left_early(world: World, origins: Origins) -> None:
    gated = Gated()
    client = client_of(world, origins, gated)
    with world.inside(client.downloads.open_image("1")) as image:
        assert world.do(image.read, 10) == CONTENT[:10]
    with pytest.raises(ValueError, match="closed"):
        world.do(image.read)
    gated.gate.set()


def test_a_file_that_breaks_off_while_it_is_read_is_lost(world: World, origins: Origins) -> None:
    client = client_of(world, origins, broken())
    with (
        pytest.raises(LinkLostError, match="instead of a link"),
        world.inside(client.downloads.open_image("1")) as image,
    ):
        [*world.items(image)]
    assert methods(origins) == ["POST"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, "<html>Sign in", content_type="text/html"),
        Reply(200, b"", content_type="image/jpeg"),
        Reply(200, "no JSON", content_type="application/json"),
    ],
)
def test_a_response_that_is_neither_a_link_nor_a_file_cannot_be_read(
    world: World, origins: Origins, tmp_path: Path, reply: Reply
) -> None:
    client = client_of(world, origins, reply)
    with pytest.raises(ResponseDecodeError):
        save(world, client, tmp_path)


def test_a_file_named_by_its_disposition_alone_is_a_file(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    reply = file_reply()
    del reply.headers["Content-Type"]
    file = save(world, client_of(world, origins, reply), tmp_path)
    assert (file.path.name, file.sha256) == ("picture.jpg", SHA256)
