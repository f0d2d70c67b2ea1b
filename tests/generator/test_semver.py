"""What the next version is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.findings import GeneratorError
from generator.semver import LEVELS, Level, Version, chosen, following, parsed

VERSIONS = st.builds(Version, *(st.integers(0, 30) for _ in range(3)))
ONE_LEVEL = st.sampled_from(LEVELS)


@pytest.mark.parametrize(
    ("before", "level", "after"),
    [
        ("1.4.2", "major", "2.0.0"),
        ("1.4.2", "minor", "1.5.0"),
        ("1.4.2", "patch", "1.4.3"),
        ("0.3.1", "major", "0.4.0"),
        ("0.3.1", "minor", "0.3.2"),
        ("0.3.1", "patch", "0.3.2"),
        ("0.0.0", "major", "0.1.0"),
        ("9.9.9", "major", "10.0.0"),
    ],
)
def test_a_version_moves_by_the_level_of_the_change(before: str, level: Level, after: str) -> None:
    version = parsed(before)
    assert version
    assert str(following(version, level)) == after


@given(VERSIONS, ONE_LEVEL)
def test_every_version_is_followed_by_a_later_one(version: Version, level: Level) -> None:
    after = following(version, level)
    assert after > version
    assert parsed(str(after)) == after


@given(VERSIONS)
def test_a_graver_change_never_gives_an_earlier_version(version: Version) -> None:
    major, minor, patch = (following(version, level) for level in LEVELS)
    assert major >= minor >= patch
    assert (minor == patch) == (version.major == 0)


@given(VERSIONS, VERSIONS, st.one_of(st.none(), ONE_LEVEL))
def test_a_version_asked_for_is_taken_exactly_if_it_is_late_enough(
    current: Version, asked: Version, needed: Level | None
) -> None:
    enough = asked > current and (needed is None or asked >= following(current, needed))
    if enough:
        assert chosen(current, needed, str(asked)) == asked
    else:
        with pytest.raises(GeneratorError):
            chosen(current, needed, str(asked))


@given(VERSIONS, ONE_LEVEL, ONE_LEVEL)
def test_a_level_asked_for_is_taken_exactly_if_it_is_grave_enough(
    current: Version, needed: Level, asked: Level
) -> None:
    if LEVELS.index(asked) <= LEVELS.index(needed):
        assert chosen(current, needed, asked) == following(current, asked)
    else:
        with pytest.raises(GeneratorError, match="too low"):
            chosen(current, needed, asked)


@given(VERSIONS, ONE_LEVEL)
def test_without_a_wish_the_change_decides(current: Version, needed: Level) -> None:
    assert chosen(current, needed, "") == following(current, needed)


def test_nothing_at_all_is_no_release() -> None:
    with pytest.raises(GeneratorError, match="nothing has changed for callers"):
        chosen(Version(1, 2, 3), None, "")


@pytest.mark.parametrize(
    "text",
    ["", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.3rc1", "v1.2.3", "1.2.-3", "1.2.٣", "1.2.3\n"],
)
def test_what_is_no_version_of_three_numbers_is_none(text: str) -> None:
    assert parsed(text) is None


@pytest.mark.parametrize("text", ["1.2", "huge", "v2.0.0", "1.2.3rc1", "Major"])
def test_a_wish_that_is_neither_level_nor_version_is_refused(text: str) -> None:
    with pytest.raises(GeneratorError, match="expected major, minor, patch or a version"):
        chosen(Version(1, 2, 3), "patch", text)
