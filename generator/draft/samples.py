"""Derives types from examples, and the schema of a body from its description."""

from __future__ import annotations

import json
import re

from generator.document import Map, Node, Seq
from generator.merge.proposed_overlays import Action
from generator.names import snake_case

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
    told = json_in(description[:_LONGEST])
    if told is not None:
        return schema_of(told), "the JSON in its description"
    match = _ARRAY.search(description[:_LONGEST])
    if match:
        items: Action = {"type": "array", "items": {"type": "string"}}
        name = snake_case(match["name"])
        return {"type": "object", "properties": {name: items}}, "its description"
    return {"type": "object"}, ""


def json_in(text: str) -> object:
    """Return the first JSON object in a text, or None."""
    decoder = json.JSONDecoder()
    for start in [match.start() for match in re.finditer(r"\{\s*+[\"}]", text)][:20]:
        try:
            found, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    return None
