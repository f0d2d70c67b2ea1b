"""Links to files: however they are handed over, what becomes of those that cannot be used."""

from __future__ import annotations

import copy
import datetime
import email.utils
import pickle
from pathlib import Path

import httpx
import pytest

from gettyimages import (
    DownloadError,
    DownloadLink,
    DownloadOutcomeUnknownError,
    GettyImagesError,
    LinkLostError,
    TransferError,
)
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support.delivery_host import DeliveryHost, methods, save
from tests.overlay.downloads.support.delivery_host import client_of as client_of_host
from tests.overlay.downloads.support.sandboxes import client_of
from tests.overlay.support.servers import (
    ACCESS_TOKEN,
    API_KEY,
    MARK,
    Action,
    Origins,
    Reply,
    Stall,
    Truncated,
)
from tests.overlay.support.serving import Served
from tests.overlay.support.worlds import World

HERE = f"https://delivery.example/x.jpg?signature={MARK}"
REFUSED = {
    "http://delivery.example/x": "not https",
    "ftp://delivery.example/x": "not https",
    "file:///etc/passwd": "has no valid host",
    "https://user:pass@delivery.example/x": "user name",
    "//user@delivery.example/x": "user name",
    "https:///x": "has no valid host",
    "https://delivery.example:99999/x": "malformed",
    "https://[::1/x": "malformed",
    "https://deli very.example/x": "has no valid host",
    "https://delivery.example/\r\nX: y": "malformed",
    "": "address is missing",
    " ": "address is missing",
}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_redirect_is_a_link(world: World, origins: Origins, status: int) -> None:
    origins.api.script(Reply(status, headers={"Location": HERE}))
    client = world.client(**origins.options())
    before = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    link = world.do(client.downloads.request_link, "7", height=100)
    assert (link.uri, link.asset_id, link.has_expired) == (HERE, "7", False)
    assert link.operation == "downloads.request_image_download"
    assert link.parameters == {"height": "100"}
    assert before <= link.expires_at - datetime.timedelta(hours=24) < link.expires_at
    assert len(origins.api.requests) == 1
    assert origins.api.requests[0].target == "/v3/downloads/images/7?auto_download=true&height=100"


@pytest.mark.parametrize(
    "response",
    [
        Truncated(303, b"see there", headers={"Location": HERE}),
        Stall(f"HTTP/1.1 303 See Other\r\nLocation: {HERE}\r\nContent-Length: 9\r\n\r\n".encode()),
        Reply(303, b"see there", headers={"Location": HERE, "Content-Encoding": "gzip"}),
        Reply(303, b"see there", headers={"Location": HERE, "Content-Encoding": "br"}),
    ],
    ids=["cut off", "stalled", "no gzip", "br"],
)
def test_a_link_counts_whatever_follows_the_headers(
    world: World, origins: Origins, response: Action
) -> None:
    origins.api.script(response)
    client = world.client(**origins.options(timeout=5))
    assert world.do(client.downloads.request_link, "7").uri == HERE


@pytest.mark.parametrize(("given", "sent"), [({}, "true"), ({"auto_download": False}, "false")])
def test_how_a_file_is_handed_over_is_always_stated(
    world: World, origins: Origins, given: dict[str, bool], sent: str
) -> None:
    origins.api.script(Reply(200, {"uri": HERE}))
    client = world.client(**origins.options())
    link = world.do(client.downloads.request_link, "7", **given)
    assert origins.api.requests[0].target == f"/v3/downloads/images/7?auto_download={sent}"
    assert link.parameters == {}


def test_an_address_in_the_body_is_a_link_too(world: World, origins: Origins) -> None:
    origins.api.script(Reply(200, {"uri": HERE}))
    client = world.client(**origins.options())
    assert world.do(client.downloads.request_link, "7", auto_download=False).uri == HERE


def test_a_relative_location_belongs_to_the_api(world: World, origins: Origins) -> None:
    origins.api.script(Reply(303, headers={"Location": f"/files/7?signature={MARK}#top"}))
    client = world.client(**origins.options())
    link = world.do(client.downloads.request_link, "7")
    assert link.uri == f"{origins.api.url}/files/7?signature={MARK}"


@pytest.mark.parametrize(
    ("location", "path"),
    [("8/file.jpg", "images/8/file.jpg"), ("?signature=1", "images/7?signature=1")],
)
def test_a_location_may_be_relative_to_the_request(
    world: World, origins: Origins, location: str, path: str
) -> None:
    origins.api.script(Reply(303, headers={"Location": location}))
    client = world.client(**origins.options())
    link = world.do(client.downloads.request_link, "7")
    assert link.uri == f"{origins.api.url}/v3/downloads/{path}"


