"""Every fault of the sandbox, as a client meets it."""

from __future__ import annotations

import contextlib
import socket
import time
import typing
from collections.abc import Iterator

import httpx
import pytest

from gettyimages.sandbox import (
    Dropped,
    EmptyBody,
    ExpiredLink,
    ExpiredToken,
    Fault,
    Faults,
    HtmlBody,
    HugeBody,
    IdleClosed,
    Latency,
    MalformedJson,
    OneOf,
    RequestContext,
    Sandbox,
    ServerFailure,
    SlowBody,
    Stall,
    TooManyRequests,
    Truncated,
    WrongContentType,
    WrongRange,
)

from .support import Caller

DOWNLOAD = "/v3/downloads/images/1"
ORDER = "downloads.request_image_download"
odd = typing.cast(typing.Any, {"retry_after": 1})

IMPOSSIBLE = [
    Fault(operation="Downloads_PostDownload"),
    Fault(operation=""),
    Fault(origin=typing.cast(typing.Any, "tokens")),
    Fault(origin="token", operation=ORDER),
    Fault(origin="mirror", operation="token"),
    Fault(asset="one"),
    Fault(asset=""),
    Fault(asset=typing.cast(typing.Any, 1)),
    Fault(asset="1", operation="downloads.get_downloads"),
    Fault(asset="1", origin="token"),
    Fault(times=0),
    Fault(skip=-1),
    Fault(probability=0),
    TooManyRequests(**odd),
    ServerFailure(status=typing.cast(typing.Any, "500")),
    ServerFailure(body=typing.cast(typing.Any, "xml")),
    WrongRange(part=typing.cast(typing.Any, "end")),
    WrongRange(operation=ORDER),
    ExpiredLink(origin="token"),
    ExpiredToken(origin="delivery"),
    Latency(seconds=-1),
    Truncated(at=-1),
    SlowBody(bytes_per_second=0),
    OneOf(),
    OneOf(faults=(Fault(), Fault(operation="delivry"))),
    OneOf(origin="token", faults=(ExpiredLink(),)),
]


class Mine(Fault):
    def matches(self, context: RequestContext) -> bool:
        return "page=2" in context.request.query and super().matches(context)


POSSIBLE = [
    Fault(),
    Fault(operation="delivery", origin="api", asset="1"),
    Fault(operation="token", origin="token"),
    Fault(operation="POST /v3/downloads/images/{id}", asset="12", origin="api"),
    TooManyRequests(retry_after="1", probability=0.5, times=3),
    Truncated(at=0, origin="mirror"),
    SlowBody(bytes_per_second=600_000),
    ExpiredToken(operation=ORDER),
    WrongRange(asset="7"),
    OneOf(faults=(ExpiredLink(), TooManyRequests(asset="1"))),
    Mine(operation="downloads.get_downloads"),
]


@pytest.mark.parametrize("fault", IMPOSSIBLE, ids=repr)
def test_a_fault_that_can_never_apply_is_refused(fault: Fault) -> None:
    with pytest.raises(ValueError, match="can never apply"):
        Sandbox(faults=Faults(fault))
    with Sandbox() as sandbox:
        with pytest.raises(ValueError, match="can never apply"):
            sandbox.faults.add(Fault(), fault)
        assert [*sandbox.faults] == []


@pytest.mark.parametrize("fault", POSSIBLE, ids=repr)
def test_a_fault_that_can_apply_is_taken(fault: Fault) -> None:
    sandbox = Sandbox(faults=Faults(fault))
    sandbox.faults.add(fault)
    assert [*sandbox.faults] == [fault, fault]


def test_a_misspelt_operation_is_refused_with_the_closest_names() -> None:
    with pytest.raises(ValueError, match="Downloads_PostDownloads"):
        Sandbox().faults.add(Fault(operation="Downloads_PostDownload"))


