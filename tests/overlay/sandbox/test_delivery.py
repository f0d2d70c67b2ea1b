"""The sandbox as a delivery host: links, redirects, ranges, and files that can be looked at."""

from __future__ import annotations

import hashlib
import io
import itertools
import struct
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gettyimages.sandbox import Sandbox

from .support import Caller

pytestmark = pytest.mark.slow


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running
    assert not running.problems


@pytest.fixture
def call(sandbox: Sandbox) -> Iterator[Caller]:
    caller = Caller(sandbox)
    with caller.http:
        yield caller


def test_a_download_redirects_to_a_picture_on_another_origin(
    sandbox: Sandbox, call: Caller
) -> None:
    response = call("POST", "/v3/downloads/images/1167612765")
    assert response.status_code == 303
    file = call.get(response.headers["location"])
    assert response.headers["location"].startswith(sandbox.delivery_url + "/")
    assert file.status_code == 200
    assert file.headers["content-type"] == "image/jpeg"
    name = "attachment; filename=GettyImages-1167612765.jpg"
    assert file.headers["content-disposition"] == name
    assert file.headers["etag"] == sandbox.etag("1167612765")
    assert file.content == sandbox.content("1167612765")
    assert len(file.content) == int(file.headers["content-length"]) == sandbox.size("1167612765")
    assert 50_000 <= len(file.content) < 200_000
    assert hashlib.sha256(file.content).hexdigest() == sandbox.sha256("1167612765")
    picture = Image.open(io.BytesIO(file.content))
    picture.load()
    assert picture.format == "JPEG"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_redirect_may_have_any_status_and_be_relative(
    sandbox: Sandbox, call: Caller, status: int
) -> None:
    sandbox.redirect_status, sandbox.relative_location = status, True
    response = call("POST", "/v3/downloads/images/1")
    assert response.status_code == status
    location = response.headers["location"]
    assert location.startswith("/")
    assert call.get(urljoin(str(response.url), location)).content == sandbox.content("1")


def test_the_delivery_host_may_redirect_further_to_other_origins(
    sandbox: Sandbox, call: Caller
) -> None:
    sandbox.delivery_redirects = 3
    response = call.http.get(call.link("1"), follow_redirects=True)
    assert response.content == sandbox.content("1")
    ports = [urlsplit(str(item.url)).port for item in (*response.history, response)]
    assert all(before != after for before, after in itertools.pairwise(ports))
    assert len(ports) == 4


def test_requests_are_recorded_with_their_headers(sandbox: Sandbox, call: Caller) -> None:
    call.get(call.link("1"), X_Mine="yes")
    [post, get] = sandbox.requests
    assert (post.origin, post.operation, post.asset) == ("api", "Downloads_PostDownloads", "1")
    assert "api-key" in post.headers
    assert (get.origin, get.operation, get.asset, get.status) == ("delivery", "delivery", "1", 200)
    assert get.headers["x-mine"] == "yes"
    assert "signature" not in repr(get)
    assert post.headers["authorization"] not in repr(post)
    sandbox.forget_requests()
    assert sandbox.requests == ()


def test_links_expire_and_cannot_be_forged(sandbox: Sandbox, call: Caller) -> None:
    link = call.link("1")
    for wrong in (link[:-1], link.replace("/files/", "/files/x"), sandbox.delivery_url + "/"):
        response = call.get(wrong)
        assert response.status_code == 403
        assert response.headers["content-type"].startswith("text/html")
    sandbox.advance(24 * 3600 - 5)
    assert call.get(link).status_code == 200
    sandbox.advance(6)
    assert call.get(link).status_code == 403
    fresh = call.link("1")
    sandbox.expire_links()
    assert call.get(fresh).status_code == 403


@pytest.mark.parametrize(
    ("requested", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-299", 100, 300),
        ("bytes=9990-", 9990, 10_000),
        ("bytes=9990-20000", 9990, 10_000),
        ("bytes=-7", 9993, 10_000),
        ("bytes=-20000", 0, 10_000),
    ],
)
def test_a_range_is_served(
    sandbox: Sandbox, call: Caller, requested: str, start: int, stop: int
) -> None:
    sandbox.file_size = 10_000
    response = call.get(call.link("1"), Range=requested, If_Range=sandbox.etag("1"))
    assert response.status_code == 206
    assert response.headers["content-range"] == f"bytes {start}-{stop - 1}/10000"
    assert response.content == sandbox.content("1")[start:stop]


def test_a_range_beyond_the_end_cannot_be_satisfied(sandbox: Sandbox, call: Caller) -> None:
    sandbox.file_size = 10_000
    response = call.get(call.link("1"), Range="bytes=10000-")
    assert (response.status_code, response.headers["content-range"]) == (416, "bytes */10000")


@pytest.mark.parametrize("requested", ["bytes=5-2", "bytes=-", "lines=1-2", "bytes=0-1,4-5"])
def test_an_invalid_range_is_ignored(call: Caller, requested: str) -> None:
    assert call.get(call.link("1"), Range=requested).status_code == 200


