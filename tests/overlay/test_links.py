"""Links to files: however they are handed over, what becomes of those that cannot be used."""

from __future__ import annotations

import copy
import datetime
import pickle

import pytest

from gettyimages import DownloadError, DownloadOutcomeUnknown
from gettyimages._downloads.redirect import DownloadLink, resolved
from gettyimages._errors import StrandedError, TransferError
from gettyimages.sandbox import Sandbox

from .support.servers import MARK, Origins, Reply
from .support.worlds import World

HERE = f"https://delivery.example/x.jpg?signature={MARK}"
REFUSED = {
    "http://delivery.example/x": "not https",
    "ftp://delivery.example/x": "not https",
    "file:///etc/passwd": "names no host",
    "https://user:pass@delivery.example/x": "user name",
    "//user@delivery.example/x": "user name",
    "https:///x": "names no host",
    "https://delivery.example:99999/x": "malformed",
    "https://[::1/x": "malformed",
    "https://deli very.example/x": "names no host",
    "https://delivery.example/\r\nX: y": "malformed",
    "": "no address",
    " ": "no address",
}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_redirect_is_a_link(world: World, origins: Origins, status: int) -> None:
    origins.api.script(Reply(status, headers={"Location": HERE}))
    client = world.client(**origins.options())
    before = datetime.datetime.now(datetime.UTC)
    link = world.do(client.downloads.link, "7", height=100)
    assert (link.uri, link.asset_id, link.charged, link.has_expired) == (HERE, "7", True, False)
    assert before <= link.expires_at - datetime.timedelta(hours=24) < link.expires_at
    assert len(origins.api.requests) == 1
    assert origins.api.requests[0].target == "/v3/downloads/images/7?height=100"


def test_an_address_in_the_body_is_a_link_too(world: World, origins: Origins) -> None:
    origins.api.script(Reply(200, {"uri": HERE}))
    client = world.client(**origins.options())
    assert world.do(client.downloads.link, "7", auto_download=False).uri == HERE


def test_a_relative_location_is_the_apis(world: World, origins: Origins) -> None:
    origins.api.script(Reply(303, headers={"Location": f"/files/7?signature={MARK}#top"}))
    client = world.client(**origins.options())
    link = world.do(client.downloads.link, "7")
    assert link.uri == f"{origins.api.url}/files/7?signature={MARK}"


@pytest.mark.parametrize("location", ["http://delivery.example/x", "https://u@delivery.example/x"])
def test_a_link_that_cannot_be_used_was_paid_for(
    world: World, origins: Origins, location: str
) -> None:
    origins.api.script(Reply(303, headers={"Location": f"{location}?{MARK}"}))
    client = world.client(**origins.options())
    with pytest.raises(StrandedError, match="a download was used up"):
        world.do(client.downloads.link, "7")
    assert len(origins.api.requests) == 1


def test_an_answer_without_an_address_was_paid_for(world: World, origins: Origins) -> None:
    origins.api.script(Reply(200, {}))
    client = world.client(**origins.options())
    with pytest.raises(StrandedError, match="there is no address"):
        world.do(client.downloads.link, "7", auto_download=False)


def test_a_redirect_to_nowhere_is_a_doubt(world: World, origins: Origins) -> None:
    origins.api.script(Reply(303))
    client = world.client(**origins.options())
    with pytest.raises(DownloadOutcomeUnknown):
        world.do(client.downloads.link, "7")
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize("location", REFUSED)
def test_an_address_is_checked_and_not_shown(location: str) -> None:
    with pytest.raises(TransferError, match=REFUSED[location]) as caught:
        resolved("https://api.example", location)
    assert not location.strip() or location not in str(caught.value)


def test_encryption_is_never_given_up() -> None:
    with pytest.raises(TransferError, match="from https to plain http"):
        resolved("https://localhost", "http://localhost/x")
    assert resolved("http://127.0.0.1:1", "https://a.example/b") == "https://a.example/b"
    assert resolved("http://[::1]:1/a/", "b?c") == "http://[::1]:1/a/b?c"


def test_an_address_keeps_its_signature_byte_for_byte() -> None:
    uri = "https://a.example/b%2Fc/%7e?s=A%2bb+c/d==&x='()*!~"
    assert resolved("https://api.example", uri) == uri
    assert resolved("https://api.example", "/bé") == "https://api.example/b%C3%A9"


def test_a_link_shows_and_passes_on_nothing() -> None:
    link = DownloadLink("7", HERE, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    assert repr(link) == "<DownloadLink 7, valid until 2026-01-01 00:00:00 UTC>"
    assert link.has_expired
    for function in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="neither pickled nor copied"):
            function(link)


def test_was_charged_looks_in_the_history(world: World) -> None:
    with Sandbox(history_lag=60) as sandbox:
        client = world.client(**sandbox.client_options())
        now = datetime.datetime.now(datetime.UTC)
        hour = datetime.timedelta(hours=1)
        sandbox.add_history("5", date=now - hour)
        for number in range(150):
            sandbox.add_history(str(1000 + number), date=now)
        charged = client.downloads.was_charged
        assert world.do(charged, "5", since=now - 2 * hour) is True
        assert world.do(charged, "5", since=now - hour / 2) is False
        assert world.do(charged, "6", since=now - 2 * hour) is False
        assert world.do(charged, "1000", since=now) is True
        assert world.do(charged, "1149", since=now) is True
        world.do(client.downloads.link, "9")
        assert world.do(charged, "9", since=now) is False
        sandbox.advance(60)
        zone = datetime.timezone(datetime.timedelta(hours=13))
        assert world.do(charged, "9", since=now.astimezone(zone)) is True
        assert not sandbox.problems


def test_was_charged_needs_a_time_zone(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    with pytest.raises(Exception, match="time zone"):
        world.do(client.downloads.was_charged, "5", since=datetime.datetime(2026, 1, 1))  # noqa: DTZ001
    assert not origins.api.requests


def test_the_errors_of_downloads_are_of_one_kind() -> None:
    assert issubclass(StrandedError, DownloadError)
    assert issubclass(TransferError, DownloadError)
