"""Bodies of responses: empty, odd, compressed, endless, too slow, or no HTTP at all."""

from __future__ import annotations

import gzip
import json
import tracemalloc
import zlib

import pytest

from gettyimages import (
    APIConnectionError,
    APITimeoutError,
    DownloadOutcomeUnknownError,
    InvalidArgumentError,
    ResponseDecodeError,
)

from ..support.servers import ACCESS_TOKEN, Action, Drip, Origins, Raw, Reply, Stall, Truncated
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")

EMPTY = [b"", b" ", b"\r\n\t "]
TYPES = ["application/json", "text/html", None]
MEGABYTE = b"x" * 1024 * 1024


@pytest.mark.parametrize("content_type", TYPES)
@pytest.mark.parametrize("body", [*EMPTY, b"{}", b"<p>what is this", b'{"a": 1', b"\xff"])
def test_a_body_is_ignored_where_the_spec_declares_none(
    world: World, origins: Origins, body: bytes, content_type: str | None
) -> None:
    origins.api.script(Reply(200, body, content_type=content_type))
    client = world.client(**origins.options())
    assert world.do(client.asset_registrations.register, asset_ids=["1"]) is None


@pytest.mark.parametrize("status", [200, 201, 204])
@pytest.mark.parametrize("content_type", TYPES)
@pytest.mark.parametrize("body", EMPTY)
def test_an_empty_body_returns_none_where_the_spec_allows_it(
    world: World, origins: Origins, body: bytes, content_type: str | None, status: int
) -> None:
    headers = {"Content-Length": "0"} if status == 204 else {}
    reply = Reply(status, b"" if status == 204 else body, content_type=content_type)
    reply.headers.update(headers)
    origins.api.script(reply)
    client = world.client(**origins.options())
    assert world.do(client.asset_changes.get_change_set, channel_id=1) is None


@pytest.mark.parametrize("content_type", TYPES)
@pytest.mark.parametrize("body", EMPTY)
def test_an_empty_body_where_one_is_needed_is_an_error_although_the_call_succeeded(
    world: World, origins: Origins, body: bytes, content_type: str | None
) -> None:
    origins.api.script(Reply(200, body, content_type=content_type))
    client = world.client(**origins.options())
    with pytest.raises(ResponseDecodeError, match="the call itself succeeded, but") as caught:
        world.do(client.downloads.get_downloads)
    assert caught.value.operation == "downloads.get_downloads"
    assert caught.value.response.content == body
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize("content_type", [*TYPES, "image/jpeg", "application/json; charset=x"])
def test_the_content_type_is_not_looked_at(
    world: World, origins: Origins, content_type: str | None
) -> None:
    origins.api.script(Reply(200, {"result_count": 7}, content_type=content_type))
    client = world.client(**origins.options())
    assert world.do(client.downloads.get_downloads).result_count == 7


@pytest.mark.parametrize(
    "body",
    [
        b'{"result_count": 1, "downl',
        b"<html></html>",
        b"[]",
        b'"text"',
        b"7",
        b"null",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"{} {}",
    ],
    ids=["truncated", "html", "array", "string", "number", "null", "deep", "deeper", "jpeg", "two"],
)
def test_a_body_of_another_shape_is_an_error_of_the_client_which_stays_usable(
    world: World, origins: Origins, body: bytes
) -> None:
    origins.api.script(Reply(200, body), Reply(200, {"result_count": 3}))
    client = world.client(**origins.options())
    with pytest.raises(ResponseDecodeError, match="the call itself succeeded"):
        world.do(client.downloads.get_downloads)
    assert world.do(client.downloads.get_downloads).result_count == 3


def test_a_purchase_is_not_repeated_when_its_response_cannot_be_read(
    world: World, origins: Origins
) -> None:
    origins.api.script(Reply(200, b'{"uri": "htt'))
    client = world.client(**origins.options())
    with pytest.raises(ResponseDecodeError, match="the call itself succeeded"):
        world.do(client.downloads.request_image_download, "1", auto_download=False)
    assert len(origins.api.requests) == 1


def test_one_field_of_the_wrong_type_does_not_cost_the_whole_response(
    world: World, origins: Origins
) -> None:
    origins.api.script(Reply(200, {"result_count": {"a": 1}, "downloads": [{"id": 5}]}))
    client = world.client(**origins.options())
    page = world.do(client.downloads.get_downloads)
    assert page.result_count is None
    assert page.downloads[0].id == "5"


