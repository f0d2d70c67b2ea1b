"""An image is read without being saved: with the same checks, and an end."""

from __future__ import annotations

import hashlib
import time
import typing

import pytest

from gettyimages import ContentError, DownloadOutcomeUnknownError, GettyImagesError, TransferError
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support.delivery_host import CONTENT, Broken, DeliveryHost, client_of
from tests.overlay.downloads.support.sandboxes import client_of as client_of_sandbox
from tests.overlay.downloads.support.seams import limit_transfers
from tests.overlay.support.servers import Origins, Reply, Reset
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")


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
        assert [*world.items(image)] == []
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
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit_transfers(monkeypatch, 0.4)
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with world.inside(client.downloads.open_image("1")) as image:
            time.sleep(0.6)
            assert b"".join(world.items(image)) == CONTENT


def test_an_error_in_the_block_closes_it(world: World, origins: Origins) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with (
            pytest.raises(ZeroDivisionError),
            world.inside(client.downloads.open_image("1")) as image,
        ):
            raise ZeroDivisionError
        assert [*world.items(image)] == []
