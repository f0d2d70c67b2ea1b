"""How long `build` takes, and how that grows with the number of operations."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from .collections import write_sources
from .measuring import Row

PROJECT = Path(__file__).parents[1]


def rows() -> Iterator[Row]:
    """The real documents, then 100, 200 and 400 operations."""
    with tempfile.TemporaryDirectory() as folder:
        specs = Path(folder) / "real" / "specs"
        shutil.copytree(PROJECT / "specs", specs)
        yield Row("build, the real documents", min(_built(specs) for _ in range(3)), "<= 5 s")
        last = 0.0
        for count in (100, 200, 400):
            specs = Path(folder) / str(count) / "specs"
            write_sources(specs / "sources", operations=count, documents=count // 4)
            taken = _built(specs)
            aim = "<= 40 s" if count == 400 else ""
            growth = "for half of them" if last else ""
            yield Row(f"build, {count} operations", taken, aim or "<= 2.0", last, growth)
            last = taken


def _built(specs: Path) -> float:
    command = [sys.executable, "-m", "generator", "build", "--specs", str(specs)]
    command += ["--out", str(specs.parent / "generated" / "things_rest")]
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
