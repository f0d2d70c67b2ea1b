"""Guesses for dangling references: a component of almost the same name, or a new one."""

from __future__ import annotations

from typing import NamedTuple

from generator.document import Map
from generator.draft.context import Context
from generator.draft.proposals import Proposal, Step, declare
from generator.draft.type_guesses import body_of, examples_of
from generator.findings import Finding, Keys
from generator.merge.proposed_overlays import Action
from generator.names import class_name, method_name, module_key
from generator.references import parts_of, reference, target
from generator.upgrade.bodies import JSON
from generator.upgrade.moved_references import LEGAL
from generator.validate.identities import SECTIONS

from .requests_and_responses import phrase


class _Dangling(NamedTuple):
    """A reference to a missing target, or to a wrong one."""

    at: Keys
    """The keys of the object that contains it."""
    kind: str
    name: str
    """The name of its target, as the reference spells it."""


def cure(context: Context, problem: Finding) -> list[Proposal]:
    """Return a target for a reference."""
    at = problem.at[:-1]
    if problem.at[-1] != "$ref":
        reason = (
            "The target of this mapping does not exist; without it the value is the schema's name."
        )
        return [context.removed(problem.at, reason)]
    kind = context.spec.kinds.get(tuple(map(str, at)), "")
    if kind in ("example", "callback"):
        return [context.removed(at, f"The {kind} to which this refers does not exist.")]
    ref = context.node_at(at).text("$ref")
    *_, name = parts_of(ref.partition("#")[2]) or ref.split("/")
    link = _Dangling(at, kind, name)
    steps = _body(context, link) or _respelled(context, link) or _declared(context, link, ref)
    return [context.proposal(at, *steps)]


def _respelled(context: Context, link: _Dangling) -> list[Step]:
    """Return a component of the same name apart from case and underscores."""
    section = SECTIONS[link.kind]
    wanted = module_key(class_name(link.name))
    for name, component in context.spec.root.map("components").map(section).maps():
        alike = module_key(class_name(name)) == wanted and "$ref" not in component
        if alike and link.at != ("components", section, name):
            reason = f"The target of this does not exist; the component {name!a} must be meant."
            return [_pointed(context, link, section, name, reason)]
    return []


def _pointed(context: Context, link: _Dangling, section: str, name: str, reason: str) -> Step:
    return context.update(link.at, {"$ref": reference("components", section, name)}, reason)


def _body(context: Context, link: _Dangling) -> list[Step]:
    """Return a model for a body, derived from its description."""
    at = link.at
    if link.kind != "schema" or at[-1] != "schema" or "requestBody" not in at:
        return []
    text = context.node_at(at[:-3]).text("description")
    examples = [value for _, value in examples_of(context.node_at(at[:-1]))]
    schema, source = body_of(text, examples)
    if not source and _respelled(context, link):
        return []
    name = context.new_component("schemas", _model_name(context, link), at[:-3])
    told = ({"description": text} if text else {}) | schema
    why = f"derived from {source}" if source else "without more information, it accepts any value"
    reason = f"The document does not define the body of {context.spec.describe(at)}; {why}."
    return [
        declare("schemas", name, told, reason),
        _pointed(context, link, "schemas", name, "The body that the document does not define."),
    ]


def _model_name(context: Context, link: _Dangling) -> str:
    name: object = link.at[2]
    if operation := context.at.get(link.at[:3]):
        node = operation.node
        name = method_name(node.text("operationId")) or node.text("x-method")
    return class_name(f"{name} request")


def _declared(context: Context, link: _Dangling, ref: str) -> list[Step]:
    """Return a component of the name in the reference, made of what is known."""
    section = SECTIONS[link.kind]
    if link.kind in ("path item", "security scheme"):
        return []
    value, words = _made_up(context, link)
    if link.at[:2] == ("components", section) and len(link.at) == 3:
        reason = f"This refers to nothing but was meant for {link.name!a}; {words}."
        instead = context.update(link.at, value, f"Instead of the reference: {words}.")
        return [context.remove((*link.at, "$ref"), reason), instead]
    named = ref == reference("components", section, link.name)
    straight = named and target(context.spec.root, ref) is None and LEGAL.fullmatch(link.name)
    wanted = link.name if straight else class_name(link.name)
    owner: Keys = ("components", section, link.name)
    name = link.name if straight else context.new_component(section, wanted, owner)
    reason = f"The document refers to {link.name!a}, but does not define it; {words}."
    steps = [declare(section, name, value, reason)]
    if not straight:
        steps.append(_pointed(context, link, section, name, "To the new definition."))
    return steps


def _made_up(context: Context, link: _Dangling) -> tuple[Action, str]:
    """Return a component of a kind, and its description."""
    if link.kind == "parameter":
        bare = link.name.removesuffix("Param").removesuffix("Parameter") or link.name
        place = "header" if bare.startswith("X-") or bare == "Accept-Language" else "query"
        there = Map({"name": bare, "in": place}, position=context.spec.root.position)
        guess, why = context.evidence.typed(there)
        return {"name": bare, "in": place, **guess}, f"a {place} parameter, {why}"
    any_object: Action = {"type": "object"}
    values: dict[str, tuple[Action, str]] = {
        "response": ({"description": phrase(link.name)}, "a response without a body"),
        "header": ({"schema": {"type": "string"}}, "text"),
        "request body": ({"content": {JSON: {"schema": any_object}}}, "an object with any content"),
    }
    return values.get(link.kind, (any_object, "an object with any content"))
