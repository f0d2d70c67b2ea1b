"""A batch of downloads in a process of its own, which may be killed at any moment.

Reads its orders from standard input as JSON; writes a line of JSON for every result.
"""

from __future__ import annotations

import asyncio
import json
import sys
import typing

from gettyimages import AsyncGettyImages, GettyImages

Order = typing.Any


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def report(result: typing.Any) -> None:
    error = result.error
    say(
        asset=result.id,
        outcome=result.outcome,
        path=str(result.file.path) if result.file else None,
        sha256=result.file.sha256 if result.file else None,
        error=None if error is None else f"{type(error).__name__}: {error}",
    )


def blocking(order: Order) -> None:
    with GettyImages(**order["client"]) as client:
        say(started=True)
        batch = client.downloads.save_images(order["ids"], order["folder"], **order["options"])
        for result in batch:
            report(result)


async def asynchronous(order: Order) -> None:
    async with AsyncGettyImages(**order["client"]) as client:
        say(started=True)
        batch = client.downloads.save_images(order["ids"], order["folder"], **order["options"])
        async for result in batch:
            report(result)


def main() -> None:
    order = json.load(sys.stdin)
    if order["world"] == "asyncio":
        asyncio.run(asynchronous(order))
    else:
        blocking(order)
    say(finished=True)


if __name__ == "__main__":
    main()
