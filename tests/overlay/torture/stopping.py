"""Stops single downloads at any moment, again and again, and looks at what was paid for."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import random
import signal
import time
from collections import Counter
from pathlib import Path

from gettyimages import AsyncGettyImages
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support.batches import workers
from tests.overlay.downloads.support.processes import Child, wait_until
from tests.overlay.downloads.support.sandboxes import options_of

WAYS = ("awaited", "left to the client", "left to the event loop", "Ctrl-C")
"""What becomes of a call that is stopped: its task is cancelled and awaited, its client is closed
and the loop ends, only the loop ends; or its process gets a signal in a blocking call."""

_LATENCY = 0.03
_LONGEST = 0.16
"""Seconds within which a call is over."""


def stop_downloads(folder: Path, *, cancels: int, interrupts: int, seed: int) -> str:
    """Stop single calls at random moments, and return figures.

    Raises:
        AssertionError: Something that was paid for is neither saved nor has a link.
    """
    dice = random.Random(seed)
    ways = [*(dice.choice(WAYS[:3]) for _ in range(cancels)), *[WAYS[3]] * interrupts]
    dice.shuffle(ways)
    with Sandbox(file_size=20_000) as sandbox:
        sandbox.latency = _LATENCY
        for number, way in enumerate(ways):
            pause = dice.uniform(0, _LONGEST)
            if way == "Ctrl-C":
                _interrupted(sandbox, folder, str(number), pause)
            else:
                asyncio.run(_cancelled(sandbox, folder, str(number), pause, way))
        wait_until(lambda: not workers())
        gc.collect()  # connections of clients that were never closed
        sandbox.latency = 0
        paid = sandbox.download_counts
        with sandbox.client() as client:
            results = [*client.downloads.save_images([*paid], folder, max_downloads=0)]
        outcomes = Counter(result.outcome for result in results)
        lost = [f"{it.id}: {ways[int(it.id)]}: {it.error}" for it in results if it.file is None]
        assert not lost, "\n".join(lost)
        assert sandbox.download_counts == dict.fromkeys(paid, 1)
    counts = ", ".join(f"{count} {way}" for way, count in Counter(ways).items())
    return f"seed {seed}: {counts}; {len(paid)} were paid for, then {dict(outcomes)}"


async def _cancelled(sandbox: Sandbox, folder: Path, asset: str, pause: float, way: str) -> None:
    # With a token of its own, the client has no connection that the event loop would leave open.
    client = AsyncGettyImages(
        api_key=sandbox.api_key, access_token=sandbox.issue_token(), base_url=sandbox.base_url
    )
    task = asyncio.create_task(client.downloads.save_image(asset, folder))
    await asyncio.sleep(pause)
    if way == "left to the event loop":
        return
    task.cancel()
    if way == "awaited":
        with contextlib.suppress(asyncio.CancelledError):
            await task
    await client.close()


def _interrupted(sandbox: Sandbox, folder: Path, asset: str, pause: float) -> None:
    with Child(options_of(sandbox), folder, [asset], method="save_image") as child:
        assert child.event() == {"started": True}
        time.sleep(pause)
        assert child.interrupt() in (0, -signal.SIGINT)