def test_an_endless_body_is_refused_in_bounded_memory_and_the_client_stays_usable(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {1024**3}\r\n\r\n".encode()
    origins.api.script(Raw(head, *[MEGABYTE] * 1024), Reply(200, {"result_count": 3}))
    client = world.client(**origins.options())
    tracemalloc.start()
    try:
        with pytest.raises(APIConnectionError, match="max_response_size, 4194304 bytes, after 1 "):
            world.do(client.downloads.get_downloads)
        assert tracemalloc.get_traced_memory()[1] < 50 * 1024 * 1024
    finally:
        tracemalloc.stop()
    assert world.do(client.downloads.get_downloads).result_count == 3


def test_a_response_that_decompresses_to_too_much_is_refused(
    world: World, origins: Origins
) -> None:
    packed = gzip.compress(b'{"downloads":[' + b"{}," * 7_000_000)
    origins.api.script(
        Reply(200, packed, headers={"Content-Encoding": "gzip"}), Reply(200, {"result_count": 3})
    )
    client = world.client(**origins.options())
    with pytest.raises(APIConnectionError, match="larger than max_response_size"):
        world.do(client.downloads.get_downloads)
    assert world.do(client.downloads.get_downloads).result_count == 3


def test_the_limit_on_responses_counts_bytes_after_decompression_and_can_be_set(
    world: World, origins: Origins
) -> None:
    body = json.dumps({"result_count": 4}).encode()
    origins.api.script(
        Reply(200, gzip.compress(body + b" " * 10_000), headers={"Content-Encoding": "gzip"})
    )
    size = len(body) + 10_000
    client = world.client(**origins.options(max_response_size=size))
    assert world.do(client.downloads.get_downloads).result_count == 4
    smaller = client.with_options(max_response_size=size - 1)
    with pytest.raises(APIConnectionError, match=f"max_response_size, {size - 1} bytes"):
        world.do(smaller.downloads.get_downloads)


@pytest.mark.parametrize("size", [0, -1, 1.5, "9"])
def test_a_limit_on_responses_is_a_number_of_bytes(
    world: World, origins: Origins, size: object
) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^max_response_size must be"):
        world.client(**origins.options(max_response_size=size))


def test_a_token_response_is_limited_too(world: World, origins: Origins) -> None:
    origins.tokens.script(Reply(200, b" " * 5_000_000))
    client = world.client(**origins.options())
    with pytest.raises(APIConnectionError, match="larger than max_response_size"):
        world.do(client.downloads.get_downloads)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "whatever"])
def test_a_compression_that_was_not_requested_is_refused(
    world: World, origins: Origins, coding: str
) -> None:
    origins.api.script(Reply(200, b"{}", headers={"Content-Encoding": coding}))
    client = world.client(**origins.options())
    with pytest.raises(APIConnectionError, match="not requested"):
        world.do(client.downloads.get_downloads)
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b'{"result_count": 4}')),
        ("X-Gzip", gzip.compress(b'{"result_count": 4}')),
        ("deflate", zlib.compress(b'{"result_count": 4}')),
    ],
    ids=["gzip", "x-gzip", "deflate"],
)
def test_compressed_responses_are_decompressed(
    world: World, origins: Origins, coding: str, packed: bytes
) -> None:
    origins.api.script(Reply(200, packed, headers={"Content-Encoding": coding}))
    client = world.client(**origins.options())
    assert world.do(client.downloads.get_downloads).result_count == 4


def test_a_response_that_is_not_compressed_as_announced_is_an_error(
    world: World, origins: Origins
) -> None:
    origins.api.script(Reply(200, b"{}", headers={"Content-Encoding": "gzip"}))
    client = world.client(**origins.options(max_retries=0))
    with pytest.raises(APIConnectionError, match="not encoded as its headers say"):
        world.do(client.downloads.get_downloads)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n"


SLOW = {
    "body": Drip(HEAD),
    "header": Drip(b"HTTP/1.1 200 OK\r\nX-Slow: ", byte=b"x"),
    "status": Drip(b"", byte=b"H"),
    "chunks": Drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", byte=b"1\r\nx\r\n"),
    "nothing": Stall(),
    "no body": Stall(HEAD),
}


@pytest.mark.parametrize("action", SLOW.values(), ids=SLOW)
def test_a_server_that_sends_a_byte_now_and_then_does_not_outlast_the_timeout(
    world: World, origins: Origins, action: Action
) -> None:
    origins.api.script(action, Reply(200, {"result_count": 3}))
    client = world.client(**origins.options(step_timeout=0.3, timeout=0.4, max_retries=0))
    with pytest.raises(APITimeoutError):
        world.do(client.downloads.get_downloads)
    assert world.do(client.downloads.get_downloads, timeout=20).result_count == 3


@pytest.mark.parametrize("name", ["body", "header"])
def test_a_purchase_whose_response_is_too_slow_has_an_unknown_outcome(
    world: World, origins: Origins, name: str
) -> None:
    origins.api.script(SLOW[name])
    client = world.client(**origins.options(access_token=ACCESS_TOKEN, timeout=0.8))
    with pytest.raises(DownloadOutcomeUnknownError):
        world.do(client.downloads.request_image_download, "1")
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize(
    "response",
    [
        Raw(b"SSH-2.0-OpenSSH_9.0\r\n\r\n"),
        Raw(b"HTTP/1.1 abc\r\n\r\n"),
        Raw(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"),
        Raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"),
        Raw(b"\x15\x03\x01\x00\x02\x02F"),
        Truncated(200, b'{"result_count": 1'),
    ],
    ids=["ssh", "status", "length", "long-header", "tls", "truncated"],
)
def test_a_response_that_is_not_http_is_an_error_of_the_client(
    world: World, origins: Origins, response: Raw
) -> None:
    origins.api.script(response, Reply(200, {"result_count": 3}))
    client = world.client(**origins.options(max_retries=0))
    with pytest.raises(APIConnectionError, match="broke the protocol, after 1 attempt"):
        world.do(client.downloads.get_downloads)
    assert world.do(client.downloads.get_downloads).result_count == 3
