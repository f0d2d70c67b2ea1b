"""Every kind of difference is told, at its level, in both directions, where it belongs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from comparing import CASES, Case, compared
from opposites import swapped

from generator.diff import KINDS
from generator.semver import LEVELS

PAGE = Path(__file__).parents[3] / "docs" / "changes.md"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
def test_an_edit_is_told_as_its_kind(case: Case) -> None:
    found = [
        (item.python, item.before, item.after)
        for item in compared(case)
        if item.kind.id == case.kind and item.operation == case.operation
    ]
    assert (case.python, case.before, case.after) in found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind} undone")
def test_an_edit_that_is_undone_is_told_as_the_opposite(case: Case) -> None:
    assert case.opposite in {item.kind.id for item in compared(case, back=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind} both ways")
def test_both_directions_name_the_same_places(case: Case) -> None:
    assert swapped(compared(case)) == swapped(compared(case, back=True), turned=True)


def test_an_edit_is_told_as_nothing_graver_than_its_kind() -> None:
    graver = []
    for case in CASES:
        level = LEVELS.index(KINDS[case.kind].level)
        others = {item.kind.id for item in compared(case) if LEVELS.index(item.level) < level}
        graver += [(case.kind, others)] if others else []
    assert graver == [
        # Its values tell two classes of a union apart, so that an unknown one stays a mapping.
        ("model-added", {"property-type-changed", "response-type-changed"}),
    ]


def test_every_kind_has_a_case() -> None:
    assert set(KINDS) == {case.kind for case in CASES} | {case.opposite for case in CASES}


def test_the_table_in_the_documentation_is_that_of_the_code() -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (\w+) \| (.*?) \| `(.*?)` \|$", PAGE.read_text("utf-8"), re.MULTILINE
    )
    assert [(name, level, meaning) for name, level, meaning, _ in rows] == [
        (kind.id, kind.level, kind.meaning) for kind in KINDS.values()
    ]
    named = {case.kind: f"test_an_edit_is_told_as_its_kind[{case.kind}]" for case in CASES}
    undone = {
        case.opposite: f"test_an_edit_that_is_undone_is_told_as_the_opposite[{case.kind} undone]"
        for case in CASES
    }
    assert {name: test for name, _, _, test in rows} == undone | named