def test_another_spec_may_have_assets_without_numbers() -> None:
    get = {"operationId": "Things_Get", "responses": {"200": {"description": "A thing."}}}
    spec = {"openapi": "3.1.0", "info": {}, "paths": {"/v3/things/{id}": {"get": get}}}
    sandbox = Sandbox(spec=spec)
    sandbox.faults.add(Fault(operation="Things_Get", asset="abc"))
    with pytest.raises(ValueError, match="can never apply"):
        sandbox.faults.add(Fault(operation=ORDER))


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(file_size=20_000) as running:
        yield running
    assert not running.problems


@pytest.fixture
def call(sandbox: Sandbox) -> Iterator[Caller]:
    caller = Caller(sandbox)
    with caller.http:
        yield caller


def test_429_has_no_effect_and_has_retry_after_only_if_set(sandbox: Sandbox, call: Caller) -> None:
    sandbox.faults.add(TooManyRequests(times=1), TooManyRequests(times=1, retry_after="3", skip=1))
    first, second = call("POST", DOWNLOAD), call("POST", DOWNLOAD)
    assert first.status_code == second.status_code == 429
    assert first.headers["x-error-detail"] == "Account Over Queries Per Second Limit"
    assert ("retry-after" in first.headers, second.headers["retry-after"]) == (False, "3")
    assert sandbox.downloads_used == 0
    assert call("POST", DOWNLOAD).status_code == 303


@pytest.mark.parametrize("form", ["json", "gateway", "html", "empty"])
@pytest.mark.parametrize("after_effect", [False, True])
def test_a_server_error_comes_before_the_effect_or_after_it(
    sandbox: Sandbox, call: Caller, after_effect: bool, form: str
) -> None:
    fault = ServerFailure(status=503, after_effect=after_effect, body=form, times=1)  # type: ignore[arg-type]  # one of four
    sandbox.faults.add(fault)
    assert call("POST", DOWNLOAD).status_code == 503
    assert sandbox.downloads_used == after_effect
    assert sandbox.faults.times_applied(fault) == 1


@pytest.mark.parametrize("after_effect", [False, True])
@pytest.mark.parametrize("reset", [False, True])
def test_a_connection_is_dropped_before_the_effect_or_after_it(
    sandbox: Sandbox, call: Caller, after_effect: bool, reset: bool
) -> None:
    sandbox.faults.add(Dropped(after_effect=after_effect, reset=reset, times=1))
    with pytest.raises(httpx.ReadError if reset else httpx.RemoteProtocolError):
        call("POST", DOWNLOAD)
    assert sandbox.downloads_used == after_effect
    assert sandbox.requests[-1].status is None
    assert call("POST", DOWNLOAD).status_code == 303


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("at", [None, 0, 7000])
def test_a_body_breaks_off(sandbox: Sandbox, call: Caller, reset: bool, at: int | None) -> None:
    link = call.link("1")
    sandbox.faults.add(Truncated(origin="delivery", reset=reset, at=at))
    received: list[bytes] = []
    with call.http.stream("GET", link) as response:
        assert response.headers["content-length"] == "20000"
        with pytest.raises(httpx.ReadError if reset else httpx.RemoteProtocolError):
            received.extend(response.iter_raw())
    assert b"".join(received) == sandbox.content("1")[: 10_000 if at is None else at]


def test_a_body_comes_slowly(sandbox: Sandbox, call: Caller) -> None:
    link = call.link("1")
    sandbox.faults.add(SlowBody(bytes_per_second=100_000))
    start = time.monotonic()
    assert call.get(link).content == sandbox.content("1")
    assert time.monotonic() - start > 0.15


def test_a_body_stalls_and_goes_on(sandbox: Sandbox, call: Caller) -> None:
    link = call.link("1")
    sandbox.faults.add(Stall(at=100, seconds=0.3, times=1))
    start = time.monotonic()
    assert call.get(link).content == sandbox.content("1")
    assert time.monotonic() - start > 0.3
    sandbox.faults.add(Stall())
    with pytest.raises(httpx.ReadTimeout):
        call.http.get(link, timeout=0.2)


def test_latency_delays_a_response(sandbox: Sandbox, call: Caller) -> None:
    sandbox.latency = 0.1
    sandbox.faults.add(Latency(seconds=0.1, operation="downloads.get_downloads"))
    start = time.monotonic()
    call("GET", "/v3/downloads")
    assert time.monotonic() - start >= 0.2


