"""Missing or duplicate operation ids, and undeclared security schemes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.draft.context import Context
from generator.draft.proposals import Proposal, bare, declare, node_at, proposal, remove, update
from generator.findings import Finding
from generator.merge.proposed_overlays import Action
from generator.upgrade.component_names import LEGAL


def cure(context: Context, problem: Finding) -> Iterator[Proposal]:
    """Yield another operation id, or a declaration of a scheme."""
    at = problem.at
    if at[-1] == "operationId":
        operation = context.at.get(at[:-1])
        if operation is not None:
            old = operation.node.text("operationId")
            value: Action = {"operationId": context.new_id(operation, grouped="_" in old)}
            reason = f"Another operation has the id {old!a}; this one describes the operation."
            yield proposal(context.spec, at, update(context.spec.root, at[:-1], value, reason))
        return
    name = str(at[-1])
    if not LEGAL.fullmatch(name):
        reason = f"{name!a} is not a valid name of a security scheme."
        yield proposal(context.spec, at, remove(context.spec.root, at, reason))
        return
    scheme, why = _scheme(context, name)
    reason = f"The document requires {name!a} and does not declare it; {why}."
    yield proposal(context.spec, at, declare("securitySchemes", name, scheme, reason))


def _scheme(context: Context, name: str) -> tuple[Action, str]:
    """Return a security scheme by its name: as declared elsewhere, or as such names suggest."""
    schemes = dict(context.spec.root.map("components").map("securitySchemes").maps())
    for known in context.folder.before:
        for other, node in node_at(known, ("components", "securitySchemes")).maps():
            schemes.setdefault(other, node)
    key = _key(name)
    for other, node in schemes.items():
        if _key(other) == key:
            return bare(node), f"it must be the same as {other!a}"
    if "basic" in key:
        return {"type": "http", "scheme": "basic"}, "user and password, as its name suggests"
    if "key" in key or key in ("api", "apiauth"):
        for other, node in schemes.items():
            if node.get("type") == "apiKey":
                return bare(node), f"an API key, like {other!a}"
        value: Action = {"type": "apiKey", "in": "header", "name": "Api-Key"}
        return value, "an API key in a header, as its name suggests"
    return {"type": "http", "scheme": "bearer"}, "an access token, as most are"


def _key(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def named(context: Context) -> Iterator[Proposal]:
    """Yield operation ids for operations without one or another name."""
    for operation in context.spec.operations:
        if (operation.path, operation.method) in context.nameless:
            value: Action = {"operationId": context.new_id(operation)}
            reason = "The document has no operation id; this one is made from method and path."
            step = update(context.spec.root, operation.at, value, reason)
            yield proposal(context.spec, operation.at, step)
