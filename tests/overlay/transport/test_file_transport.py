"""Files come over connections of their own, which the user can replace."""

from __future__ import annotations

import typing
from pathlib import Path

import httpx
import pytest

from gettyimages import AsyncGettyImages, GettyImagesError
from gettyimages.sandbox import Sandbox

from ..downloads.support.delivery_host import CONTENT, DeliveryHost, client_of, save
from ..support.servers import ACCESS_TOKEN, API_KEY, SIGNED_URI, Origins, Reply
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")


class Files(httpx.BaseTransport):
    """A delivery host in this process."""

    def __init__(self) -> None:
        self.seen: list[httpx.Request] = []
        self.closed = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        return httpx.Response(200, content=b"\xff\xd8\xff", headers={"Content-Type": "image/jpeg"})

    def close(self) -> None:
        self.closed += 1


def test_files_are_fetched_by_the_transport_for_files_without_credentials(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    origins.api.script(Reply(303, headers={"Location": SIGNED_URI}))
    files = Files()
    with world.inside(world.client(**origins.options(file_transport=files))) as client:
        saved = world.do(client.downloads.save_image, "1", tmp_path)
        with world.inside(client.downloads.open_image("2")) as image:
            assert b"".join(world.items(image)) == b"\xff\xd8\xff"
    assert saved.path.read_bytes() == b"\xff\xd8\xff"
    assert len(origins.api.requests) == 2
    assert {str(request.url) for request in files.seen} == {SIGNED_URI}
    sent = {name for request in files.seen for name in request.headers}
    assert not sent & {"api-key", "authorization", "cookie"}
    assert files.closed == 1


def test_a_transport_for_files_must_be_a_blocking_one(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    client = world.client(**origins.options(file_transport=httpx.AsyncHTTPTransport()))
    with pytest.raises(GettyImagesError, match=r"file_transport must be an httpx\.BaseTransport"):
        world.do(client.downloads.save_image, "1", tmp_path)
    assert not origins.api.requests


class Paid(httpx.AsyncBaseTransport):
    """An API that counts its requests."""

    def __init__(self) -> None:
        self.count = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.count += 1
        return httpx.Response(200, json={"uri": SIGNED_URI})


def test_an_asynchronous_transport_alone_is_refused_before_a_download_is_paid(
    tmp_path: Path,
) -> None:
    world = World(AsyncGettyImages)
    paid = Paid()
    client = world.client(api_key=API_KEY, access_token=ACCESS_TOKEN, transport=paid)
    downloads: typing.Any = client.downloads
    for function, arguments in (
        (downloads.save_image, ("1", tmp_path)),
        (downloads.open_image("1").__aenter__, ()),
    ):
        with pytest.raises(GettyImagesError, match="pass file_transport= too"):
            world.do(function, *arguments)
    assert paid.count == 0
    assert world.do(downloads.request_link, "1").uri == SIGNED_URI, "a link needs no file"
    world.end()


def test_the_first_thing_that_a_client_does_may_be_to_read_a_file_by_its_link(world: World) -> None:
    with Sandbox() as sandbox:
        with sandbox.client() as other:
            link = other.downloads.request_link("1")
        with world.inside(world.client(**sandbox.client_options())) as client:
            with world.inside(client.downloads.open_link(link)) as image:
                assert b"".join(world.items(image)) == sandbox.content("1")
            assert sandbox.downloads_used == 1


class Sliced(httpx.SyncByteStream):
    """A stream of the user's, which changes how the bytes come in."""

    def __init__(self, stream: httpx.SyncByteStream) -> None:
        self.stream = stream
        self.size = 0

    def __iter__(self) -> typing.Iterator[bytes]:
        for chunk in self.stream:
            for start in range(0, len(chunk), 10_000):
                self.size += len(chunk[start : start + 10_000])
                yield chunk[start : start + 10_000]

    def close(self) -> None:
        self.stream.close()


class Wrapped(httpx.BaseTransport):
    """A transport of httpx, wrapped by the user, that passes its extensions on."""

    def __init__(self) -> None:
        self.transport = httpx.HTTPTransport()
        self.streams: list[Sliced] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self.transport.handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        self.streams.append(Sliced(response.stream))
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=self.streams[-1],
            extensions=response.extensions,
        )

    def close(self) -> None:
        self.transport.close()


def test_a_large_file_comes_through_the_stream_of_a_wrapped_transport(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    content = CONTENT * 3
    files = Wrapped()
    with DeliveryHost(content=content) as host:
        client = client_of(world, origins, host.uri, file_transport=files)
        assert save(world, client, tmp_path).path.read_bytes() == content
    assert [stream.size for stream in files.streams] == [len(content)]
