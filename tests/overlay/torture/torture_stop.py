"""100 cancellations, and 30 interrupts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .stopping import stop_downloads

SEEDS = [int(seed) for seed in os.environ.get("TORTURE_SEED", "1").split()]


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_that_was_paid_for_is_lost_by_100_cancellations(tmp_path: Path, seed: int) -> None:
    cancels = int(os.environ.get("TORTURE_CANCELS", "100"))
    print(f"\n{stop_downloads(tmp_path, cancels=cancels, interrupts=30, seed=seed)}")
