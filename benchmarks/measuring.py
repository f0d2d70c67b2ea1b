"""Times whole processes and functions, in turns with their peers.

CPU time is what counts, so that other work on the machine has little say in the figures; where
another process takes part, as a server does, the time on the wall is taken too.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its peer's, in seconds. Without a peer there is no ratio."""

    what: str
    seconds: float
    aim: str
    peer: float = 0.0
    peer_name: str = ""

    @property
    def ratio(self) -> float:
        """How many times as long as the peer it took."""
        return self.seconds / self.peer


def processes(
    *programs: str, runs: int = 21, path: Sequence[str] = (), arguments: Sequence[str] = ()
) -> list[float]:
    """The medians of Python programs, run in turns, less the start of the interpreter."""
    prelude = f"import sys; sys.path[:0] = {list(path)!r}\n"
    commands = [[sys.executable, "-c", prelude + text, *arguments] for text in ("", *programs)]
    times: list[list[float]] = [[] for _ in commands]
    for run in range(runs + 1):
        for command, taken in zip(commands, times, strict=True):
            seconds = _cpu_seconds(command)
            if run:  # the first run compiles and warms up
                taken.append(seconds)
    base, *medians = map(statistics.median, times)
    return [median - base for median in medians]


def _cpu_seconds(command: Sequence[str]) -> float:
    with subprocess.Popen(command) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime


CLOCKS = {"CPU": time.process_time, "wall": time.perf_counter}


def functions(*calls: Callable[[], object], runs: int = 51, clock: str = "CPU") -> list[float]:
    """The medians of functions, called in turns, to and fro, as the one before warms caches."""
    now = CLOCKS[clock]
    times: list[list[float]] = [[] for _ in calls]
    turns = [*zip(calls, times, strict=True)]
    for run in range(runs + 2):
        for call, taken in reversed(turns) if run % 2 else turns:
            start = now()
            call()
            if run > 1:
                taken.append(now() - start)
    return list(map(statistics.median, times))
