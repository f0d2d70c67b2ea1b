"""Saves images in a process of its own, which others may stop at any moment.

Reads one order a line from standard input, as JSON, and writes a line of JSON for each event. An
order with `fork` is carried out by a fork, which may die, and whose exit code is an event too.

It knows nothing but public names of the client. The steps that it can be told to die before are
those that others can see: SQL statements, calls that make, write, sync, rename or remove a file of
the folder, and connections that are made.
"""

from __future__ import annotations

import asyncio
import datetime
import importlib
import json
import os
import pkgutil
import random
import resource
import signal
import sqlite3
import sys
import time
import typing
from collections.abc import Callable
from pathlib import Path

# Where click is installed, httpx loads a command line of its own, which takes as long as all else.
sys.modules["click"] = typing.cast(typing.Any, None)

Order = dict[str, typing.Any]
CHANGES = ("os.link", "os.rename", "os.remove", "os.truncate", "os.mkdir")


def tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


class Steps:
    """Counts the steps of this process, and kills it before one of them."""

    def __init__(self, folder: str, last: int | None) -> None:
        self.folder = str(Path(folder).absolute())
        self.last = last
        self.taken = 0

    def take(self) -> None:
        self.taken += 1
        if self.taken == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Count from now on."""
        connect = sqlite3.connect

        def connected(*args: typing.Any, **options: typing.Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*args, **options)
            connection.set_trace_callback(lambda _: self.take())
            return connection

        sqlite3.connect = connected  # type: ignore[assignment]
        for name in ("write", "writev", "fsync", "fdatasync"):
            setattr(os, name, self._counted(getattr(os, name)))
        sys.addaudithook(self._hook)

    def _counted(self, real: Callable[..., typing.Any]) -> Callable[..., typing.Any]:
        def call(*args: typing.Any) -> typing.Any:
            self.take()
            return real(*args)

        return call

    def _hook(self, event: str, args: tuple[typing.Any, ...]) -> None:
        is_change = event in CHANGES or (event == "open" and args[2] & os.O_CREAT)
        is_here = is_change and str(args[0]).startswith(self.folder)
        if is_here or event == "socket.connect":
            self.take()


def let_time_pass(seconds: float) -> None:
    """All clocks that tell the date are ahead by so much."""
    now = time.time

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Later:
            return cls.fromtimestamp(now() + seconds, tz)

    time.time = lambda: now() + seconds
    datetime.datetime = Later  # type: ignore[misc]


def report(result: typing.Any) -> None:
    error = result.error
    tell(
        asset=result.id,
        outcome=result.outcome,
        download_used=result.download_used,
        path=str(result.file.target) if result.file else None,
        sha256=result.file.sha256 if result.file else None,
        error=None if error is None else f"{type(error).__name__}: {error}",
    )


def blocking(order: Order) -> None:
    from gettyimages import GettyImages, GettyImagesError

    with GettyImages(**order["client"]) as client:
        tell(started=True)
        if order["method"] == "save_images":
            batch = client.downloads.save_images(order["ids"], order["folder"], **order["options"])
            for result in batch:
                report(result)
                time.sleep(order["pause"])
            return
        for asset in order["ids"]:
            try:
                saved = client.downloads.save_image(asset, order["folder"], **order["options"])
            except GettyImagesError as error:
                tell(asset=asset, error=f"{type(error).__name__}: {error}")
            else:
                tell(asset=asset, path=str(saved.target), download_used=saved.download_used)


async def asynchronous(order: Order) -> None:
    from gettyimages import AsyncGettyImages, GettyImagesError

    async with AsyncGettyImages(**order["client"]) as client:
        tell(started=True)
        if order["method"] == "save_images":
            batch = client.downloads.save_images(order["ids"], order["folder"], **order["options"])
            async for result in batch:  # without its block: the client is closed before the batch
                report(result)
                await asyncio.sleep(order["pause"])
            return
        for asset in order["ids"]:
            try:
                saved = await client.downloads.save_image(
                    asset, order["folder"], **order["options"]
                )
            except GettyImagesError as error:
                tell(asset=asset, error=f"{type(error).__name__}: {error}")
            else:
                tell(asset=asset, path=str(saved.target), download_used=saved.download_used)


def carry_out(order: Order) -> None:
    steps = Steps(order["folder"], order["die_before"])
    if order["watch"]:
        steps.watch()
    if order["file_limit"] is not None:
        sys.dont_write_bytecode = True  # it would be cut off
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_limit"],) * 2)
    if order["unprivileged"] and os.geteuid() == 0:
        os.chdir(order["folder"])  # others cannot enter the folders above it
        order["folder"] = "."
        os.setuid(65534)
    if order["world"] == "asyncio":
        asyncio.run(asynchronous(order))
    else:
        blocking(order)
    tell(finished=True, steps=steps.taken)


def forked(order: Order) -> None:
    if (pid := os.fork()) == 0:
        status = 1
        try:
            carry_out(order)
            status = 0
        finally:
            os._exit(status)
    tell(ended=os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def load() -> None:
    """Import what saving needs, so that forks and processes without rights need no file of it."""
    import gettyimages

    for found in pkgutil.walk_packages(gettyimages.__path__, "gettyimages."):
        if found.name.startswith("gettyimages._"):
            importlib.import_module(found.name)


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        if order["seconds_later"]:
            let_time_pass(order["seconds_later"])
        if order["at_once"]:
            random.uniform = lambda _low, _high: 0.0  # type: ignore[assignment]
        if order["fork"] or order["unprivileged"]:
            load()
        if order["fork"]:
            forked(order)
        else:
            carry_out(order)


if __name__ == "__main__":
    main()
