"""200 kills."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .killing import Campaign

SEEDS = [int(seed) for seed in os.environ.get("TORTURE_SEED", "1").split()]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_or_paid_for_twice_by_200_kills(tmp_path: Path, seed: int) -> None:
    kills = int(os.environ.get("TORTURE_KILLS", "200"))
    figures = Campaign(tmp_path / "photos", kills=kills, seed=seed).run()
    print(f"\n{figures}")
    assert figures.kills >= kills
    assert figures.kills_in_flight >= kills * 0.95
    # A link is recorded soon after the response that brought it; not a rule, but a fair measure.
    assert figures.longest_after_response < 0.5
