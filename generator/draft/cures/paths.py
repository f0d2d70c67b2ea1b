"""Invalid paths, and templates and parameters that do not match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from generator.document import Map
from generator.draft.context import Context
from generator.draft.guessing import in_words, typed
from generator.draft.proposals import Proposal, Step, bare, proposal, remove, update
from generator.findings import Finding
from generator.jsonpath import jsonpath
from generator.merge.proposed_overlays import Action
from generator.names import PLACES, snake_case
from generator.validate.paths import templates
from generator.validate.spec import Operation, Parameter

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def cure(context: Context, problem: Finding) -> Iterator[Proposal]:
    """Yield the guesses that make paths and their parameters match."""
    at = problem.at
    path = str(at[1]) if len(at) > 1 else ""
    if len(at) == 2:
        yield from _moved(context, path)
        return
    for operation in context.spec.operations:
        if operation.path == path and operation.method in at:
            yield from _matched(context, operation)


def _moved(context: Context, path: str) -> Iterator[Proposal]:
    """Yield the path in the right spelling, if it is obvious."""
    spec = context.spec
    item = spec.root.map("paths").map(path)
    right = _right(path)
    alike = [other for other in spec.root.map("paths") if _right(other) == right]
    if right == path or len(alike) > 1 or "$ref" in item:
        return  # No operation is put on top of another.
    reason = f"The path {path!a} cannot be requested; it moves to {right!a}."
    steps = (
        Step("$.paths", {"update": {right: {}}}, reason),
        Step(
            jsonpath(spec.root, ("paths", right)),
            {"copy": jsonpath(spec.root, ("paths", path))},
            reason,
        ),
        remove(spec.root, ("paths", path), f"It is {right!a} now."),
        *_constants(context, path, right),
    )
    first = next((method for method, _ in item.maps() if method != "parameters"), "")
    yield proposal(spec, ("paths", path, first), *steps)


def _right(path: str) -> str:
    """A path without what no path can have."""
    bare = _CONTROL.sub("", re.split(r"[?#]", path)[0].strip())
    return re.sub(r"/{2,}", "/", f"/{bare}")


def _constants(context: Context, path: str, right: str) -> Iterator[Step]:
    """The query that a path ends in, as parameters of its operations that have one value each."""
    query = urlsplit(path).query
    pairs = {name: value for name, value in parse_qsl(query, True) if "{" not in name + value}
    for operation in context.spec.operations if pairs else ():
        known = {item.name for item in operation.parameters if item.place == "query"}
        added = [
            {
                "name": name,
                "in": "query",
                "required": True,
                "schema": {"type": "string", "enum": [value]},
            }
            for name, value in pairs.items()
            if name not in known
        ]
        if operation.path == path and added:
            at = jsonpath(context.spec.root, ("paths", right, operation.method))
            reason = f"The path is written with the query {query!a}."
            yield Step(at, {"update": {"parameters": added}}, reason)


def _matched(context: Context, operation: Operation) -> Iterator[Proposal]:
    """Yield matches of the templates and path parameters of an operation."""
    declared = [item for item in operation.parameters if item.place == "path"]
    names = templates(operation.path)
    there = {item.name for item in operation.parameters if item.place not in PLACES} | {
        item.name for item in declared
    }
    missing = [name for name in dict.fromkeys(names) if name not in there]
    orphans = [item for item in declared if item.name not in names]
    for orphan in orphans:
        name = _namesake(orphan.name, missing, alone=len(missing) == len(orphans) == 1)
        if name:
            missing.remove(name)
        yield _placed(context, operation, orphan, name)
    for name in missing:
        yield _added(context, operation, name)


def _namesake(name: str, missing: list[str], *, alone: bool) -> str:
    """Return the template that a parameter is meant for."""
    for other in missing:
        if snake_case(other) == snake_case(name) or alone:
            return other
    return ""


def _placed(context: Context, operation: Operation, orphan: Parameter, name: str) -> Proposal:
    """Yield a new name, or the query, for a path parameter without a template."""
    root = context.spec.root
    taken = {(item.place, item.name) for item in operation.parameters}
    if name:
        reason = f"The path has a template {name!a}, which {orphan.name!a} must be meant for."
        value: Action = {"name": name, "in": "path", "required": True}
    else:
        reason = f"The path has no template {orphan.name!a}; it can only be a query parameter."
        value = {"name": orphan.name, "in": "query", "required": False}
    written = context.objects[orphan.at]
    if ("query", orphan.name) in taken and not name:
        reason = f"The path has no template {orphan.name!a}, which is in the query already."
        return proposal(context.spec, orphan.at, remove(root, orphan.at, reason))
    if "$ref" not in written:
        return proposal(context.spec, orphan.at, update(root, orphan.at, value, reason))
    steps = (
        remove(root, orphan.at, reason),
        update(root, operation.at, {"parameters": [bare(orphan.node) | value]}, reason),
    )
    return proposal(context.spec, orphan.at, *steps)


def _added(context: Context, operation: Operation, name: str) -> Proposal:
    position = operation.node.position
    guess, why = typed(context.evidence, Map({"name": name, "in": "path"}, position=position))
    value: Action = {"name": name, "in": "path", "required": True, **guess}
    reason = f"The path has a template {name!a}, but the document has no parameter for it;"
    reason += f" {in_words(guess['schema'])}, as {why}."
    step = update(context.spec.root, operation.at, {"parameters": [value]}, reason)
    return proposal(context.spec, operation.at, step)
