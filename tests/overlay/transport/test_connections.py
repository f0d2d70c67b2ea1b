"""The wire: what is sent, over which connections, through which proxy, to whom it is trusted."""

from __future__ import annotations

import asyncio
import platform
import re
import ssl
import time
import typing
from pathlib import Path

import httpx
import pytest
import trustme

import gettyimages
from gettyimages import (
    APIConnectionError,
    APIError,
    AsyncGettyImages,
    DownloadOutcomeUnknown,
    GettyImagesError,
    RawResponse,
)

from ..support.servers import (
    ACCESS_TOKEN,
    API_KEY,
    API_SECRET,
    MARK,
    PROXY_PASSWORD,
    Action,
    Origins,
    Recorded,
    Reply,
    Server,
    Stall,
)
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")
GOOD = Reply(200, {"result_count": 1})


# What is sent


def test_every_call_says_who_is_calling(world: World, origins: Origins) -> None:
    client = world.client(**origins.options(app_name="my app/1.0"))
    world.do(client.downloads.get_downloads)
    [request] = origins.api.requests
    assert request.header("api-key") == API_KEY
    assert request.header("authorization") == f"Bearer {MARK}-token-1"
    assert request.header("accept") == "application/json"
    assert request.header("accept-language") is None
    assert re.fullmatch(
        rf"my app/1\.0 gettyimages-client/\S+ Python/{re.escape(platform.python_version())}",
        request.header("user-agent") or "",
    )


