"""The private places of the client that tests reach into, because nothing public leads there.

A rewrite of the client has this one module to adapt:

- the file system object, to let a single call fail, such as the last rename on a full disk;
- the time that a transfer may take, which is minutes;
- the time that the journal waits for another program's lock, which is a minute.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from gettyimages._downloads import transfer
from gettyimages._downloads.files import part
from gettyimages._downloads.files.part import FileSystem
from gettyimages._downloads.journal import sqlite


class FailingFiles(FileSystem):
    """A file system whose method fails, from the call after so many on."""

    def __init__(self, method: str, number: int, after: int = 0) -> None:
        self.method = method
        self.number = number
        self.after = after
        self.calls = 0
        setattr(self, method, self._failing(getattr(super(), method)))

    def _failing(self, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object) -> object:
            self.calls += 1
            if self.calls > self.after:
                raise OSError(self.number, os.strerror(self.number), "secret/path")
            return real(*args)

        return call


def break_files(
    monkeypatch: pytest.MonkeyPatch, method: str, number: int, after: int = 0
) -> FailingFiles:
    """Let one method of the file system fail with this `errno`."""
    failing = FailingFiles(method, number, after)
    monkeypatch.setattr(part, "FILE_SYSTEM", failing)
    return failing


def repair_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file system work again."""
    monkeypatch.setattr(part, "FILE_SYSTEM", FileSystem())


def limit_transfers(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let a transfer take no longer than this for each MiB."""
    monkeypatch.setattr(transfer, "_WINDOW", seconds)


def limit_journal_waits(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let the journal wait no longer than this for a lock."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", seconds)
