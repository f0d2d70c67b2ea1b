"""The merged spec as YAML: every parser reads the same, and people can review it."""

from __future__ import annotations

from textwrap import dedent

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from support import nodes

from generator.document import Map, Position, placed, plain
from generator.load.syntax import parse
from generator.yaml_output import to_yaml

_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")),
    st.sampled_from(
        "0o17 017 0x1F 1_000 1e3 1:30 .5 +1 -0 ~ null Null yes no on off y n = << true True .inf"
        " .nan 2020-01-01 2020-01-01T00:00:00Z 12e03 0b1 - ? : # & * ! | > % @ ` {} [] ''".split()
    ),
    st.sampled_from(["", " ", "\n", "a\n", "\na", "a\n\n b", "a \nb", "\ta", "a\tb\nc", "#\n#"]),
    st.sampled_from(["---\na", "...\nb", "a\r\nb", "a\x85b\nc", "a\u2028b\nc", "\ufeffa", "a\x00"]),
    st.sampled_from(["x: y", "- a", "a #b", "'", '"', "word " * 60, "w" * 300, "a\n" + "b" * 200]),
)
_NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False)
)
_SCALARS = st.one_of(st.none(), st.booleans(), _NUMBERS, _TEXT)
_DATA = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=12,
)


def spec(data: dict[str, object]) -> Map:
    node = placed(data, Position("x"))
    assert isinstance(node, Map)
    return node


@given(st.dictionaries(_TEXT, _DATA, min_size=1, max_size=4))
@example({"a": 1e20, "b": -0.0, "c": 1e-7, "d": 10**20})
@example({"a": "x\n" * 3, "b": ["a\nb", {"c\nd": "e\n  f"}]})
def test_what_is_written_is_read_again_by_this_and_by_other_parsers(
    data: dict[str, object],
) -> None:
    text = to_yaml(spec(data))
    (root,) = parse(text, "openapi.yaml")
    assert repr(plain(root)) == repr(data)
    assert repr(yaml.safe_load(text)) == repr(data)


@given(st.dictionaries(_TEXT, _DATA, min_size=1, max_size=4))
def test_writing_what_was_read_gives_the_same_text(data: dict[str, object]) -> None:
    text = to_yaml(spec(data))
    (root,) = parse(text, "openapi.yaml")
    assert to_yaml(root) == text


def test_keys_keep_their_order_and_nothing_is_abbreviated() -> None:
    root = nodes("b: &shared {z: 1, a: [2]}\na: *shared\n")
    assert to_yaml(root) == "b:\n  z: 1\n  a:\n  - 2\na:\n  z: 1\n  a:\n  - 2\n"


def test_prose_of_several_lines_is_a_block() -> None:
    text = to_yaml(spec({"description": "One.\n\nTwo: three.\n  four"}))
    assert text == dedent(
        """\
        description: |-
          One.

          Two: three.
            four
        """
    )


@pytest.mark.parametrize("word", ["200", "yes", "null", "1.0", "2020-01-01", "0o17", ""])
def test_text_that_looks_like_something_else_is_quoted(word: str) -> None:
    assert to_yaml(spec({"a": word})) == f"a: '{word}'\n"


def test_letters_of_all_languages_are_written_as_they_are() -> None:
    assert to_yaml(spec({"ä": "中文 😀"})) == "ä: 中文 😀\n"
