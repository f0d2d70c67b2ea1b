"""Security schemes that are not declared, and missing, invalid or duplicate names."""

from __future__ import annotations

from collections.abc import Iterator

from generator.draft.context import Context
from generator.draft.proposals import Proposal, bare, declare, node_at
from generator.findings import Finding
from generator.merge.proposed_overlays import Action
from generator.names import LONGEST, METHODS, RESOURCES, method_name, module_key, snake_case
from generator.upgrade.moved_references import LEGAL
from generator.validate.spec import Operation


def cure(context: Context, problem: Finding) -> list[Proposal]:
    """Return a declaration of a security scheme, or have it not required."""
    at = problem.at
    name = str(at[-1])
    if not LEGAL.fullmatch(name):
        return [context.removed(at, f"{name!a} is not a valid name of a security scheme.")]
    scheme, why = _scheme(context, name)
    reason = f"The document requires {name!a} and does not declare it; {why}."
    return [context.proposal(at, declare("securitySchemes", name, scheme, reason))]


def _scheme(context: Context, name: str) -> tuple[Action, str]:
    """Return a security scheme by its name: as declared elsewhere, or as such names suggest."""
    schemes = dict(context.spec.root.map("components").map("securitySchemes").maps())
    for known in context.folder.before:
        for other, node in node_at(known, ("components", "securitySchemes")).maps():
            schemes.setdefault(other, node)
    key = module_key(name)
    for other, node in schemes.items():
        if module_key(other) == key:
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


def named(context: Context) -> Iterator[Proposal]:
    """Yield operation ids for operations without one or another name."""
    for operation in context.spec.operations:
        if (operation.path, operation.method) in context.nameless:
            reason = "The document has no operation id; this one is made from method and path."
            yield context.updated(operation.at, {"operationId": context.new_id(operation)}, reason)


def renamed(context: Context, problem: Finding) -> list[Proposal]:
    """Return a unique name for a duplicate one."""
    at = problem.at
    if at[-1] in ("x-resource", "x-method"):
        key = str(at[-1])
        reserved = METHODS if key == "x-method" else RESOURCES
        found = context.node_at(at[:-1]).text(key)
        name = snake_case(snake_case(found, reserved)[: LONGEST - 1].rstrip("_"), reserved)
        reason = f"{found!a} is not a valid Python name; this is the nearest."
        return [context.updated(at[:-1], {key: name}, reason)]
    return _shared(context, context.at[at]) if at in context.at else []


def _shared(context: Context, operation: Operation) -> list[Proposal]:
    """Return another method, or the spelling of the first resource."""
    resource = operation.node.text("x-resource")
    for other in context.spec.operations:
        name = other.node.text("x-resource")
        if name != resource and module_key(name) == module_key(resource):
            reason = f"This cannot be distinguished from the resource {name!a}, so they become one."
            return [context.updated(operation.at, {"x-resource": name}, reason)]
    old = operation.node.text("x-method")
    name = method_name(context.new_id(operation, grouped=False))
    reason = f"Another operation of the resource is named {old!a}; this describes the operation."
    return [context.updated(operation.at, {"x-method": name}, reason)]
