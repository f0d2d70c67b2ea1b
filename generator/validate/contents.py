"""Checks what is sent and received: parameters, types, request bodies, media types, responses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from generator.client import is_success
from generator.client.flat_schemas import Schemas, is_object, options_of, types_of
from generator.client.media import encodings, kind_of, preferred
from generator.document import Map, Node
from generator.findings import Finding, Keys, quoted
from generator.names import PLACES

from .spec import Object, Parameter, Spec

TYPES = ("string", "integer", "number", "boolean", "array", "object", "null")
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - a token of RFC 9110
TOKEN = re.compile(_TOKEN)
# Possessive, so that no text makes it try many ways.
_MEDIA_TYPE = re.compile(
    rf'{_TOKEN}/{_TOKEN}(?:[ \t]*+;[ \t]*+(?:{_TOKEN}=(?:{_TOKEN}|"[^"\x00-\x1f\x7f]*"))?)*+'
)
_STATUS = re.compile(r"[1-5](?:[0-9]{2}|XX)|default")


def check_parameters(spec: Spec) -> Iterator[Finding]:
    """Yield findings about parameters, each by itself and compared with the others."""
    for item in spec.of_kind("parameter"):
        yield from _place(spec, item)
        yield from _type(spec, item)
    for path, _ in spec.root.map("paths").maps():
        yield from _repeated(spec, spec.parameters_of(path), f"path {quoted(path)}")
    for operation in spec.operations:
        own = spec.parameters_of(operation.path, operation.method)
        yield from _repeated(spec, own, str(operation))


def _title(spec: Spec, item: Object) -> str:
    """Return a parameter in words: name, place, and whose it is."""
    name, place = quoted(item.node.text("name")), item.node.text("in")
    kind = f"{place} parameter" if place in PLACES else "parameter"
    return f"the {kind} {name} of {spec.describe(item.at)}"


def _place(spec: Spec, item: Object) -> Iterator[Finding]:
    place, name = item.node.text("in"), item.node.text("name")
    if not name:
        owner = spec.describe(item.at)
        yield spec.finding("parameter-unnamed", _field(item, "name"), target=item.at, owner=owner)
    code, key = "", "in"
    if place not in PLACES:
        code = "parameter-place"
    elif place == "path" and item.node.get("required") is not True:
        code, key = "parameter-optional", "required"
    elif place in ("header", "cookie") and name and not TOKEN.fullmatch(name):
        code, key = "parameter-name", "name"
    if code:
        values = {"parameter": _title(spec, item), "known": PLACES, "found": place}
        yield spec.finding(code, _field(item, key), target=item.at, **values)


def _type(spec: Spec, item: Object) -> Iterator[Finding]:
    content = item.node.map("content")
    at, parameter = (*item.at, "content"), _title(spec, item)
    typed = [key for key in ("schema", "content") if key in item.node]
    if len(typed) > 1:
        yield spec.finding("parameter-typed-twice", item.at, target=at, parameter=parameter)
    elif not typed:
        yield spec.finding("parameter-untyped", item.at, parameter=parameter)
    elif typed == ["content"] and len(content) != 1:
        yield spec.finding("parameter-media-types", at, parameter=parameter, found=len(content))


def _repeated(spec: Spec, parameters: Iterable[Parameter], owner: str) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Parameter] = {}
    for parameter in parameters:
        name, place = parameter.name, parameter.place
        first = seen.setdefault(parameter.identity, parameter)
        if first is not parameter and name and place in PLACES:
            at, values = parameter.at, {"owner": owner, "place": place, "name": name}
            yield spec.finding(
                "parameter-twice", at, target=at, first=spec.position(first.at), **values
            )


def _field(item: Object, key: str) -> Keys:
    return (*item.at, key) if key in item.node else item.at


def check_types(spec: Spec) -> Iterator[Finding]:
    """Yield findings about types that JSON Schema does not have."""
    for item in spec.of_kind("schema"):
        for kind in types_of(item.node):
            if kind not in TYPES:
                owner, at = spec.describe(item.at), (*item.at, "type")
                yield spec.finding(
                    "type-unknown", at, target=item.at, owner=owner, known=TYPES, found=kind
                )


def check_bodies(spec: Spec) -> Iterator[Finding]:
    """Yield findings about request bodies without content, and invalid media types."""
    for item in spec.of_kind("request body"):
        if not item.node.map("content"):
            found = "an empty `content`" if "content" in item.node else "no `content`"
            yield spec.finding("body-empty", item.at, owner=spec.describe(item.at), found=found)
        yield from _form(spec, item)
    for item in spec.of_kind("request body", "response", "parameter", "header"):
        if item.kind == "parameter":
            yield from _nested(spec, item)
        for name in item.node.map("content"):
            if not _MEDIA_TYPE.fullmatch(name):
                at = (*item.at, "content", name)
                yield spec.finding("media-type", at, owner=spec.describe(at), name=name)


def _nested(spec: Spec, item: Object) -> Iterator[Finding]:
    """A parameter that holds more than its style can write."""
    place, style = item.node.text("in"), item.node.text("style")
    schema = item.node.get("schema")
    if (place, style) == ("query", "deepObject") or not _is_nested(spec.schemas, schema):
        return
    usual = "simple" if place in ("path", "header") else "form"
    advice = "nested-in-query" if place == "query" else "nested-elsewhere"
    parameter = _title(spec, item)
    found = spec.finding("parameter-nested", item.at, parameter=parameter, style=style or usual)
    yield found.advised(advice)


def _form(spec: Spec, item: Object) -> Iterator[Finding]:
    """Properties of a form that hold more than their style can write."""
    content = preferred(item.node.map("content"))
    if content is None or content.kind != "form":
        return
    styles = encodings(content)
    used = next(name for name in item.node.map("content") if kind_of(name) == "form")
    at = (*item.at, "content", used)
    for name, schema in spec.schemas.flat(content.schema).map("properties").items():
        style = styles.get(name, "form")
        if style not in ("json", "deepObject") and _is_nested(spec.schemas, schema):
            encoding = {"encoding": {name: {"style": "deepObject", "explode": True}}}
            update = json.dumps(encoding, ensure_ascii=False)
            values = {"owner": spec.describe(at), "name": name, "style": style, "update": update}
            yield spec.finding("form-nested", at, target=at, **values)


def _is_nested(schemas: Schemas, schema: Node) -> bool:
    """Whether an object or list holds objects or lists."""
    for flat in _alternatives(schemas, schema):
        properties = flat.map("properties").values()
        for held in (*properties, flat.get("additionalProperties"), flat.get("items")):
            for each in _alternatives(schemas, held):
                if is_object(each) or {"array", "object"} & {*types_of(each)}:
                    return True
    return False


def _alternatives(schemas: Schemas, schema: Node) -> list[Map]:
    """A schema and all that it offers a choice of."""
    found = [schemas.flat(schema)]
    for flat in found:
        found += [each for each in map(schemas.flat, options_of(flat)) if each not in found]
    return found


def check_responses(spec: Spec) -> Iterator[Finding]:
    """Yield findings about keys that are not statuses, and operations without a success."""
    for item in spec.of_kind("operation"):
        for status in item.node.map("responses"):
            if not status.startswith("x-") and not _STATUS.fullmatch(status):
                at = (*item.at, "responses", status)
                yield spec.finding("status", at, owner=spec.describe(at), found=status)
    for operation in spec.operations:
        statuses = [key for key in operation.node.map("responses") if not key.startswith("x-")]
        redirects = any(status.startswith("3") and status != "304" for status in statuses)
        if not redirects and not any(is_success(each, operation.node) for each in statuses):
            keys = ["responses"] if "responses" in operation.node else []
            yield spec.about(operation, "success-missing", *keys, found=statuses)
