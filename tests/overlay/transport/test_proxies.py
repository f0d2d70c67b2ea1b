"""Which proxy is used for which origin."""

from __future__ import annotations

import pytest

from gettyimages import APIConnectionError, GettyImagesError

from ..support.servers import ACCESS_TOKEN, PROXY_PASSWORD, Action, Origins, Recorded, Reply, Server
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")
GOOD = Reply(200, {"result_count": 1})


def both_origins(request: Recorded) -> Action:
    """The response of the API or of the token endpoint, sent by the proxy itself."""
    if request.path == "/oauth2/token":
        return Reply(200, {"access_token": "t" * 9})
    return Reply(200, {"result_count": 77})


def test_a_proxy_of_the_user_is_used_for_every_origin(world: World, origins: Origins) -> None:
    with Server(both_origins) as proxy:
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


def test_an_invalid_proxy_in_the_environment_is_an_error_without_its_password(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"odd://me:{PROXY_PASSWORD}@proxy")
    client = world.client(
        **origins.options(base_url="https://api.example", access_token=ACCESS_TOKEN)
    )
    with pytest.raises(GettyImagesError, match="environment variable HTTPS_PROXY: proxy must be"):
        world.do(client.downloads.get_downloads)