def test_a_range_of_a_file_that_has_changed_is_the_whole_new_file(
    sandbox: Sandbox, call: Caller
) -> None:
    link, etag, before = call.link("1"), sandbox.etag("1"), sandbox.content("1")
    sandbox.change_file("1")
    response = call.get(link, Range="bytes=5-", If_Range=etag)
    assert response.status_code == 200
    assert response.headers["etag"] != etag
    assert response.content == sandbox.content("1") != before


def test_head_and_if_none_match(sandbox: Sandbox, call: Caller) -> None:
    link = call.link("1")
    head = call.http.head(link)
    assert head.status_code == 200
    assert int(head.headers["content-length"]) == sandbox.size("1")
    assert call.get(link, If_None_Match=sandbox.etag("1")).status_code == 304
    assert call.http.post(link).status_code == 405


def test_height_and_file_type_give_another_file(sandbox: Sandbox, call: Caller) -> None:
    small = call.get(call.link("1", height="300")).content
    assert small == sandbox.content("1", height=300) != sandbox.content("1")
    vector = call.get(call.link("1", file_type="eps"))
    assert vector.headers["content-type"] == "application/postscript"
    assert vector.headers["content-disposition"].endswith("GettyImages-1.eps")


def test_files_can_have_any_size_each(sandbox: Sandbox, call: Caller) -> None:
    sandbox.file_size, sandbox.file_sizes = 0, {"2": 5_000_000}
    assert call.get(call.link("1")).content == b""
    assert len(call.get(call.link("2")).content) == 5_000_000


def test_a_file_larger_than_memory_is_served_in_ranges(sandbox: Sandbox, call: Caller) -> None:
    sandbox.file_size = 1 << 42
    link = call.link("1")
    assert int(call.http.head(link).headers["content-length"]) == 1 << 42
    tail = call.get(link, Range="bytes=-100").content
    assert len(tail) == 100
    assert tail.endswith(b"\xff\xd9")
    with httpx.stream("GET", link) as response:
        assert len(next(response.iter_raw(70_000))) == 70_000


@given(size=st.integers(4096, 300_000), asset_id=st.text(max_size=3))
def test_a_file_of_any_size_is_a_picture_to_its_last_byte(size: int, asset_id: str) -> None:
    content = Sandbox(file_size=size).content(asset_id)
    assert len(content) == size
    assert content.endswith(b"\xff\xd9")
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()


def test_a_video_is_handed_over_by_its_address_unless_a_redirect_is_asked_for(
    sandbox: Sandbox, call: Caller
) -> None:
    response = call("POST", "/v3/downloads/videos/7")
    assert response.status_code == 200
    file = call.get(response.json()["uri"])
    assert file.headers["content-type"] == "video/mp4"
    assert file.headers["content-disposition"] == "attachment; filename=GettyImages-7.mp4"
    assert file.content == sandbox.content("7", file_type="mp4")
    redirect = call("POST", "/v3/downloads/videos/7?auto_download=true")
    assert redirect.status_code == 303
    assert call.get(redirect.headers["location"]).content == file.content
    records = call("GET", "/v3/downloads").json()["downloads"]
    assert [(each["id"], each["asset_type"]) for each in records] == [("7", "Film")] * 2


@pytest.mark.parametrize("size", [4096, 100_000])
def test_a_video_of_any_size_consists_of_boxes_to_its_last_byte(size: int) -> None:
    content = Sandbox(file_size=size).content("7", file_type="mp4")
    assert len(content) == size
    kinds, position = [], 0
    while position < size:
        length, kind = struct.unpack_from(">I4s", content, position)
        if length == 1:
            (length,) = struct.unpack_from(">Q", content, position + 8)
        kinds.append(kind)
        position += length
    assert position == size
    assert kinds == [b"ftyp", b"moov", b"free", b"mdat", b"free"]


@pytest.fixture(scope="module")
def shared() -> Iterator[Caller]:
    """Calls one sandbox for all examples of a property."""
    with Sandbox() as sandbox:
        call = Caller(sandbox)
        with call.http:
            yield call


@given(data=st.data(), size=st.integers(1, 3_000_000))
def test_any_range_of_a_file_is_that_part_of_it(
    shared: Caller, data: st.DataObject, size: int
) -> None:
    shared.sandbox.file_size = size
    start = data.draw(st.integers(0, size - 1))
    stop = data.draw(st.integers(start + 1, size + 5))
    whole, link = shared.sandbox.content("1"), shared.link("1")
    assert len(whole) == size
    assert shared.get(link, Range=f"bytes={start}-{stop - 1}").content == whole[start:stop]
    assert shared.get(link, Range=f"bytes={start}-").content == whole[start:]


def test_no_two_places_of_a_file_are_alike_and_no_two_files() -> None:
    sandbox = Sandbox(file_size=2_000_000)
    content, other = sandbox.content("1"), sandbox.content("2")
    places = range(0, len(content) - 65_536, 1024)
    found = {file[place : place + 65_536] for file in (content, other) for place in places}
    assert len(found) == 2 * len(places)
