"""Misfortunes of all kinds over one folder; `torture/torture_losses.py` has more of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.overlay.torture.losing import Misfortunes


@pytest.mark.slow
def test_no_misfortune_makes_anything_paid_twice(tmp_path: Path) -> None:
    print(f"\n{Misfortunes(tmp_path / 'photos', rounds=12, seed=5).run()}")
