"""Extensions that do not fit, and fields that OpenAPI lacks or requires."""

from __future__ import annotations

from collections.abc import Iterator

from generator.client import PAGINATION
from generator.document import Map, keys_at
from generator.draft.context import Context
from generator.draft.proposals import Proposal, node_at, proposal, remove, update
from generator.findings import Finding, Keys
from generator.merge.proposed_overlays import Action
from generator.references import chain, parts_of, ref_of

_TYPES: dict[object, Action] = {
    "items": {"type": "array", "items": {}},
    "total": {"type": "integer"},
}


def paged(context: Context, problem: Finding) -> Iterator[Proposal]:
    """Yield the type of a property that has none, or the removal of what does not fit."""
    at, root, field = problem.at[:-2], context.spec.root, problem.values["field"]
    name = node_at(root, at).map(PAGINATION).text(str(field))
    place = _property(root, at, name) if field in _TYPES else None
    if place is None or not _is_untyped(node_at(root, place)):
        reason = f"The operation has no such pages: {PAGINATION} does not fit it any more."
        yield proposal(context.spec, at, remove(root, (*at, PAGINATION), reason))
        return
    reason = f"The document gives it no type, and {PAGINATION} names it as the {field} of pages."
    yield proposal(context.spec, place, update(root, place, _TYPES[field], reason))


def _property(root: Map, operation: Keys, name: str) -> Keys | None:
    """Return the place of a property of a successful response in JSON."""
    responses = (*operation, "responses")
    for status in node_at(root, responses):
        response = _followed(root, (*responses, status))
        for media_type in node_at(root, response).map("content"):
            schema = _followed(root, (*response, "content", media_type, "schema"))
            if status.startswith("2") and name in node_at(root, schema).map("properties"):
                return (*schema, "properties", name)
    return None


def _followed(root: Map, at: Keys) -> Keys:
    """Return the place that a reference leads to in the end, or the place itself."""
    refs = [ref for ref, _ in chain(root, ref_of(node_at(root, at)))]
    return keys_at(root, parts_of(refs[-1])) if refs else at


def _is_untyped(schema: Map) -> bool:
    return not {"type", "$ref", "allOf", "anyOf", "oneOf", "enum", "const"} & {*schema}


_NEEDED: dict[tuple[str, str], object] = {
    ("info", "title"): "API",
    ("info", "version"): "1",
    ("tag", "name"): "Other",
    ("server", "url"): "/",
    ("security scheme", "type"): "http",
    ("security scheme", "scheme"): "bearer",
    ("security scheme", "name"): "Api-Key",
    ("security scheme", "in"): "header",
    ("flow", "scopes"): {},
}
"""Values for required fields of objects."""


def misplaced(context: Context, problem: Finding) -> Iterator[Proposal]:
    """Yield the removal of misplaced or invalid extensions."""
    reason = f"The generator reads {problem.at[-1]}, but not here, or not with this value."
    step = remove(context.spec.root, problem.at, reason)
    yield proposal(context.spec, problem.at, step)


def official(context: Context, problem: Finding) -> Iterator[Proposal]:
    """Yield fields that the official schema requires, or the removal of unknown ones."""
    root = context.spec.root
    if problem.code == "field-missing":
        what = context.spec.kinds.get(tuple(map(str, problem.at)), "")
        name = str(problem.values["field"])
        if (what, name) in _NEEDED:
            value: Action = {name: _NEEDED[what, name]}
            reason = f"A {what} must have {name}, and the document has none."
            yield proposal(context.spec, problem.at, update(root, problem.at, value, reason))
    elif problem.code == "field-unknown":
        reason = f"OpenAPI has no field {problem.at[-1]!a} here; its meaning is unknown."
        yield proposal(context.spec, problem.at, remove(root, problem.at, reason))
