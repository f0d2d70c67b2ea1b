"""Operations that a new document repeats: what callers may pass stays, unless a person objects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from generator.document import Map, Node, canonical_path, plain
from generator.draft.context import Context
from generator.draft.proposals import Proposal, bare
from generator.draft.type_guesses import TYPE, in_words, is_whole
from generator.merge.conflicts import shortened
from generator.merge.equality import BOUNDS, is_narrower
from generator.merge.occurrences import text_of
from generator.merge.proposed_overlays import Action
from generator.names import class_name
from generator.references import reached
from generator.validate.spec import Operation, Parameter, Spec

_FORM = frozenset((*TYPE, "enum", "const"))


def kept(context: Context) -> Iterator[Proposal]:
    """The parameters, types and bounds that callers know of such operations."""
    before = {
        (canonical_path(operation.path), operation.method): operation
        for root in reversed(context.folder.before)
        for operation in Spec(root).operations
    }
    for operation in context.spec.operations:
        key = (canonical_path(operation.path), operation.method)
        if known := before.get(key):
            yield from _kept_bodies(context, operation, known)
            if key in context.folder.repeated:
                yield from _kept(context, operation, known)
    for root in context.folder.before[-1:]:
        yield from _kept_schemas(context, root.map("components").map("schemas"))


def _kept_schemas(context: Context, before: Map) -> Iterator[Proposal]:
    """The released properties of schemas that a new document has, too, and others had before."""
    spec = context.spec
    sent = reached(spec.root, *(operation.node.map("requestBody") for operation in spec.operations))
    classes = {class_name(name): schema for name, schema in before.maps()}
    for name, schema in spec.root.map("components").map("schemas").maps():
        old, at = classes.get(class_name(name)), ("components", "schemas", name)
        if not old or old.map("x-source").text("document") in context.folder.arrived:
            continue
        closed = schema.get("additionalProperties") is False and "additionalProperties" not in old
        if closed and f"#/components/schemas/{name}" in sent:
            reason = "Released with room for properties of other names."
            yield context.removed((*at, "additionalProperties"), reason)
        for key, node in schema.map("properties").maps():
            known, place = old.map("properties").map(key), (*at, "properties", key)
            differs = known and _is_new(context, node) and _form(node) != _form(known)
            if differs and is_whole(spec, known):
                reason, value = _other_type(known, node), {key: bare(known)}
                again = context.update(place[:-1], value, reason)
                yield context.proposal(place, context.remove(place, reason), again)


def _kept_bodies(context: Context, operation: Operation, known: Operation) -> Iterator[Proposal]:
    """The released bodies of successes of which a new document specifies none."""
    spec, before = context.spec, known.node.map("responses")
    for status, response in operation.node.map("responses").maps():
        content = before.map(status).map("content")
        lacks = not {"content", "$ref"} & response.keys() and _is_new(context, response)
        if status.startswith("2") and lacks and content and is_whole(spec, content):
            reason = "Released with this body; the document does not specify the response."
            at = (*operation.at, "responses", status)
            yield context.updated(at, {"content": bare(content)}, reason)


def _is_new(context: Context, node: Map) -> bool:
    return PurePath(node.position.file).name in context.new


def _other_type(known: Node, node: Node) -> str:
    old, new = in_words(plain(known)), in_words(plain(node))
    if old == new:
        return f"Released in another form than the document has: {shortened(known)}."
    return f"Released as {old}; the document has {new}."


def _form(schema: Map) -> str:
    """What a schema lets pass, apart from bounds and prose."""
    return text_of({key: value for key, value in schema.items() if key in _FORM})


def _kept(context: Context, operation: Operation, known: Operation) -> Iterator[Proposal]:
    spec = context.spec
    here = {parameter.identity: parameter for parameter in operation.parameters}
    for parameter in known.parameters:
        if not is_whole(spec, parameter.node):
            continue
        there = here.get(parameter.identity)
        if there is not None:
            yield from _typed(context, there, parameter.node)
        elif parameter.place != "path":
            reason = f"Callers know the {parameter.place} parameter {parameter.name!a}."
            yield context.updated(operation.at, {"parameters": [bare(parameter.node)]}, reason)


def _typed(context: Context, there: Parameter, known: Map) -> Iterator[Proposal]:
    """The released type where a new document has another one, and the wider of both bounds."""
    node, spec = there.node, context.spec
    schema, old = node.map("schema"), known.map("schema")
    if not _is_new(context, schema) or not old:
        return
    # Where it is written: in its list, or where that refers to.
    at = next((item.at for item in spec.of_kind("parameter") if item.node is node), there.at)
    if _type(node) != _type(known):
        value: Action = {"schema": {**bare(old), **_wider(schema, old)}}
        value |= {key: plain(known[key]) for key in ("style", "explode") if key in known}
        reason = _other_type(old, schema)
        steps = (context.remove((*at, "schema"), reason), context.update(at, value, reason))
        yield context.proposal(at, *steps)
        return
    if wider := _wider(old, schema):
        reason = f"Released with wider bounds than the document has: {', '.join(wider)}."
        yield context.updated(at, {"schema": wider}, reason)


def _wider(schema: Map, other: Map) -> Action:
    """The bounds of a schema by which it lets more pass than another one."""
    both = [key for key in BOUNDS if key in schema and key in other]
    return {key: plain(schema[key]) for key in both if is_narrower(key, other[key], schema[key])}


def _type(node: Map) -> str:
    return text_of([_form(node.map("schema")), node.get("style"), node.get("explode")])
