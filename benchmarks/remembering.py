"""How much memory a download takes while it goes on: a table of samples, and a plot of them.

    python -m benchmarks remembering

writes `memory.csv` and `memory.svg` into docs/, for a file of 4 GB.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .plotting import plot
from .sandboxed import sandbox

ASSET = "1167612765"
_SIZE = 4 << 30
_SAMPLE = 0.05
_SAVE = """
import re, sys
from gettyimages import GettyImages
with GettyImages() as client:
    saved = client.downloads.save_image(sys.argv[1], sys.argv[2], timeout=600)
with open("/proc/self/status") as status:
    print(saved.size, saved.sha256, re.search(r"VmHWM:\\s+(\\d+) kB", status.read())[1])
"""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a download took. Bytes, seconds; the samples are moment, size on disk, memory."""

    size: int
    sha256: str
    peak: int
    samples: list[tuple[float, int, int]]

    def write(self, path: Path) -> None:
        """Write the samples as CSV."""
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["seconds", "bytes_on_disk", "bytes_resident"])
            writer.writerows((f"{moment:.2f}", disk, rss) for moment, disk, rss in self.samples)


def measure(size: int) -> Usage:
    """Save a file of that many bytes in a process of its own, and watch its memory.

    Raises:
        OSError: There is too little space on the disk for temporary files.
    """
    with tempfile.TemporaryDirectory() as folder, sandbox(file_size=size) as environment:
        free = shutil.disk_usage(folder).free
        if free < size + (1 << 30):
            raise OSError(f"{folder} has {free >> 20} MiB left, {size >> 20} and 1024 are needed")
        return _watch(environment, Path(folder) / "files", size)


def _watch(environment: Mapping[str, str], folder: Path, size: int) -> Usage:
    command = [sys.executable, "-c", _SAVE, ASSET, str(folder)]
    start = time.monotonic()
    samples = []
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            samples.append((time.monotonic() - start, _on_disk(folder), _resident(process.pid)))
            time.sleep(_SAMPLE)
        assert process.stdout is not None
        printed = process.stdout.read().split()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "a download")
    assert int(printed[0]) == size
    return Usage(size, printed[1], int(printed[2]) * 1024, [it for it in samples if it[2]])


def _on_disk(folder: Path) -> int:
    try:
        return sum(entry.stat().st_size for entry in os.scandir(folder))
    except FileNotFoundError:  # not made yet, or renamed this moment
        return 0


def _resident(pid: int) -> int:
    try:
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(found[1]) * 1024 if found else 0


def main(folder: Path, size: int = _SIZE) -> Usage:
    """Measure, and write table and plot."""
    usage = measure(size)
    usage.write(folder / "memory.csv")
    (folder / "memory.svg").write_text(plot(usage.samples), "utf-8")
    print(f"{size / 1e9:.2f} GB with at most {usage.peak / 1e6:.1f} MB resident")
    return usage
