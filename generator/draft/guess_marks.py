"""The mark of a guess: an overlay action that a person has not confirmed yet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.amend import Overlay, read_overlays
from generator.document import METHODS, Map, Position, plain
from generator.load import source_names
from generator.phrases import printable

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
    overlays = read_overlays(specs / "overlays", source_names(specs / "sources"))
    return list(marked(overlays))


def marked(overlays: Iterable[Overlay]) -> Iterator[Guess]:
    """Return the guesses among the actions of overlays."""
    for overlay in overlays:
        for action in overlay.actions:
            if action.node.get(GUESS) is True:
                yield Guess(
                    action.position,
                    overlay.name,
                    action.index,
                    action.target.text,
                    action.node.map(RETIRED).text("because") or action.reason,
                    _effect(action.target.text, action.node),
                )


def _effect(target: str, node: Map) -> str:
    retired = node.map(RETIRED)
    if retired:
        return f"retired: {_effect(target, retired)}"
    if node.get("remove") is True:
        text = "remove"
    else:
        text = f"copy of {node['copy']}" if "copy" in node else _brief(plain(node.get("update")))
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
