"""How long `diff` takes between a released spec and its documents, and how that grows."""

from __future__ import annotations

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
    """100, 200 and 400 operations, a property of each response changed since the release."""
    with tempfile.TemporaryDirectory() as folder:
        last = 0.0
        for count in (100, 200, 400):
            specs = Path(folder) / str(count)
            _release(specs, count)
            taken = min(_diff(specs) for _ in range(3))
            aim = "<= 10 s" if count == 400 else "<= 2.0" if last else ""
            growth = "for half of them" if last else ""
            yield Row(f"diff, {count} operations", taken, aim, last, growth)
            last = taken


def _release(specs: Path, count: int) -> None:
    """Write documents, release what they give, then change them."""
    sources = specs / "sources"
    write_sources(sources, operations=count, documents=count // 4)
    _run("merge", "--specs", str(specs))
    merged = (specs / "openapi.yaml").read_text("utf-8")
    (specs / "released.yaml").write_text(f"{merged}x-release: {{version: 1.0.0}}\n", "utf-8")
    for path in sources.iterdir():
        text = path.read_text("utf-8")
        path.write_text(
            text.replace("field_1:\n        type: integer", "field_1:\n        type: string")
        )


def _diff(specs: Path) -> float:
    start = time.perf_counter()
    output = _run("diff", "--specs", str(specs))
    assert "models.Thing0.field_1" in output, output[:500]
    return time.perf_counter() - start


def _run(*arguments: str) -> str:
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(command, check=True, cwd=PROJECT, capture_output=True, text=True).stdout
