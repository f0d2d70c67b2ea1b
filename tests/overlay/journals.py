"""Journals to test, the claims of their lives, and processes that share them."""

from __future__ import annotations

import contextlib
import datetime
import functools
import sqlite3
import subprocess
import sys
import textwrap
import typing
from pathlib import Path

from gettyimages._downloads.journal.entry import Asked, Claim, Entry
from gettyimages._downloads.journal.journal import NAME, Journal
from gettyimages._downloads.plan import Decision, Settle, decide

SECRET = "https://delivery.example/file?signature=zq7marker"
SEVEN = Asked(asset="7")
ROOT = Path(__file__).parents[2]


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def rule(entry: Entry | None, *, now: float = 0.0, allow: bool = False) -> Decision:
    return decide(
        entry,
        "absent",
        overwrite="skip",
        allow_second_download=allow,
        settle_after=None,
        now=now,
    )


SETTLING = Settle(datetime.datetime.fromtimestamp(0, datetime.UTC), may_ask=True)
ALLOWED = functools.partial(rule, allow=True)


def linked(journal: Journal, clock: Clock, asked: Asked = SEVEN) -> Claim:
    claim = journal.claim(asked, rule)
    journal.intend(claim)
    journal.link(claim, SECRET, clock.now + 86400)
    return claim


def settled(journal: Journal, asked: Asked, outcome: typing.Literal["stranded", "free"]) -> None:
    """An open request is settled by somebody who has claimed it for that."""
    claim = journal.claim(asked, lambda _: SETTLING)
    journal.settle(claim, outcome)
    journal.release(claim)


def state(journal: Journal, key: str = SEVEN.key) -> str | None:
    entry = journal.entry(key)
    return None if entry is None else entry.state


def files_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


CHILD = """
import sys, time, os, signal, functools
sys.path[:0] = [{overlay!r}, {generated!r}]
from pathlib import Path
from gettyimages._downloads.journal.journal import Journal
from gettyimages._downloads.journal.entry import Asked
from gettyimages._downloads.plan import decide
from gettyimages._errors import DownloadInProgressError, JournalError
rule = functools.partial(decide, file_state="absent", overwrite="skip",
    allow_second_download=False, settle_after=None, now=time.time())
folder = Path(sys.argv[1])
"""


def child(folder: Path, code: str, **options: typing.Any) -> subprocess.Popen[str]:
    head = CHILD.format(overlay=str(ROOT / "overlay"), generated=str(ROOT / "generated"))
    return subprocess.Popen(
        [sys.executable, "-c", head + textwrap.dedent(code), str(folder)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        **options,
    )


def ended(process: subprocess.Popen[str]) -> str:
    output, _ = process.communicate(timeout=60)
    return output


def owned_by(folder: Path, **columns: object) -> None:
    with contextlib.closing(sqlite3.connect(folder / NAME)) as connection, connection:
        for name, value in columns.items():
            connection.execute(f"UPDATE work SET {name} = ?", (value,))
