"""Checks what is found by a name: ids, methods and resources, security schemes, references."""

from __future__ import annotations

from collections.abc import Iterator

from generator.client import PAGINATION, iterator_name
from generator.findings import Finding, Keys
from generator.grammar import OPENAPI
from generator.names import LONGEST, METHODS, RESOURCES, is_proper, module_key, name_of, snake_case
from generator.references import chain, parts_of, target

from .spec import Object, Operation, Spec

SECTIONS = {rule.strip("{}"): name for name, rule in OPENAPI["components"].items()}
"""The components that hold objects of each kind."""


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
        resource, method = name_of(operation.node)
        named = [method, *([iterator_name(operation.node)] if PAGINATION in operation.node else [])]
        for name in named if resource and method else ():
            key = resource, name.rstrip("_")
            if taken := methods.get(key):
                place = spec.position((*taken.at, "operationId"))
                values = {"method": name, "resource": resource, "other": taken, "place": place}
                yield spec.about(operation, "method-taken", **values)
            methods.setdefault(key, operation)
        other = resources.setdefault(module_key(resource), operation)
        first = other.node.text("x-resource")
        if resource != first:
            place = spec.position(other.at)
            values = {"found": resource, "first": first, "other": other, "place": place}
            yield spec.about(operation, "resources-alike", **values)


def _valid(
    spec: Spec, operation: Operation, key: str, reserved: frozenset[str]
) -> Iterator[Finding]:
    name = operation.node.get(key)
    if isinstance(name, str) and not is_proper(name, reserved):
        proper = snake_case(snake_case(name, reserved)[: LONGEST - 1], reserved)
        values = {"key": key, "most": LONGEST, "found": name, "proper": proper}
        yield spec.about(operation, "python-name", key, **values)


def check_references(spec: Spec) -> Iterator[Finding]:
    """Yield findings about dangling, external, circular and mistargeted references."""
    for item in spec.objects:
        # Path items that are references are refused as a whole where paths are checked.
        refused = item.kind == "path item" and item.at[0] == "paths"
        if "$ref" in item.node and item.kind in SECTIONS and not refused:
            yield from _checked(spec, item, item.node.text("$ref"), (*item.at, "$ref"))
        if item.kind == "discriminator":
            schema = Object("schema", item.at, item.node)
            for name, ref in item.node.map("mapping").items():
                if isinstance(ref, str) and "#" in ref:
                    yield from _checked(spec, schema, ref, (*item.at, "mapping", name))


def _checked(spec: Spec, item: Object, ref: str, at: Keys) -> Iterator[Finding]:
    found = spec.kinds.get(tuple(parts_of(ref)))
    code = _fault(spec, item, ref, found)
    if not code:
        return
    document, _, rest = ref.partition("#")
    name = str(at[-1])
    values = {"ref": ref, "document": document, "rest": f"#{rest}", "expected": item.kind}
    values["key"] = name if name.isascii() and name.strip("$").isalnum() else "..."
    values["section"] = SECTIONS[item.kind]
    yield spec.finding(code, at, target=at[:-1], found=found, **values).advised("declare-component")


def _fault(spec: Spec, item: Object, ref: str, kind: str | None) -> str:
    """Return the code of the fault of a reference to an object of a kind; empty if it is valid."""
    if not ref.startswith("#"):
        document, hash_mark, _ = ref.partition("#")
        merged = hash_mark and "/" not in document and ":" not in document
        return "reference-unfollowed" if merged else "reference-outside"
    end = target(spec.root, ref)
    if end is None:
        return "reference-dangling"
    if kind != item.kind and not (item.kind == "schema" and isinstance(end, bool)):
        return "reference-misled" if kind else "reference-to-value"
    circular = any(node is item.node for _, node in chain(spec.root, ref))
    return "reference-circular" if circular else ""
