"""Which proxy is used for which origin."""

from __future__ import annotations

import typing

import pytest

from gettyimages import APIConnectionError, GettyImagesError

from ..support.servers import ACCESS_TOKEN, PROXY_PASSWORD, Action, Origins, Recorded, Reply, Server
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")
GOOD = Reply(200, {"result_count": 1})


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
