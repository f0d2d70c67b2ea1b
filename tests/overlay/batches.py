"""Batches to test, and what is to be seen of them from outside."""

from __future__ import annotations

import contextlib
import threading
import typing
from collections import Counter
from pathlib import Path

from gettyimages._downloads.journal.journal import Journal
from gettyimages._downloads.results import BatchResult
from gettyimages.sandbox import Sandbox

from .support.worlds import World

ROOT = Path(__file__).parents[2]
IDS = [str(number) for number in range(1, 31)]


def client_of(world: World, sandbox: Sandbox, **options: object) -> typing.Any:
    return world.client(**sandbox.client_options(**options))


def start(world: World, client: typing.Any, *args: object, **options: object) -> typing.Any:
    return world.do(client.downloads.save_images, *args, **options)


def run(
    world: World, client: typing.Any, *args: object, **options: object
) -> tuple[list[BatchResult], typing.Any]:
    batch = start(world, client, *args, **options)
    results = [*world.items(batch)]
    return results, batch.summary


def outcomes(results: list[BatchResult]) -> Counter[str]:
    return Counter(result.outcome for result in results)


def files_in(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.iterdir() if path.name[0] != "."}


def assert_parked(folder: Path) -> None:
    """Nothing half-done is left, and nothing is in work."""
    assert [path.name for path in folder.iterdir() if path.suffix == ".part"] == []
    with contextlib.closing(Journal(folder)) as journal:
        entries = journal.entries()
        assert [entry for entry in entries if entry.owner is not None] == []
        assert [entry for entry in entries if entry.state == "intent"] == []


def workers() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name.startswith("gettyimages-batch")]


def posts(sandbox: Sandbox) -> int:
    return sum(request.method == "POST" for request in sandbox.requests if "image" in request.path)