@pytest.mark.parametrize("location", ["http://delivery.example/x", "https://u@delivery.example/x"])
def test_a_link_that_cannot_be_used_was_paid_for(
    world: World, origins: Origins, location: str
) -> None:
    origins.api.script(Reply(303, headers={"Location": f"{location}?{MARK}"}))
    client = world.client(**origins.options())
    with pytest.raises(LinkLostError, match="a download was used up"):
        world.do(client.downloads.request_link, "7")
    assert len(origins.api.requests) == 1


def test_a_response_without_an_address_was_paid_for(world: World, origins: Origins) -> None:
    origins.api.script(Reply(200, {}))
    client = world.client(**origins.options())
    with pytest.raises(LinkLostError, match="the address is missing"):
        world.do(client.downloads.request_link, "7", auto_download=False)


def test_the_outcome_of_a_redirect_without_a_location_is_unknown(
    world: World, origins: Origins
) -> None:
    origins.api.script(Reply(303))
    client = world.client(**origins.options())
    with pytest.raises(DownloadOutcomeUnknownError):
        world.do(client.downloads.request_link, "7")
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize("location", REFUSED)
def test_an_address_is_checked_and_not_shown(world: World, origins: Origins, location: str) -> None:
    origins.api.script(Reply(200, {"uri": location}))
    client = world.client(**origins.options())
    with pytest.raises(LinkLostError, match=REFUSED[location]) as caught:
        world.do(client.downloads.request_link, "7", auto_download=False)
    assert not location.strip() or location not in str(caught.value)


def link_from(world: World, base_url: str, location: str) -> str:
    """The link that an API hands out."""

    def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"uri": location})

    client = world.client(
        api_key=API_KEY,
        access_token=ACCESS_TOKEN,
        base_url=base_url,
        transport=httpx.MockTransport(respond),
    )
    uri: str = world.do(client.downloads.request_link, "7", auto_download=False).uri
    return uri


def test_encryption_is_never_given_up(world: World) -> None:
    with pytest.raises(LinkLostError, match="from https to plain http"):
        link_from(world, "https://localhost", "http://localhost/x")
    assert link_from(world, "http://127.0.0.1:1", "https://a.example/b") == "https://a.example/b"


@pytest.mark.parametrize(
    ("base_url", "location", "uri"),
    [
        ("https://api.example", "https://a.example/b%2Fc/%7e?s=A%2bb+c/d==&x='()*!~", None),
        ("https://api.example", "/bé", "https://api.example/b%C3%A9"),
        ("http://[::1]:1", "/b?c", "http://[::1]:1/b?c"),
    ],
)
def test_an_address_keeps_its_signature_byte_for_byte(
    world: World, base_url: str, location: str, uri: str | None
) -> None:
    assert link_from(world, base_url, location) == (uri or location)


def test_a_link_hides_its_address_and_cannot_be_copied() -> None:
    link = DownloadLink(
        asset_id="7",
        operation="downloads.request_image_download",
        parameters={},
        uri=HERE,
        expires_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    )
    assert repr(link) == "<DownloadLink 7, valid until 2026-01-01 00:00:00 UTC>"
    assert link.has_expired
    for function in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled or copied"):
            function(link)


def test_was_downloaded_looks_in_the_history(world: World) -> None:
    with Sandbox(history_lag=60) as sandbox:
        client = client_of(world, sandbox)
        now = datetime.datetime.now(datetime.UTC)
        hour = datetime.timedelta(hours=1)
        sandbox.add_history("5", date=now - hour)
        for number in range(150):
            sandbox.add_history(str(1000 + number), date=now)
        was_downloaded = client.downloads.was_downloaded
        assert world.do(was_downloaded, "5", since=now - 2 * hour) is True
        assert world.do(was_downloaded, "5", since=now - hour / 2) is False
        assert world.do(was_downloaded, "6", since=now - 2 * hour) is False
        assert world.do(was_downloaded, "1000", since=now) is True
        for zone in (datetime.UTC, datetime.timezone(datetime.timedelta(hours=9))):
            ever = datetime.datetime.min.replace(tzinfo=zone)
            assert world.do(was_downloaded, "5", since=ever) is True
        assert world.do(was_downloaded, "1149", since=now) is True
        world.do(client.downloads.request_link, "9")
        assert world.do(was_downloaded, "9", since=now) is False
        sandbox.advance(60)
        zone = datetime.timezone(datetime.timedelta(hours=13))
        assert world.do(was_downloaded, "9", since=now.astimezone(zone)) is True
        assert not sandbox.problems


