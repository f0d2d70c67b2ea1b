"""What a call costs, on the clock on the wall, beside raw httpx and openapi-generator's client."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from gettyimages import AsyncGettyImages, GettyImages

from .measuring import Row, functions
from .serving import server

SPEC = Path(__file__).parents[1] / "specs" / "openapi.yaml"
HEADERS = {"Api-Key": "k", "Authorization": "Bearer t", "Accept": "application/json"}
IDS = ["1167612765", "1167612766"]
RUNS = 600

Call: typing.TypeAlias = Callable[[], object]


def rows() -> Iterator[Row]:
    """Ratios for a call without a body in its response, and for one with a page of 30 records."""
    with (
        server() as url,
        GettyImages(api_key="k", access_token="t", base_url=url) as client,
        httpx.Client() as raw,
        _generated() as (peer, problem),
    ):
        theirs = _calls_of_peer(peer, url) if peer else []
        registering: list[Call] = [
            lambda: client.asset_registrations.register(asset_ids=IDS),
            lambda: raw.request(
                "POST", f"{url}/v3/asset-registrations", json={"asset_ids": IDS}, headers=HEADERS
            ),
            *theirs[:1],
        ]
        paging: list[Call] = [
            lambda: client.downloads.get_downloads(page=1),
            lambda: raw.request(
                "GET", f"{url}/v3/downloads", params={"page": 1}, headers=HEADERS
            ).json(),
            *theirs[1:],
        ]
        yield from _rows("register", registering, "<= 0.9", "httpx.Client.request", problem)
        yield from _rows("a typed page of 30", paging, "<= 1.0", "the same and .json()", problem)
        yield from _asynchronous(url)


def _asynchronous(url: str) -> Iterator[Row]:
    with asyncio.Runner() as runner:
        client = AsyncGettyImages(api_key="k", access_token="t", base_url=url)
        raw = httpx.AsyncClient()
        ours, httpx_ = functions(
            lambda: runner.run(client.asset_registrations.register(asset_ids=IDS)),
            lambda: runner.run(
                raw.request(
                    "POST",
                    f"{url}/v3/asset-registrations",
                    json={"asset_ids": IDS},
                    headers=HEADERS,
                )
            ),
            runs=RUNS,
            clock="wall",
        )
        yield Row("register, asynchronous", ours, "<= 1.0", httpx_, "httpx.AsyncClient.request")
        runner.run(client.close())
        runner.run(raw.aclose())


def _rows(what: str, calls: list[Call], aim: str, raw: str, problem: str) -> Iterator[Row]:
    for clock in ("wall", "CPU"):
        ours, httpx_, *peer = functions(*calls, runs=RUNS, clock=clock)
        yield Row(f"{what}, {clock}", ours, aim if clock == "wall" else "", httpx_, raw)
        name = "openapi-generator" if peer else f"openapi-generator: {problem}"
        yield Row(f"{what}, {clock}", ours, "", peer[0] if peer else 0.0, name)


@contextmanager
def _generated() -> Iterator[tuple[str, str]]:
    """The package that openapi-generator makes of the merged spec, or why there is none."""
    wanted = ("openapi_generator_cli", "pydantic", "dateutil", "urllib3")
    missing = [name for name in wanted if importlib.util.find_spec(name) is None]
    if shutil.which("java") is None:
        missing.append("java")
    if missing:
        yield "", f"skipped, as {', '.join(missing)} is not there"
        return
    name = "openapi_generator_peer"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", "from openapi_generator_cli import cli; cli()"]
        command += ["generate", "-g", "python", "-i", str(SPEC), "-o", folder]
        command += [f"--additional-properties=packageName={name},library=urllib3"]
        done = subprocess.run(command, capture_output=True, check=False)
        sys.path.insert(0, folder)
        try:
            yield (name, "") if not done.returncode else ("", "skipped, as it failed on the spec")
        finally:
            sys.path.remove(folder)


def _calls_of_peer(name: str, url: str) -> list[Call]:
    peer: typing.Any = importlib.import_module(name)
    configuration = peer.Configuration(host=url, api_key={"ApiKey": "k"}, access_token="t")
    client = peer.ApiClient(configuration)
    registrations = peer.RegistrationsApi(client)
    downloads = peer.DownloadsApi(client)
    return [
        lambda: registrations.asset_registration_register(
            peer.AssetRegistrationRequest(asset_ids=IDS)
        ),
        lambda: downloads.downloads_get_downloads(page=1),
    ]
