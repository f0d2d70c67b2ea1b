"""A fleet that is killed in all of its parts; `torture/torture_fleet.py` does it 100 times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.overlay.torture.fleets import FleetCampaign


@pytest.mark.slow
def test_a_fleet_that_is_killed_in_all_parts_pays_once(tmp_path: Path) -> None:
    figures = FleetCampaign(
        tmp_path, assets=80, kills=3, workers=2, drivers=1, restarts=1, rate=50, seed=3, target="s3"
    ).run()
    print(f"\n{figures}")
    assert (figures.kills, figures.drivers, figures.restarts) == (3, 1, 1)
