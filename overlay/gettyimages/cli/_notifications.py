"""The command `changes`: prints change sets, or keeps them in a file and confirms them."""

from __future__ import annotations

import os
import signal
import stat
import time
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import click

from gettyimages import ChangeSetDelivery, ChangeSets, GettyImages
from gettyimages.models import ChangedAsset

from ._printing import Printer, json_line, note

_BINARY = getattr(os, "O_BINARY", 0)
_OWN = b'{"change_set_id": '
"""The beginning of each line that is written."""


@dataclass(frozen=True)
class _Notification:
    change_set_id: str
    asset: ChangedAsset

    id = property(lambda self: self.asset.id)
    lifecycle = property(lambda self: self.asset.asset_lifecycle)
    type = property(lambda self: self.asset.asset_type)
    changed = property(lambda self: self.asset.asset_changed_utc_datetime)

    def to_dict(self) -> dict[str, object]:
        return {"change_set_id": self.change_set_id, **self.asset.to_dict()}


def _notifications(change_set: ChangeSetDelivery) -> list[_Notification]:
    name = change_set.change_set_id
    return [_Notification(name, asset) for asset in change_set.changed_assets]


def show(client: GettyImages, printer: Printer, channel: int, *, follow: bool, poll: float) -> None:
    """Print the change sets of a channel, and confirm none of them."""
    for change_set in _unconfirmed(client, channel, follow=follow, poll=poll):
        printer.rows(_notifications(change_set), "id", "lifecycle", "type", "changed")
        name = change_set.change_set_id
        note(f"change set {name} is not confirmed: `gettyimages confirm {name}` does that.")


def _unconfirmed(
    client: GettyImages, channel: int, *, follow: bool, poll: float
) -> Iterator[ChangeSetDelivery]:
    """The next change set, and each that follows once another process has confirmed it."""
    last = None
    while True:
        change_sets = client.asset_changes.change_sets(channel, follow=follow, poll=poll)
        change_set = next(change_sets, None)
        if change_set is not None and change_set.change_set_id != last:
            last = change_set.change_set_id
            yield change_set
        elif follow:
            time.sleep(poll)
        if not follow:
            return


def keep(
    client: GettyImages, channel: int, path: Path, *, confirm: bool, follow: bool, poll: float
) -> int:
    """Append change sets to a file, one notification a line. Returns the exit status.

    A change set is confirmed once its lines are on the disk. A signal ends it after that.
    """
    with _File(path) as file:
        if not confirm:
            for change_set in _unconfirmed(client, channel, follow=follow, poll=poll):
                file.append(change_set)
            return 0
        change_sets = client.asset_changes.change_sets(channel, follow=follow, poll=poll)
        stopped = _stop_on_signals(change_sets)
        for change_set in change_sets:
            file.append(change_set)
            change_set.confirm()
        return 128 + stopped[0] if stopped else 0


def _stop_on_signals(change_sets: ChangeSets) -> list[int]:
    """Have Ctrl-C and SIGTERM end an iteration; a second one ends the process as usual."""
    received: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        received.append(number)
        for one, before in earlier.items():
            signal.signal(one, before)
        change_sets.stop()

    earlier = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    return received


class _File:
    """A file that whole lines are appended to. A line that was cut off is removed first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._count = self._sets = 0
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            raise click.UsageError(f"--to needs a regular file, which {path} is not.")
        is_new = not path.exists()
        self._handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _BINARY, 0o666)
        if is_new and hasattr(os, "O_DIRECTORY"):
            folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
            os.fsync(folder)
            os.close(folder)
        self._mend()

    def _mend(self) -> None:
        end = os.fstat(self._handle).st_size
        start = max(end - 1_000_000, 0)
        os.lseek(self._handle, start, os.SEEK_SET)
        tail = os.read(self._handle, 1_000_000)
        torn = tail[tail.rfind(b"\n") + 1 :]
        if torn and not (torn.startswith(_OWN) or _OWN.startswith(torn)):
            raise click.UsageError(
                f"{self._path} does not end with a whole line: choose another file."
            )
        os.ftruncate(self._handle, end - len(torn))

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)
        note(f"{self._count} notifications of {self._sets} change sets were added to {self._path}.")

    def append(self, change_set: ChangeSetDelivery) -> None:
        """Write all notifications of a change set through to the disk."""
        lines = [json_line(row) for row in _notifications(change_set)]
        left = "".join(f"{line}\n" for line in lines).encode()
        while left:
            left = left[os.write(self._handle, left) :]
        os.fsync(self._handle)
        self._count += len(lines)
        self._sets += 1
