"""Checks ids and Python names of operations, which must differ, and names of security schemes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.client import PAGINATION, iterator_name
from generator.findings import Finding
from generator.names import LONGEST, METHODS, RESOURCES, module_key, snake_case

from .spec import Operation, Spec


def check_ids(spec: Spec) -> Iterator[Finding]:
    """Yield findings about duplicate operation ids and undeclared security schemes."""
    seen: dict[str, Operation] = {}
    for operation in spec.operations:
        if "operationId" not in operation.node:
            continue
        name = operation.node.text("operationId")
        other = seen.setdefault(name, operation)
        if other is not operation:
            code, place = "operation-id-taken", spec.position((*other.at, "operationId"))
            yield spec.about(operation, code, "operationId", name=name, other=other, place=place)
    schemes = spec.root.map("components").map("securitySchemes")
    for item in spec.of_kind("security requirement"):
        user = "the whole document" if item.at[:1] == ("security",) else spec.describe(item.at)
        for name in item.node:
            if name not in schemes and not name.startswith("x-"):
                at, known = (*item.at, name), [*schemes]
                values = {"name": name, "user": user, "known": known}
                yield spec.finding("scheme-undeclared", at, target=item.at, **values)


def check_names(spec: Spec) -> Iterator[Finding]:
    """Yield findings about names that are not valid in Python, or used twice."""
    methods: dict[tuple[str, str], Operation] = {}
    resources: dict[str, Operation] = {}
    for operation in spec.operations:
        yield from _valid(spec, operation, "x-resource", RESOURCES)
        yield from _valid(spec, operation, "x-method", METHODS)
        yield from _taken(spec, operation, methods)
        resource = operation.node.text("x-resource")
        other = resources.setdefault(module_key(resource), operation)
        first = other.node.text("x-resource")
        if resource != first:
            values = {"found": resource, "first": first, "other": other}
            place = spec.position(other.at)
            yield spec.about(operation, "resources-alike", place=place, **values)


def _valid(
    spec: Spec, operation: Operation, key: str, reserved: frozenset[str]
) -> Iterator[Finding]:
    name = operation.node.get(key)
    if not isinstance(name, str):
        return
    proper = snake_case(name, reserved)
    if name != proper or len(name) > LONGEST:
        proper = snake_case(proper[: LONGEST - 1], reserved)
        values = {"key": key, "most": LONGEST, "found": name, "proper": proper}
        yield spec.about(operation, "python-name", key, **values)


def _taken(
    spec: Spec, operation: Operation, seen: dict[tuple[str, str], Operation]
) -> Iterator[Finding]:
    node = operation.node
    resource, method = node.text("x-resource"), node.text("x-method")
    names = [method, *([iterator_name(node)] if PAGINATION in node else [])]
    for name in names if resource and method else ():
        other = seen.get((resource, name.rstrip("_")))
        if other is None:
            seen[resource, name.rstrip("_")] = operation
            continue
        place = spec.position((*other.at, "operationId"))
        values = {"method": name, "resource": resource, "other": other, "place": place}
        yield spec.about(operation, "method-taken", **values)
