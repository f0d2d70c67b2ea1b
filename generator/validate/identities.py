"""Checks that operation ids are unique and that security schemes exist."""

from __future__ import annotations

from collections.abc import Iterator

from .spec import Keys, Problem, Spec, quoted


def check(spec: Spec) -> Iterator[Problem]:
    """Operation ids that occur twice, and security schemes that nobody declares."""
    yield from _operation_ids(spec)
    yield from _security(spec)


def _operation_ids(spec: Spec) -> Iterator[Problem]:
    seen: dict[str, Keys] = {}
    for operation in spec.operations:
        name = operation.node.get("operationId")
        if not isinstance(name, str):
            continue
        other = seen.setdefault(name, operation.at)
        if other != operation.at:
            yield Problem(
                (*operation.at, "operationId"),
                f"expected an operation id of its own for {operation}, found {quoted(name)}, which"
                f" is that of {spec.describe(other)} at {spec.position((*other, 'operationId'))}",
                spec.cure(operation.at, "update: {operationId: another name}"),
            )


def _security(spec: Spec) -> Iterator[Problem]:
    schemes = spec.root.map("components").map("securitySchemes")
    for item in spec.of_kind("security requirement"):
        for name in item.node:
            if name in schemes or name.startswith("x-"):
                continue
            known = ", ".join(map(quoted, schemes)) or "none"
            yield Problem(
                (*item.at, name),
                f"expected a security scheme {quoted(name)} under components/securitySchemes,"
                f" which {_user(spec, item.at)} requires; those declared: {known}",
                "Declare it by an overlay whose target is $.components, or remove what requires"
                f" it:\n{spec.remove(item.at, 'actions:')}",
            )


def _user(spec: Spec, at: Keys) -> str:
    return "the whole document" if at[:1] == ("security",) else spec.describe(at)
