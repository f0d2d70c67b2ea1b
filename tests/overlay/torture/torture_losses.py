"""Journals that are lost, clocks that are wrong, delivery that refuses, two processes at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .losing import Misfortunes

SEEDS = [int(seed) for seed in os.environ.get("TORTURE_SEED", "1 2 3").split()]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_misfortune_makes_anything_paid_twice(tmp_path: Path, seed: int) -> None:
    print(f"\n{Misfortunes(tmp_path / 'photos', rounds=60, seed=seed).run()}")
