"""Reading JSON text: what it means, where it stands, and what is refused."""

from __future__ import annotations

import pytest
from support import nodes

from generator.document import Position
from generator.findings import Finding, GeneratorError
from generator.load.syntax import parse


def finding(text: str, file: str) -> Finding:
    with pytest.raises(GeneratorError) as caught:
        parse(text, file)
    (only,) = caught.value.findings
    assert only.cure
    return only


def at(line: int, column: int, file: str) -> Position:
    return Position(file, line, column)


def test_tabs_and_escapes_are_read_as_json_means_them() -> None:
    text = '{\n\t"a": "\\ud83d\\ude00\\u0007\\/",\n\t"b": [1, -2.5e3, true, null, -0]\n}'
    assert nodes(text) == {"a": "😀\x07/", "b": [1, -2500.0, True, None, 0]}


def test_a_json_file_may_hold_the_control_characters_that_json_allows() -> None:
    assert parse('{"a": "x\x7f\x80\x99"}', "x.json") == [{"a": "x\x7f\x80\x99"}]
    assert "U+0080" in finding('{"a": "\x80"}', "x.yaml").problem


def test_what_begins_like_json_may_be_yaml_unless_the_file_says_json() -> None:
    assert nodes("{a: 1, 'b': [x,]}") == {"a": 1, "b": ["x"]}
    assert len(parse('{"a": 1}\n---\n{"b": 2}\n', "x.yaml")) == 2
    assert "this is not valid JSON" in finding("{a: 1}", "x.json").problem


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        ('{"a": 1,\n}', 2, 1, "expected a key in double quotes, found '}'"),
        ('{"a" 1}', 1, 6, "expected ':', found '1'"),
        ('{"a": 1\n "b": 2}', 2, 2, "expected ',' or '}', found '\"'"),
        ('{"a": [1 2]}', 1, 10, "expected ',' or ']', found '2'"),
        ('{"a": }', 1, 7, "expected a value, found '}'"),
        ("{'a': 1}", 1, 2, "expected a key in double quotes or '}', found \"'\""),
        ('{"a": 1', 1, 8, "found the end of the text"),
        ('{"a": 1} x', 1, 10, "expected the end of the text, found 'x'"),
        ('{"a": "\n"}', 1, 8, "invalid control character at"),
        ('{"a": "', 1, 7, "unterminated string"),
        ('{"a": "\\x"}', 1, 8, "invalid \\escape"),
        ('{"a": 01}', 1, 8, "expected ',' or '}', found '1'"),
        ('{"a": True}', 1, 7, "expected a value, found 'True'"),
        ('{"a": [1]]}', 1, 10, "expected ',' or '}', found ']'"),
    ],
)
def test_broken_json_is_named_with_its_place(
    text: str, line: int, column: int, problem: str
) -> None:
    found = finding(text, "x.json")
    assert found.where == at(line, column, "x.json")
    assert problem in found.problem


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000])
@pytest.mark.parametrize("file", ["x.json", "x.yaml"])
def test_numbers_that_json_cannot_hold_are_refused(text: str, file: str) -> None:
    assert finding(f'{{"a": {text}, "b": 1}}', file).where == at(1, 7, file)


def test_duplicate_keys_of_json_are_reported_with_both_places() -> None:
    found = finding('{"a": 1,\n "a": 2}', "x.json")
    assert found.where == at(2, 2, "x.json")
    assert "x.json:1:2" in found.problem
