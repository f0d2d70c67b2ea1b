"""The changelog: what is read from it, and what a release writes into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.findings import GeneratorError
from generator.release.changelog import newest, with_release

BEFORE = """\
# Changelog

What changed.

## 1.0.0

- One.

## 0.9.0 (2020-01-01)

- Zero.
"""
LINES = st.sampled_from(
    ["", "- Something.", "### Major", "text", "```", "~~~", "## Notes", "    ## 7.7.7", "# x", "  "]
)
PROSE = st.lists(LINES, max_size=6).map("\n".join)
CHANGES = st.lists(st.sampled_from(["", "- `x` removed", "### Minor"]), max_size=4).map("\n".join)
VERSION = st.sampled_from(["1.1.0", "2.0.0", "10.20.30"])


def released(text: str, changes: str = "- More.", version: str = "1.1.0") -> str:
    return with_release(text, version, changes, "CHANGELOG.md")


def test_the_newest_section_is_the_first_that_has_a_version() -> None:
    assert newest(BEFORE) == ("1.0.0", 5)
    assert newest(f"# C\n\n## Unreleased\n\n- x\n\n{BEFORE}") == ("1.0.0", 11)
    assert newest("# C\n\n## [2.1.0] - 2026-01-01\n") == ("2.1.0", 3)
    assert newest("# C\n\n```\n## 3.0.0\n```\n\n## 2.0.0\n") == ("2.0.0", 7)
    assert newest("# C\n") is None
    assert newest("# C\n\n## v2.1.0\n") == ("2.1.0", 3)
    assert newest("# C\n\n## [2.1.0](https://x.example/v2.1.0) (2026-01-01)\n") == ("2.1.0", 3)
    assert newest("# C\n\n## 2.1.0.1\n") is None


def test_a_section_is_put_before_the_newest() -> None:
    new = "## 1.1.0\n\n- More.\n\n"
    assert released(BEFORE) == BEFORE.replace("## 1.0.0", f"{new}## 1.0.0")


def test_what_is_unreleased_becomes_part_of_the_section() -> None:
    text = BEFORE.replace("## 1.0.0", "## Unreleased\n\n- By hand.\n\n## 1.0.0")
    new = "## 1.1.0\n\n- By hand.\n\n- More.\n\n"
    assert released(text) == BEFORE.replace("## 1.0.0", f"{new}## 1.0.0")
    alone = BEFORE.replace("## 1.0.0", "## 1.1.0\n\n- By hand.\n\n## 1.0.0")
    assert released(text, "") == alone


@pytest.mark.parametrize(
    "heading", ["## Unreleased - soon", "## [Unreleased](https://x.example/)", "## UNRELEASED:"]
)
def test_what_is_unreleased_is_known_by_its_word(heading: str) -> None:
    assert released(f"# C\n\n{heading}\n\n- By hand.\n", "") == "# C\n\n## 1.1.0\n\n- By hand.\n"


def test_a_heading_that_speaks_of_something_unreleased_stays() -> None:
    assert "## Unreleased documents" in released("# C\n\n## Unreleased documents\n\n- x\n")


def test_what_is_unreleased_is_refused_below_a_version() -> None:
    text = BEFORE.replace("## 0.9.0", "## Unreleased\n\n- By hand.\n\n## 0.9.0")
    with pytest.raises(GeneratorError, match=r"CHANGELOG.md:9:1: .*\n    Move it up, to line 5."):
        released(text)


def test_the_first_section_ends_the_file() -> None:
    assert released("# Changelog\n") == "# Changelog\n\n## 1.1.0\n\n- More.\n"
    assert released("") == "## 1.1.0\n\n- More.\n"
    assert released("# C\n\n## [Unreleased]\n") == "# C\n\n## 1.1.0\n\n- More.\n"


def test_line_ends_stay_as_they_are() -> None:
    assert released(BEFORE.replace("\n", "\r\n")) == released(BEFORE).replace("\n", "\r\n")


def test_a_version_that_has_a_section_is_refused_with_its_line() -> None:
    with pytest.raises(GeneratorError, match=r"CHANGELOG.md:9:1: there is a section of 0.9.0"):
        released(BEFORE, version="0.9.0")


def test_two_unreleased_sections_are_refused() -> None:
    with pytest.raises(GeneratorError, match=r"CHANGELOG.md:5:1: there is a second section"):
        released("# C\n\n## Unreleased\n\n## unreleased\n")


@given(PROSE, PROSE, PROSE, CHANGES, VERSION, st.booleans())
def test_a_release_adds_one_section_and_takes_nothing_away(
    before: str, unreleased: str, after: str, changes: str, version: str, mark: bool
) -> None:
    text = f"{before}\n\n" + (f"## Unreleased\n\n{unreleased}\n\n" if mark else unreleased)
    text += f"\n## 1.0.0\n\n{after}\n"
    made = with_release(text, version, changes, "x")
    assert sum(line == f"## {version}" for line in made.splitlines()) == 1
    kept = [line for line in made.splitlines() if line.strip()]
    for line in [*text.splitlines(), *changes.splitlines()]:
        if line.strip() and line in kept:
            kept.remove(line)
        else:
            assert not line.strip() or line == "## Unreleased"
    assert kept == [f"## {version}"]


@given(PROSE, CHANGES, VERSION)
def test_the_section_is_the_newest_from_then_on(after: str, changes: str, version: str) -> None:
    made = with_release(f"# C\n\n## 1.0.0\n\n{after}\n", version, changes, "x")
    assert newest(made) == (version, 3)
