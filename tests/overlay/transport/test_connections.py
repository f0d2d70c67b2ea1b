"""Connections: how they are shared, used again and closed, and transports of the user."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import threading
import time
import typing
from collections.abc import Iterator

import httpx
import pytest

import gettyimages
from gettyimages import AsyncGettyImages, DownloadOutcomeUnknownError, GettyImagesError, RawResponse
from gettyimages_rest import types

from ..support.servers import ACCESS_TOKEN, API_KEY, API_SECRET, HANG, MARK, Origins, Reply, Stall
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")
GOOD = Reply(200, {"result_count": 1})


def test_a_variant_shares_connections_and_token(world: World, origins: Origins) -> None:
    seen: list[RawResponse] = []
    client = world.client(**origins.options(max_retries=0))
    world.do(client.downloads.get_downloads)
    variant = client.with_options(
        max_retries=1, app_name="other", step_timeout=5, timeout=6, on_response=seen.append
    )
    origins.api.script(Reply(503), GOOD, Reply(503), GOOD)
    world.do(variant.downloads.get_downloads)
    assert len(seen) == 2
    with pytest.raises(gettyimages.ServerError):
        world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 1
    assert origins.api.connections == 1
    agents = [request.header("user-agent") or "" for request in origins.api.requests]
    assert [agent.startswith("other ") for agent in agents] == [False, True, True, False]
    assert type(variant) is type(client)
    assert variant.downloads is not client.downloads
    assert variant.downloads is variant.downloads


def test_a_call_looks_for_no_module(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    world.do(client.downloads.get_downloads)
    looked_for: list[str] = []

    class Finder:
        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            if threading.current_thread() is threading.main_thread():  # not the server's
                looked_for.append(name)

    sys.meta_path.insert(0, Finder)
    try:
        world.do(client.downloads.get_downloads)
    finally:
        sys.meta_path.remove(Finder)
    assert looked_for == []


def test_options_of_a_variant_are_checked(world: World) -> None:
    client = world.client(api_key=API_KEY)
    for name in ("timeout", "step_timeout"):
        with pytest.raises(GettyImagesError, match=f"^{name} must be above 0"):
            client.with_options(**{name: 0})
    for name in ("max_rate", "base_url"):  # unknown, and of the client alone
        with pytest.raises(TypeError, match=f"'{name}'"):
            client.with_options(**{name: 1})


def test_an_unknown_option_of_a_client_is_refused(world: World) -> None:
    with pytest.raises(TypeError, match="'total_timeout'"):
        world.client(api_key=API_KEY, total_timeout=1)


def test_an_asynchronous_client_can_also_be_closed_by_the_name_that_httpx_uses() -> None:
    assert AsyncGettyImages.aclose is AsyncGettyImages.close


def test_the_end_of_the_block_closes_the_client_and_its_variants(
    world: World, origins: Origins
) -> None:
    with world.inside(world.client(**origins.options())) as client:
        variant = client.with_options(step_timeout=5)
        world.do(client.downloads.get_downloads)
    for closed in (client, variant):
        for function, arguments in (
            (closed.downloads.get_downloads, ()),
            (closed.request, ("GET", "/x")),
        ):
            with pytest.raises(GettyImagesError, match="the client is closed: make a new one"):
                world.do(function, *arguments)
    assert len(origins.api.requests) == 1


def test_a_client_may_be_closed_twice_or_unused(world: World, origins: Origins) -> None:
    for use in (False, True):
        client = world.client(**origins.options())
        if use:
            world.do(client.downloads.get_downloads)
        for _ in range(2):
            world.do(client.close)


@pytest.mark.parametrize("spends", [False, True], ids=["safe", "spends"])
def test_closing_ends_calls_in_progress(world: World, origins: Origins, *, spends: bool) -> None:
    origins.api.script(Stall())
    client = world.client(
        **origins.options(access_token=ACCESS_TOKEN, step_timeout=300, timeout=300, stop_timeout=1)
    )
    if spends:
        calls = [lambda: client.downloads.request_image_download("1")] * 5
    else:
        calls = [client.downloads.get_downloads] * 150  # more than there are connections
    wanted = min(len(calls), 100)

    ready = world.once(lambda: len(origins.api.requests) == wanted, client.close)
    *results, closed = world.together(*calls, ready)
    assert closed is None
    assert all(isinstance(result, GettyImagesError) for result in results)
    if spends:
        assert all(isinstance(result, DownloadOutcomeUnknownError) for result in results)
    assert len(origins.api.requests) == wanted


def test_a_client_belongs_to_the_loop_of_its_first_call(origins: Origins) -> None:
    client = AsyncGettyImages(**origins.options())

    async def first() -> None:
        await client.downloads.get_downloads()

    async def second() -> None:
        with pytest.raises(GettyImagesError, match="belongs to another event loop"):
            await client.downloads.get_downloads()
        with pytest.raises(GettyImagesError, match="belongs to another event loop"):
            await client.close()

    with asyncio.Runner() as one, asyncio.Runner() as two:
        one.run(first())
        two.run(second())
        one.run(client.downloads.get_downloads())
        one.run(client.close())


def test_a_connection_is_reused(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    for _ in range(5):
        world.do(client.downloads.get_downloads)
    assert origins.api.connections == 1


def test_a_connection_that_the_server_has_closed_is_replaced(
    world: World, origins: Origins
) -> None:
    client = world.client(**origins.options(max_retries=1))
    for _ in range(3):
        world.do(client.request, "POST", "/v3/x")
        origins.api.hang_up()
    origins.api.script(Reply(200, {}, close=True))
    for _ in range(3):
        world.do(client.request, "POST", "/v3/x")
        origins.api.wait_until_idle()


def test_every_purchase_has_a_new_connection(world: World, origins: Origins) -> None:
    origins.api.script(Reply(200, {"uri": None}))
    client = world.client(**origins.options())
    world.do(client.downloads.get_downloads)
    for _ in range(3):
        world.do(client.downloads.request_image_download, "1")
    assert [request.connection for request in origins.api.requests] == [1, 2, 3, 4]


# Transports of the user


class Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Makes responses without a network, in both worlds."""

    def __init__(self) -> None:
        self.seen: list[httpx.Request] = []
        self.closed = 0

    def respond(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        if request.url.path.endswith("token"):
            return httpx.Response(200, json={"access_token": f"{MARK}-own"})
        return httpx.Response(200, json={"result_count": 8})

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.respond(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.respond(request)

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


def test_a_transport_of_the_user_replaces_all_connections(world: World) -> None:
    transport = Transport()
    with world.inside(
        world.client(api_key=API_KEY, api_secret=API_SECRET, transport=transport)
    ) as client:
        assert world.do(client.downloads.get_downloads).result_count == 8
    assert [request.url.host for request in transport.seen] == [
        "authentication.gettyimages.com",
        "api.gettyimages.com",
    ]
    assert transport.closed == 1


@pytest.mark.parametrize(
    ("options", "host"),
    [({}, "uploads.example"), ({"base_url": "https://other.example"}, "other.example")],
)
def test_an_operation_on_a_server_of_its_own_goes_there_unless_the_base_url_is_another(
    world: World, options: dict[str, typing.Any], host: str
) -> None:
    operation: types.Operation[int] = types.Operation(
        name="assets.upload",
        method="POST",
        path="/assets",
        effect=None,
        may_be_empty=False,
        returns_body=False,
        security=(),
        bounds={},
        parse_response=lambda response: response.status_code,
    )
    request = types.Request(method="POST", path="/assets", server="https://uploads.example")
    transport = Transport()
    client = world.client(
        api_key=API_KEY, access_token=ACCESS_TOKEN, transport=transport, **options
    )
    with world.inside(client):
        assert world.do(client.call, operation, request) == 200
    assert [request.url.host for request in transport.seen] == [host]


def test_a_transport_of_the_other_kind_is_refused(world: World) -> None:
    other = httpx.HTTPTransport() if world.is_async else httpx.AsyncHTTPTransport()
    client = world.client(api_key=API_KEY, access_token=ACCESS_TOKEN, transport=other)
    kind = "AsyncBaseTransport" if world.is_async else "BaseTransport"
    with pytest.raises(GettyImagesError, match=f"transport must be an httpx.{kind}"):
        world.do(client.downloads.get_downloads)


def test_an_exception_of_a_transport_of_the_user_is_passed_on(world: World) -> None:
    class Broken(Transport):
        def respond(self, request: httpx.Request) -> httpx.Response:
            raise ZeroDivisionError

    client = world.client(api_key=API_KEY, access_token=ACCESS_TOKEN, transport=Broken())
    with pytest.raises(ZeroDivisionError):
        world.do(client.downloads.get_downloads)


@pytest.fixture
def full(origins: Origins) -> Iterator[str]:
    """An address of this machine at which connections are never accepted, at the API's port."""
    address = "127.0.0.2"
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind((address, origins.api.port))
        listener.listen(0)
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex((address, origins.api.port))
        yield address


def resolve(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let `localhost` have these addresses."""
    known = socket.getaddrinfo

    def found(host: typing.Any, *args: typing.Any, **options: typing.Any) -> list[typing.Any]:
        hosts = addresses if host in ("localhost", b"localhost") else (host,)
        return [one for name in hosts for one in known(name, *args, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", found)


def test_all_addresses_of_a_host_together_have_the_time_of_one_step(
    world: World, origins: Origins, full: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve(monkeypatch, *[full] * 100)
    url = f"http://localhost:{origins.api.port}"
    options = {"base_url": url, "step_timeout": 1, "access_token": ACCESS_TOKEN, "max_retries": 0}
    client = world.client(**origins.options(**options))
    began = time.monotonic()
    with pytest.raises(gettyimages.APITimeoutError) as caught:
        world.do(client.downloads.get_downloads)
    assert not caught.value.may_have_executed
    assert time.monotonic() - began < HANG


def test_a_host_is_reached_by_its_second_address_if_the_first_does_not_respond(
    world: World, origins: Origins, full: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve(monkeypatch, full, "127.0.0.1")
    url = f"http://localhost:{origins.api.port}"
    options = {"base_url": url, "step_timeout": 4, "access_token": ACCESS_TOKEN, "max_retries": 0}
    client = world.client(**origins.options(**options))
    assert world.do(client.downloads.get_downloads).result_count == 0


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 70 + ".example"])
def test_a_host_that_is_not_known_is_a_connection_error(world: World, host: str) -> None:
    client = world.client(
        api_key=API_KEY, access_token=ACCESS_TOKEN, base_url=f"https://{host}", max_retries=0
    )
    with pytest.raises(gettyimages.APIConnectionError, match="no connection could be made"):
        world.do(client.downloads.get_downloads)
