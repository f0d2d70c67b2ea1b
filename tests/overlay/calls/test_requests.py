"""What a request holds: headers, ids, and requests that the spec does not know."""

from __future__ import annotations

import platform
import re
import typing

import pytest

from gettyimages import GettyImagesError, RawResponse, __version__

from ..support.servers import API_KEY, MARK, Origins, Reply, Server
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")
GOOD = Reply(200, {"result_count": 1})


def test_every_request_has_credentials_and_a_user_agent(world: World, origins: Origins) -> None:
    client = world.client(**origins.options(app_name="my app/1.0"))
    world.do(client.downloads.get_downloads)
    [request] = origins.api.requests
    assert request.header("api-key") == API_KEY
    assert request.header("authorization") == f"Bearer {MARK}-token-1"
    assert request.header("accept") == "application/json"
    assert request.header("accept-language") is None
    assert re.fullmatch(
        rf"my app/1\.0 gettyimages-client/{re.escape(__version__)}"
        rf" Python/{re.escape(platform.python_version())}",
        request.header("user-agent") or "",
    )


def test_the_language_of_a_call_replaces_that_of_its_client(world: World, origins: Origins) -> None:
    client = world.client(**origins.options(accept_language="de"))
    world.do(client.downloads.get_downloads)
    world.do(client.downloads.get_downloads, accept_language="fr")
    world.do(client.downloads.get_downloads, headers={"accept-LANGUAGE": "it"})
    world.do(client.with_options(accept_language="es").downloads.get_downloads)
    found = [request.header("accept-language") for request in origins.api.requests]
    assert found == ["de", "fr", "it", "es"]


@pytest.mark.parametrize(
    "name", ["Api-Key", "api-key", "AUTHORIZATION", "Host", "Cookie", "Transfer-Encoding"]
)
def test_headers_that_the_client_sets_cannot_be_replaced(
    world: World, origins: Origins, name: str
) -> None:
    client = world.client(**origins.options())
    for function, arguments in (
        (client.downloads.get_downloads, ()),
        (client.request, ("GET", "/x")),
    ):
        with pytest.raises(GettyImagesError, match="is set by the client itself"):
            world.do(function, *arguments, headers={name: "x"})
    assert not origins.tokens.requests


@pytest.mark.parametrize(
    "headers", [{"X": "a\r\nB: c"}, {"X": "ü"}, {"X Y": "a"}, {"": "a"}, {"X:": "a"}, {"X": 5}]
)
def test_headers_that_would_break_a_request_are_refused(
    world: World, origins: Origins, headers: dict[str, typing.Any]
) -> None:
    client = world.client(**origins.options())
    with pytest.raises(GettyImagesError, match="header"):
        world.do(client.downloads.get_downloads, headers=headers)
    assert not origins.tokens.requests


def test_white_space_around_a_header_is_not_sent(world: World, origins: Origins) -> None:
    client = world.client(**origins.options(accept_language="de ", app_name=" x"))
    world.do(client.request, "POST", "/v3/x", headers={"X-A": " b\t"})
    world.do(client.downloads.get_downloads, accept_language=" fr")
    [own, typed] = origins.api.requests
    assert (own.header("accept-language"), own.header("x-a")) == ("de", "b")
    assert (own.header("user-agent") or "").startswith("x gettyimages-client/")
    assert typed.header("accept-language") == "fr"


