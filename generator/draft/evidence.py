"""The types of names where documents specify them: the best evidence for where they don't."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.document import Map, Node, plain
from generator.merge.occurrences import refs_in, text_of
from generator.merge.proposed_overlays import Action
from generator.validate.spec import Spec, identity

_TYPE = (
    *("$ref", "type", "format", "items"),
    *("anyOf", "oneOf", "allOf", "contentEncoding", "contentMediaType"),
)
"""The keywords that are taken over. Values, bounds and defaults may be specific to a place."""

_MEANT = ("$ref", "type", "enum", "const", "anyOf", "oneOf", "allOf", "not")
"""A schema that restricts its values has one of these fields."""


class Guess(NamedTuple):
    """What a parameter suggests about its type."""

    rank: int
    """How good the reason is; the lowest is the best."""
    value: Action
    why: str


@dataclass(slots=True)
class _Use:
    parameter: Action
    """Schema, style and explode."""
    places: list[str] = field(default_factory=list)


class Evidence:
    """The parameters of a spec by place and name: the types of typed ones, and the others."""

    def __init__(self, spec: Spec) -> None:
        self._uses: dict[tuple[str, str], dict[str, _Use]] = {}
        self._untyped: dict[tuple[str, str], list[tuple[Map, str]]] = {}
        self._best: dict[tuple[str, str], tuple[Guess, str] | None] = {}
        for operation in spec.operations:
            for parameter in operation.parameters:
                typed = _typed(parameter.node)
                place, name = identity(parameter)
                if not typed:
                    found = self._untyped.setdefault((place, name.lower()), [])
                    found.append((parameter.node, str(operation)))
                elif not any(spec.target(ref) is None for ref in refs_in(text_of(typed))):
                    uses = self._uses.setdefault((place, name.lower()), {})
                    use = uses.setdefault(text_of(typed), _Use(typed))
                    use.places.append(str(operation))

    def best_guess(
        self, place: str, name: str, guess: Callable[[Map], Guess]
    ) -> tuple[Guess, str] | None:
        """Return the best guess for the parameters of this place and name without a type.

        Args:
            place: Their place.
            name: Their name.
            guess: Returns what one of them suggests by itself. It is called once for each.

        Returns:
            The guess, and the operation of the parameter that suggests it; None without any.
        """
        key = place, name.lower()
        if key not in self._best:
            guesses = [(guess(node), operation) for node, operation in self._untyped.get(key, ())]
            self._best[key] = min(guesses, key=lambda found: found[0].rank, default=None)
        return self._best[key]

    def of(self, place: str, name: str) -> tuple[Action, str] | None:
        """Return the most frequent type of a parameter elsewhere, and where it is used."""
        uses = self._uses.get((place, name.lower()))
        if not uses:
            return None
        best = max(uses.values(), key=lambda use: len(use.places))
        against = sum(len(use.places) for use in uses.values()) - len(best.places)
        if against > len(best.places):
            return None
        more = len(best.places) - 1
        others = f" and {more} more place{'s' if more > 1 else ''}" if more else ""
        doubt = f", though not in {against} other{'s' if against > 1 else ''}" if against else ""
        return best.parameter, f"it has this type in {best.places[0]}{others}{doubt}"


def _typed(parameter: Map) -> Action:
    schema = parameter.get("schema")
    if not isinstance(schema, Map) or not any(key in schema for key in _MEANT):
        return {}
    if schema.get("type") == "array" and "items" not in schema:
        return {}
    typed: Action = {"schema": {key: _carried(schema[key]) for key in _TYPE if key in schema}}
    for key in ("style", "explode"):
        if key in parameter:
            typed[key] = parameter[key]
    return typed if typed["schema"] else {}


def _carried(node: Node) -> object:
    if isinstance(node, Map):
        return {key: _carried(value) for key, value in node.items() if key in _TYPE}
    return [_carried(item) for item in node] if isinstance(node, list) else plain(node)
