"""Names that are not valid in Python, and names that are used twice."""

from __future__ import annotations

from collections.abc import Iterator

from generator.draft.context import Context
from generator.draft.naming import method_name
from generator.draft.proposals import Proposal, node_at, proposal, update
from generator.findings import Finding, Keys
from generator.merge.proposed_overlays import Action
from generator.names import LONGEST, METHODS, RESOURCES, module_key, snake_case
from generator.validate.spec import Operation


def cure(context: Context, problem: Finding) -> Iterator[Proposal]:
    """Yield a unique name for a duplicate one."""
    at = problem.at
    if at[-1] in ("x-resource", "x-method"):
        yield _proper(context, at)
    elif at in context.at:
        yield from _shared(context, context.at[at])


def _proper(context: Context, at: Keys) -> Proposal:
    key = str(at[-1])
    reserved = METHODS if key == "x-method" else RESOURCES
    found = node_at(context.spec.root, at[:-1]).text(key)
    name = snake_case(snake_case(found, reserved)[: LONGEST - 1].rstrip("_"), reserved)
    reason = f"{found!a} is not a valid Python name; this is the nearest."
    return proposal(context.spec, at, update(context.spec.root, at[:-1], {key: name}, reason))


def _shared(context: Context, operation: Operation) -> Iterator[Proposal]:
    """Yield another method, or the spelling of the first resource."""
    root = context.spec.root
    resource = operation.node.text("x-resource")
    for name in context.resources[module_key(resource)]:
        if name != resource:
            reason = f"This cannot be distinguished from the resource {name!a}, so they become one."
            yield proposal(
                context.spec, operation.at, update(root, operation.at, {"x-resource": name}, reason)
            )
            return
    old = operation.node.text("x-method")
    name = method_name(context.new_id(operation, grouped=False))
    reason = f"Another operation of the resource is named {old!a}; this describes the operation."
    value: Action = {"x-method": name}
    yield proposal(context.spec, operation.at, update(root, operation.at, value, reason))
