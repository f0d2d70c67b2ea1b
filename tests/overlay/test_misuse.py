"""Whatever a caller gets wrong is an `InvalidArgumentError`, and nothing is sent."""

# ruff: noqa: E501 - a table that is read line by line

from __future__ import annotations

import copy
import datetime
import os
import pickle
import typing
from collections.abc import Callable
from pathlib import Path

import pytest

from gettyimages import GettyImagesError, InvalidArgumentError

from .support.serving import Served
from .support.worlds import World

Call: typing.TypeAlias = Callable[[World, typing.Any, Path], object]


class Secret:
    """An object whose repr must not be shown."""

    def __repr__(self) -> str:
        return "hidden"


class Bytes(os.PathLike[bytes]):
    """A path that is no text."""

    def __fspath__(self) -> bytes:
        return b"photos"


def listed(world: World, iterator: typing.Any) -> None:
    [*world.items(iterator)]


NOW = datetime.datetime(2026, 1, 1)  # noqa: DTZ001 - without a time zone

CALLS: dict[str, tuple[Call, str, str]] = {
    # Generated methods: the name of the argument, and what was found.
    "page size": (lambda w, c, _: w.do(c.downloads.get_downloads, page_size=1000), "page_size", "1000"),
    "page": (lambda w, c, _: w.do(c.downloads.get_downloads, page="x"), "page", "'x'"),
    "flag": (lambda w, c, _: w.do(c.downloads.get_downloads, company_downloads="no"), "company_downloads", "'no'"),
    "date": (lambda w, c, _: w.do(c.downloads.get_downloads, start_date="\ud800"), "start_date", r"'\ud800'"),
    "height": (lambda w, c, _: w.do(c.downloads.request_image_download, "1", height=-1), "height", "-1"),
    "text": (lambda w, c, _: w.do(c.downloads.request_image_download, "1", download_notes="a\0"), "download_notes", r"'a\x00'"),
    "id of a path": (lambda w, c, _: w.do(c.downloads.request_image_download, ".."), "id", "'..'"),
    "list": (lambda w, c, _: w.do(c.asset_registrations.register, asset_ids="12"), "asset_ids", "'12'"),
    "item": (lambda w, c, _: w.do(c.asset_registrations.register, asset_ids=["\udc80"]), "asset_ids", r"'\udc80'"),
    "object": (lambda w, c, _: w.do(c.asset_registrations.register, asset_ids=[Secret()]), "Secret", ""),
    "language": (lambda w, c, _: w.do(c.downloads.get_downloads, accept_language="dé"), "accept-language", ""),
    "extra query": (lambda w, c, _: w.do(c.downloads.get_downloads, extra_query="a=b"), "extra_query", "'a=b'"),
    "doubled query": (lambda w, c, _: w.do(c.downloads.get_downloads, page=1, extra_query={"page": 2}), "extra_query", "'page'"),
    "timeout": (lambda w, c, _: w.do(c.downloads.get_downloads, timeout="5"), "timeout", "'5'"),
    "headers": (lambda w, c, _: w.do(c.downloads.get_downloads, headers="x"), "headers", "'x'"),
    "header": (lambda w, c, _: w.do(c.downloads.get_downloads, headers={"X": 1}), "headers", "X"),
    "header name": (lambda w, c, _: w.do(c.downloads.get_downloads, headers={1: "x"}), "headers", "1"),
    # Requests that the spec does not know.
    "method": (lambda w, c, _: w.do(c.request, 5, "/v3/x"), "method", "5"),
    "path": (lambda w, c, _: w.do(c.request, "GET", 5), "path", "5"),
    "path with NUL": (lambda w, c, _: w.do(c.request, "GET", "/v3/\0"), "path", r"'/v3/\x00'"),
    "query": (lambda w, c, _: w.do(c.request, "GET", "/v3/x", query="a=b"), "query", "'a=b'"),
    "query value": (lambda w, c, _: w.do(c.request, "GET", "/v3/x", query={"a": {}}), "query: 'a'", "dict"),
    "long query": (lambda w, c, _: w.do(c.images.get_many, ids=["123456789"] * 7000), "request", "60000 characters"),
    "long path": (lambda w, c, _: w.do(c.request, "GET", "/" + "x" * 70000), "request", "60000 characters"),
    "long id": (lambda w, c, _: w.do(c.downloads.request_link, "9" * 70000), "request", "60000 characters"),
    "json": (lambda w, c, _: w.do(c.request, "POST", "/v3/x", json=Secret()), "json", "Secret"),
    # Methods written by hand.
    "bogus history": (lambda w, c, _: listed(w, c.downloads.history(bogus=1)), "history()", "'bogus'"),
    "bogus link": (lambda w, c, _: w.do(c.downloads.request_link, "1", bogus=1), "request_link()", "'bogus'"),
    "bogus image": (lambda w, c, p: w.do(c.downloads.save_image, "1", p, bogus=1), "save_image()", "'bogus'"),
    "bogus images": (lambda w, c, p: w.do(c.downloads.save_images, ["1"], p, bogus=1), "save_images()", "'bogus'"),
    "bogus open": (lambda w, c, _: w.do(c.downloads.open_image, "1", bogus=1), "open_image()", "'bogus'"),
    "bogus option": (lambda _, c, __: c.with_options(bogus=1), "with_options()", "'bogus'"),
    "history page": (lambda w, c, _: listed(w, c.downloads.history(page=0)), "page", "0"),
    "history date": (lambda w, c, _: listed(w, c.downloads.history(start_date="soon")), "date", "'soon'"),
    "empty id": (lambda w, c, p: w.do(c.downloads.save_image, "", p), "id", "''"),
    "blank id": (lambda w, c, p: w.do(c.downloads.save_image, " ", p), "id", "' '"),
    "id with NUL": (lambda w, c, p: w.do(c.downloads.save_image, "1\0", p), "id", r"'1\x00'"),
    "surrogate in id": (lambda w, c, p: w.do(c.downloads.save_image, "\udc80", p), "id", r"'\udc80'"),
    "bytes as id": (lambda w, c, p: w.do(c.downloads.save_image, b"1", p), "id", "b'1'"),
    "height of a file": (lambda w, c, p: w.do(c.downloads.save_image, "1", p, height=0), "height", "0"),
    "directory": (lambda w, c, _: w.do(c.downloads.save_image, "1", 5), "directory", "5"),
    "no directory": (lambda w, c, _: w.do(c.downloads.save_image, "1", None), "directory", "None"),
    "directory with NUL": (lambda w, c, _: w.do(c.downloads.save_image, "1", "a\0"), "directory", r"'a\x00'"),
    "surrogate in directory": (lambda w, c, _: w.do(c.downloads.save_image, "1", "\ud800"), "directory", r"'\ud800'"),
    "journal": (lambda w, c, p: w.do(c.downloads.save_image, "1", p, journal=5), "journal", "5"),
    "journal elsewhere": (lambda w, c, p: w.do(c.downloads.save_image, "1", p, journal="mysql://h/d"), "journal", "must be the path"),
    "journal of no name": (lambda w, c, p: w.do(c.downloads.save_image, "1", p, journal=""), "journal", "must be the path"),
    "journal that is the root": (lambda w, c, p: w.do(c.downloads.journal_report, p, journal="/"), "journal", "must be the path"),
    "directory of bytes": (lambda w, c, _: w.do(c.downloads.save_image, "1", Bytes()), "directory", "Bytes"),
    "journal of a driver": (lambda w, c, p: w.do(c.downloads.journal_report, p, journal="postgresql+psycopg://h/d"), "journal", "postgresql://host"),
    "address as a path": (lambda w, c, p: w.do(c.downloads.move_journal, p, Path("postgresql://h/d")), "to", "a string"),
    "journal of a channel": (lambda _, c, __: c.asset_changes.change_sets(1, journal="file:///j.sqlite"), "journal", "the path of a file"),
    "filename": (lambda w, c, p: w.do(c.downloads.save_image, "1", p, filename="../x"), "filename", "'../x'"),
    "filename of no text": (lambda w, c, p: w.do(c.downloads.save_image, "1", p, filename=5), "filename", "5"),
    "overwrite": (lambda w, c, p: w.do(c.downloads.save_image, "1", p, overwrite="yes"), "overwrite", "'yes'"),
    "overwrite of no text": (lambda w, c, p: w.do(c.downloads.save_image, "1", p, overwrite=[]), "overwrite", "list"),
    "repurchase": (lambda w, c, p: w.do(c.downloads.save_image, "1", p, allow_repurchase="no"), "allow_repurchase", "'no'"),
    "progress": (lambda w, c, p: w.do(c.downloads.save_image, "1", p, on_progress=1), "on_progress", "1"),
    "timeout of a file": (lambda w, c, p: w.do(c.downloads.save_image, "1", p, timeout=0), "timeout", "0"),
    "height of many": (lambda w, c, p: w.do(c.downloads.save_images, ["1"], p, height=0), "height", "0"),
    "link": (lambda w, c, p: w.do(c.downloads.save_link, "https://x/", p), "link", "'https://x/'"),
    "link to open": (lambda w, c, _: w.do(c.downloads.open_link, Secret()), "link", "Secret"),
    "id to open": (lambda w, c, _: w.do(c.downloads.open_image, ""), "id", "''"),
    "one string as ids": (lambda w, c, p: w.do(c.downloads.save_images, "12", p), "ids", "'12'"),
    "number as ids": (lambda w, c, p: w.do(c.downloads.save_images, 12, p), "ids", "int"),
    "concurrency": (lambda w, c, p: w.do(c.downloads.save_images, [], p, concurrency=0), "concurrency", "0"),
    "dry run": (lambda w, c, p: w.do(c.downloads.save_images, [], p, dry_run=1), "dry_run", "1"),
    "directory of a journal": (lambda w, c, _: w.do(c.downloads.rebind_journal, 5), "directory", "5"),
    "journal with NUL": (lambda w, c, p: w.do(c.downloads.rebind_journal, p, journal="\0"), "journal", r"'\x00'"),
    "since": (lambda w, c, _: w.do(c.downloads.was_downloaded, "1", since="2026"), "since", "'2026'"),
    "since without zone": (lambda w, c, _: w.do(c.downloads.was_downloaded, "1", since=NOW), "since", "datetime(2026, 1, 1"),
    "id to look up": (lambda w, c, _: w.do(c.downloads.was_downloaded, "", since=NOW), "id", "''"),
    "channel": (lambda _, c, __: c.asset_changes.change_sets("x"), "channel_id", "'x'"),
    "no channel": (lambda _, c, __: c.asset_changes.change_sets(None), "channel_id", "None"),
    "batch of changes": (lambda _, c, __: c.asset_changes.change_sets(1, batch_size=0), "batch_size", "0"),
    "ids to register": (lambda w, c, _: w.do(c.asset_registrations.register_all, "12"), "ids", "'12'"),
    "id to register": (lambda w, c, _: w.do(c.asset_registrations.register_all, ["1", ""]), "id", "''"),
    "batch of ids": (lambda w, c, _: w.do(c.asset_registrations.register_all, [], batch_size=0), "batch_size", "0"),
    "pickled client": (lambda _, c, __: pickle.dumps(c), "pickled", ""),
    "copied client": (lambda _, c, __: copy.copy(c), "copied", ""),
}  # fmt: skip
"""A call, the name of the argument in the message, and the value that was found."""

