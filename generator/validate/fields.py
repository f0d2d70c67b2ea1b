"""Checks that the properties of a schema get Python names of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.document import Map
from generator.findings import Finding
from generator.names import FIELDS, snake_case

from .spec import Object, Spec


class _Property(NamedTuple):
    """A property that an object has."""

    wire: str
    table: Map
    """The `properties` in which it stands."""
    part: int
    """The member of `allOf` that it comes from; -1 if it is the object's own."""


def check(spec: Spec) -> Iterator[Finding]:
    """Properties of one object, those of its `allOf` included, whose Python names are equal."""
    names: dict[str, str] = {}
    for item in spec.objects:
        if item.kind != "schema" or not {"properties", "allOf"} & item.node.keys():
            continue
        seen: dict[str, _Property] = {}
        for here in _properties(spec, item.node):
            if here.wire not in names:
                names[here.wire] = snake_case(here.wire, FIELDS)
            other = seen.setdefault(names[here.wire], here)
            # What collides within one part of an `allOf` is found in that part.
            if other.wire != here.wire and (here.part != other.part or here.part < 0):
                yield _collision(spec, item, here, other)


def _properties(spec: Spec, node: Map) -> Iterator[_Property]:
    followed: set[str] = set()
    own = node.map("properties")
    yield from (_Property(wire, own, -1) for wire in own)
    for part, member in enumerate(node.seq("allOf").maps()):
        pending = [member]
        while pending:
            schema = pending.pop()
            ref = schema.text("$ref")
            target = spec.target(ref) if ref and ref not in followed else None
            followed.add(ref)
            if isinstance(target, Map):
                pending.append(target)
            if not ref:
                table = schema.map("properties")
                yield from (_Property(wire, table, part) for wire in table)
                pending += schema.seq("allOf").maps()


def _collision(spec: Spec, item: Object, here: _Property, other: _Property) -> Finding:
    if other.part < 0 <= here.part:
        here, other = other, here
    at = item.at if here.part >= 0 else (*item.at, "properties", here.wire)
    return spec.finding(
        "properties-alike",
        at,
        owner=spec.describe(item.at),
        name=here.wire,
        other=other.wire,
        place=other.table.position_of(other.wire),
        python=snake_case(here.wire, FIELDS),
    )
