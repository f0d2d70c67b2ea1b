"""Batches of downloads are killed at any moment; `torture/torture_kill.py` does it 200 times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.overlay.torture.killing import Campaign

pytestmark = pytest.mark.slow


@pytest.mark.slow
def test_nothing_is_lost_or_paid_for_twice_when_batches_are_killed(tmp_path: Path) -> None:
    figures = Campaign(tmp_path / "photos", kills=12, seed=4).run()
    print(f"\n{figures}")
    assert figures.kills >= 12
    assert figures.kills_in_flight
