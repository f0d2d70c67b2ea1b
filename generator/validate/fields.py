"""Checks that the properties of a schema get Python names of their own."""

from __future__ import annotations

from collections.abc import Iterator

from generator.document import Map
from generator.names import FIELDS, snake_case

from .spec import Object, Problem, Spec, quoted


def check(spec: Spec) -> Iterator[Problem]:
    """Properties of one object, those of its `allOf` included, whose Python names are equal."""
    names: dict[str, str] = {}
    for item in spec.objects:
        if item.kind != "schema" or not {"properties", "allOf"} & item.node.keys():
            continue
        seen: dict[str, tuple[str, Map]] = {}
        for wire, table in _properties(spec, item.node, ()):
            if wire not in names:
                names[wire] = snake_case(wire, FIELDS)
            other, home = seen.setdefault(names[wire], (wire, table))
            # What collides within one part of an `allOf` is found in that part.
            if other != wire and (home is not table or table is item.node.get("properties")):
                yield _collision(spec, item, (wire, table), (other, home))


def _properties(spec: Spec, node: Map, seen: tuple[str, ...]) -> Iterator[tuple[str, Map]]:
    ref = node.text("$ref")
    if ref:
        target = spec.target(ref)
        if ref not in seen and isinstance(target, Map):
            yield from _properties(spec, target, (*seen, ref))
        return
    for part in node.seq("allOf").maps():
        yield from _properties(spec, part, seen)
    properties = node.map("properties")
    for wire in properties:
        yield wire, properties


def _collision(spec: Spec, item: Object, here: tuple[str, Map], there: tuple[str, Map]) -> Problem:
    (wire, table), (other, home) = here, there
    own = table is item.node.get("properties")
    at = (*item.at, "properties", wire) if own else item.at
    return Problem(
        at,
        f"expected properties of {spec.describe(item.at)} whose names differ in Python, found"
        f" {quoted(wire)} and {quoted(other)} at {home.position_of(other)}, both"
        f" {quoted(snake_case(wire, FIELDS))}",
        spec.remove(at, "Leave one of them out, by an overlay:"),
    )
