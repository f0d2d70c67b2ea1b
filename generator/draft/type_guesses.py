"""Guesses types: from the same names elsewhere, from examples, and from names and descriptions."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import NamedTuple, TypeAlias

from generator.document import Map, Node, Seq, placed, plain
from generator.merge.occurrences import text_of
from generator.merge.proposed_overlays import Action
from generator.names import snake_case
from generator.references import references_in, target
from generator.validate.spec import Spec

from .vocabulary import is_list, type_of

TYPE = (
    *("$ref", "type", "format", "items"),
    *("anyOf", "oneOf", "allOf", "contentEncoding", "contentMediaType"),
)
"""The keywords that are taken over. Values, bounds and defaults may be specific to a place."""

_MEANT = ("$ref", "type", "enum", "const", "anyOf", "oneOf", "allOf", "not")
"""A schema that restricts its values has one of these fields."""


_Key: TypeAlias = tuple[str, str]
"""Where a parameter is in a request, and its name in lower case."""


class _Guess(NamedTuple):
    """What a parameter suggests about its type."""

    rank: int
    """How good the reason is; the lowest is the best."""
    value: Action
    why: str


class Evidence:
    """The parameters of a spec by place and name: the types of typed ones, and the others."""

    def __init__(self, spec: Spec) -> None:
        self._best: dict[_Key, tuple[_Guess, str]] = {}
        self._uses: dict[_Key, dict[str, list[tuple[Action, str]]]] = defaultdict(dict)
        for operation in spec.operations:
            for parameter in operation.parameters:
                fields, node = _typed(parameter.node), parameter.node
                place, name = parameter.identity
                key = place, name.lower()
                if not fields:
                    guess = _guess(node)
                    if key not in self._best or guess.rank < self._best[key][0].rank:
                        self._best[key] = guess, str(operation)
                elif is_whole(spec, placed(fields, node.position)):
                    self._uses[key].setdefault(text_of(fields), []).append((fields, str(operation)))

    def typed(self, parameter: Map) -> tuple[Action, str]:
        """Return the fields that give a parameter a type, and what type that is, with the reason.

        What documents specify comes first. Else all that is untyped under this name has one type:
        that which any of them gives the best reason for.
        """
        key = parameter.text("in"), parameter.text("name").lower()
        value, why = self._used(key) or self._guessed(key, parameter)
        return value, f"{in_words(value['schema'])}, as {why}"

    def _guessed(self, key: _Key, parameter: Map) -> tuple[Action, str]:
        own, best = _guess(parameter), self._best.get(key)
        if best is None or own.rank <= best[0].rank:
            return own.value, own.why
        guess, operation = best
        return guess.value, f"{guess.why} in {operation}"

    def _used(self, key: _Key) -> tuple[Action, str] | None:
        """Return the most frequent type of a parameter elsewhere, and where it is used."""
        uses = self._uses[key].values()
        best = max(uses, key=len, default=[])
        against = sum(map(len, uses)) - len(best)
        if not best or against > len(best):
            return None
        more = len(best) - 1
        others = f" and {more} more place{'s' if more > 1 else ''}" if more else ""
        doubt = f", though not in {against} other{'s' if against > 1 else ''}" if against else ""
        fields, place = best[0]
        return fields, f"it has this type in {place}{others}{doubt}"


def is_whole(spec: Spec, node: Node) -> bool:
    """Return whether all that a node refers to is there."""
    return all(target(spec.root, ref) is not None for ref in references_in(node))


def _typed(parameter: Map) -> Action:
    schema = parameter.map("schema")
    is_open = schema.get("type") == "array" and "items" not in schema
    if is_open or schema.keys().isdisjoint(_MEANT):
        return {}
    typed = {key: _carried(schema[key]) for key in TYPE if key in schema}
    how = {key: parameter[key] for key in ("style", "explode") if key in parameter}
    return {"schema": typed, **how} if typed else {}


def _carried(node: Node) -> object:
    if isinstance(node, Map):
        return {key: _carried(value) for key, value in node.items() if key in TYPE}
    return [_carried(item) for item in node] if isinstance(node, list) else plain(node)


_KINDS: dict[type, str] = {bool: "boolean", int: "integer", float: "number", str: "string"}
_DEEPEST = 8
_LONGEST = 20_000
_ARRAY = re.compile(
    r"\b(?:[Aa]rray|[Ll]ist)s? of (?P<name>[A-Za-z][A-Za-z-]*+(?: [A-Za-z][A-Za-z-]*+){0,3}?)"
    r"(?= (?:to|for|that|in|which|with|from|whose|you)\b|[.,;:)\n]|$)"
)


def schema_of(example: object, depth: int = 0) -> Action:
    """Return the schema of an example."""
    if isinstance(example, dict) and depth < _DEEPEST:
        properties = {str(key): schema_of(value, depth + 1) for key, value in example.items()}
        return {"type": "object", **({"properties": properties} if properties else {})}
    if isinstance(example, list) and depth < _DEEPEST:
        items = [schema_of(item, depth + 1) for item in example]
        alike = all(item == items[0] for item in items)
        return {"type": "array", **({"items": items[0]} if items and alike else {})}
    kind = _KINDS.get(type(example))
    return {"type": kind} if kind else {}


def body_of(description: str, examples: list[Node]) -> tuple[Action, str]:
    """Return a schema for an undefined body, and its source."""
    for example in examples:
        if isinstance(example, Map | Seq):
            return schema_of(example), "its example"
    if told := json_in(description[:_LONGEST]):
        return schema_of(told), "the JSON in its description"
    if match := _ARRAY.search(description[:_LONGEST]):
        items: Action = {"type": "array", "items": {"type": "string"}}
        name = snake_case(match["name"])
        return {"type": "object", "properties": {name: items}}, "its description"
    return {"type": "object"}, ""


def json_in(text: str) -> object:
    """Return the first JSON object in a text that has members, or None."""
    for match in islice(re.finditer(r"\{\s*+[\"}]", text), 20):
        with suppress(ValueError, RecursionError):
            found, _ = json.JSONDecoder().raw_decode(text, match.start())
            if found:
                return found
    return None


_NAMES = {"string": "text", "boolean": "true or false"}
_EXAMPLE, _LIST, _DESCRIPTION, _NAME, _NOTHING = range(5)
"""How good the reason for a guess is, the best first."""
_HINTS = ("default", "example", "x-example")


def _guess(parameter: Map) -> _Guess:
    """The type that a parameter suggests by itself."""
    place, name = parameter.text("in"), parameter.text("name")
    text = parameter.text("description")
    for key, value in examples_of(parameter):
        schema = schema_of(plain(value))
        if schema.get("type") in ("integer", "number", "boolean", "array"):
            return _Guess(_EXAMPLE, _written(schema, place), f"that is what its {key} is")
    several = is_list(name, text)
    if several and place != "cookie":
        singular = name[:-1] if name.lower().endswith("s") else name
        items = (type_of(singular, "") or ({"type": "string"}, ""))[0]
        # Lists of true and false are not used.
        if "anyOf" in items or items.get("type") == "boolean":
            items = {"type": "string"}
        return _Guess(_LIST, _written({"type": "array", "items": items}, place), several)
    found, by_name = type_of(name, text), type_of(name, "")
    if found is None:
        return _Guess(_NOTHING, {"schema": {"type": "string"}}, "nothing suggests another type")
    rank = _NAME if by_name and by_name[0] == found[0] else _DESCRIPTION
    return _Guess(rank, {"schema": found[0]}, found[1])


def in_words(schema: object) -> str:
    """Return a short description of a schema."""
    if not isinstance(schema, dict):
        return "anything"
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    options = schema.get("anyOf") or schema.get("oneOf")
    if isinstance(options, list):
        return " or ".join(dict.fromkeys(in_words(option) for option in options))
    kind = schema.get("type")
    if kind == "array":
        return f"list of {in_words(schema.get('items'))}"
    kinds = kind if isinstance(kind, list) else [kind]
    names = [_NAMES.get(str(item), str(item)) for item in kinds if item]
    return str(schema.get("format") or " or ".join(names) or "anything")


def _written(schema: Action, place: str) -> Action:
    """Return a schema, for a list in the query with the separation of its values by commas."""
    if schema.get("type") != "array":
        return {"schema": schema}
    schema.setdefault("items", {"type": "string"})
    how: Action = {"style": "form", "explode": False} if place == "query" else {}
    return {"schema": schema, **how}


def examples_of(parameter: Map) -> Iterator[tuple[str, Node]]:
    """Yield the examples that a parameter or a media type gives, with what they are."""
    schema = parameter.map("schema")
    for holder in (schema, parameter):
        for key in _HINTS:
            if key in holder:
                yield key.removeprefix("x-"), holder[key]
        listed = holder.get("examples")
        if isinstance(listed, Seq) and listed:
            yield "example", listed[0]
        elif isinstance(listed, Map):
            yield from (("example", item["value"]) for _, item in listed.maps() if "value" in item)
