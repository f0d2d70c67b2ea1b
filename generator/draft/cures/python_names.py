"""Names that are not valid in Python, and names that are used twice."""

from __future__ import annotations

from collections.abc import Iterator

from generator.document import Map
from generator.draft.context import Context
from generator.draft.naming import method_name
from generator.draft.proposals import Proposal, Step, node_at, proposal, remove, update
from generator.findings import Finding, Keys
from generator.jsonpath import jsonpath, quoted
from generator.merge.occurrences import text_of
from generator.merge.proposed_overlays import Action
from generator.names import LONGEST, METHODS, RESOURCES, class_name, module_key, snake_case
from generator.references import reference
from generator.validate.spec import Operation

from .parameters import is_repeated


def cure(context: Context, problem: Finding) -> Iterator[Proposal]:
    """Yield a unique name for a duplicate one."""
    at = problem.at
    if at[:2] == ("components", "schemas"):
        yield from _renamed(context, at)
    elif at[-1] in ("x-resource", "x-method"):
        yield _proper(context, at)
    elif len(at) == 3:
        for operation in context.spec.operations:
            if operation.at == at:
                yield from _shared(context, operation)
    elif "parameters" in at:
        node = node_at(context.spec.root, at)
        if node.get("in") != "path" and not is_repeated(context, at):
            reason = (
                "In Python this parameter has the same name as another one, and only one can stay."
            )
            yield proposal(context.spec, at, remove(context.spec.root, at, reason))


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
    for other in context.spec.operations:
        name = other.node.text("x-resource")
        if module_key(name) == module_key(resource) and name != resource:
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


def _renamed(context: Context, at: Keys) -> Iterator[Proposal]:
    """Yield one schema for two equal ones, or another name for one of two different ones."""
    root = context.spec.root
    schemas = root.map("components").map("schemas")
    name = str(at[2])
    first = next(each for each in schemas if _key(each) == _key(name))
    steps: list[Step] = []
    if _meaning(schemas, first) == _meaning(schemas, name):
        new, reason = first, f"{name!a} equals {first!a} and has the same name in Python."
    else:
        new = context.new_component("schemas", f"{name}Other", at)
        reason = (
            f"{name!a} and {first!a} would have the same name in Python; this one gets another."
        )
        copy: Action = {"copy": jsonpath(root, at)}
        steps.append(Step("$.components.schemas", {"update": {new: {}}}, reason))
        steps.append(Step(jsonpath(root, (*at[:2], new)), copy, reason))
    old = reference("components", "schemas", name)
    if any(item.node.get("$ref") == old for item in context.spec.objects):
        target = f"$..[?@['$ref']=={quoted(old)}]"
        value: Action = {"$ref": reference("components", "schemas", new)}
        steps.append(Step(target, {"update": value}, f"References to {name!a} now go to {new!a}."))
    steps.append(remove(root, at, f"It is {new!a} now."))
    yield proposal(context.spec, at, *steps)


def _key(name: str) -> str:
    return module_key(class_name(name))


def _meaning(schemas: Map, name: str) -> str:
    node = schemas.map(name)
    return text_of({key: value for key, value in node.items() if key != "x-source"})
