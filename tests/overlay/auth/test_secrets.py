"""No secret is shown anywhere: the watch over all tests works, and the worst cases are tried.

Every test of this folder is watched, as `conftest.py` has it: all records of all loggers at DEBUG,
all exceptions with what led to them and their tracebacks, and the reprs of what calls return.
"""

from __future__ import annotations

import logging
import traceback

import pytest

from gettyimages import APIConnectionError, CredentialsError, GettyImagesError

from ..support import secrecy
from ..support.servers import (
    ACCESS_TOKEN,
    API_KEY,
    API_SECRET,
    MARK,
    OWN_QUERY,
    PASSWORD,
    PROXY_PASSWORD,
    REFRESH_TOKEN,
    SIGNED_URI,
    USERNAME,
    Action,
    Origins,
    Recorded,
    Reply,
    Reset,
    Truncated,
    token_reply,
)
from ..support.worlds import World

SECRETS = [API_KEY, API_SECRET, PASSWORD, REFRESH_TOKEN, ACCESS_TOKEN, SIGNED_URI, PROXY_PASSWORD]


def test_every_secret_of_the_tests_contains_the_mark() -> None:
    assert all(MARK in secret for secret in SECRETS)


@pytest.mark.parametrize("name", ["gettyimages", "httpx", "httpcore.http11", "asyncio", "new"])
@pytest.mark.parametrize("level", [logging.DEBUG, logging.ERROR])
def test_the_watch_sees_every_logger(name: str, level: int) -> None:
    logging.getLogger(name).log(level, "header: %s", API_KEY)
    assert [leak.partition(":")[0] for leak in secrecy.leaks] == [f"log {name}"]
    secrecy.leaks.clear()


def test_the_watch_sees_the_context_of_an_exception_even_if_it_is_suppressed() -> None:
    def fail() -> None:
        try:
            raise ValueError(MARK)
        except ValueError:
            raise GettyImagesError("fine") from None

    with pytest.raises(GettyImagesError) as caught:
        fail()
    assert MARK not in "".join(traceback.format_exception(caught.value))
    secrecy.look_at_error(caught.value)
    assert secrecy.leaks
    secrecy.leaks.clear()


def test_the_watch_sees_local_variables_inside_of_containers() -> None:
    names = {"value": {"a": [("b", MARK)]}}
    code = compile("def fail(value): raise OSError('elsewhere')", "elsewhere.py", "exec")
    exec(code, names)
    with pytest.raises(OSError, match="elsewhere") as caught:
        names["fail"](names["value"])  # type: ignore[operator]
    secrecy.look_at_error(caught.value)
    assert [leak.partition(":")[0] for leak in secrecy.leaks] == ["locals"]
    secrecy.leaks.clear()


def test_the_watch_sees_errors_of_calls_and_the_values_they_return(world: World) -> None:
    class Leaky:
        def __repr__(self) -> str:
            return MARK

    def fail() -> None:
        raise OSError(MARK)

    world.do(Leaky)
    assert secrecy.leaks
    secrecy.leaks.clear()
    with pytest.raises(OSError, match=MARK):
        world.do(fail)
    assert secrecy.leaks
    secrecy.leaks.clear()


ECHOES = [400, 401, 403, 404, 429, 500, 503]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("status", ECHOES)
def test_secrets_that_a_server_echoes_are_not_shown(
    world: World, origins: Origins, status: int
) -> None:
    """Both origins echo headers and forms, in headers, reasons and bodies."""

    def echo(request: Recorded) -> Action:
        headers = " ".join(f"{name}: {value}" for name, value in request.headers)
        text = f"{headers} {request.body.decode()} {SIGNED_URI}"
        body = {"error": API_SECRET, "ErrorCode": text, "ErrorMessage": text, "message": text}
        shown = {"X-Error-Detail": headers, "Location": SIGNED_URI}
        return Reply(status, body, headers=shown)

    origins.api.script(echo)
    user = {"username": USERNAME, "password": PASSWORD, "refresh_token": REFRESH_TOKEN}
    for options in ({}, user):
        client = world.client(**origins.options(**options, max_retries=1))
        for call in (
            client.downloads.get_downloads,
            lambda: client.downloads.request_image_download("1"),  # noqa: B023  # called at once
            lambda: client.request("POST", "/v3/x", query={"q": OWN_QUERY}, json={"x": 1}),  # noqa: B023
        ):
            with pytest.raises(GettyImagesError):
                world.do(call)
    origins.tokens.script(echo)
    for options in ({}, user):
        client = world.client(**origins.options(**options, max_retries=1))
        with pytest.raises(GettyImagesError):
            world.do(client.downloads.get_downloads)


