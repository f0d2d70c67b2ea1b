"""Findings: each code has a message, each message is used, and gets the values that it names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import generator
from generator.document import Position
from generator.findings import Finding, GeneratorError, Phrase
from generator.messages import MESSAGES

_CODE = re.compile("[a-z0-9]+(-[a-z0-9]+)*")

PLACES = {
    "Finding": 1,
    "refusal": 1,
    "error": 1,
    "warn": 1,
    "report": 0,
    "refuse": 0,
    "finding": 0,
    "advised": 0,
    "Phrase": 0,
    "run": 2,
    "failure": 0,
    "_refused": 2,
}
"""Which argument of a call is a code."""


def uses() -> Iterator[tuple[str, set[str] | None]]:
    """Each code in the generator, and the names of its values where the call lists them all."""
    for path in Path(generator.__file__ or "").parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            name = getattr(getattr(call, "func", None), "attr", getattr(call, "func", None))
            name = getattr(name, "id", name)
            if not isinstance(call, ast.Call) or name not in PLACES:
                continue
            if len(call.args) <= PLACES[str(name)]:
                continue
            names = {str(keyword.arg) for keyword in call.keywords}
            known = names | ({"target"} if name == "finding" else set())
            complete = "None" not in names and name not in ("advised", "Phrase")
            argument = call.args[PLACES[str(name)]]
            parts = () if isinstance(argument, ast.JoinedStr) else ast.walk(argument)
            for part in parts:
                if isinstance(part, ast.Constant) and _CODE.fullmatch(str(part.value)):
                    yield str(part.value), known if complete else None


def fields(code: str) -> set[str]:
    """The names of the values that a message writes."""
    return {name.partition(".")[0] for _, name, _, _ in Formatter().parse(MESSAGES[code]) if name}


def test_every_value_that_a_message_names_is_given() -> None:
    lacking = {
        code: fields(code) - given
        for code, given in uses()
        if given is not None and code in MESSAGES
    }
    advised = {"sources-empty"}
    assert {code for code, names in lacking.items() if names} <= advised


def test_every_code_has_a_message() -> None:
    assert {code for code, _ in uses()} <= MESSAGES.keys()


def test_every_message_is_used() -> None:
    sources = Path(generator.__file__ or "").parent.rglob("*.py")
    text = "".join(path.read_text() for path in sources if path.parent.name != "messages")
    assert [code for code in MESSAGES if f'"{code}"' not in text] == []


def test_a_finding_is_printed_with_its_place_and_its_advice() -> None:
    finding = Finding(Position("a.yaml", 3, 4), "key-twice", key="'a'", first="a.yaml:1:1")
    assert str(finding) == (
        "a.yaml:3:4: the key 'a' is already at a.yaml:1:1; the keys of a mapping must"
        " differ when written as text\n    Remove one of the two, or merge their values."
    )


def test_a_code_without_a_message_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="there is no message for the code 'no-such-code'"):
        Finding("a.yaml", "no-such-code")
    with pytest.raises(ValueError, match="there is no message for the code 'no-such-code'"):
        Finding("a.yaml", "restore").advised("no-such-code")


def test_advice_can_be_that_of_another_code() -> None:
    finding = Finding("released.yaml", "released-empty-paths")
    assert finding.cure == ""
    assert finding.advised("restore").cure.startswith("Restore the file")


def test_findings_that_say_the_same_are_one_and_stand_in_the_order_of_their_places() -> None:
    first, second = Position("a.yaml", 9), Position("a.yaml", 10)
    found = [Finding(place, "character-none", char=0xFFFF) for place in (second, first, second)]
    assert [each.where for each in GeneratorError(found).findings] == [first, second]


def test_paths_within_a_finding_can_be_rewritten() -> None:
    inner = Phrase("conflict-inside", {"place": Position("/copy/a.yaml", 2)})
    finding = Finding(Position("/copy/a.yaml"), "conflict", inside=inner, places=["/copy/b.yaml"])
    moved = finding.rewritten(lambda text: text.replace("/copy", "specs"))
    assert moved.where == Position("specs/a.yaml")
    assert moved.values["inside"] == Phrase(
        "conflict-inside", {"place": Position("specs/a.yaml", 2)}
    )
    assert moved.values["places"] == ["specs/b.yaml"]


def test_a_finding_within_a_finding_stays_one_when_paths_are_rewritten() -> None:
    inner = Finding("/copy/a.yaml", "path-dots", path="/a/./b", found=".")
    outer = Finding(Position("/copy/a.yaml"), "unused-stays", finding=inner)
    moved = outer.rewritten(lambda text: text.replace("/copy", "specs"))
    assert str(moved) == str(outer).replace("/copy", "specs")


def test_what_a_document_says_is_shortened_and_harmless_in_a_message() -> None:
    finding = Finding("a.yaml", "path-dots", path="/\x1b[31m" + "a" * 200, found=".")
    assert "\x1b" not in str(finding)
    assert "aaa... with the segment '.'" in str(finding)
