"""The transfer of a file: what goes over the wire, and what becomes of all that goes wrong."""

from __future__ import annotations

import datetime
import email.utils
import functools
import gzip
import ssl
import time
import typing
import zlib
from pathlib import Path

import httpx
import pytest
import trustme

from gettyimages import ContentError, LinkLostError, TransferError
from tests.overlay.downloads.support.delivery_host import (
    CONTENT,
    GZIPPED,
    SHA256,
    Broken,
    Cut,
    DeliveryHost,
    Fault,
    Stalled,
    client_of,
    methods,
    names,
    save,
)
from tests.overlay.downloads.support.seams import limit_transfers
from tests.overlay.support.clocks import Clocks
from tests.overlay.support.servers import (
    ACCESS_TOKEN,
    API_KEY,
    HANG,
    MARK,
    Action,
    Drip,
    Origins,
    Recorded,
    Reply,
    Reset,
    Server,
    Stall,
)
from tests.overlay.support.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]

SIZE = len(CONTENT)
OWN_HEADERS = {"host", "user-agent", "accept", "accept-encoding"}
START = 1_000_000 - 4096
RESUMED = f"bytes={START}-"


def saved(
    world: World, origins: Origins, host: DeliveryHost, folder: Path, **options: object
) -> bytes:
    """The file that is saved, which is checked to be whole."""
    client = client_of(world, origins, host.uri, **options)
    file = save(world, client, folder)
    content: bytes = file.path.read_bytes()
    assert (file.size, file.content_type) == (len(content), "image/jpeg")
    assert file.download_used
    assert len(origins.api.requests) == 1
    assert names(folder) == [file.path.name]
    return content


def refused(
    world: World,
    origins: Origins,
    host: DeliveryHost,
    folder: Path,
    error: type[Exception],
    match: str,
) -> None:
    """Nothing is saved; another call uses the same link."""
    client = client_of(world, origins, host.uri, step_timeout=20)
    with pytest.raises(error, match=match):
        save(world, client, folder)
    assert names(folder) == []
    if error is not LinkLostError:
        host.faults.clear()
        host.changes.clear()
        host.content = CONTENT
        assert not save(world, client, folder).download_used
    assert len(origins.api.requests) == 1


def header_names(request: Recorded) -> set[str]:
    return {name.lower() for name, _ in request.headers}


