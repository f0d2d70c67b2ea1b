"""Gives each operation its Python name: that of the last release, wherever there was one."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator

from generator.document import Map, operations
from generator.findings import Finding, GeneratorError
from generator.jsonpath import jsonpath

from .former_names import FORMER, by_identity, names_before, record
from .spelling import (
    METHODS,
    PREFIX,
    RESOURCES,
    canonical_path,
    path_segments,
    shortened,
    snake_case,
    words,
)


def assign(
    spec: Map, released: Map | None = None, prefix: Collection[str] = PREFIX
) -> list[Finding]:
    """Write its resource and its method on every operation, as `x-resource` and `x-method`.

    An overlay's word wins, then the released spec's, then what follows from path and operation id.
    A released name that gives way to another is written down as `x-former-names`. `prefix` are the
    segments that paths may start with and that name no resource.

    Returns:
        Notes on new operations that were about to be called like a released one.

    Raises:
        GeneratorError: Former names were written by hand, or the released spec makes no sense.
    """
    if findings := list(_written_by_hand(spec)):
        raise GeneratorError(findings)
    known = by_identity(released)
    newcomers: list[tuple[str, str, Map]] = []
    for path, method, operation in operations(spec):
        before = known.get((canonical_path(path), method))
        if before is None and "x-method" not in operation:
            newcomers.append((path, method, operation))
        for key, name in (
            ("x-resource", _resource(path, prefix)),
            ("x-method", _method(path, method, operation, prefix)),
        ):
            if key not in operation:
                earlier = before.text(key) if before else ""
                operation.put(key, earlier or name, operation.position)
    if released is None:
        return []
    notes = list(_give_way(spec, newcomers, _owners(spec, released)))
    record(spec, released)
    return notes


def _resource(path: str, prefix: Collection[str]) -> str:
    literal = [segment for segment in path_segments(path, prefix) if "{" not in segment]
    return snake_case(shortened(literal[0] if literal else "root"), RESOURCES)


def _method(path: str, method: str, operation: Map, prefix: Collection[str]) -> str:
    operation_id = operation.text("operationId")
    name = re.sub(r"^[A-Z][A-Za-z0-9]*_(?=\w)", "", operation_id)
    if not words(name):
        query = path.partition("?")[2]
        name = " ".join((method, *path_segments(path, prefix), query))
    return snake_case(shortened(name), METHODS)


def _owners(spec: Map, released: Map) -> dict[tuple[str, str], str]:
    """Return the names that released operations have, or had and may still be called by."""
    known = by_identity(released)
    owners: dict[tuple[str, str], str] = {}
    for path, method, operation in operations(spec):
        before = known.get((canonical_path(path), method))
        if before is None:
            continue
        names = [(operation.text("x-resource"), operation.text("x-method"))]
        former = names_before(operation, before, released)
        for resource, name in [*names, *((item.resource, item.method) for item in former)]:
            owners.setdefault((resource, name.rstrip("_")), f"{method.upper()} {path}")
    return owners


def _give_way(
    spec: Map, newcomers: list[tuple[str, str, Map]], owners: dict[tuple[str, str], str]
) -> Iterator[Finding]:
    """Call new operations by method and whole path where their names are those of released ones."""
    for path, method, operation in newcomers:
        resource, name = operation.text("x-resource"), operation.text("x-method")
        owner = owners.get((resource, name.rstrip("_")))
        if owner is None:
            continue
        own = snake_case(shortened(f"{method} {path}"), METHODS)
        operation.put("x-method", own, operation.position)
        yield Finding(
            operation.position,
            "name-gives-way",
            operation=f"{method.upper()} {path}",
            name=f"{resource}.{own}",
            wanted=f"{resource}.{name}",
            owner=owner,
            target=json.dumps(jsonpath(spec, ("paths", path, method)), ensure_ascii=False),
            method=own,
        )


def _written_by_hand(spec: Map) -> Iterator[Finding]:
    for path, method, operation in operations(spec):
        if FORMER not in operation:
            continue
        yield Finding(
            operation.position_of(FORMER),
            "former-names-by-hand",
            key=FORMER,
            operation=f"{method.upper()} {path}",
            target=json.dumps(jsonpath(spec, ("paths", path, method, FORMER)), ensure_ascii=False),
        )
