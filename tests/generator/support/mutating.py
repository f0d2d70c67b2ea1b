"""Changes specs at random, each time in one of the ways in which documents change."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from generator.document import METHODS

Data: TypeAlias = dict[str, Any]
Mutation: TypeAlias = Callable[[random.Random, Data], bool]
"""Changes a spec in place; False if it found nothing to change."""

MUTATIONS: dict[str, Mutation] = {}


def mutation(function: Mutation) -> Mutation:
    """Add a function to the mutations."""
    MUTATIONS[function.__name__] = function
    return function


def operations(spec: Data) -> list[tuple[str, str, Data]]:
    """Path, method and operation."""
    return [
        (path, method, item[method])
        for path, item in spec["paths"].items()
        for method in METHODS
        if method in item
    ]


def an_operation(chance: random.Random, spec: Data) -> Data:
    return chance.choice(operations(spec))[2]


def parameters(spec: Data) -> list[tuple[Data, int]]:
    """Operations with the index of a parameter that is no path parameter."""
    return [
        (operation, index)
        for _, _, operation in operations(spec)
        for index, item in enumerate(operation.get("parameters", ()))
        if item.get("in") != "path" and "$ref" not in item
    ]


def schemas_of(spec: Data) -> dict[str, Data]:
    found: dict[str, Data] = spec.setdefault("components", {}).setdefault("schemas", {})
    return found


def slots(spec: Data) -> list[tuple[Data, str]]:
    """Every place that holds a schema: a holder and its key."""
    found: list[tuple[Data, str]] = []
    for _, _, operation in operations(spec):
        found += [
            (item, "schema")
            for item in operation.get("parameters", ())
            if "schema" in item and item["in"] != "path"
        ]
        for holder in (operation.get("requestBody", {}), *operation.get("responses", {}).values()):
            media = holder.get("content", {}).values()
            found += [(item, "schema") for item in media if "schema" in item]
    found += [(schemas_of(spec), name) for name in schemas_of(spec)]
    shared = spec["components"]
    for kind in ("parameters", "headers"):
        found += [(item, "schema") for item in shared.get(kind, {}).values() if "schema" in item]
    for kind in ("requestBodies", "responses"):
        for holder in shared.get(kind, {}).values():
            media = holder.get("content", {}).values()
            found += [(item, "schema") for item in media if "schema" in item]
    for holder, key in list(found):
        found += _inner(holder[key])
    return found


def _inner(schema: Any) -> Iterator[tuple[Data, str]]:
    if not isinstance(schema, dict):
        return
    for name in schema.get("properties", {}):
        yield schema["properties"], name
        yield from _inner(schema["properties"][name])
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield schema, key
            yield from _inner(schema[key])
    for key in ("oneOf", "anyOf", "allOf"):
        for option in schema.get(key, ()):
            yield from _inner(option)


def objects(spec: Data) -> list[Data]:
    """Every schema that has properties."""
    return [
        holder[key]
        for holder, key in slots(spec)
        if isinstance(holder[key], dict) and holder[key].get("properties")
    ]


def plain_slots(spec: Data, *kinds: str) -> list[tuple[Data, str]]:
    return [
        (holder, key)
        for holder, key in slots(spec)
        if isinstance(holder[key], dict)
        and (not kinds or holder[key].get("type") in kinds)
        and "$ref" not in holder[key]
    ]


def a_schema(chance: random.Random, spec: Data) -> Data:
    """Some schema or other."""
    choices: list[Data] = [
        {"type": "string"},
        {"type": "integer"},
        {"type": "number"},
        {"type": "boolean"},
        {"type": "string", "format": "date"},
        {"type": "string", "format": "date-time"},
        {"type": "string", "enum": ["red", "green"]},
        {"type": "array", "items": {"type": "string"}},
        {"type": "array", "items": {"type": "number"}},
        {"type": "object", "additionalProperties": {"type": "integer"}},
        {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        {"type": "object", "properties": {"inner": {"type": "string"}}},
        {},
    ]
    choices += [{"$ref": f"#/components/schemas/{name}"} for name in schemas_of(spec)]
    return copy.deepcopy(chance.choice(choices))


def pick(chance: random.Random, items: list[Any]) -> Any:
    return chance.choice(items) if items else None