def test_the_language_is_that_of_the_call_or_else_of_the_client(
    world: World, origins: Origins
) -> None:
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
def test_headers_of_the_client_itself_cannot_be_replaced(
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


def test_headers_of_the_user_are_sent_once(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    headers = {"x-correlation-id": "7", "user-agent": "mine", "ACCEPT": "text/plain"}
    world.do(client.downloads.get_downloads, headers=headers)
    [request] = origins.api.requests
    assert {name: request.header(name) for name in headers} == headers


def test_ids_reach_the_server_as_they_are(world: World, origins: Origins) -> None:
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
def test_ids_that_would_lead_elsewhere_are_refused(
    world: World, origins: Origins, value: str
) -> None:
    client = world.client(**origins.options())
    with pytest.raises(ValueError, match="must not be empty"):
        world.do(client.downloads.request_image_download, value)
    assert not origins.tokens.requests


# Requests that the spec does not know


def test_any_request_can_be_made(world: World, origins: Origins) -> None:
    origins.api.script(Reply(201, b"raw", headers={"X-Trace": "7", "X-Secret": MARK}))
    client = world.client(**origins.options())
    response = world.do(
        client.request,
        "post",
        "/v3/things/ä b/%2F",
        query={"a": 1, "b": [True, None, "x&y"], "c": None, "d": 0.5, "e": []},
        json={"k": ["ü", None]},
        headers={"X-Mine": "1"},
        timeout=10,
    )
    [request] = origins.api.requests
    assert request.method == "POST"
    assert request.target == "/v3/things/%C3%A4%20b/%2F?a=1&b=true&b=x%26y&d=0.5"
    assert request.body == b'{"k": ["\\u00fc", null]}'
    assert request.header("content-type") == "application/json"
    assert request.header("x-mine") == "1"
    assert isinstance(response, RawResponse)
    assert (response.status, response.content, response.attempts) == (201, b"raw", 1)
    assert response.headers["x-trace"] == response.headers["X-TRACE"] == "7"
    assert "x-trace" in response.headers
    assert len(response.headers) == len([*response.headers])
    assert repr(response) == "<RawResponse 201, 3 bytes, attempts: 1>"
    assert MARK not in repr(response.headers)


def test_a_content_type_of_the_user_wins(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    headers = {"content-type": "application/merge-patch+json"}
    world.do(client.request, "PATCH", "/v3/x", json=[], headers=headers)
    assert origins.api.requests[0].header("content-type") == "application/merge-patch+json"


@pytest.mark.parametrize("status", [301, 302, 303, 304, 307, 308])
def test_a_redirect_of_such_a_request_is_handed_over(
    world: World, origins: Origins, status: int
) -> None:
    with Server() as elsewhere:
        origins.api.script(Reply(status, headers={"Location": elsewhere.url}))
        client = world.client(**origins.options())
        assert world.do(client.request, "GET", "/v3/x").status == status
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
        (("GET", "/v3?x=1"), "give it as query="),
        (("GET", "/v3#x"), "give it as query="),
        (("G ET", "/v3"), "method must be"),
        (("", "/v3"), "method must be"),
        (("GET\r\nX:", "/v3"), "method must be"),
        (("CONNECT", "/v3"), "method must be"),
        (("TRACE", "/v3"), "method must be"),
    ],
)
def test_requests_that_are_none_are_refused_before_anything_is_sent(
    world: World, origins: Origins, arguments: tuple[str, str], words: str
) -> None:
    client = world.client(**origins.options())
    with pytest.raises(GettyImagesError, match=words):
        world.do(client.request, *arguments)
    assert not origins.tokens.requests


@pytest.mark.parametrize("body", [object(), float("nan"), {1, 2}])
def test_a_body_that_is_no_json_is_refused(world: World, origins: Origins, body: object) -> None:
    client = world.client(**origins.options())
    with pytest.raises(GettyImagesError, match="json cannot be sent"):
        world.do(client.request, "POST", "/v3/x", json=body)
    assert not origins.tokens.requests


def test_control_characters_in_a_path_do_no_harm(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    world.do(client.request, "GET", "/v3/a\r\nb c")
    assert origins.api.requests[0].target == "/v3/a%0D%0Ab%20c"


# Metrics, variants, ends


def test_every_answer_is_reported(world: World, origins: Origins) -> None:
    seen: list[tuple[int, int]] = []

    def note(response: RawResponse) -> None:
        seen.append((response.status, response.attempts))

    async def note_later(response: RawResponse) -> None:
        await asyncio.sleep(0)
        note(response)

    origins.api.script(Reply(503), Reply(401), Reply(429), GOOD, Reply(404))
    client = world.client(**origins.options(on_response=note_later if world.is_async else note))
    world.do(client.downloads.get_downloads)
    with pytest.raises(APIError):
        world.do(client.downloads.get_downloads)
    assert seen == [(503, 1), (401, 2), (429, 3), (200, 4), (404, 1)]


def test_a_metric_that_fails_does_not_lose_the_answer(
    world: World, origins: Origins, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_response: RawResponse) -> None:
        raise ZeroDivisionError

    client = world.client(**origins.options(on_response=fail))
    assert world.do(client.downloads.get_downloads).result_count == 0
    assert "on_response failed; the answer is not affected" in caplog.text


def test_an_ambiguous_answer_is_reported_too(world: World, origins: Origins) -> None:
    seen: list[int] = []
    origins.api.script(Reply(500))
    client = world.client(
        **origins.options(on_response=lambda response: seen.append(response.status))
    )
    with pytest.raises(DownloadOutcomeUnknown):
        world.do(client.downloads.request_image_download, "1")
    assert seen == [500]


def test_a_variant_shares_connections_and_token(world: World, origins: Origins) -> None:
    seen: list[RawResponse] = []
    client = world.client(**origins.options(max_retries=0))
    world.do(client.downloads.get_downloads)
    variant = client.with_options(
        max_retries=1, app_name="other", timeout=5, total_timeout=6, on_response=seen.append
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


def test_a_variant_checks_what_it_is_given(world: World) -> None:
    client = world.client(api_key=API_KEY)
    with pytest.raises(GettyImagesError, match="timeout must be above 0"):
        client.with_options(timeout=0)


def test_the_end_of_the_block_closes_the_client_and_its_variants(
    world: World, origins: Origins
) -> None:
    with world.inside(world.client(**origins.options())) as client:
        variant = client.with_options(timeout=5)
        world.do(client.downloads.get_downloads)
    for closed in (client, variant):
        for function, arguments in (
            (closed.downloads.get_downloads, ()),
            (closed.request, ("GET", "/x")),
        ):
            with pytest.raises(GettyImagesError, match="the client is closed: make a new one"):
                world.do(function, *arguments)
    assert len(origins.api.requests) == 1


def test_closing_twice_or_unused_is_fine(world: World, origins: Origins) -> None:
    for use in (False, True):
        client = world.client(**origins.options())
        if use:
            world.do(client.downloads.get_downloads)
        for _ in range(2):
            world.do(client.aclose if world.is_async else client.close)


@pytest.mark.parametrize("spends", [False, True], ids=["safe", "spends"])
def test_closing_ends_calls_that_are_under_way(
    world: World, origins: Origins, *, spends: bool
) -> None:
    origins.api.script(Stall())
    client = world.client(**origins.options(timeout=30, access_token=ACCESS_TOKEN))
    if spends:
        calls = [lambda: client.downloads.request_image_download("1")] * 5
    else:
        calls = [client.downloads.get_downloads] * 150  # more than there are connections
    wanted = min(len(calls), 100)

    def close() -> object:
        while len(origins.api.requests) < wanted:
            time.sleep(0.01)
        client.close()
        return None

    async def close_later() -> object:
        while len(origins.api.requests) < wanted:
            await asyncio.sleep(0.01)
        await client.aclose()
        return None

    started = time.monotonic()
    *results, closed = world.together(*calls, close_later if world.is_async else close)
    assert time.monotonic() - started < 20
    assert closed is None
    assert all(isinstance(result, GettyImagesError) for result in results)
    if spends:
        assert all(isinstance(result, DownloadOutcomeUnknown) for result in results)
    assert len(origins.api.requests) == wanted


def test_a_client_belongs_to_the_loop_of_its_first_call(origins: Origins) -> None:
    client = AsyncGettyImages(**origins.options())

    async def first() -> None:
        await client.downloads.get_downloads()

    async def second() -> None:
        with pytest.raises(GettyImagesError, match="belongs to another event loop"):
            await client.downloads.get_downloads()
        with pytest.raises(GettyImagesError, match="belongs to another event loop"):
            await client.aclose()

    with asyncio.Runner() as one, asyncio.Runner() as two:
        one.run(first())
        two.run(second())
        one.run(client.downloads.get_downloads())
        one.run(client.aclose())


# Connections


def test_a_connection_is_used_again(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    for _ in range(5):
        world.do(client.downloads.get_downloads)
    assert origins.api.connections == 1


def test_a_connection_that_was_closed_meanwhile_is_not_noticed(
    world: World, origins: Origins
) -> None:
    client = world.client(**origins.options(max_retries=1))
    for _ in range(3):
        world.do(client.request, "POST", "/v3/x")
        origins.api.hang_up()
        time.sleep(0.1)
    origins.api.script(Reply(200, {}, close=True))
    for _ in range(3):
        world.do(client.request, "POST", "/v3/x")
        time.sleep(0.05)


def test_what_spends_has_a_connection_of_its_own_each_time(world: World, origins: Origins) -> None:
    origins.api.script(Reply(200, {"uri": None}))
    client = world.client(**origins.options())
    world.do(client.downloads.get_downloads)
    for _ in range(3):
        world.do(client.downloads.request_image_download, "1")
    assert [request.connection for request in origins.api.requests] == [1, 2, 3, 4]


# Proxies


def relay(origins: Origins) -> typing.Callable[[Recorded], Action]:
    """A proxy that answers in the place of both origins."""

    def answer(request: Recorded) -> Action:
        if "/oauth2/token" in request.target:
            return Reply(200, {"access_token": "t" * 9})
        return Reply(200, {"result_count": 77})

    return answer


def test_a_proxy_of_the_user_is_used_for_every_origin(world: World, origins: Origins) -> None:
    with Server(relay(origins)) as proxy:
        address = proxy.url.replace("//", f"//me:{PROXY_PASSWORD}@")
        client = world.client(**origins.options(proxy=address))
        assert world.do(client.downloads.get_downloads).result_count == 77
        world.do(client.downloads.request_image_download, "1")
        assert len(proxy.requests) == 3
        for request in proxy.requests:
            assert request.target.startswith("http://127.0.0.1:")
            assert (request.header("proxy-authorization") or "").startswith("Basic ")
    assert not origins.api.connections
    assert not origins.tokens.connections


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"])
def test_plain_http_takes_no_proxy_from_the_environment(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with Server() as proxy:
        monkeypatch.setenv(name, proxy.url)
        client = world.client(**origins.options())
        world.do(client.downloads.get_downloads)
        assert not proxy.connections


@pytest.mark.parametrize("scheme", ["http://", ""])
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_https_takes_the_proxy_of_the_environment(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch, name: str, scheme: str
) -> None:
    with Server(Reply(403, close=True)) as proxy:
        monkeypatch.setenv(name, f"{scheme}me:{PROXY_PASSWORD}@127.0.0.1:{proxy.port}")
        options = origins.options(
            base_url="https://api.example", access_token=ACCESS_TOKEN, max_retries=0
        )
        client = world.client(**options)
        with pytest.raises(APIConnectionError, match="the proxy refused"):
            world.do(client.downloads.get_downloads)
        [request] = proxy.requests
        assert (request.method, request.target) == ("CONNECT", "api.example:443")
        assert request.header("api-key") is None
        assert request.header("authorization") is None


def test_hosts_that_the_environment_excepts_take_no_proxy(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server() as proxy, Server() as api:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1,other.example")
        url = api.url.replace("http:", "https:")
        options = origins.options(
            base_url=url, access_token=ACCESS_TOKEN, max_retries=0, timeout=0.5
        )
        with pytest.raises(APIConnectionError):
            world.do(world.client(**options).downloads.get_downloads)
        assert not proxy.connections
        assert api.connections == 1


def test_nonsense_in_the_environment_is_told_without_its_password(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"odd://me:{PROXY_PASSWORD}@proxy")
    client = world.client(
        **origins.options(base_url="https://api.example", access_token=ACCESS_TOKEN)
    )
    with pytest.raises(GettyImagesError, match="environment variable HTTPS_PROXY: proxy must be"):
        world.do(client.downloads.get_downloads)


# Certificates


class Secured(typing.NamedTuple):
    origins: Origins
    authority: trustme.CA


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secured(authority: trustme.CA) -> typing.Iterator[Secured]:
    """Both origins over https, with certificates of a private authority."""
    certificate = authority.issue_cert("127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    with Origins(context) as origins:
        origins.api.script(GOOD)
        yield Secured(origins, authority)


def test_a_private_authority_is_trusted_by_its_file_or_context(
    world: World, secured: Secured, tmp_path: Path
) -> None:
    file = tmp_path / "ca.pem"
    secured.authority.cert_pem.write_to_path(str(file))
    context = ssl.create_default_context()
    secured.authority.configure_trust(context)
    for verify in (str(file), context, False):
        client = world.client(**secured.origins.options(verify=verify))
        assert world.do(client.downloads.get_downloads).result_count == 1
        assert world.do(client.downloads.request_image_download, "1") is not None


def test_a_certificate_that_nobody_trusts_is_an_error_without_retries(
    world: World, secured: Secured
) -> None:
    client = world.client(**secured.origins.options())
    with pytest.raises(APIConnectionError, match=r"certificate is not trusted: .*certificate"):
        world.do(client.downloads.get_downloads)
    client = world.client(**secured.origins.options(access_token=ACCESS_TOKEN))
    with pytest.raises(APIConnectionError, match="certificate is not trusted"):
        world.do(client.downloads.request_image_download, "1")
    assert secured.origins.tokens.connections == 1
    assert secured.origins.api.connections == 1


def test_a_certificate_of_another_host_is_an_error(
    world: World, authority: trustme.CA, tmp_path: Path
) -> None:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("other.example").configure_cert(context)
    with Server(GOOD, tls=context) as api:
        options = {"api_key": API_KEY, "access_token": ACCESS_TOKEN, "base_url": api.url}
        client = world.client(**options, verify=str(file))
        with pytest.raises(APIConnectionError, match="certificate is not trusted"):
            world.do(client.downloads.get_downloads)
        assert not api.requests


def test_a_file_of_certificates_that_is_none_is_told(world: World, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_text("nothing")
    for verify in (str(tmp_path / "missing.pem"), str(other)):
        client = world.client(api_key=API_KEY, access_token=ACCESS_TOKEN, verify=verify)
        with pytest.raises(GettyImagesError, match="verify: the certificates cannot be read"):
            world.do(client.downloads.get_downloads)


def test_https_to_a_server_of_plain_http_is_an_error_of_ours(
    world: World, origins: Origins
) -> None:
    url = origins.api.url.replace("http:", "https:")
    client = world.client(
        **origins.options(base_url=url, access_token=ACCESS_TOKEN, max_retries=0, timeout=0.5)
    )
    with pytest.raises(APIConnectionError, match="connecti"):
        world.do(client.downloads.get_downloads)


# Transports of the user


class Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers without a wire, in both worlds."""

    def __init__(self) -> None:
        self.seen: list[httpx.Request] = []
        self.closed = 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        if request.url.path.endswith("token"):
            return httpx.Response(200, json={"access_token": f"{MARK}-own"})
        return httpx.Response(200, json={"result_count": 8})

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.answer(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.answer(request)

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


def test_a_transport_of_the_user_takes_the_place_of_all_connections(world: World) -> None:
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


def test_a_transport_of_the_other_world_is_refused(world: World) -> None:
    other = httpx.HTTPTransport() if world.is_async else httpx.AsyncHTTPTransport()
    client = world.client(api_key=API_KEY, access_token=ACCESS_TOKEN, transport=other)
    kind = "AsyncBaseTransport" if world.is_async else "BaseTransport"
    with pytest.raises(GettyImagesError, match=f"transport must be an httpx.{kind}"):
        world.do(client.downloads.get_downloads)


def test_a_transport_that_breaks_is_not_hidden(world: World) -> None:
    class Broken(Transport):
        def answer(self, request: httpx.Request) -> httpx.Response:
            raise ZeroDivisionError

    client = world.client(api_key=API_KEY, access_token=ACCESS_TOKEN, transport=Broken())
    with pytest.raises(ZeroDivisionError):
        world.do(client.downloads.get_downloads)