OPTIONS: dict[str, object] = {
    "api_key": 123,
    "api_secret": b"x",
    "username": ["x"],
    "password": 5,
    "refresh_token": 5,
    "access_token": 5,
    "on_refresh_token": 5,
    "token_store": 5,
    "max_requests_per_second": "1",
    "base_url": 5,
    "token_url": b"https://x",
    "timeout": "5",
    "step_timeout": [],
    "stop_timeout": "x",
    "max_retries": "3",
    "max_response_size": 0,
    "accept_language": 5,
    "app_name": b"x",
    "on_response": 5,
    "proxy": 5,
    "bogus": 1,
}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_that_cannot_be_right_is_refused_before_anything_is_sent(
    served: Served, tmp_path: Path, name: str
) -> None:
    call, argument, found = CALLS[name]
    with pytest.raises(InvalidArgumentError) as caught:
        call(served.world, served.client, tmp_path)
    text = str(caught.value)
    assert argument in text.lower() or argument in text
    assert found in text
    assert "hidden" not in text
    assert "build_request" not in text
    assert not served.requests
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_that_cannot_be_right_is_refused_when_the_client_is_made(
    world: World, name: str
) -> None:
    options = {"api_key": "k", "access_token": "t", name: OPTIONS[name]}
    if name in ("username", "password", "refresh_token"):
        del options["access_token"]
    with pytest.raises(InvalidArgumentError, match=name):
        world.client(**options)