def test_a_header_of_the_user_replaces_the_default_one(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    headers = {"x-correlation-id": "7", "user-agent": "mine", "ACCEPT": "text/plain"}
    world.do(client.downloads.get_downloads, headers=headers)
    [request] = origins.api.requests
    assert {name: request.header(name) for name in headers} == headers


def test_ids_are_percent_encoded(world: World, origins: Origins) -> None:
    origins.api.script(Reply(200, {"uri": None}))
    client = world.client(**origins.options())
    for value in ("a/b", "a b", "%2e%2e", "ü", "a?b#c", "a;b"):
        world.do(client.downloads.request_image_download, value)
    assert [request.target.rpartition("/")[2] for request in origins.api.requests] == [
        "a%2Fb",
        "a%20b",
        "%252e%252e",
        "%C3%BC",
        "a%3Fb%23c",
        "a%3Bb",
    ]


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_ids_that_would_change_the_path_are_refused(
    world: World, origins: Origins, value: str
) -> None:
    client = world.client(**origins.options())
    with pytest.raises(ValueError, match="must not be empty"):
        world.do(client.downloads.request_image_download, value)
    assert not origins.tokens.requests


# Requests that the spec does not know


def test_a_request_that_the_spec_does_not_know_is_sent_as_given(
    world: World, origins: Origins
) -> None:
    origins.api.script(Reply(201, b"raw", headers={"X-Trace": "7", "X-Secret": MARK}))
    client = world.client(**origins.options())
    response = world.do(
        client.request,
        "post",
        "/v3/things/ä b/%2F",
        query={"a": 1, "b": [True, None, "x&y"], "c": None, "d": 0.5, "e": []},
        json={"k": ["ü", None]},
        headers={"X-Mine": "1"},
        timeout=60,
    )
    [request] = origins.api.requests
    assert request.method == "POST"
    assert request.target == "/v3/things/%C3%A4%20b/%2F?a=1&b=true&b=x%26y&d=0.5"
    assert request.body == b'{"k": ["\\u00fc", null]}'
    assert request.header("content-type") == "application/json"
    assert request.header("x-mine") == "1"
    assert isinstance(response, RawResponse)
    assert (response.status_code, response.content, response.attempts) == (201, b"raw", 1)
    assert response.headers["x-trace"] == response.headers["X-TRACE"] == "7"
    assert "x-trace" in response.headers
    assert len(response.headers) == len([*response.headers])
    assert repr(response) == "<RawResponse 201, 3 bytes, attempts: 1>"
    assert MARK not in repr(response.headers)


def test_a_content_type_of_the_user_is_kept(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    headers = {"content-type": "application/merge-patch+json"}
    world.do(client.request, "PATCH", "/v3/x", json=[], headers=headers)
    assert origins.api.requests[0].header("content-type") == "application/merge-patch+json"


@pytest.mark.parametrize("status", [301, 302, 303, 304, 307, 308])
def test_a_redirect_of_such_a_request_is_returned_and_not_followed(
    world: World, origins: Origins, status: int
) -> None:
    with Server() as elsewhere:
        origins.api.script(Reply(status, headers={"Location": elsewhere.url}))
        client = world.client(**origins.options())
        assert world.do(client.request, "GET", "/v3/x").status_code == status
        assert not elsewhere.connections


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("GET", "v3/x"), "path must start"),
        (("GET", ""), "path must start"),
        (("GET", "//evil.example/x"), "path must start"),
        (("GET", "https://evil.example/x"), "path must start"),
        (("GET", "/v3/../x"), "no segments"),
        (("GET", "/v3/./x"), "no segments"),
        (("GET", "/v3/%2e%2E/x"), "no segments"),
        (("GET", "/v3/..\\x"), "no segments"),
        (("GET", "/v3?x=1"), "pass it as query="),
        (("GET", "/v3#x"), "pass it as query="),
        (("G ET", "/v3"), "method must be"),
        (("", "/v3"), "method must be"),
        (("GET\r\nX:", "/v3"), "method must be"),
        (("CONNECT", "/v3"), "method must be"),
        (("TRACE", "/v3"), "method must be"),
    ],
)
def test_invalid_methods_and_paths_are_refused_before_anything_is_sent(
    world: World, origins: Origins, arguments: tuple[str, str], words: str
) -> None:
    client = world.client(**origins.options())
    with pytest.raises(GettyImagesError, match=words):
        world.do(client.request, *arguments)
    assert not origins.tokens.requests


@pytest.mark.parametrize("body", [object(), float("nan"), {1, 2}])
def test_a_body_that_cannot_be_json_is_refused(
    world: World, origins: Origins, body: object
) -> None:
    client = world.client(**origins.options())
    with pytest.raises(GettyImagesError, match="json cannot be sent"):
        world.do(client.request, "POST", "/v3/x", json=body)
    assert not origins.tokens.requests


def test_control_characters_in_a_path_are_percent_encoded(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    world.do(client.request, "GET", "/v3/a\r\nb c")
    assert origins.api.requests[0].target == "/v3/a%0D%0Ab%20c"
