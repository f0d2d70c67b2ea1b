"""Writes actions that have changed into the text of their overlay; all else stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from generator.document import Map, Node, Position, Seq, plain
from generator.findings import GeneratorError
from generator.load.syntax import parse
from generator.merge.occurrences import text_of
from generator.yaml_output import to_yaml

from .proposals import RETIRED

_ITEM = re.compile(r"( *)- +\S")


def rewritten(text: str, name: str, actions: Mapping[Position, Map]) -> str:
    """The text of an overlay file in which fields of some actions are gone and others added.

    As little as possible changes: lines go and are added, else the action is written anew, else
    the file.
    """
    roots = parse(text, "")
    changed = {(place.line, place.column): node for place, node in actions.items()}
    expected = [_with(root, changed) for root in roots]
    old = [action for root in roots for action in root.seq("actions").maps()]
    for replace in (_edit, _replace):
        lines = text.splitlines(keepends=True)
        for action in sorted(old, key=lambda each: each.position, reverse=True):
            place = action.position
            if new := changed.get((place.line, place.column)):
                replace(lines, action, new)
        edited = "".join(lines)
        if _holds(edited, expected):
            return edited
    if name.endswith(".json"):
        return json.dumps(expected[0], indent=2, ensure_ascii=False) + "\n"
    return "---\n".join(map(to_yaml, expected))


def _holds(text: str, expected: list[object]) -> bool:
    try:
        return text_of([plain(root) for root in parse(text, "")]) == text_of(expected)
    except GeneratorError:
        return False


def _with(root: Map, changed: Mapping[tuple[int, int], Map]) -> object:
    listed = root.get("actions")
    actions: Sequence[Node] = listed if isinstance(listed, Seq) else []
    new: list[object] = [
        plain(
            changed.get((action.position.line, action.position.column), action)
            if isinstance(action, Map)
            else action
        )
        for action in actions
    ]
    return {**{key: plain(value) for key, value in root.items()}, "actions": new}


def _edit(lines: list[str], old: Map, new: Map) -> None:
    """Remove the lines of fields that are gone, and add those of new ones behind all others."""
    added = {key: plain(new[key]) for key in new if key not in old or key == RETIRED}
    first, column = old.position.line - 1, old.position.column - 1
    _insert(lines, _end(lines, first, column - 1), " " * column, to_yaml(added))
    for key in sorted(_gone(old, new), reverse=True):
        del lines[key.line - 1 : _end(lines, key.line - 1, key.column - 1)]


def _gone(old: Map, new: Map) -> Iterator[Position]:
    """Where the fields begin that an action or a part of it has no longer."""
    for key, value in old.items():
        there = new.get(key)
        if key not in new or key == RETIRED:
            yield old.position_of(key)
        elif isinstance(value, Map) and isinstance(there, Map):
            yield from _gone(value, there)


def _replace(lines: list[str], old: Map, new: Map) -> None:
    """Replace the item of a list, and no more than that."""
    first = old.position.line - 1
    if match := _ITEM.match(lines[first]):
        end = _end(lines, first, len(match[1]))
        _insert(lines, end, match[1], to_yaml([plain(new)]))
        del lines[first:end]


def _end(lines: list[str], first: int, indent: int) -> int:
    """Behind the last line of what begins in a line and is indented so far."""
    end = first + 1
    for number in range(first + 1, len(lines)):
        content = lines[number].strip()
        if content and not content.startswith("#"):
            if len(lines[number]) - len(lines[number].lstrip(" ")) <= indent:
                break
            end = number + 1
    return end


def _insert(lines: list[str], at: int, indent: str, text: str) -> None:
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if not lines[at - 1].endswith("\n"):
        lines[at - 1] += newline
    new = (f"{indent}{line}" if line else "" for line in text.splitlines())
    lines[at:at] = [line + newline for line in new]
