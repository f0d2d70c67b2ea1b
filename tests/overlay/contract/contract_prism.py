"""Prism, a mock server of others, checks what the client sends: `nox -s contract`."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests import ports

from ..support.servers import until
from ..support.worlds import World
from .calls import OPERATIONS, arguments, method

SPEC = Path(__file__).parents[3] / "specs" / "openapi.yaml"


@pytest.fixture(scope="module")
def prism() -> Iterator[str]:
    """The URL of a mock server that refuses every request that does not fit the merged spec."""
    with ports.held() as port:
        command = ["prism", "mock", "--errors", "--port", str(port), str(SPEC)]
        url = f"http://127.0.0.1:{port}"
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                until(lambda: process.poll() is not None or _responds(url))
                assert process.poll() is None
                yield url
            finally:
                process.terminate()


def _responds(url: str) -> bool:
    try:
        return httpx.get(url).status_code > 0
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_request_with_every_parameter_fits_the_spec(
    world: World, prism: str, operation: str
) -> None:
    client = world.client(base_url=prism, api_key="the-key", access_token="the-token")
    world.do(method(client, operation), **arguments(client, operation))


def test_prism_refuses_what_does_not_fit(prism: str) -> None:
    response = httpx.get(f"{prism}/v3/search/images?page=0", headers={"Api-Key": "the-key"})
    assert response.status_code == 400
