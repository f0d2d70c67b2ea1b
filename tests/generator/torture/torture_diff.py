"""600 mutants, by one to three changes each, judged by a type checker in both directions."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import cast

import pytest
from comparing import RENAMING, SHARING, shop
from judging import judge
from mutating import Data

from generator.diff import KINDS
from generator.document import plain
from generator.pipeline import build_spec

PROJECT = Path(__file__).parents[3]
_SEED = int(os.environ.get("TORTURE_SEED", "1"))
_MUTANTS = int(os.environ.get("TORTURE_MUTANTS", "600"))
_BATCH = 60


@pytest.mark.parametrize("seed", range(_SEED, _SEED + -(-_MUTANTS // _BATCH)))
def test_what_breaks_a_caller_is_major(tmp_path: Path, seed: int) -> None:
    start = (build_spec(PROJECT / "specs").spec, shop(), shop(*SHARING), shop(RENAMING))[seed % 4]
    verdict = judge(
        cast("Data", plain(start)), tmp_path, seed=seed, mutants=_BATCH, times=seed % 3 + 1
    )
    print(f"\n{verdict}")
    _seen.update(verdict.kinds)
    assert verdict.faults == []
    assert verdict.broken > _BATCH // 2


def test_all_kinds_that_were_seen_are_in_the_table() -> None:
    print(f"\n{len(_seen)} of {len(KINDS)} kinds; not seen: {sorted(set(KINDS) - set(_seen))}")
    assert set(_seen) <= set(KINDS)


_seen: Counter[str] = Counter()