def test_bodies_are_empty_html_cut_or_of_another_type(sandbox: Sandbox, call: Caller) -> None:
    sandbox.faults.add(
        EmptyBody(times=1),
        HtmlBody(times=1, skip=1),
        MalformedJson(times=1, skip=2),
        MalformedJson(times=1, skip=3, body=b"[1,", status=201),
        WrongContentType(times=1, skip=4),
        WrongContentType(times=1, skip=5, content_type=None),
    )
    path = DOWNLOAD + "?auto_download=false"
    empty, html, cut, other, plain, bare = (call("POST", path) for _ in range(6))
    assert (empty.status_code, empty.content) == (200, b"")
    assert empty.headers["content-type"] == "application/json"
    assert html.headers["content-type"].startswith("text/html")
    assert cut.content.startswith(b'{"uri"')
    assert not cut.content.endswith(b"}")
    assert (other.status_code, other.content) == (201, b"[1,")
    assert (plain.headers["content-type"], "uri" in plain.json()) == ("text/plain", True)
    assert "content-type" not in bare.headers
    assert sandbox.downloads_used == 6


@pytest.mark.parametrize("announced", [False, True])
def test_a_body_is_huge(sandbox: Sandbox, call: Caller, announced: bool) -> None:
    sandbox.faults.add(HugeBody(size=3_000_000, with_length=announced))
    response = call("GET", "/v3/downloads")
    assert len(response.content) >= 3_000_000
    assert ("content-length" in response.headers) == announced
    assert response.json()["result_count"] == 1


def test_a_small_body_becomes_huge_when_it_is_unpacked(sandbox: Sandbox, call: Caller) -> None:
    sandbox.faults.add(HugeBody(size=3_000_000, compressed=True))
    response = call("GET", "/v3/downloads")
    assert len(response.content) >= 3_000_000
    assert response.num_bytes_downloaded < 30_000


def test_a_token_expires_on_the_way(sandbox: Sandbox, call: Caller) -> None:
    sandbox.faults.add(ExpiredToken(times=1))
    headers = call.headers()
    assert call("POST", DOWNLOAD, headers=headers).status_code == 401
    assert call("POST", DOWNLOAD, headers=headers).status_code == 401
    assert call("POST", DOWNLOAD).status_code == 303
    assert sandbox.downloads_used == 1


def test_a_link_expires_on_the_way(sandbox: Sandbox, call: Caller) -> None:
    sandbox.faults.add(ExpiredLink(times=1))
    link = call.link("1")
    assert [call.get(link).status_code for _ in range(2)] == [403, 403]
    assert call.get(call.link("1")).status_code == 200


@pytest.mark.parametrize("requested", ["bytes=0-99", "bytes=5000-", "bytes=0-"])
def test_a_wrong_range_is_sent(sandbox: Sandbox, call: Caller, requested: str) -> None:
    link = call.link("1")
    honest = call.get(link, Range=requested)
    sandbox.faults.add(WrongRange(part="bytes", times=1), WrongRange(part="header", skip=1))
    assert call.get(link).status_code == 200
    wrong = call.get(link, Range=requested)
    assert wrong.status_code == 206
    assert wrong.content != honest.content
    first = honest.headers["content-range"].split("-")[0]
    assert wrong.headers["content-range"].split("-")[0] == first
    other = call.get(link, Range=requested)
    assert other.status_code == 206
    assert other.headers["content-range"].split("-")[0] != first


@pytest.mark.parametrize("reset", [False, True])
def test_a_connection_is_closed_after_a_response_that_did_not_announce_it(
    sandbox: Sandbox, call: Caller, reset: bool
) -> None:
    sandbox.faults.add(IdleClosed(reset=reset, times=1, seconds=0.2))
    url = sandbox.base_url + "/v3/downloads"
    with httpx.Client(trust_env=False, headers=call.headers()) as http:
        response = http.get(url)
        assert (response.status_code, response.headers.get("connection")) == (200, None)
        sandbox.faults.add(Latency(seconds=1, times=1))
        with pytest.raises(httpx.ReadError if reset else httpx.RemoteProtocolError):
            http.get(url)
        assert http.get(url).status_code == 200


