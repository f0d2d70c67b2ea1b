"""Checks that operation ids are unique and that security schemes exist."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings import Finding, Keys

from .spec import Spec


def check(spec: Spec) -> Iterator[Finding]:
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
