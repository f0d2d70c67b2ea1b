"""Processes that save images and are stopped: by a signal, at a point that a server decides."""

from __future__ import annotations

import contextlib
import json
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
import typing
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.overlay.support.servers import Origins, Reply, Stall

from .delivery_host import CONTENT, DeliveryHost, Stalled
from .journals import synced

PROJECT = Path(__file__).parents[4]
CHILD = Path(__file__).with_name("child.py")
ENVIRONMENT = {
    "PYTHONPATH": ":".join(str(PROJECT / name) for name in ("generated", "overlay")),
    "PATH": "/usr/bin:/bin",
}
HANG = 60.0
"""Seconds after which something hangs. Nothing here is measured by it."""

Event = dict[str, typing.Any]


class Child:
    """A process that saves images by the public methods of the client.

    Args:
        client: What the client is made with.
        folder: Where to save.
        ids: What to save.
        world: `blocking` or `asyncio`.
        method: `save_images` for one batch, `save_image` for one after the other.
        options: Arguments of that method.
        pause: Seconds that it takes between two results of a batch.
        seconds_later: How far its clock is ahead.
        at_once: Whether its retries follow without a pause.
        file_limit: Bytes that a file of the process may have.
        unprivileged: Whether it gives up the rights of root, if it has them.
        is_waiting: Whether to leave its standard input open, for `carry_out`.
        environment: Variables of its environment.
    """

    def __init__(
        self,
        client: dict[str, typing.Any],
        folder: Path | str,
        ids: list[str],
        *,
        world: str = "blocking",
        method: str = "save_images",
        options: dict[str, object] | None = None,
        pause: float = 0,
        seconds_later: float = 0,
        at_once: bool = False,
        file_limit: int | None = None,
        unprivileged: bool = False,
        is_waiting: bool = False,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.order: Event = {
            "client": client, "folder": str(folder), "ids": ids, "world": world, "method": method,
            "options": options or {}, "pause": pause, "seconds_later": seconds_later,
            "at_once": at_once, "file_limit": file_limit, "unprivileged": unprivileged,
            "watch": False, "fork": False, "die_before": None,
        }  # fmt: skip
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-W", "ignore:.*fork:DeprecationWarning", str(CHILD)],
            env=ENVIRONMENT | (environment or {}),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if not is_waiting:
            self._send(self.order)
            self._close_input()

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def _send(self, order: Event) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()

    def _close_input(self) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with contextlib.suppress(ValueError):  # a line that a kill has cut off
                self._events.put(json.loads(line))
        self._events.put(None)

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def errors(self) -> str:
        """What it has written to standard error."""
        self._errors.seek(0)
        return self._errors.read().decode()

    def event(self) -> Event:
        """The next event."""
        found = self._events.get(timeout=HANG)
        assert found is not None, f"it has ended: {self.errors}"
        return found

    def carry_out(self, **changes: object) -> tuple[int, list[Event]]:
        """Let a fork of a process that `is_waiting` carry the order out, with changes.

        Returns:
            The exit code of the fork, and its events.
        """
        self._send({**self.order, "fork": True, "watch": True, **changes})
        events: list[Event] = []
        while "ended" not in (event := self.event()):
            events.append(event)
        return event["ended"], events

    def interrupt(self) -> int:
        """Press Ctrl-C, and wait for the end.

        Returns:
            The exit code.
        """
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(HANG)

    def kill(self) -> None:
        """End it without a warning, as `kill -9` does."""
        self._process.kill()
        self._process.wait()

    def wait(self) -> int:
        """Wait for its end.

        Returns:
            The exit code.
        """
        return self._process.wait(HANG)

    def results(self, seconds: float = HANG) -> list[Event]:
        """The results of all images, once it has come to its end without an error."""
        try:
            status = self._process.wait(seconds)
            assert status == 0, self.errors
            self._reader.join()
            events = [*iter(self._events.get, None)]
        finally:
            self.end()
        assert "finished" in events[-1]
        return [event for event in events if "asset" in event]

    def end(self) -> None:
        """Kill it if it runs, and close all that leads to it."""
        self._close_input()
        self.kill()
        self._reader.join(HANG)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._errors.close()


def wait_until(condition: Callable[[], object]) -> None:
    """Wait for something that happens elsewhere."""
    end = time.monotonic() + HANG
    while not condition():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.005)


Point: typing.TypeAlias = typing.Literal[
    "the token", "the paid request", "the file", "half of the file", "the last byte"
]
POINTS: tuple[Point, ...] = typing.get_args(Point)
AFTER_PAYMENT: tuple[Point, ...] = POINTS[2:]


@contextlib.contextmanager
def stopped_at(
    point: Point, origins: Origins, host: DeliveryHost, folder: Path, **options: typing.Any
) -> Iterator[Child]:
    """A process that saves image 1 and waits at a point for a server that does not respond.

    It is killed at the end of the block. The servers respond from then on.

    Args:
        point: What the server does not send: the token, the response to the paid request, the
            response with the file, half of the file or its last byte.
        origins: The API and its token endpoint.
        host: The delivery host.
        folder: Where to save.
        options: Arguments of `Child`.
    """
    ordered = Reply(303, headers={"Location": host.uri})
    origins.api.script(Stall() if point == "the paid request" else ordered)
    if point == "the token":
        origins.tokens.script(Stall())
    if point in AFTER_PAYMENT:
        sizes = {"half of the file": len(CONTENT) // 2, "the last byte": len(CONTENT) - 1}
        host.faults.append(Stalled(sizes[point]) if point in sizes else Stall())
    reached = {"the token": origins.tokens.requests, "the paid request": origins.api.requests}
    requests = reached.get(point, host.requests)
    count = len(requests)
    client = origins.options(step_timeout=HANG)
    with Child(client, folder, ["1"], **{"method": "save_image", **options}) as child:
        wait_until(lambda: len(requests) > count or not child.runs)
        if point in ("half of the file", "the last byte"):
            # Some of it is on the disk.
            wait_until(lambda: synced(folder) or not child.runs)
        assert child.runs, child.errors
        yield child
        child.kill()
    origins.tokens.script(origins.tokens.issue)
    origins.api.script(ordered)


def killed_at(
    point: Point, origins: Origins, host: DeliveryHost, folder: Path, **options: typing.Any
) -> None:
    """Let a process that saves image 1 be killed at a point; see `stopped_at`."""
    with stopped_at(point, origins, host, folder, **options):
        pass
