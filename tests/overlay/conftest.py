"""Fixtures that the client's tests share."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gettyimages import AsyncGettyImages, GettyImages
from gettyimages.sandbox import Sandbox

from .support import secrecy
from .support.clocks import Clocks
from .support.memory import MEMORY
from .support.servers import Origins, Server
from .support.serving import Served
from .support.worlds import World
from .torture.watching import check_no_credentials


@pytest.fixture(autouse=True)
def secrecy_watch() -> Iterator[None]:
    """No test may see a secret in a log record, an exception, a traceback or a repr."""
    secrecy.leaks.clear()
    with secrecy.watching():
        yield
    leaks = [*secrecy.leaks]
    secrecy.leaks.clear()
    assert not leaks


@pytest.fixture(autouse=True)
def no_credential_at_delivery_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No request for a file, in any test, has an Api-Key, an Authorization or a Cookie."""
    close = Sandbox.close

    def checked(sandbox: Sandbox) -> None:
        close(sandbox)
        check_no_credentials(sandbox)

    monkeypatch.setattr(Sandbox, "close", checked)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from the environment of whoever runs the tests."""
    for name in [*os.environ]:
        if name.startswith("GETTYIMAGES_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def module_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A directory for the tests of a module: in memory, if there is room."""
    if MEMORY is None:
        yield tmp_path_factory.mktemp("module")
    else:
        with tempfile.TemporaryDirectory(prefix="gettyimages-", dir=MEMORY) as name:
            yield Path(name)


@pytest.fixture
def tmp_path(module_path: Path) -> Path:
    """A directory for one test, whose journals and files may be synced at no cost."""
    return Path(tempfile.mkdtemp(dir=module_path))


@pytest.fixture(params=[GettyImages, AsyncGettyImages], ids=["blocking", "asyncio"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """Each of the two worlds."""
    world = World(request.param)
    yield world
    world.end()


@pytest.fixture
def origins() -> Iterator[Origins]:
    """The API and its token endpoint, on loopback."""
    with Origins() as origins:
        yield origins


@pytest.fixture
def served(world: World) -> Iterator[Served]:
    """A client of each world, and its server."""
    with Server() as server:
        yield Served(world, server)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries follow at once, unless the server asks for a wait.

    The client draws the jitter of each wait by `random.uniform`; tests replace only that.
    """
    monkeypatch.setattr(random, "uniform", lambda _low, _high: 0.0)


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    """The clocks that the client reads, to be moved by hand."""
    return Clocks(monkeypatch)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of small files."""
    with Sandbox(file_size=20_000) as sandbox:
        yield sandbox
    assert not sandbox.problems
