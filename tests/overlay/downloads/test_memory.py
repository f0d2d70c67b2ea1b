"""Memory does not grow with the size of a file; `torture/torture_memory.py` takes one of 4 GB."""

from __future__ import annotations

import pytest

from benchmarks.remembering import ASSET, measure
from gettyimages.sandbox import Sandbox


@pytest.mark.slow
def test_memory_stays_flat_while_a_file_is_saved() -> None:
    usage = measure(256 << 20)
    assert usage.peak < 60_000_000
    assert usage.sha256 == Sandbox(file_size=256 << 20).sha256(ASSET)