def test_a_file_is_requested_with_four_headers(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost() as host:
        assert saved(world, origins, host, tmp_path, app_name="mine") == CONTENT
        (request,) = host.requests
    assert header_names(request) == OWN_HEADERS
    assert request.method == "GET"
    assert request.target == f"/files/1?signature={MARK}"
    assert request.header("Accept-Encoding") == "identity"
    assert (request.header("User-Agent") or "").startswith("mine gettyimages-client/")


def test_a_signature_arrives_byte_for_byte(world: World, origins: Origins, tmp_path: Path) -> None:
    target = "/a%2Fb/%7ec?s=A%2bb+c/d==&x='()*!~,;:@$[]|{}^`%e4"
    with DeliveryHost() as host:
        client = client_of(world, origins, host.server.url + target)
        save(world, client, tmp_path)
        assert host.requests[0].target == target


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("relative", [False, True])
def test_no_credential_is_sent_across_redirects(
    world: World, origins: Origins, tmp_path: Path, status: int, relative: bool
) -> None:
    with DeliveryHost() as host, DeliveryHost() as other:
        place = "/elsewhere?x" if relative else f"{other.uri}&again"
        host.faults.append(Reply(status, headers={"Location": place, "Set-Cookie": "a=b"}))
        assert saved(world, origins, host, tmp_path) == CONTENT
        requests = host.requests + other.requests
        assert len(requests) == 2
        assert len(other.requests) == (0 if relative else 1)
    for request in requests:
        assert header_names(request) == OWN_HEADERS


def test_cookies_are_never_kept(world: World, origins: Origins, tmp_path: Path) -> None:
    with DeliveryHost(Set_Cookie="session=1") as host:
        client = client_of(world, origins, host.uri)
        save(world, client, tmp_path / "a")
        save(world, client, tmp_path / "b")
        assert [header_names(request) for request in host.requests] == [OWN_HEADERS] * 2


def test_connections_for_files_are_kept_and_their_own(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost() as host:
        redirect = Reply(302, headers={"Location": host.uri})
        host.faults += [redirect]
        origins.api.script(Reply(303, headers={"Location": f"{host.uri}&1"}))
        client = world.client(**origins.options())
        for folder in "abc":
            save(world, client, tmp_path / folder)
        assert {request.connection for request in host.requests} == {1}


BAD_REDIRECTS = {
    "http://delivery.example/x": "not https",
    "https://user:secret@delivery.example/x": "user name",
    "": "address is missing",
    "javascript:alert(1)": "has no valid host",
}


@pytest.mark.parametrize("location", BAD_REDIRECTS)
def test_a_redirect_is_checked(
    world: World, origins: Origins, tmp_path: Path, location: str
) -> None:
    with DeliveryHost(Reply(302, headers={"Location": location})) as host:
        match = f"a redirect is not followed.*{BAD_REDIRECTS[location]}"
        refused(world, origins, host, tmp_path, TransferError, match)


def test_redirects_have_an_end(world: World, origins: Origins, tmp_path: Path) -> None:
    with DeliveryHost() as host:
        host.faults = [Reply(302, headers={"Location": host.uri})] * 6
        refused(world, origins, host, tmp_path, TransferError, "more than 5 redirects")
        assert len(host.requests) == 7


@pytest.mark.parametrize("reset", [False, True])
def test_a_broken_transfer_is_resumed(
    world: World, origins: Origins, tmp_path: Path, reset: bool
) -> None:
    with DeliveryHost(Broken(1_000_000, reset=reset)) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        if not reset:  # a reset may take with it what has not been read
            assert host.ranges == [None, RESUMED]
        assert host.requests[1].header("If-Range") == '"first"'
        assert header_names(host.requests[1]) == OWN_HEADERS | {"range", "if-range"}


def test_a_stalled_transfer_is_resumed(world: World, origins: Origins, tmp_path: Path) -> None:
    with DeliveryHost(Stalled(1_000_000)) as host:
        assert saved(world, origins, host, tmp_path, step_timeout=0.3) == CONTENT
        assert host.ranges == [None, RESUMED]


def test_as_long_as_bytes_come_in_there_is_another_try(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost(*[Broken(100_000)] * 20) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        assert len(host.requests) == 21


def test_after_five_tries_that_brought_nothing_the_transfer_is_given_up(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost(*[Broken(100_000)] * 2, *[Broken(4096)] * 9) as host:
        refused(world, origins, host, tmp_path, TransferError, "cut off|broke|closed.*5 attempts")
        assert len(host.requests) == 2 + 4 + 1


def test_without_a_tag_the_last_modified_date_identifies_the_file(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    date = "Sat, 21 Nov 2026 10:00:00 GMT"

    def rest(host: DeliveryHost, request: Recorded) -> Action:
        assert request.header("If-Range") == date
        content_range = f"bytes {1_000_000 - 4096}-{SIZE - 1}/{SIZE}"
        return host.reply(206, CONTENT[1_000_000 - 4096 :], {"Content-Range": content_range})

    with DeliveryHost(Broken(1_000_000), rest, Last_Modified=date) as host:
        host.changes["ETag"] = None
        host.headers = lambda: {  # type: ignore[method-assign]
            "Content-Type": "image/jpeg", "Last-Modified": date, "ETag": "",
        }  # fmt: skip
        assert saved(world, origins, host, tmp_path) == CONTENT


@pytest.mark.parametrize("tag", ['W/"first"', "first", '"fi rst"'])
def test_without_a_strong_tag_the_transfer_begins_again(
    world: World, origins: Origins, tmp_path: Path, tag: str
) -> None:
    with DeliveryHost(Broken(1_000_000), ETag=tag) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        assert host.ranges == [None, None]


def test_a_date_that_no_request_can_repeat_does_not_keep_the_file_from_being_saved(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    date = "Sam, 01 févr. 2026 10:00:00 GMT"
    with DeliveryHost(Broken(1_000_000), ETag=None, Last_Modified=date) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        assert host.ranges == [None, None]


def wrong(**changes: object) -> typing.Callable[[DeliveryHost, Recorded], Action]:
    """A response to a range in which something is wrong."""

    def response(host: DeliveryHost, request: Recorded) -> Action:
        reply = host.whole(request)
        assert reply.status == 206
        for name, value in changes.items():
            if name == "body":
                reply.body = b"?" + reply.body[:-1]
            elif value is None:
                del reply.headers[name.replace("_", "-")]
            else:
                reply.headers[name.replace("_", "-")] = str(value)
        return reply

    return response


WRONG: dict[str, Fault] = {
    "another start": wrong(Content_Range=f"bytes 5-{SIZE - 1}/{SIZE}"),
    "another end": wrong(Content_Range=f"bytes {1_000_000 - 4096}-{SIZE - 2}/{SIZE}"),
    "another size": wrong(Content_Range=f"bytes {1_000_000 - 4096}-{SIZE - 1}/{SIZE + 1}"),
    "another total": lambda host, _: host.reply(
        206, CONTENT[START:] + b"x", {"Content-Range": f"bytes {START}-{SIZE}/{SIZE + 1}"}
    ),
    "not to the end": lambda host, _: host.reply(
        206, CONTENT[START:-1], {"Content-Range": f"bytes {START}-{SIZE - 2}/{SIZE}"}
    ),
    "another unit": wrong(Content_Range=f"pages {1_000_000 - 4096}-{SIZE - 1}/{SIZE}"),
    "no range": wrong(Content_Range=None),
    "another tag": wrong(ETag='"second"'),
    "no tag": wrong(ETag=None),
    "only the rest, as status 200": lambda host, _: host.reply(200, CONTENT[1_000_000 - 4096 :]),
    "other bytes": wrong(body=True),
    "416": Reply(416, headers={"Content-Range": f"bytes */{SIZE}"}),
    "the whole file": lambda host, _: host.reply(200, CONTENT),
}


@pytest.mark.parametrize("kind", WRONG)
def test_after_a_range_that_does_not_fit_the_transfer_begins_again(
    world: World, origins: Origins, tmp_path: Path, kind: str
) -> None:
    with DeliveryHost(Broken(1_000_000), WRONG[kind]) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        expected = [None, RESUMED] + ([] if kind == "the whole file" else [None])
        assert host.ranges == expected


def test_a_range_with_status_200_is_the_rest_of_the_file(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def rest(host: DeliveryHost, request: Recorded) -> Action:
        reply = host.whole(request)
        reply.status = 200
        return reply

    with DeliveryHost(Broken(1_000_000), rest) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        assert host.ranges == [None, RESUMED]


def test_a_part_whose_range_is_missing_is_not_taken_for_the_file(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost(lambda host, _: host.reply(206, CONTENT[5:])) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        assert host.ranges == [None, None]


def test_a_range_that_is_sent_after_the_transfer_began_again_is_not_the_file(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def part(host: DeliveryHost, _: Recorded) -> Action:
        content_range = f"bytes 2000000-{SIZE - 1}/{SIZE}"
        return host.reply(206, CONTENT[2_000_000:], {"Content-Range": content_range})

    with DeliveryHost(Broken(1_000_000), WRONG["no range"], part) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        assert host.ranges == [None, RESUMED, None, None]


@pytest.mark.parametrize("status", [200, 206])
def test_a_range_that_was_not_requested_is_the_file_only_if_it_is_all_of_it(
    world: World, origins: Origins, tmp_path: Path, status: int
) -> None:
    def part(host: DeliveryHost, _: Recorded, start: int = 0) -> Action:
        content_range = f"bytes {start}-{SIZE - 1}/{SIZE}"
        return host.reply(status, CONTENT[start:], {"Content-Range": content_range})

    with DeliveryHost(functools.partial(part, start=5), part) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        assert host.ranges == [None, None]


def test_a_file_of_which_only_a_part_arrives_every_time_is_an_error(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def part(host: DeliveryHost, _: Recorded) -> Action:
        return host.reply(206, CONTENT[5:], {"Content-Range": f"bytes 5-{SIZE - 1}/{SIZE}"})

    with DeliveryHost(*[part] * 9) as host:
        refused(world, origins, host, tmp_path, TransferError, "sent another range")


def encoded(coding: str = "gzip", body: bytes = GZIPPED, size: int | None = None) -> Fault:
    """A response with an encoding that was not requested."""

    def respond(host: DeliveryHost, _: Recorded) -> Action:
        reply = host.reply(200, body, {"Content-Encoding": coding})
        return Cut(reply.head() + body[:size])

    return respond


ENCODINGS: dict[str, tuple[str, bytes]] = {
    "gzip": ("gzip", GZIPPED),
    "in two members": ("x-gzip", gzip.compress(CONTENT[:9]) + gzip.compress(CONTENT[9:], 1)),
    "deflate": ("deflate", zlib.compress(CONTENT, 1)),
}


@pytest.mark.parametrize("kind", ENCODINGS)
def test_a_file_that_arrives_encoded_is_decoded(
    world: World, origins: Origins, tmp_path: Path, kind: str
) -> None:
    with DeliveryHost(encoded(*ENCODINGS[kind])) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        assert len(host.requests) == 1


def test_an_encoded_file_that_breaks_off_begins_again(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost(encoded(size=2_000_000)) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        assert host.ranges == [None, None]


DAMAGED = {
    "no end": GZIPPED[:-9],
    "a wrong checksum": GZIPPED[:-8] + bytes(8),
    "something after it": GZIPPED + b"more",
    "no encoding": CONTENT,
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_an_encoded_file_is_saved_only_if_its_encoding_is_whole(
    world: World, origins: Origins, tmp_path: Path, kind: str
) -> None:
    with DeliveryHost(*[encoded(body=DAMAGED[kind])] * 9) as host:
        match = "not encoded as its headers say"
        refused(world, origins, host, tmp_path, TransferError, match)


def test_of_a_file_that_changes_during_the_transfer_the_new_one_is_saved(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    new = CONTENT[::-1][:2_000_000]

    def change(host: DeliveryHost, request: Recorded) -> Action:
        host.content, host.changes = new, {"ETag": '"second"'}
        return host.whole(request)

    with DeliveryHost(Broken(1_000_000), change) as host:
        assert saved(world, origins, host, tmp_path) == new


def test_a_host_that_cannot_resume_is_given_up_after_five_tries(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost(*[Broken(1_000_000)] * 99, ETag='W/"weak"') as host:
        refused(world, origins, host, tmp_path, TransferError, "5 attempts")
        assert len(host.requests) == 6


def test_a_host_that_ignores_ranges_is_given_up_though_it_sends_a_little_more_each_time(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def broken(host: DeliveryHost, request: Recorded) -> Action:
        size = 1_000_000 + 1000 * len(host.requests)
        return Cut(host.reply(200, CONTENT).head() + CONTENT[:size])

    with DeliveryHost(*[broken] * 99) as host:
        refused(world, origins, host, tmp_path, TransferError, "5 attempts")
        assert len(host.requests) == 6


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_failure_of_the_host_that_may_pass_is_retried(
    world: World, origins: Origins, tmp_path: Path, status: int
) -> None:
    with DeliveryHost(*[Reply(status, headers={"Retry-After": "0"})] * 3) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        assert len(host.requests) == 4


def test_a_failure_that_does_not_pass_is_given_up(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost(*[Reply(503)] * 9) as host:
        refused(world, origins, host, tmp_path, TransferError, "503, after 5 attempts")


def test_a_retry_that_would_come_too_late_is_not_awaited(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost(Reply(503, headers={"Retry-After": "99999"})) as host:
        refused(world, origins, host, tmp_path, TransferError, "status 503, after 1 attempt$")


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_link_that_is_refused_before_it_expires_is_kept(
    world: World, origins: Origins, tmp_path: Path, status: int
) -> None:
    with DeliveryHost(*[Reply(status)] * 2) as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(TransferError, match="allow_repurchase=True") as caught:
            save(world, client, tmp_path)
        until = caught.value.link_valid_until
        assert until is not None
        now = datetime.datetime.now(datetime.UTC)
        assert now < until <= now + datetime.timedelta(hours=24, minutes=1)
        (result,) = world.items(client.downloads.save_images(["1"], tmp_path))
        assert (result.outcome, result.link_valid_until) == ("failed", until)
        assert not save(world, client, tmp_path).download_used
        assert methods(origins) == ["POST"]


@pytest.mark.parametrize("year", [1900, 6000, 9999])
def test_an_absurd_date_of_the_api_counts_as_none(
    world: World, origins: Origins, tmp_path: Path, year: int
) -> None:
    with DeliveryHost(Reply(403)) as host:
        client = client_of(world, origins, host.uri)
        headers = {"Location": host.uri, "Date": f"Fri, 31 Dec {year} 23:59:59 GMT"}
        origins.api.script(Reply(303, headers=headers))
        with pytest.raises(TransferError, match="It is kept"):
            save(world, client, tmp_path)
        assert save(world, client, tmp_path).sha256 == SHA256
        assert methods(origins) == ["POST"]


def test_without_a_date_of_a_server_a_link_is_tried_and_kept_whatever_the_clock_of_this_machine(
    world: World, origins: Origins, tmp_path: Path, clocks: Clocks
) -> None:
    undated = {"Date": ""}
    with DeliveryHost(*[Reply(403, headers=undated)] * 2, Date="") as host:
        client = client_of(world, origins, host.uri)
        origins.api.script(Reply(303, headers={"Location": host.uri, **undated}))
        for number in range(2):
            with pytest.raises(TransferError, match="refused its link") as caught:
                save(world, client, tmp_path)
            assert caught.value.link_valid_until is not None
            assert len(host.requests) == number + 1
            clocks.set_time_of_day(time.time() + 25 * 3600)
        assert not save(world, client, tmp_path).download_used
    assert methods(origins) == ["POST"]


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_link_that_is_refused_is_lost_if_a_server_dates_its_end(
    world: World, origins: Origins, tmp_path: Path, status: int
) -> None:
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=25)
    date = email.utils.format_datetime(later, usegmt=True)
    with DeliveryHost(Reply(status, headers={"Date": date})) as host:
        refused(world, origins, host, tmp_path, LinkLostError, "as it has expired")
        client = client_of(world, origins, host.uri)
        with pytest.raises(LinkLostError):
            save(world, client, tmp_path)
        assert len(host.requests) == 1  # it is not tried again
        assert save(world, client, tmp_path, allow_repurchase=True).download_used


def test_a_link_that_is_refused_is_replaced_if_the_caller_allows_it(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost(Reply(403)) as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(TransferError):
            save(world, client, tmp_path)
        host.faults.append(Reply(403))
        assert save(world, client, tmp_path, allow_repurchase=True).download_used
        assert methods(origins) == ["POST", "POST"]


def test_a_link_that_is_refused_as_soon_as_it_is_bought_is_not_replaced(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost(*[Reply(403)] * 5) as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(TransferError):
            save(world, client, tmp_path, allow_repurchase=True)
        assert methods(origins) == ["POST"]


@pytest.mark.parametrize("status", [201, 204, 300, 304, 400, 401, 405, 451])
def test_other_statuses_are_errors(
    world: World, origins: Origins, tmp_path: Path, status: int
) -> None:
    with DeliveryHost(Reply(status, headers={"Content-Length": "0"})) as host:
        refused(world, origins, host, tmp_path, TransferError, f"responded with status {status}")


NOT_FILES = {
    "an HTML page": Reply(200, "<html>Please sign in", content_type="text/html; charset=utf-8"),
    "XML": Reply(200, "<?xml version='1.0'?><Error/>", content_type="application/xml"),
    "a problem": Reply(200, "{}", content_type="application/problem+json"),
    "JSON": Reply(200, {"error": "x"}),
    "text": Reply(200, "sorry", content_type="text/plain"),
    "multipart": Reply(200, b"--x", content_type="multipart/byteranges; boundary=x"),
    "an empty file": Reply(200, b"", content_type="image/jpeg"),
    "a disguised page": Reply(200, "\n <!DOCTYPE html><p>", content_type="image/jpeg"),
    "an encoded file": Reply(
        200, b"123", content_type="image/jpeg", headers={"Content-Encoding": "br"}
    ),
    "an empty file in chunks": Reply(
        200, b"0\r\n\r\n", headers={"Transfer-Encoding": "chunked"}, content_type="image/jpeg"
    ),
}
del NOT_FILES["an empty file in chunks"].headers["Content-Length"]


@pytest.mark.parametrize("kind", NOT_FILES)
def test_a_response_that_is_not_a_file_is_not_saved(
    world: World, origins: Origins, tmp_path: Path, kind: str
) -> None:
    with DeliveryHost(NOT_FILES[kind]) as host:
        refused(world, origins, host, tmp_path, ContentError, "the delivery host sent|encoding")


def test_an_svg_is_not_taken_for_a_page(world: World, origins: Origins, tmp_path: Path) -> None:
    with DeliveryHost(content=b"<svg/>", Content_Type="image/svg+xml") as host:
        client = client_of(world, origins, host.uri)
        assert save(world, client, tmp_path).content_type == "image/svg+xml"


def chunked(host: DeliveryHost, _: Recorded, *, whole: bool = True) -> Action:
    head = Reply(200, headers={**host.headers(), "Transfer-Encoding": "chunked"})
    del head.headers["Content-Length"]
    body = b"".join(
        b"%x\r\n%s\r\n" % (len(part), part) for part in (CONTENT[:1_000_000], CONTENT[1_000_000:])
    )
    return Cut(head.head() + (body + b"0\r\n\r\n" if whole else body[:1_200_000]))


def test_a_chunked_file_without_an_announced_size_is_saved(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    seen: list[tuple[int, int | None]] = []
    with DeliveryHost(chunked) as host:
        client = client_of(world, origins, host.uri)
        file = save(world, client, tmp_path, on_progress=lambda *args: seen.append(args))
        assert file.sha256 == SHA256
    assert seen[-1] == (SIZE, None)


def test_chunks_that_break_off_are_resumed(world: World, origins: Origins, tmp_path: Path) -> None:
    with DeliveryHost(lambda host, request: chunked(host, request, whole=False)) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        assert len(host.requests) == 2
        assert host.ranges[1] is not None


def test_a_body_that_ends_with_its_connection_cannot_be_trusted(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost(Cut(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n123")) as host:
        refused(world, origins, host, tmp_path, TransferError, "announces no size")


@pytest.mark.parametrize("action", [Reset(), Cut(b""), Cut(b"nonsense\r\n\r\n"), Stall()])
def test_a_connection_that_breaks_is_made_again(
    world: World, origins: Origins, tmp_path: Path, action: Action
) -> None:
    with DeliveryHost(action, action) as host:
        assert saved(world, origins, host, tmp_path, step_timeout=0.3) == CONTENT


def test_a_host_that_is_away_is_an_error(world: World, origins: Origins, tmp_path: Path) -> None:
    with DeliveryHost() as host, host.server.refusing():
        client = client_of(world, origins, host.uri)
        with pytest.raises(TransferError, match="no connection could be made: Connection refused"):
            save(world, client, tmp_path)
    assert names(tmp_path) == []


@pytest.mark.parametrize("kind", ["whole", "cut off", "reset", "stalled"])
def test_a_large_file_is_saved_and_resumed_like_a_small_one(
    world: World, origins: Origins, tmp_path: Path, kind: str
) -> None:
    faults: dict[str, list[Fault]] = {
        "whole": [],
        "cut off": [Broken(9_000_000)],
        "reset": [Broken(9_000_000, reset=True)],
        "stalled": [Stalled(9_000_000)],
    }
    content = CONTENT * 5
    with DeliveryHost(*faults[kind], content=content) as host:
        step_timeout = 2 if kind == "stalled" else HANG
        assert saved(world, origins, host, tmp_path, step_timeout=step_timeout) == content
        assert len(host.requests) == (1 if kind == "whole" else 2)
        if kind in ("cut off", "stalled"):
            assert host.ranges[1] == f"bytes={9_000_000 - 4096}-"


def test_a_slow_transfer_has_an_end(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit_transfers(monkeypatch, 0.5)
    with DeliveryHost(lambda host, _: Drip(host.reply(200, CONTENT).head(), b"x")) as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(TransferError, match="not fetched within"):
            save(world, client, tmp_path)
    assert names(tmp_path) == []


def test_certificates_are_checked_as_for_the_api(world: World, tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with DeliveryHost() as host, Origins() as origins:
        host.server = Server(host.respond, tls=context)
        host.server.listen()
        client = client_of(world, origins, host.uri, verify=trusting)
        assert save(world, client, tmp_path / "a").sha256 == SHA256
        client = client_of(world, origins, host.uri)
        with pytest.raises(TransferError, match="certificate is not trusted"):
            save(world, client, tmp_path / "b")
        assert header_names(host.requests[0]) == OWN_HEADERS


def test_after_a_range_that_did_not_fit_the_next_break_is_resumed(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    faults = [Broken(1_000_000), WRONG["other bytes"], Broken(2_000_000)]
    with DeliveryHost(*faults) as host:
        assert saved(world, origins, host, tmp_path) == CONTENT
        assert host.ranges == [None, RESUMED, None, f"bytes={2_000_000 - 4096}-"]


def test_a_transport_of_the_users_takes_the_place_of_connections(
    world: World, tmp_path: Path
) -> None:
    # With asyncio, files are fetched in threads, by a blocking transport.
    seen: list[httpx.Request] = []

    def response(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.method == "POST":
            return httpx.Response(303, headers={"Location": f"https://files.example/x?{MARK}"})
        return httpx.Response(200, content=CONTENT * 3, headers={"Content-Type": "image/jpeg"})

    transport = httpx.MockTransport(response)
    client = world.client(
        api_key=API_KEY, access_token=ACCESS_TOKEN, transport=transport, file_transport=transport
    )
    assert save(world, client, tmp_path).size == SIZE * 3
    assert {name.lower() for name in seen[-1].headers} == OWN_HEADERS


def test_a_closed_client_fetches_nothing(world: World, origins: Origins, tmp_path: Path) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        save(world, client, tmp_path)
        world.do(client.aclose if world.is_async else client.close)
        with pytest.raises(Exception, match="the client is closed"):
            save(world, client, tmp_path / "b")


def test_a_transfer_that_the_end_of_the_client_breaks_off_is_continued(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def is_written() -> bool:
        return any(part.stat().st_size for part in tmp_path.glob("*.part"))

    with DeliveryHost(Stalled(2_000_000)) as host:
        client = client_of(world, origins, host.uri, step_timeout=HANG)
        saving = lambda: client.downloads.save_image("1", tmp_path)  # noqa: E731 - for both worlds
        error, _ = world.together(saving, world.once(is_written, client.close))
        assert "the client is closed" in str(error)
        file = save(world, client_of(world, origins, host.uri), tmp_path)
        assert (file.sha256, file.download_used) == (SHA256, False)
        assert host.ranges[0] is None
        assert host.ranges[1] is not None


@pytest.mark.parametrize("calls", [1, 2], ids=["in the same call", "in the next call"])
def test_a_part_is_not_continued_by_a_host_that_sends_another_date(
    world: World, origins: Origins, tmp_path: Path, calls: int
) -> None:
    """The host has no tag, and ignores If-Range."""
    old, new = "Mon, 02 Nov 2026 10:00:00 GMT", "Tue, 03 Nov 2026 10:00:00 GMT"
    content = CONTENT * 4

    def rest(host: DeliveryHost, request: Recorded) -> Action:
        host.content, host.changes["Last-Modified"] = content[::-1], new
        start = int((request.header("Range") or "").removeprefix("bytes=").removesuffix("-"))
        size = len(content)
        # What is before the start has changed, and what overlaps has not.
        kept = content[start : start + 4096] + host.content[start + 4096 :]
        host.content = host.content[:start] + kept
        return host.reply(206, kept, {"Content-Range": f"bytes {start}-{size - 1}/{size}"})

    faults: list[Fault] = [Broken(9_000_000), rest]
    if calls == 2:
        faults.insert(1, Reply(400))
    with DeliveryHost(*faults, content=content, Last_Modified=old, ETag=None) as host:
        host.headers = lambda: {  # type: ignore[method-assign]
            "Content-Type": "image/jpeg",
            "Last-Modified": host.changes["Last-Modified"] or "",
            "ETag": "",
        }
        client = client_of(world, origins, host.uri)
        if calls == 2:
            with pytest.raises(TransferError):
                save(world, client, tmp_path)
        assert save(world, client, tmp_path).path.read_bytes() == host.content
        assert [one is None for one in host.ranges] == [True, *[False] * calls, True]
    assert len(origins.api.requests) == 1
