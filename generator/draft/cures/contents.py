"""Request bodies without content, media types that are none, and forms that cannot be written."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.draft.context import Context
from generator.draft.proposals import Proposal, bare, node_at, proposal, remove, update
from generator.draft.type_guesses import body_of
from generator.findings import Finding
from generator.merge.proposed_overlays import Action
from generator.upgrade.bodies import JSON

_MEANT = {
    "json": JSON,
    "xml": "application/xml",
    "text": "text/plain",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
}


def cure(context: Context, problem: Finding) -> Iterator[Proposal]:
    """Yield a missing media type, or the right spelling of one."""
    at, root = problem.at, context.spec.root
    if len(at) < 2 or at[-2] != "content":
        schema, source = body_of(node_at(root, at).text("description"), [])
        why = f"; derived from {source}" if source else ", without more information"
        value: Action = {"content": {JSON: {"schema": schema}}}
        reason = f"The document does not specify the content of the body: JSON{why}."
        yield proposal(context.spec, at, update(root, at, value, reason))
        return
    name = str(at[-1])
    words = (key for key in _MEANT if key in name.lower())
    right = _MEANT[next(words, "json")]
    steps = [remove(root, at, f"{name!a} is not a media type.")]
    if right not in node_at(root, at[:-1]):
        reason = f"{name!a} is not a media type; {right} must be meant."
        steps.insert(0, update(root, at[:-1], {right: bare(node_at(root, at))}, reason))
    yield proposal(context.spec, at, *steps)


def styled(context: Context, problem: Finding) -> Iterator[Proposal]:
    """A style for a parameter that can write what it holds; else JSON."""
    at, root, spec = problem.at, context.spec.root, context.spec
    node = node_at(root, at)
    reason = "No usual style can write what the parameter holds; most servers read this one."
    if node.text("in") == "query":
        value: Action = {"style": "deepObject", "explode": True}
        yield proposal(spec, at, update(root, at, value, reason))
        return
    content = {"content": {JSON: {"schema": bare(node.map("schema"))}}}
    reason = "No style can write what the parameter holds; it must be JSON."
    fields = [key for key in ("schema", "style", "explode", "allowReserved") if key in node]
    steps = [remove(root, (*at, key), reason) for key in fields]
    yield proposal(spec, at, *steps, update(root, at, content, reason))


def written(context: Context, problem: Finding) -> Iterator[Proposal]:
    """A style for a property of a form that can write what it holds."""
    value: Action = json.loads(str(problem.values["update"]))
    name = problem.values["name"]
    reason = f"A form has no usual way to write what {name!a} holds; most servers read this one."
    yield proposal(context.spec, problem.at, update(context.spec.root, problem.at, value, reason))
