"""What is cured by taking it away: misplaced extensions and odd fields."""

from __future__ import annotations

from collections.abc import Iterator

from generator.draft.context import Context
from generator.draft.proposals import Proposal, proposal, remove, update
from generator.findings import Finding
from generator.merge.proposed_overlays import Action

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
