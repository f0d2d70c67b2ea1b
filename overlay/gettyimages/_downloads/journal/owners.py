"""Which process has something in work, and whether it is still alive."""

from __future__ import annotations

import contextlib
import functools
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

from .entry import Owner

LEASE = 15 * 60.0
"""Seconds for which a process of another machine is believed to be alive."""


def this_process() -> Owner:
    """The process that runs this code."""
    return Owner(_host(), os.getpid(), _start_of(os.getpid()) or "")


def is_alive(owner: Owner, lease_until: float, now: float) -> bool:
    """Whether a process lives, as far as can be known: one of another machine during its lease."""
    if owner.host != _host():
        return now < lease_until
    start = _start_of(owner.pid)
    if start is None:
        return sys.platform == "win32" and now < lease_until
    return start == owner.start


@functools.cache
def _host() -> str:
    """The space in which a process id means something: this boot of this machine, or container."""
    parts = [platform.node()]
    with contextlib.suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text().strip())
        parts.append(str(Path("/proc/self/ns/pid").readlink()))
    return " ".join(parts)


def _start_of(pid: int) -> str | None:
    """When a process started, in some unit; None if there is no such process."""
    if sys.platform == "win32":
        return _OWN_START if pid == os.getpid() else None
    stat = Path(f"/proc/{pid}/stat")
    try:
        fields = stat.read_bytes().rpartition(b") ")[2].split()
    except OSError:
        return None if Path("/proc/self/stat").exists() else _start_by_ps(pid)
    return None if fields[0] in (b"Z", b"X") else fields[19].decode()


def _start_by_ps(pid: int) -> str | None:
    command = ["/bin/ps", "-o", "lstart=", "-p", str(pid)]
    environment = {"LC_ALL": "C", "TZ": "UTC"}
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603
    return ended.stdout.decode("ascii", "replace").strip() or None


_OWN_START = str(time.time())
