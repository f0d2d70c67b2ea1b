"""A file of 4 GB."""

from __future__ import annotations

import os

import pytest

from benchmarks.remembering import ASSET, main
from gettyimages.sandbox import Sandbox

LIMIT = 60_000_000


def test_memory_stays_flat_over_a_file_of_4_gb(tmp_path_factory: pytest.TempPathFactory) -> None:
    size = int(os.environ.get("TORTURE_BYTES", str(4 << 30)))
    try:
        usage = main(tmp_path_factory.mktemp("large"), size)  # not a directory in memory
    except OSError as error:
        pytest.skip(str(error))
    half = len(usage.samples) // 2
    early, late = (max(rss for *_, rss in part) for part in halves(usage.samples, half))
    print(f"\nfirst half at most {early / 1e6:.1f} MB, second half {late / 1e6:.1f} MB")
    assert usage.peak < LIMIT
    assert late < early + 2_000_000
    assert usage.sha256 == Sandbox(file_size=size).sha256(ASSET)


def halves(
    samples: list[tuple[float, int, int]], half: int
) -> tuple[list[tuple[float, int, int]], list[tuple[float, int, int]]]:
    return samples[:half], samples[half:]