@pytest.mark.parametrize("before", ["nothing", "the client closes", "it is closed", "it is reset"])
def test_a_connection_is_reset_whatever_happened_to_it_before(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture, before: str
) -> None:
    if before.startswith("it is"):
        sandbox.faults.add(IdleClosed(reset=before == "it is reset"))
    sandbox.faults.add(IdleClosed(reset=True, seconds=0.05))
    address = ("127.0.0.1", httpx.URL(sandbox.base_url).port or 0)
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: sandbox\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 401")
        if before == "the client closes":
            connection.close()
        else:
            with contextlib.suppress(ConnectionResetError):
                while connection.recv(10_000):
                    pass
        time.sleep(0.2)
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "WARNING")]


def test_idle_connections_are_closed(sandbox: Sandbox) -> None:
    sandbox.keep_alive_seconds = 0.1
    with httpx.Client(trust_env=False) as http:
        first = http.get(sandbox.base_url)
        port = first.extensions["network_stream"].get_extra_info("client_addr")[1]
        time.sleep(0.3)
        second = http.get(sandbox.base_url)
        assert second.extensions["network_stream"].get_extra_info("client_addr")[1] != port


@pytest.mark.parametrize(
    "operation",
    [
        "Downloads_PostDownloads",
        "downloads.request_image_download",
        "POST /v3/downloads/images/{id}",
    ],
)
def test_a_fault_applies_only_to_the_requests_it_names(
    sandbox: Sandbox, call: Caller, operation: str
) -> None:
    sandbox.faults.add(ServerFailure(operation=operation, asset="2", origin="api"))
    assert call("GET", "/v3/downloads").status_code == 200
    assert call("POST", DOWNLOAD).status_code == 303
    assert call("POST", "/v3/downloads/images/2").status_code == 500


def test_a_fault_of_the_token_endpoint(sandbox: Sandbox, call: Caller) -> None:
    sandbox.faults.add(MalformedJson(origin="token", times=1))
    with pytest.raises(ValueError):
        call.password_token().json()
    assert call.password_token().status_code == 200


def test_faults_left_to_chance_are_the_same_for_the_same_seed() -> None:
    def run(seed: int) -> list[int]:
        fault = OneOf(
            faults=(ServerFailure(status=500), ServerFailure(status=502), TooManyRequests()),
            probability=0.5,
        )
        with Sandbox(faults=Faults(fault, seed=seed)) as sandbox:
            call = Caller(sandbox)
            with call.http:
                statuses = [call("GET", "/v3/downloads").status_code for _ in range(40)]
                assert sandbox.faults.times_applied(fault) == sum(code != 200 for code in statuses)
        return statuses

    assert run(1) == run(1) != run(2)
    assert set(run(1)) == {200, 429, 500, 502}


def test_one_of_several_faults_is_chosen_among_those_that_match(
    sandbox: Sandbox, call: Caller
) -> None:
    sandbox.faults.add(OneOf(faults=(ExpiredLink(), ServerFailure(origin="token"))))
    assert call("GET", "/v3/downloads").status_code == 200
    assert call.get(call.link("1")).status_code == 403
    assert call.password_token().status_code == 500


def test_faults_are_removed(sandbox: Sandbox, call: Caller) -> None:
    kept, gone = ServerFailure(operation="Downloads_GetDownloads"), TooManyRequests()
    sandbox.faults.add(kept, gone)
    sandbox.faults.remove(gone)
    assert list(sandbox.faults) == [kept]
    assert call("GET", "/v3/downloads").status_code == 500
    sandbox.faults.clear()
    assert call("GET", "/v3/downloads").status_code == 200


def test_the_base_fault_does_no_harm_but_is_counted(sandbox: Sandbox, call: Caller) -> None:
    fault = Fault(origin="api")
    sandbox.faults.add(fault)
    assert call("GET", "/v3/downloads").status_code == 200
    assert sandbox.faults.times_applied(fault) == 1
