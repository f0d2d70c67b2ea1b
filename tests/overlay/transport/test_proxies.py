"""Which proxy is used for which origin."""

from __future__ import annotations

import ssl
import sys
import time
import typing
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import trustme

from gettyimages import (
    APIConnectionError,
    APITimeoutError,
    GettyImagesError,
    InvalidArgumentError,
)

from ..support.servers import (
    ACCESS_TOKEN,
    API_KEY,
    HANG,
    PROXY_PASSWORD,
    Origins,
    Raw,
    Reply,
    Server,
)
from ..support.tunnels import tunnelling
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")
GOOD = Reply(200, {"result_count": 1})


IMAGE = b"\xff\xd8\xff" + bytes(10_000)


class Https(typing.NamedTuple):
    """All servers over https, with certificates of a private authority."""

    origins: Origins
    files: Server
    certificates: Path
    tls: ssl.SSLContext


@pytest.fixture
def https(tmp_path: Path) -> Iterator[Https]:
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    certificates = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(certificates))
    reply = Reply(200, IMAGE, content_type="image/jpeg")
    with Origins(tls) as origins, Server(reply, tls=tls) as files:
        yield Https(origins, files, certificates, tls)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_of_the_user_is_used_for_every_https_origin(
    world: World, https: Https, tmp_path: Path, scheme: str
) -> None:
    with tunnelling(https.tls if scheme == "https" else None) as proxy:
        options = https.origins.options(
            proxy=f"{scheme}://me:{PROXY_PASSWORD}@127.0.0.1:{proxy.port}",
            verify=https.certificates,
        )
        https.origins.api.script(
            Reply(200, {"result_count": 77}),
            Reply(303, headers={"Location": https.files.url + "/1"}),
        )
        with world.inside(world.client(**options)) as client:
            assert world.do(client.downloads.get_downloads).result_count == 77
            saved = world.do(client.downloads.save_image, "1", tmp_path / "photos")
        assert saved.path.read_bytes() == IMAGE
        for request in proxy.requests:
            assert request.method == "CONNECT"
            assert (request.header("proxy-authorization") or "").startswith("Basic ")
            assert request.header("api-key") is None
            assert request.header("authorization") is None
        ports = {int(request.target.rpartition(":")[2]) for request in proxy.requests}
        assert ports == {https.origins.api.port, https.origins.tokens.port, https.files.port}


def test_plain_http_to_this_machine_uses_no_proxy_of_the_user(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    reply = Reply(200, IMAGE, content_type="image/jpeg")
    with Server() as proxy, Server(reply) as files:
        origins.api.script(Reply(303, headers={"Location": files.url + "/1"}))
        client = world.client(**origins.options(proxy=proxy.url))
        assert world.do(client.downloads.save_image, "1", tmp_path).size == len(IMAGE)
        assert not proxy.connections
    assert len(origins.tokens.requests) == 1


def test_a_proxy_that_drips_during_the_inner_handshake_is_given_up_at_the_deadline(
    world: World, https: Https
) -> None:
    record = b"HTTP/1.1 200 OK\r\n\r\n" + b"\x16\x03\x03\x40\x00"
    drip = Raw(record, *[b"\2"] * int(1.2 * HANG / 0.05), pause=0.05)
    with Server(drip, tls=https.tls) as proxy:
        options = https.origins.options(
            proxy=proxy.url, verify=https.certificates, timeout=1, access_token=ACCESS_TOKEN
        )
        client = world.client(**{**options, "api_secret": None})
        began = time.monotonic()
        with pytest.raises(APITimeoutError):
            world.do(client.downloads.get_downloads)
        assert time.monotonic() - began < HANG


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_a_socks_proxy_without_its_package_is_refused_when_the_client_is_made(
    world: World, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    with pytest.raises(InvalidArgumentError, match=r"pip install 'httpx\[socks\]'"):
        world.client(api_key=API_KEY, proxy=f"{scheme}://127.0.0.1:1080")


def test_a_socks_proxy_of_the_environment_without_its_package_is_refused_before_a_request(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    client = world.client(**origins.options(base_url="https://api.example"))
    with pytest.raises(
        InvalidArgumentError, match="environment variable HTTPS_PROXY: proxy: SOCKS"
    ):
        world.do(client.downloads.get_downloads)


@pytest.mark.parametrize("options", [{"proxy": "http://127.0.0.1:9"}, {"verify": False}], ids=str)
def test_a_transport_of_the_user_cannot_be_combined_with_settings_that_it_would_override(
    world: World, options: dict[str, typing.Any]
) -> None:
    transport = httpx.AsyncHTTPTransport() if world.is_async else httpx.HTTPTransport()
    with pytest.raises(InvalidArgumentError, match="configure the transport itself"):
        world.client(api_key=API_KEY, transport=transport, **options)


def test_a_transport_for_files_leaves_the_proxy_to_the_api(
    world: World, https: Https, tmp_path: Path
) -> None:
    https.origins.api.script(Reply(303, headers={"Location": "https://files.example/1"}))
    reply = httpx.Response(200, content=IMAGE, headers={"Content-Type": "image/jpeg"})
    with tunnelling() as proxy:
        client = world.client(
            **https.origins.options(
                proxy=proxy.url, verify=https.certificates,
                file_transport=httpx.MockTransport(lambda _: reply),
            )
        )  # fmt: skip
        assert world.do(client.downloads.save_image, "1", tmp_path).size == len(IMAGE)
        assert len(proxy.requests) == 2


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"])
def test_plain_http_uses_no_proxy_of_the_environment(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with Server() as proxy:
        monkeypatch.setenv(name, proxy.url)
        client = world.client(**origins.options())
        world.do(client.downloads.get_downloads)
        assert not proxy.connections


@pytest.mark.parametrize("scheme", ["http://", ""])
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_https_uses_the_proxy_of_the_environment_and_shows_it_no_credential(
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


def test_hosts_in_no_proxy_use_no_proxy(
    world: World, https: Https, monkeypatch: pytest.MonkeyPatch
) -> None:
    https.origins.api.script(GOOD)
    with Server() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1,other.example")
        options = https.origins.options(access_token=ACCESS_TOKEN, verify=https.certificates)
        assert world.do(world.client(**options).downloads.get_downloads).result_count == 1
        assert not proxy.connections
        assert https.origins.api.connections == 1


def test_an_invalid_proxy_in_the_environment_is_an_error_without_its_password(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"odd://me:{PROXY_PASSWORD}@proxy")
    client = world.client(
        **origins.options(base_url="https://api.example", access_token=ACCESS_TOKEN)
    )
    with pytest.raises(GettyImagesError, match="environment variable HTTPS_PROXY: proxy must be"):
        world.do(client.downloads.get_downloads)