NOW = datetime.datetime.now(datetime.UTC)
AGO = NOW - datetime.timedelta(days=45)
"""Longer ago than what the API lists if it knows neither of the spellings of a date."""


def listing(*days: int, dated: bool = True) -> Reply:
    """A page of the history: assets that were downloaded so many days ago, by the API's clock."""
    records = [
        {"id": str(ago), "date_downloaded": (NOW - datetime.timedelta(days=ago)).isoformat()}
        for ago in days
    ]
    date = email.utils.format_datetime(NOW, usegmt=True) if dated else ""
    body = {"result_count": len(days), "downloads": records}
    return Reply(200, body, headers={"Date": date})


def test_a_look_up_sends_its_window_in_both_spellings(served: Served) -> None:
    served.respond(listing(2), listing())
    served.world.do(served.client.downloads.was_downloaded, "1", since=AGO)
    whole, ended = served.requests
    for request in (whole, ended):
        assert request.query["start_date"] == request.query["date_from"]
        assert request.query["end_date"] == request.query["date_to"]
        assert request.query["start_date"] < [f"{AGO:%Y-%m-%d}"]
        assert "use_time" not in request.query
    assert ended.query["end_date"] < [f"{NOW - datetime.timedelta(days=30):%Y-%m-%d}"]
    assert whole.query["end_date"] > [f"{NOW:%Y-%m-%d}"]


@pytest.mark.parametrize(
    "pages",
    {
        "an older record": [listing(2, 40)],
        "a window that ends before the last 30 days": [listing(2), listing()],
        "older records in such a window": [listing(2), listing(35)],
    }.items(),
    ids=lambda each: each[0],
)
def test_an_asset_is_not_downloaded_where_dates_confirm_the_window(
    served: Served, pages: tuple[str, list[Reply]]
) -> None:
    served.respond(*pages[1])
    assert served.world.do(served.client.downloads.was_downloaded, "1", since=AGO) is False


@pytest.mark.parametrize(
    "pages",
    {
        "the last 30 days, whatever is sent": [listing(2)],
        "nothing, whatever is sent": [listing()],
        "a record without a date": [Reply(200, {"result_count": 1, "downloads": [{"id": "2"}]})],
        "an older record, but no date of the response": [listing(2, 40, dated=False)],
        "neither spelling": [Reply(400, {"ErrorMessage": "'start_date', 'date_from' are unknown"})],
    }.items(),
    ids=lambda each: each[0],
)
def test_a_window_that_dates_do_not_confirm_is_unknown_and_never_not_downloaded(
    served: Served, pages: tuple[str, list[Reply]]
) -> None:
    served.respond(*pages[1])
    was_downloaded = served.client.downloads.was_downloaded
    with pytest.raises(GettyImagesError):
        served.world.do(was_downloaded, "1", since=AGO)


def test_was_downloaded_needs_a_time_zone(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    with pytest.raises(Exception, match="time zone"):
        world.do(client.downloads.was_downloaded, "5", since=datetime.datetime(2026, 1, 1))  # noqa: DTZ001
    assert not origins.api.requests


def test_the_errors_of_downloads_are_of_one_kind() -> None:
    assert issubclass(LinkLostError, DownloadError)
    assert issubclass(TransferError, DownloadError)


@pytest.mark.parametrize("hours", [-6, 1], ids=["expired", "older"])
def test_a_link_does_not_take_the_place_of_a_better_one(
    world: World, origins: Origins, tmp_path: Path, hours: int
) -> None:
    given = DownloadLink(
        asset_id="1",
        operation="downloads.request_image_download",
        parameters={},
        uri=HERE,
        expires_at=datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=hours),
    )
    with DeliveryHost(Reply(400), Reply(400)) as host:
        client = client_of_host(world, origins, host.uri)
        with pytest.raises(TransferError):
            save(world, client, tmp_path)
        with pytest.raises(TransferError):
            world.do(client.downloads.save_link, given, tmp_path)
        assert not save(world, client, tmp_path).download_used
        assert len(host.requests) == 3, "the link in the journal was used"
    assert methods(origins) == ["POST"]