@pytest.mark.parametrize("name", ["transport", "file_transport"])
def test_a_transport_of_the_wrong_kind_is_refused_before_anything_is_sent(
    served: Served, name: str
) -> None:
    client = served.make(**{name: Secret()})
    with pytest.raises(InvalidArgumentError, match=f"^{name} must be an httpx.*found Secret"):
        served.world.do(client.downloads.get_downloads)
    assert not served.requests


def test_what_python_refuses_for_a_signature_stays_a_type_error(served: Served) -> None:
    for call in (
        lambda: served.client.downloads.get_downloads(bogus=1),
        served.client.asset_registrations.register,
    ):
        with pytest.raises(TypeError) as caught:
            served.world.do(call)
        assert not isinstance(caught.value, GettyImagesError)


def test_a_misuse_is_a_value_error_and_a_type_error_too() -> None:
    assert issubclass(InvalidArgumentError, GettyImagesError)
    assert issubclass(InvalidArgumentError, ValueError)
    assert issubclass(InvalidArgumentError, TypeError)


def test_an_extra_query_is_sent_with_typed_calls_and_with_files(
    served: Served, tmp_path: Path
) -> None:
    extra = {"use_team_credits": True, "x": ["a b", 2]}
    served.respond({"result_count": 0, "downloads": []}, 404)
    served.world.do(served.client.downloads.get_downloads, page=1, extra_query=extra)
    with pytest.raises(GettyImagesError):
        served.world.do(served.client.downloads.save_image, "1", tmp_path, extra_query=extra)
    assert [request.target.partition("?")[2] for request in served.requests] == [
        "page=1&use_team_credits=true&x=a%20b&x=2",
        "auto_download=true&use_team_credits=true&x=a%20b&x=2",
    ]
