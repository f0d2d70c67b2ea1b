"""Checks ids and Python names of operations, which must differ, and names of security schemes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.client import PAGINATION, iterator_name
from generator.findings import Finding, Keys
from generator.names import LONGEST, METHODS, RESOURCES, module_key, snake_case

from .spec import Operation, Spec


def check_ids(spec: Spec) -> Iterator[Finding]:
    """Yield findings about duplicate operation ids and undeclared security schemes."""
    yield from _operation_ids(spec)
    yield from _security(spec)


def _operation_ids(spec: Spec) -> Iterator[Finding]:
    seen: dict[str, Keys] = {}
    for operation in spec.operations:
        name = operation.node.get("operationId")
        if not isinstance(name, str):
            continue
        other = seen.setdefault(name, operation.at)
        if other != operation.at:
            yield spec.finding(
                "operation-id-taken",
                (*operation.at, "operationId"),
                target=operation.at,
                operation=operation,
                name=name,
                other=spec.describe(other),
                place=spec.position((*other, "operationId")),
            )


def _security(spec: Spec) -> Iterator[Finding]:
    schemes = spec.root.map("components").map("securitySchemes")
    for item in spec.of_kind("security requirement"):
        for name in item.node:
            if name in schemes or name.startswith("x-"):
                continue
            yield spec.finding(
                "scheme-undeclared",
                (*item.at, name),
                target=item.at,
                name=name,
                user=_user(spec, item.at),
                known=[*schemes],
            )


def _user(spec: Spec, at: Keys) -> str:
    return "the whole document" if at[:1] == ("security",) else spec.describe(at)


def check_names(spec: Spec) -> Iterator[Finding]:
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
