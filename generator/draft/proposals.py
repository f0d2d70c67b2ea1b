"""Guesses: overlay actions, each with its reason, that a person has not confirmed yet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from generator.amend import Overlay, read_overlays
from generator.document import METHODS, Map, Position, plain, value_at
from generator.findings import Keys, printable
from generator.jsonpath import jsonpath
from generator.load import source_names
from generator.merge.occurrences import text_of
from generator.merge.proposed_overlays import Action

Stage: TypeAlias = Literal["written", "source", "merged"]
"""The target of an overlay: a document as written, a document upgraded, or the merged spec."""

Step: TypeAlias = Action
"""One overlay action that is a guess, as it is written in an overlay."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The steps that resolve one problem, and its source document."""

    document: str
    """Its file name; empty if no document contains the place."""
    steps: tuple[Step, ...]
    stage: Stage = "merged"


def step(target: str, effect: Action, reason: str) -> Step:
    """Return a guess from its target, its `update`, `remove` or `copy`, and the reason for it."""
    return {"description": reason, GUESS: True, "target": target, **effect}


def key_of(action: Mapping[str, object]) -> str:
    """Return a key that is equal for two actions with the same effect."""
    return text_of([action["target"], {key: action[key] for key in EFFECTS if key in action}])


def update(root: Map, at: Keys, value: Mapping[str, object], reason: str) -> Step:
    """Merge fields into the object at a place."""
    return step(jsonpath(root, at), {"update": dict(value)}, reason)


def remove(root: Map, at: Keys, reason: str) -> Step:
    """Remove the node at a place."""
    return step(jsonpath(root, at), {"remove": True}, reason)


def declare(kind: str, name: str, value: object, reason: str) -> Step:
    """Add a component."""
    return step("$", {"update": {"components": {kind: {name: value}}}}, reason)


def node_at(root: Map, at: Sequence[str | int]) -> Map:
    """Return the object at a place, or an empty one."""
    with suppress(KeyError):
        if isinstance(node := value_at(root, at), Map):
            return node
    return Map(position=root.position)


def bare(node: Map) -> Action:
    """Return the plain data of an object, without the generator's own notes."""
    return {key: plain(value) for key, value in node.items() if key != "x-source"}


GUESS = "x-guess"
"""The key of an overlay action that marks a guess: `x-guess: true`. A person confirms the guess by
removing that line, or corrects the action and removes it. An action that is kept with an empty
`update` tells the generator not to guess: it proposes nothing for the target again."""

RETIRED = "x-retired"
"""The key under which the effect of an action stands that documents have overtaken, and why."""

EFFECTS = ("update", "remove", "copy")
"""The fields of an action that say what it does to its target."""

_LONGEST = 160
_SINGLE = re.compile(r"\$\.paths\['((?:[^'\\]|\\.)*)'\](?:\.(\w+))?")
_NAMED = re.compile(r"\$\.components\.(\w+)(?:\.([\w-]+))?")
_PARAMETER = re.compile(r"\.parameters\[\?@\.name=='((?:[^'\\]|\\.)*)'")
_LITERAL = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")


@dataclass(frozen=True, slots=True)
class Guess:
    """An overlay action that is only a guess."""

    where: Position
    overlay: str
    """The file name of the overlay."""
    action: int
    """The index of the action in its overlay, from 0."""
    target: str
    reason: str
    effect: str = ""
    """The effect of the action on its target, on one line."""

    @property
    def operation(self) -> str:
        """The operation, path or component that contains the target; empty for the whole spec."""
        if match := _SINGLE.match(self.target):
            path = _LITERAL.sub(_character, match[1])
            verb = match[2] if match[2] in METHODS else ""
            return printable(f"{verb.upper()} {path}".strip())
        match = _NAMED.match(self.target)
        return "/".join(part for part in match.groups() if part) if match else ""


def guesses(specs: Path) -> list[Guess]:
    """Return the unconfirmed guesses in the overlays of a specs folder.

    Raises:
        GeneratorError: An overlay cannot be read.
    """
    return list(marked(read_overlays(specs / "overlays", source_names(specs / "sources"))))


def marked(overlays: Iterable[Overlay]) -> Iterator[Guess]:
    """Return the guesses among the actions of overlays."""
    for overlay in overlays:
        for action in overlay.actions:
            if action.node.get(GUESS) is True:
                node, target = action.node, action.target.text
                reason = node.map(RETIRED).text("because") or action.reason
                where, effect = action.position, _effect(target, node)
                yield Guess(where, overlay.name, action.index, target, reason, effect)


def _effect(target: str, node: Map) -> str:
    if retired := node.map(RETIRED):
        return f"retired: {_effect(target, retired)}"
    text = f"copy of {node['copy']}" if "copy" in node else _brief(plain(node.get("update")))
    if node.get("remove") is True:
        text = "remove"
    if match := _PARAMETER.search(target):
        text = f"{_LITERAL.sub(_character, match[1])}: {text}"
    return printable(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def _brief(value: object) -> str:
    """Return a short form of a value: `schema.type: integer` for mappings of one key in another."""
    if isinstance(value, dict):
        told = {key: item for key, item in value.items() if key != "description"} or value
        parts = [_joined(key, item) for key, item in told.items()]
        return parts[0] if len(parts) == 1 else "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_brief, value)) + "]"
    return value if isinstance(value, str) else json.dumps(value)


def _joined(key: str, value: object) -> str:
    text = _brief(value)
    inner = isinstance(value, dict) and value and not text.startswith("{")
    return f"{key}.{text}" if inner else f"{key}: {text}"


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else str(match[2])