@pytest.mark.usefixtures("at_once")
def test_signed_addresses_in_broken_responses_are_not_shown(world: World, origins: Origins) -> None:
    client = world.client(**origins.options(max_retries=1))
    body = f'{{"uri": "{SIGNED_URI}"'.encode()
    head = f"HTTP/1.1 303 See\r\nLocation: {SIGNED_URI}\r\nContent-Length: 9\r\n\r\n".encode()
    for action in (
        Reply(200, body),
        Reply(200, SIGNED_URI),
        Reply(200, [SIGNED_URI]),
        Truncated(200, body),
        Reset(head),
        Reset(head.replace(b"HTTP", b"ABCD")),
        Reset(f"HTTP/1.1 200 OK\r\n{SIGNED_URI}\x00\r\n\r\n".encode()),
    ):
        origins.api.script(action)
        with pytest.raises(GettyImagesError):
            world.do(client.downloads.request_image_download, "1", auto_download=False)
        with pytest.raises(GettyImagesError):
            world.do(client.downloads.get_downloads)


def test_signed_addresses_under_unknown_names_are_returned_but_not_shown(
    world: World, origins: Origins
) -> None:
    client = world.client(**origins.options())
    unknown = {"Uri": SIGNED_URI, "delivery": {"href": SIGNED_URI}}
    record = {"id": "1", **unknown}
    origins.api.script(
        Reply(200, unknown), Reply(200, {"downloads": [record], "result_count": 1, **unknown})
    )
    found = world.do(client.downloads.request_image_download, "1", auto_download=False)
    page = world.do(client.downloads.get_downloads)
    for value in (found, page, page.downloads[0]):
        assert value.additional_properties == unknown
        assert MARK not in repr(value)
        assert "'Uri'" in repr(value)


def test_signed_addresses_are_returned_but_not_shown(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    origins.api.script(
        Reply(200, {"uri": SIGNED_URI}), Reply(303, headers={"Location": SIGNED_URI})
    )
    found = world.do(client.downloads.request_image_download, "1", auto_download=False)
    assert found.uri == SIGNED_URI
    assert MARK not in repr(found)
    found = world.do(client.downloads.request_image_download, "1")
    assert found.location == SIGNED_URI
    assert MARK not in f"{found} {found!r}"


@pytest.mark.usefixtures("at_once")
def test_secrets_in_responses_of_the_token_endpoint_are_not_shown(
    world: World, origins: Origins
) -> None:
    token = f"{MARK}-token".encode()
    for action in (
        Reply(200, b'{"access_token": "' + token),
        Reply(200, {"access_token": f"{MARK}\n"}),
        Reply(200, {"token": MARK, "expires_in": MARK}),
        Reply(400, {"error": "invalid_grant", "error_description": PASSWORD}),
        Reply(400, {"error": MARK}),
        Truncated(200, token),
        Reset(b"HTTP/1.1 200 OK\r\nX: " + token),
    ):
        origins.tokens.script(action)
        client = world.client(**origins.options(max_retries=0))
        with pytest.raises(CredentialsError if type(action) is Reply else APIConnectionError):
            world.do(client.downloads.get_downloads)
    origins.tokens.script(token_reply(1, expires_in=MARK))
    client = world.client(**origins.options(max_retries=0))
    world.do(client.downloads.get_downloads)


def test_no_part_of_a_client_shows_a_secret_in_its_repr(world: World, origins: Origins) -> None:
    user = {"username": USERNAME, "password": PASSWORD, "refresh_token": REFRESH_TOKEN}
    client = world.client(**origins.options(**user, proxy=f"http://me:{PROXY_PASSWORD}@127.0.0.1"))
    seen: list[object] = []
    todo: list[object] = [client]
    while todo:
        value = todo.pop()
        if any(value is one for one in seen):
            continue
        seen.append(value)
        if not type(value).__module__.startswith("gettyimages"):
            continue
        assert MARK not in repr(value)
        slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
        todo += [getattr(value, name) for name in slots if hasattr(value, name)]
        todo += [*getattr(value, "__dict__", {}).values()]
    assert len(seen) > 20


def test_every_test_is_watched(world: World, origins: Origins) -> None:
    secrecy.looked_at.clear()
    origins.api.script(Reply(404))
    client = world.client(**origins.options())
    with pytest.raises(GettyImagesError):
        world.do(client.downloads.get_downloads)
    assert {"log gettyimages", "traceback", "NotFoundError"} <= set(secrecy.looked_at)
