"""Batches to test, and what can be seen of them from outside."""

from __future__ import annotations

import hashlib
import threading
import typing
from collections import Counter
from pathlib import Path

from gettyimages import DownloadResult
from gettyimages.sandbox import Sandbox
from tests.overlay.support.worlds import World

from .delivery_host import names, parts

IDS = [str(number) for number in range(1, 31)]


def start(world: World, client: typing.Any, *args: object, **options: object) -> typing.Any:
    """A batch that has not begun."""
    return world.do(client.downloads.save_images, *args, **options)


def run(
    world: World, client: typing.Any, *args: object, **options: object
) -> tuple[list[DownloadResult], typing.Any]:
    """The results of a batch, and its summary."""
    batch = start(world, client, *args, **options)
    results = [*world.items(batch)]
    return results, batch.summary


def outcomes(results: list[DownloadResult]) -> Counter[str]:
    return Counter(result.outcome for result in results)


def assert_whole(sandbox: Sandbox, folder: Path) -> None:
    """Every name stands for a whole file."""
    for name in names(folder):
        asset = name.removeprefix("GettyImages-").removesuffix(".jpg")
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert digest == sandbox.sha256(asset), name


def assert_finished_by_next_run(sandbox: Sandbox, folder: Path, ids: list[str]) -> None:
    """What was stopped is finished by the next run, which pays for nothing that was paid for."""
    assert_whole(sandbox, folder)
    left = len(ids) - sandbox.downloads_used
    with sandbox.client() as client:
        results = [*client.downloads.save_images(ids, folder, max_downloads=left)]
    assert outcomes(results).keys() <= {"saved", "skipped"}
    assert sandbox.download_counts == dict.fromkeys(ids, 1)
    assert len(names(folder)) == len(ids)
    assert_whole(sandbox, folder)
    assert parts(folder) == []


def workers() -> list[str]:
    """The threads of the client."""
    threads = [it.name for it in threading.enumerate() if it.name.startswith("gettyimages-")]
    return [name for name in threads if name != "gettyimages-sandbox"]
