"""A change that breaks a caller is never called minor or patch, whatever the change."""

from __future__ import annotations

import random
from pathlib import Path
from typing import cast

import pytest
from breaking import as_spec
from comparing import RENAMING, SHARING, shop
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from judging import judge
from mutants import mutated
from mutating import Data
from opposites import swapped
from shuffling import shuffled

from generator.diff import KINDS, compare
from generator.document import plain
from generator.pipeline import build_spec

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[3]
BASE = shop()
SHOP = cast("Data", plain(BASE))
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Chance cannot be made simpler: trying it takes minutes, and the mutations are named anyway."""


@pytest.mark.parametrize("seed", [1, 2])
def test_what_breaks_a_caller_is_major(tmp_path: Path, seed: int) -> None:
    start = cast("Data", plain(shop(RENAMING, *SHARING) if seed == 1 else BASE))
    verdict = judge(start, tmp_path, seed=seed, mutants=8)
    print(verdict)
    assert verdict.faults == []
    assert verdict.broken > 4
    assert set(verdict.kinds) <= set(KINDS)


def test_what_breaks_a_caller_of_the_real_api_is_major(tmp_path: Path) -> None:
    data = cast("Data", plain(build_spec(PROJECT / "specs").spec))
    verdict = judge(data, tmp_path, seed=3, mutants=4, times=2)
    print(verdict)
    assert verdict.faults == []
    assert verdict.broken > 3


@settings(max_examples=settings().max_examples // 2, phases=_PHASES)
@given(chance=st.randoms(use_true_random=False), times=st.integers(1, 3))
def test_both_directions_name_the_same_places(chance: random.Random, times: int) -> None:
    spec = as_spec(mutated(SHOP, chance, times)[0])
    if spec is not None:
        assert swapped(compare(BASE, spec)) == swapped(compare(spec, BASE), turned=True)


@settings(max_examples=settings().max_examples // 2, phases=_PHASES)
@given(chance=st.randoms(use_true_random=False))
def test_no_order_makes_a_difference(chance: random.Random) -> None:
    spec = as_spec(mutated(SHOP, chance, 2)[0])
    if spec is not None:
        other = shuffled(spec, chance)
        assert compare(spec, other) == []
        assert compare(other, spec) == []
