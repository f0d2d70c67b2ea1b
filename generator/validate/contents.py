"""Checks what is sent and received: request bodies, media types and forms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from generator.client.flat_schemas import Schemas, is_object, types_of
from generator.client.media import encodings, kind_of, preferred
from generator.document import Map, Node
from generator.findings import Finding

from .parameters import TOKEN, title
from .spec import Object, Spec

# Possessive, so that no text makes it try many ways.
_MEDIA_TYPE = re.compile(
    rf'{TOKEN}/{TOKEN}(?:[ \t]*+;[ \t]*+(?:{TOKEN}=(?:{TOKEN}|"[^"\x00-\x1f\x7f]*"))?)*+'
)


def check(spec: Spec) -> Iterator[Finding]:
    """Yield findings about request bodies without content, and invalid media types."""
    schemas = Schemas(spec.root)
    for item in spec.of_kind("request body"):
        if not item.node.map("content"):
            found = "an empty `content`" if "content" in item.node else "no `content`"
            owner = spec.describe(item.at)
            yield spec.finding("body-empty", item.at, owner=owner, found=found)
        yield from _form(spec, schemas, item)
    for item in spec.of_kind("request body", "response", "parameter", "header"):
        if item.kind == "parameter":
            yield from _parameter(spec, schemas, item)
        for name in item.node.map("content"):
            if not _MEDIA_TYPE.fullmatch(name):
                at = (*item.at, "content", name)
                yield spec.finding("media-type", at, owner=spec.describe(at), name=name)


def _parameter(spec: Spec, schemas: Schemas, item: Object) -> Iterator[Finding]:
    """A parameter that holds more than its style can write."""
    place, style = item.node.text("in"), item.node.text("style")
    if (place, style) == ("query", "deepObject") or not _is_nested(
        schemas, item.node.get("schema")
    ):
        return
    usual = "simple" if place in ("path", "header") else "form"
    advice = "nested-in-query" if place == "query" else "nested-elsewhere"
    parameter = title(spec, item)
    found = spec.finding("parameter-nested", item.at, parameter=parameter, style=style or usual)
    yield found.advised(advice)


def _form(spec: Spec, schemas: Schemas, item: Object) -> Iterator[Finding]:
    """Properties of a form that hold more than their style can write."""
    content = preferred(item.node.map("content"))
    if content is None or content.kind != "form":
        return
    styles = encodings(content)
    used = next(name for name in item.node.map("content") if kind_of(name) == "form")
    at = (*item.at, "content", used)
    for name, schema in schemas.flat(content.schema).map("properties").items():
        style = styles.get(name, "form")
        if style not in ("json", "deepObject") and _is_nested(schemas, schema):
            encoding = {"encoding": {name: {"style": "deepObject", "explode": True}}}
            yield spec.finding(
                "form-nested",
                at,
                owner=spec.describe(at),
                name=name,
                style=style,
                update=json.dumps(encoding, ensure_ascii=False),
            )


def _is_nested(schemas: Schemas, schema: Node) -> bool:
    """Whether an object or list holds objects or lists."""
    held = [
        each
        for flat in _alternatives(schemas, schema)
        for each in (
            *flat.map("properties").values(),
            flat.get("additionalProperties"),
            flat.get("items"),
        )
    ]
    return any(_is_collection(flat) for each in held for flat in _alternatives(schemas, each))


def _alternatives(schemas: Schemas, schema: Node) -> list[Map]:
    """A schema and all that it offers a choice of."""
    found = [schemas.flat(schema)]
    for flat in found:
        offered = [*flat.seq("anyOf").maps(), *flat.seq("oneOf").maps()]
        found += [each for each in map(schemas.flat, offered) if each not in found]
    return found


def _is_collection(flat: Map) -> bool:
    return is_object(flat) or not {"array", "object"}.isdisjoint(types_of(flat))
