"""Parameters without a type or a name, in the wrong place, or listed twice; unknown types."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from generator.document import Map, Seq, templates
from generator.draft.context import Context
from generator.draft.proposals import Proposal, Step, bare, step
from generator.findings import Finding, Keys
from generator.jsonpath import jsonpath
from generator.merge.proposed_overlays import Action
from generator.names import PLACES
from generator.validate.contents import TOKEN, TYPES
from generator.validate.spec import Parameter

_HEADER = re.compile(r"X-\w.*|[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+|Authorization|Cookie")


def cure(context: Context, problem: Finding) -> list[Proposal]:
    """Return the guesses that make a parameter usable."""
    # It is about a parameter, one of its fields, or a header, of which nothing is guessed.
    places = (problem.at, problem.at[:-1])
    kinds = {at: context.spec.kinds.get(tuple(map(str, at))) for at in places}
    at = next((at for at, kind in kinds.items() if kind == "parameter"), None)
    if at is None:
        return []
    twins = _twins(context, at)
    if len(twins) > 1:
        return [_once(context, at, twins)]
    node = context.node_at(at)
    name, place = node.text("name"), node.text("in")
    if not name:
        return [context.removed(at, "The parameter has no name, so it cannot be sent.")]
    if place in ("header", "cookie") and not TOKEN.fullmatch(name):
        reason = f"{name!a} is not a valid name of a {place} parameter, so this one cannot be sent."
        return [context.removed(at, reason)]
    return [] if "$ref" in node else [context.proposal(at, *_completed(context, at, node))]


def _completed(context: Context, at: Keys, node: Map) -> Iterator[Step]:
    """Return place and type in one action."""
    value: Action = {}
    reasons: list[str] = []
    place = node.text("in")
    if place not in PLACES:
        place, why = _place(node, at)
        value["in"] = place
        found = f"{node.text('in')!a} is not one" if node.text("in") else "It has none"
        reasons.append(f"{found} of the places of parameters; {why}.")
    if place == "path" and node.get("required") is not True:
        value["required"] = True
        reasons.append("A path parameter is always required.")
    is_content = "schema" not in node and len(node.map("content")) == 1
    if "content" in node and not is_content:
        reason = "A parameter has either a schema or one media type; the schema is kept."
        yield context.remove((*at, "content"), reason)
    if "schema" not in node and not is_content:
        there = Map({**node, "in": place}, position=node.position)
        guess, why = context.evidence.typed(there)
        value |= guess
        reasons.append(f"Untyped in the document; {why}.")
    if value:
        yield context.update(at, value, " ".join(reasons))


def _place(node: Map, at: Keys) -> tuple[str, str]:
    name = node.text("name")
    if at[0] == "paths" and name in templates(str(at[1])):
        return "path", "the path has a template of this name"
    if _HEADER.fullmatch(name):
        return "header", "it is named like a header"
    return "query", "most parameters are in the query"


def retyped(context: Context) -> Iterator[Proposal]:
    """Yield types for parameters with a default but without a type, and for list items."""
    for item in context.spec.of_kind("parameter"):
        schema = item.node.map("schema")
        if schema.get("type") == "array" and "items" not in schema:
            yield context.updated(item.at, {"schema": {"items": {"type": "string"}}}, _ITEMS)
        elif schema and _HINTING.issuperset(schema):
            guess, why = context.evidence.typed(item.node)
            told = guess["schema"]
            if isinstance(told, dict) and "$ref" not in told:
                yield context.updated(item.at, guess, f"The document specifies no type; {why}.")


_ITEMS = "The document does not specify the items of the list; text, as in nearly all lists."
_HINTING = frozenset("default example examples minimum maximum minLength maxLength format".split())


_WORDS = {
    "string": "text date datetime time uuid uri url",
    "integer": "int int32 int64 long short",
    "number": "float double decimal",
    "boolean": "bool",
    "object": "map dict",
}
_KINDS = {word: kind for kind in TYPES for word in (kind, *_WORDS.get(kind, "").split())}
"""Types of JSON Schema, by the words that documents have for them."""


def known_type(context: Context, problem: Finding) -> list[Proposal]:
    """Return the type that an unknown one must mean, or its removal."""
    at = problem.at[:-1]
    schema = context.node_at(at)
    kinds = [_meant(kind) for kind in schema.seq("type").texts() or [schema.text("type")]]
    reason = f"JSON Schema has no type {problem.values['found']!a}"
    if not all(kinds):
        return [context.removed(problem.at, f"{reason}; any value is accepted.")]
    value: Action = {"type": kinds if schema.seq("type") else kinds[0]}
    if form := {"date": "date", "datetime": "date-time"}.get(_word(schema.text("type"))):
        value["format"] = form
    reason = f"{reason}; {' or '.join(kinds)} must be meant."
    return [
        context.proposal(at, context.remove(problem.at, reason), context.update(at, value, reason))
    ]


def _meant(kind: str) -> str:
    near = difflib.get_close_matches(_word(kind), _KINDS, 1, 0.8)
    return _KINDS[near[0]] if near else ""


def _word(kind: str) -> str:
    return re.sub(r"[\W_]", "", kind).lower()


def _twins(context: Context, at: Keys) -> list[Parameter]:
    """Return the parameters of the same list with the same name."""
    if not (at[0] == "paths" and at[-2] == "parameters"):
        return []
    listed = list(context.spec.parameters_of(str(at[1]), *map(str, at[2:-2])))
    own = [item for item in listed if item.at == at]
    return [item for item in listed if own and item.name and item.identity == own[0].identity]


def _once(context: Context, at: Keys, twins: list[Parameter]) -> Proposal:
    """Remove all that are spelled alike and list the best of them again: no index is needed."""
    best = max(twins, key=lambda item: (_says(item.node), -int(item.at[-1])))
    kept = context.node_at(best.at)
    selectors = [_selector(context.node_at(item.at)) for item in twins]
    is_repeated = selectors.count(_selector(kept)) > 1
    base = jsonpath(context.spec.root, at[:-1])
    reason = f"The document lists the {best.place} parameter {best.name!a} {len(twins)} times."
    steps = [
        step(f"{base}[?{selector}]", {"remove": True}, reason)
        for selector in sorted(set(selectors))
        if is_repeated or selector != _selector(kept)
    ]
    if is_repeated:
        value, reason = bare(kept), "The most detailed of these parameters, once."
        if not {"$ref", "schema", "content"} & kept.keys():
            guess, why = context.evidence.typed(kept)
            value, reason = value | guess, f"{reason} Untyped in the document; {why}."
        steps.append(context.update(at[:-2], {"parameters": [value]}, reason))
    return context.proposal(at, *steps)


def _selector(node: Map) -> str:
    """Return the filter for the members of a list with the same spelling."""
    root = Map({"x": Seq([node], position=node.position)}, position=node.position)
    return jsonpath(root, ("x", 0)).removeprefix("$.x[?").removesuffix("]")


def _says(node: Map) -> tuple[bool, bool, int]:
    typed = "schema" in node or "content" in node
    return typed, "$ref" in node, len(node.text("description"))
