"""100 kills of workers, 2 of the driver, 3 restarts of the database, over 2,000 assets."""

from __future__ import annotations

import os
import typing
from pathlib import Path

import pytest

from .fleets import FleetCampaign

SEEDS = [int(seed) for seed in os.environ.get("TORTURE_SEED", "1").split()]

TARGETS = os.environ.get("TORTURE_TARGET", "s3").split()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("target", TARGETS)
def test_a_fleet_that_is_killed_in_all_parts_pays_once(
    tmp_path: Path, target: typing.Literal["folder", "s3"], seed: int
) -> None:
    kills = int(os.environ.get("TORTURE_KILLS", "100"))
    figures = FleetCampaign(
        tmp_path,
        assets=2000,
        kills=kills,
        workers=4,
        drivers=2,
        restarts=3,
        rate=50,
        seed=seed,
        target=target,
    ).run()
    print(f"\n{figures}")
    assert (figures.kills, figures.drivers, figures.restarts) == (kills, 2, 3)
