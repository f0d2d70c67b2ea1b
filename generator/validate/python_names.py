"""Checks that operations and resources get Python names of their own."""

from __future__ import annotations

from collections.abc import Iterator

from generator.client import PAGINATION, iterator_name
from generator.findings import Finding
from generator.names import LONGEST, METHODS, RESOURCES, module_key, snake_case

from .spec import Operation, Spec


def check(spec: Spec) -> Iterator[Finding]:
    """Yield findings about names that are not valid in Python, or used twice."""
    for operation in spec.operations:
        yield from _valid(spec, operation, "x-resource", RESOURCES)
        yield from _valid(spec, operation, "x-method", METHODS)
    yield from _methods(spec)
    yield from _resources(spec)


def _valid(
    spec: Spec, operation: Operation, key: str, reserved: frozenset[str]
) -> Iterator[Finding]:
    name = operation.node.get(key)
    if not isinstance(name, str):
        return
    proper = snake_case(name, reserved)
    if name != proper or len(name) > LONGEST:
        proper = snake_case(proper[: LONGEST - 1], reserved)
        yield spec.finding(
            "python-name",
            (*operation.at, key),
            target=operation.at,
            key=key,
            operation=operation,
            most=LONGEST,
            found=name,
            proper=proper,
        )


def _methods(spec: Spec) -> Iterator[Finding]:
    seen: dict[tuple[str, str], tuple[Operation, int]] = {}
    for operation in spec.operations:
        resource, method = operation.node.text("x-resource"), operation.node.text("x-method")
        if not resource or not method:
            continue
        names = [method, *([iterator_name(operation.node)] if PAGINATION in operation.node else [])]
        for index, name in enumerate(names):
            own = operation, index
            other, _ = first = seen.setdefault((resource, name.rstrip("_")), own)
            if first is not own:
                place = spec.position((*other.at, "operationId"))
                yield spec.finding(
                    "method-taken",
                    operation.at,
                    operation=operation,
                    method=name,
                    resource=resource,
                    other=other,
                    place=place,
                )


def _resources(spec: Spec) -> Iterator[Finding]:
    seen: dict[str, Operation] = {}
    for operation in spec.operations:
        name = operation.node.text("x-resource")
        other = seen.setdefault(module_key(name), operation)
        first = other.node.text("x-resource")
        if name != first:
            yield spec.finding(
                "resources-alike",
                operation.at,
                found=name,
                operation=operation,
                first=first,
                other=other,
                place=spec.position(other.at),
            )
