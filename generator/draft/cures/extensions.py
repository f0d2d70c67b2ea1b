"""Extensions that do not fit, and fields that OpenAPI lacks or requires."""

from __future__ import annotations

from collections.abc import Iterator

from generator.client import PAGINATION
from generator.document import keys_at
from generator.draft.context import Context
from generator.draft.proposals import Proposal
from generator.findings import Finding, Keys
from generator.merge.proposed_overlays import Action
from generator.references import chain, parts_of, ref_of

_TYPES: dict[object, Action] = {
    "items": {"type": "array", "items": {}},
    "total": {"type": "integer"},
}


def paged(context: Context, problem: Finding) -> list[Proposal]:
    """Return the type of a property that has none, or the removal of what does not fit."""
    at, field = problem.at[:-2], problem.values["field"]
    name = context.node_at(at).map(PAGINATION).text(str(field))
    place = _property(context, at, name) if field in _TYPES else None
    typing = {"type", "$ref", "allOf", "anyOf", "oneOf", "enum", "const"}
    if place is None or typing & context.node_at(place).keys():
        reason = f"The operation has no such pages: {PAGINATION} does not fit it any more."
        return [context.removed((*at, PAGINATION), reason)]
    reason = f"The document gives it no type, and {PAGINATION} names it as the {field} of pages."
    return [context.updated(place, _TYPES[field], reason)]


def _property(context: Context, operation: Keys, name: str) -> Keys | None:
    """Return the place of a property of a successful response in JSON."""
    responses = (*operation, "responses")
    for status in context.node_at(responses):
        response = _followed(context, (*responses, status))
        for media_type in context.node_at(response).map("content"):
            schema = _followed(context, (*response, "content", media_type, "schema"))
            if status.startswith("2") and name in context.node_at(schema).map("properties"):
                return (*schema, "properties", name)
    return None


def _followed(context: Context, at: Keys) -> Keys:
    """Return the place that a reference leads to in the end, or the place itself."""
    refs = [ref for ref, _ in chain(context.spec.root, ref_of(context.node_at(at)))]
    return keys_at(context.spec.root, parts_of(refs[-1])) if refs else at


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
    yield context.removed(problem.at, reason)


def official(context: Context, problem: Finding) -> Iterator[Proposal]:
    """Yield fields that the official schema requires, or the removal of unknown ones."""
    if problem.code == "field-missing":
        what = context.spec.kinds.get(tuple(map(str, problem.at)), "")
        name = str(problem.values["field"])
        if (what, name) in _NEEDED:
            reason = f"OpenAPI requires a {name} here, and the document has none."
            yield context.updated(problem.at, {name: _NEEDED[what, name]}, reason)
    elif problem.code == "field-unknown":
        reason = f"OpenAPI has no field {problem.at[-1]!a} here; its meaning is unknown."
        yield context.removed(problem.at, reason)
