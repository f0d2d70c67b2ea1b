"""Invalid paths, and templates and parameters that do not match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

from generator.document import METHODS, Map, canonical_path, templates
from generator.draft.context import Context
from generator.draft.proposals import Proposal, bare, step
from generator.findings import Finding
from generator.jsonpath import jsonpath
from generator.merge.proposed_overlays import Action
from generator.names import PLACES, snake_case
from generator.validate.paths import PAIR
from generator.validate.spec import Operation, Parameter

_OPTIONAL = re.compile(r"\{[?&#][^{}]*\}")
"""What URI templates have for an optional query."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def cure(context: Context, problem: Finding) -> Iterator[Proposal]:
    """Yield the guesses that make paths and their parameters match."""
    _, path, *within = map(str, problem.at)
    if not within:
        yield from _corrected(context, path)
    elif problem.code == "path-query-declared":
        yield _once(context, path, problem)
    elif operation := context.at.get(problem.at[:3]):
        yield from _matched(context, operation)


def _corrected(context: Context, path: str) -> Iterator[Proposal]:
    """Yield the path in the right spelling, if it is obvious."""
    right, reason = _right(path), f"The path {path!a} cannot be requested"
    if "#" in path and not _is_free(context, path, right):
        right = _queried(context, path)
        reason = f"Of the path {path!a}, what follows `#` is never sent; it may mean a query"
    item = context.spec.root.map("paths").map(path)
    if right == path or "$ref" in item:
        return
    if _is_free(context, path, right):
        yield _moved(context, path, right, reason)
    elif not item.keys() & set(METHODS):
        yield context.removed(("paths", path), f"{reason}, and has no operation.")


def _is_free(context: Context, path: str, right: str, name: str = "") -> bool:
    """Whether no other path is, moves or could move to where a path is to move."""
    if name not in context.places:
        places = context.places.setdefault(name, {})
        for other in context.spec.root.map("paths"):
            for each in (other, _right(other), _less(other, name)):
                places.setdefault(canonical_path(each), set()).add(other)
    wanted = canonical_path(right)
    return wanted not in context.moved and context.places[name].get(wanted, set()) <= {path}


def _moved(context: Context, path: str, right: str, reason: str) -> Proposal:
    """Move a path to where there is no other."""
    root = context.spec.root
    context.moved.add(canonical_path(right))
    reason = f"{reason}; it moves to {right!a}."
    steps = (
        step("$.paths", {"update": {right: {}}}, reason),
        step(jsonpath(root, ("paths", right)), {"copy": jsonpath(root, ("paths", path))}, reason),
        context.remove(("paths", path), f"It is {right!a} now."),
    )
    item = root.map("paths").map(path)
    first = next((method for method, _ in item.maps() if method != "parameters"), "")
    return context.proposal(("paths", path, first), *steps)


def _right(path: str) -> str:
    """A path without what no path can have."""
    front, _, query = _CONTROL.sub("", _OPTIONAL.sub("", path)).partition("#")[0].partition("?")
    pairs = [pair for pair in query.strip().split("&") if PAIR.fullmatch(pair)]
    return re.sub(r"/{2,}", "/", f"/{front.strip()}") + ("?" + "&".join(pairs) if pairs else "")


def _queried(context: Context, path: str) -> str:
    """A path with its fragment as its query; what parameters are for is left to them."""
    front, _, fragment = path.partition("#")
    operations = (each for each in context.spec.operations if each.path == path)
    names = {item.name for each in operations for item in each.parameters if item.place == "query"}
    pairs = [f"{pair}={{{pair}}}" if pair in names else pair for pair in fragment.split("&")]
    return _right(f"{front}{'&' if '?' in front else '?'}{'&'.join(pairs)}")


def _once(context: Context, path: str, problem: Finding) -> Proposal:
    """Leave a query parameter to the path, or to the parameter that is declared for it."""
    name = str(problem.values["name"])
    right = _less(path, name)
    operations = [each for each in context.spec.operations if each.path == path]
    declared = all(name in each.named("query") for each in operations)
    if declared and "{" not in path.partition("?")[2] and _is_free(context, path, right, name):
        return _moved(context, path, right, f"The path {path!a} has a parameter for {name!a}")
    return context.removed(problem.at, f"The path has {name!a} in its query.")


def _less(path: str, name: str) -> str:
    """A path without a name of its query."""
    front, _, query = path.partition("?")
    pairs = [pair for pair in query.split("&") if unquote_plus(pair.partition("=")[0]) != name]
    return "?".join(filter(None, (front, "&".join(pairs))))


def _matched(context: Context, operation: Operation) -> Iterator[Proposal]:
    """Yield matches of the templates and path parameters of an operation."""
    declared = [item for item in operation.parameters if item.place == "path"]
    names = templates(operation.path)
    odd = [item for item in operation.parameters if item.place not in PLACES]
    there = {item.name for item in (*declared, *odd)}
    missing = [name for name in dict.fromkeys(names) if name not in there]
    orphans = [item for item in declared if item.name not in names]
    for orphan in orphans:
        alone, meant = len(missing) == len(orphans) == 1, snake_case(orphan.name)
        name = next((each for each in missing if alone or snake_case(each) == meant), "")
        if name:
            missing.remove(name)
        yield _placed(context, operation, orphan, name)
    for name in missing:
        unknown = Map({"name": name, "in": "path"}, position=operation.node.position)
        guess, why = context.evidence.typed(unknown)
        value: Action = {"name": name, "in": "path", "required": True, **guess}
        reason = f"The path has a template {name!a}, but the document has no parameter for it"
        yield context.updated(operation.at, {"parameters": [value]}, f"{reason}; {why}.")


def _placed(context: Context, operation: Operation, orphan: Parameter, name: str) -> Proposal:
    """Yield a new name, or the query, for a path parameter without a template."""
    if name:
        reason = f"The path has a template {name!a}, which {orphan.name!a} must be meant for."
        value: Action = {"name": name, "in": "path", "required": True}
    elif orphan.name in operation.named("query"):
        reason = f"The path has no template {orphan.name!a}, which is in the query already."
        return context.removed(orphan.at, reason)
    else:
        reason = f"The path has no template {orphan.name!a}; it can only be a query parameter."
        value = {"name": orphan.name, "in": "query", "required": False}
    if "$ref" not in context.node_at(orphan.at):
        return context.updated(orphan.at, value, reason)
    steps = (
        context.remove(orphan.at, reason),
        context.update(operation.at, {"parameters": [bare(orphan.node) | value]}, reason),
    )
    return context.proposal(orphan.at, *steps)
