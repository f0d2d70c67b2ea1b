"""Checks that operations, resources, arguments and classes get Python names of their own."""

from __future__ import annotations

from collections.abc import Iterator

from generator.names import (
    LONGEST,
    METHODS,
    PLACES,
    RESOURCES,
    argument_names,
    class_name,
    module_key,
    snake_case,
)

from .paths import templates
from .spec import Keys, Operation, Parameter, Problem, Spec, quoted, shown


def check(spec: Spec) -> Iterator[Problem]:
    """Names that are none in Python, and names that two things would share."""
    for operation in spec.operations:
        yield from _valid(spec, operation, "x-resource", RESOURCES)
        yield from _valid(spec, operation, "x-method", METHODS)
        yield from _arguments(spec, operation)
    yield from _methods(spec)
    yield from _resources(spec)
    yield from _classes(spec)


def _valid(
    spec: Spec, operation: Operation, key: str, reserved: frozenset[str]
) -> Iterator[Problem]:
    name = operation.node.get(key)
    if not isinstance(name, str):
        return
    proper = snake_case(name, reserved)
    if name != proper or len(name) > LONGEST:
        proper = snake_case(proper[: LONGEST - 1], reserved)
        yield Problem(
            (*operation.at, key),
            f"expected {key} of {operation} to be a lower-case Python name that is not reserved,"
            f" of at most {LONGEST} characters, found {quoted(name)}",
            spec.cure(operation.at, f"update: {{{key}: {proper}}}"),
        )


def _methods(spec: Spec) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Operation] = {}
    for operation in spec.operations:
        resource, method = operation.node.text("x-resource"), operation.node.text("x-method")
        if not resource or not method:
            continue
        other = seen.setdefault((resource, method.rstrip("_")), operation)
        if other is not operation:
            place = spec.position((*other.at, "operationId"))
            yield Problem(
                operation.at,
                f"expected a method name of its own for {operation}, found {quoted(method)} in the"
                f" resource {quoted(resource)}, which {other} at {place} has too",
                spec.cure(operation.at, "update: {x-method: another_name}"),
            )


def _resources(spec: Spec) -> Iterator[Problem]:
    seen: dict[str, Operation] = {}
    for operation in spec.operations:
        name = operation.node.text("x-resource")
        other = seen.setdefault(module_key(name), operation)
        first = other.node.text("x-resource")
        if name != first:
            yield Problem(
                operation.at,
                f"expected resources that differ in more than underscores, found {quoted(name)} of"
                f" {operation} and {quoted(first)} of {other} at {spec.position(other.at)}",
                spec.cure(operation.at, f"update: {{x-resource: {shown(first)}}}"),
            )


def _arguments(spec: Spec, operation: Operation) -> Iterator[Problem]:
    order = templates(operation.path)
    parameters = [item for item in operation.parameters if item.name and item.place in PLACES]
    parameters.sort(key=lambda item: (PLACES.index(item.place), _rank(order, item)))
    names = argument_names([(item.place, item.name) for item in parameters])
    seen: dict[str, Parameter] = {}
    for name, item in zip(names, parameters, strict=True):
        other = seen.setdefault(name, item)
        if other is item or (item.place, item.name) == (other.place, other.name):
            continue
        yield Problem(
            item.at,
            f"expected parameters of {operation} whose names differ in Python, found the"
            f" {item.place} parameter {quoted(item.name)} and the {other.place} parameter"
            f" {quoted(other.name)} at {spec.position(other.at)}, both {quoted(name)}",
            spec.remove(item.at, "Leave one of them out, by an overlay:"),
        )


def _rank(order: list[str], item: Parameter) -> int:
    return order.index(item.name) if item.place == "path" and item.name in order else 0


def _classes(spec: Spec) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name in spec.root.map("components").map("schemas"):
        other = seen.setdefault(module_key(class_name(name)), name)
        if other != name:
            at: Keys = ("components", "schemas", name)
            yield Problem(
                at,
                f"expected schemas whose names differ in Python, found {quoted(name)} and"
                f" {quoted(other)} at {spec.position((*at[:-1], other))}, both"
                f" {quoted(class_name(name))} but for case",
                "Rename one of them by an overlay for its source document: add it under another"
                " name, point the references there and remove the old one.",
            )
