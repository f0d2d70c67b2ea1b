"""Runs the command as a person does: at a terminal, whose screen is read back, or in a pipe."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyte

import gettyimages

_HANG = 60.0
_CODE = "from gettyimages.cli import main; main()"
# The terminal becomes the controlling one, so that Ctrl-C arrives as a signal.
_AT_TERMINAL = f"import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); {_CODE}"


class Command:
    """The command `gettyimages`, with a home and a directory of its own."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self.folder = folder
        self.variables = dict(variables)
        (folder / "home").mkdir(exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        root = Path(gettyimages.__file__ or "").parents[2]
        found = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GETTYIMAGES_") and name not in ("NO_COLOR", "FORCE_COLOR")
        }
        home = str(self.folder / "home")
        own = {"HOME": home, "XDG_CONFIG_HOME": f"{home}/.config", "TERM": "xterm-256color"}
        path = f"{root}/overlay:{root}/generated"
        return {**found, **own, "PYTHONPATH": path, "LC_ALL": "C.UTF-8", **self.variables}

    def start(self, *arguments: str, **changes: typing.Any) -> subprocess.Popen[str]:
        """Start it with pipes."""
        return subprocess.Popen(
            [sys.executable, "-c", _CODE, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=changes.get("stdin", subprocess.DEVNULL),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *arguments: str, typed: str | None = None) -> Finished:
        """Run it with pipes; `typed` is what it finds in stdin."""
        stdin = subprocess.DEVNULL if typed is None else subprocess.PIPE
        process = self.start(*arguments, stdin=stdin)
        out, err = process.communicate(typed, timeout=_HANG)
        return Finished(process.returncode, out, err)

    @contextlib.contextmanager
    def at_terminal(self, *arguments: str, width: int = 80) -> Iterator[Terminal]:
        """Run it at a terminal of this width."""
        near, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
        process = subprocess.Popen(
            [sys.executable, "-c", _AT_TERMINAL, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=far,
            stdout=far,
            stderr=far,
            start_new_session=True,
        )
        os.close(far)
        try:
            yield Terminal(process, near, width)
        finally:
            process.kill()
            process.wait()
            os.close(near)


class Finished(typing.NamedTuple):
    """What a command left."""

    status: int
    out: str
    err: str


class Terminal:
    """A terminal, with the screen as a person sees it."""

    def __init__(self, process: subprocess.Popen[bytes], near: int, width: int) -> None:
        self.process = process
        self.raw = b""
        self._near = near
        self._screen = pyte.Screen(width, 400)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def lines(self) -> list[str]:
        """The lines of the screen that are not empty."""
        return [line.rstrip() for line in self._screen.display if line.strip()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def type(self, text: str) -> None:
        os.write(self._near, text.encode())

    def until(self, seen: str | Callable[[str], object]) -> str:
        """Wait until the screen shows something; return the screen."""
        end = time.monotonic() + _HANG
        while not (re.search(seen, self.text) if isinstance(seen, str) else seen(self.text)):
            assert time.monotonic() < end, f"hangs:\n{self.text}"
            assert self._read(), f"has ended:\n{self.text}"
        return self.text

    def ended(self) -> int:
        """Wait for the end; return the exit status."""
        while self._read():
            pass
        return self.process.wait(_HANG)

    def _read(self) -> bool:
        if not select.select([self._near], [], [], 0.2)[0]:
            return True
        try:
            data = os.read(self._near, 512)  # little at a time, so that no screen is missed
        except OSError:  # how Linux says that the other end is closed
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)


def interrupt(process: subprocess.Popen[str], number: signal.Signals) -> Finished:
    """Send a signal to a command, and wait for its end."""
    process.send_signal(number)
    out, err = process.communicate(timeout=_HANG)
    return Finished(process.returncode, out, err)


def until(condition: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + _HANG
    while not condition():
        assert time.monotonic() < end, "hangs"
        time.sleep(0.02)
