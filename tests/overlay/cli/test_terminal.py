"""The commands at a terminal: what a person sees, and what a signal leaves."""

from __future__ import annotations

import asyncio
import functools
import re
import signal
import threading
from dataclasses import dataclass, field

import pytest
from starlette.types import Message, Send

from gettyimages.sandbox import Fault, RequestContext, Sandbox, SlowBody

from .running import Command, interrupt, until

pytestmark = pytest.mark.slow


def bars(text: str) -> set[str]:
    return {*re.findall(r"(?m)^1001 .*", text)}


def new_bars(shown: set[str], text: str) -> set[str]:
    return bars(text) - shown


@dataclass(frozen=True, kw_only=True, eq=False)
class SlowUntilReleased(Fault):
    """The body is sent slowly, and is not complete until the fault is released."""

    released: threading.Event = field(default_factory=threading.Event)

    def wrap_send(self, context: RequestContext, send: Send) -> Send:
        async def forward(message: Message) -> None:
            body = message.get("body", b"")
            size = 500
            for start in range(0, len(body), size):
                await asyncio.sleep(0 if self.released.is_set() else 0.05)
                while start + size >= len(body) and not self.released.is_set():
                    await asyncio.sleep(0.05)
                piece = bytes(body[start : start + size])
                await send({**message, "body": piece, "more_body": True})
            await send({**message, "body": b""} if body else message)

        return forward


def test_progress_moves_and_leaves_the_results(command: Command, sandbox: Sandbox) -> None:
    sandbox.file_size = 400_000
    slow = SlowUntilReleased(asset="1001")
    sandbox.faults.add(slow)
    with command.at_terminal("download", "1001", "1002") as terminal:
        terminal.until(lambda text: "saved" in text and bars(text))
        shown: set[str] = set()
        while len(shown) < 3:
            terminal.until(functools.partial(new_bars, shown))
            shown |= bars(terminal.text)
        rate = re.compile(r"(?m)^1001 .* \d+\.\d/400\.0 kB .* kB/s \d\d:\d\d")
        terminal.until(rate.search)
        assert re.search(r"(?m)^total .* 1/2 .*/s", terminal.text)
        slow.released.set()
        assert terminal.ended() == 0
    assert all(len(line) <= 80 for line in terminal.lines)
    assert [line.split()[:2] for line in terminal.lines[:2]] == [
        ["saved", "1002"],
        ["saved", "1001"],
    ]
    assert terminal.lines[2].startswith("2 saved; 2 downloads used, 800.0 kB in ")
    assert len(terminal.lines) == 3  # nothing of the bars remains


@pytest.mark.parametrize("width", [80, 120])
def test_tables_are_aligned(command: Command, sandbox: Sandbox, width: int) -> None:
    sandbox.add_history("1167612765")
    sandbox.add_history("2", product_type="royaltyfreesubscription")
    with command.at_terminal("history", width=width) as terminal:
        assert terminal.ended() == 0
    assert max(map(len, terminal.lines)) <= width
    number = next(n for n, line in enumerate(terminal.lines) if line.startswith("id "))
    header, *rows = terminal.lines[number:]
    column = header.index("product type")
    assert [row[column:].split()[0] for row in rows if row[0] != " "] == [
        "royaltyfreesubscription",
        "easyaccess",
    ]
    assert all(row[column - 1 : column] in ("", " ") for row in rows)


@pytest.mark.parametrize("width", [80, 120])
def test_long_cells_are_folded_within_their_column(command: Command, width: int) -> None:
    with command.at_terminal("api", width=width) as terminal:
        assert terminal.ended() == 0
    header, *rows = terminal.lines
    assert max(map(len, terminal.lines)) <= width
    for name in ("request", "effect", "summary"):
        column = header.index(name)
        assert all(row[column - 1 : column] in ("", " ") for row in rows)


def test_registrations_end_with_their_number(command: Command, sandbox: Sandbox) -> None:
    with command.at_terminal("register", *map(str, range(300))) as terminal:
        assert terminal.ended() == 0
    assert terminal.lines == ["registered: 300"]
    assert b"register" in terminal.raw.partition(b"registered: ")[0]


def test_colours_are_left_out_on_request(command: Command) -> None:
    command.variables["NO_COLOR"] = "1"
    with command.at_terminal("download", "1") as terminal:
        assert terminal.ended() == 0
    colours = re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw)
    assert not [one for one in colours if re.search(rb"(^|;)(3|4|9)[0-9]", one)]


def test_a_dumb_terminal_gets_no_bars(command: Command) -> None:
    command.variables["TERM"] = "dumb"
    with command.at_terminal("download", "1") as terminal:
        assert terminal.ended() == 0
    assert b"\x1b[" not in terminal.raw


def test_in_a_pipe_there_are_no_bars(command: Command) -> None:
    done = command("download", "1")
    assert "\x1b" not in done.out + done.err
    assert done.err.count("\n") == 1


def test_ctrl_c_parks_what_is_paid_and_the_next_run_saves_it(
    command: Command, sandbox: Sandbox
) -> None:
    sandbox.file_size = 400_000
    fault = SlowBody(bytes_per_second=20_000)
    sandbox.faults.add(fault)
    with command.at_terminal("download", "1", "2") as terminal:
        terminal.until(r"(?s)(1 .*kB.*2 |2 .*kB.*1 ).*kB")
        terminal.type("\x03")
        assert terminal.ended() == 130
    assert "".join(terminal.lines).removeprefix("^C") == (
        "gettyimages: interrupted: no file is done; paid for and not saved yet: 2; run the same"
        " command again, which fetches these without another download."
    )
    sandbox.faults.clear()
    assert command("download", "1", "2").status == 0
    assert sandbox.downloads_used == 2


def test_sigterm_parks_what_is_paid_too(command: Command, sandbox: Sandbox) -> None:
    sandbox.file_size = 400_000
    sandbox.faults.add(SlowBody(bytes_per_second=20_000, asset="2"))
    process = command.start("download", "1", "2", "--concurrency", "1")
    until(lambda: sandbox.downloads_used == 2)
    done = interrupt(process, signal.SIGTERM)
    assert done.status == 143
    assert "1 saved; paid for and not saved yet: 1" in done.err
    assert command("journal", ".").err.startswith("1 paid, 1 saved in ")
