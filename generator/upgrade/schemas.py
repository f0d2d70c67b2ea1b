"""Schemas: rewrites the extensions of Swagger 2.0 and OpenAPI 3.0 as plain JSON Schema."""

from __future__ import annotations

from generator.document import Map, Seq
from generator.grammar import ANNOTATIONS, OPENAPI, walk

from .shared import rename_keys, replace, without

_REFERENCE_FIELDS = {"$ref", "summary", "description"}
_COMBINED = ("$ref", "allOf", "anyOf", "oneOf", "not", "const")
"""Keywords that may exclude null, whatever the type is."""
_ENCODINGS = {
    "byte": ("contentEncoding", "base64"),
    "binary": ("contentMediaType", "application/octet-stream"),
}


def upgrade_all(root: Map, *, keep_siblings: bool) -> None:
    """Upgrade, in place, every schema of a document that has the structure of OpenAPI 3.

    Before 3.1, what stood beside a `$ref` was ignored; unless it is to be kept, it is removed.
    """
    for what, _, node in walk(OPENAPI, root):
        nullable = what == "schema" and _take_nullable(node)
        if "$ref" in node and what not in ("path item", "callback") and not keep_siblings:
            extensions = {key for key in node if what == "schema" and key.startswith("x-")}
            replace(node, without(node, node.keys() - extensions - _REFERENCE_FIELDS))
        if what == "schema":
            _upgrade_discriminator(node)
            _upgrade_bound(node, "minimum", "exclusiveMinimum")
            _upgrade_bound(node, "maximum", "exclusiveMaximum")
            _upgrade_example(node)
            _upgrade_format(node)
        if nullable:
            _allow_null(node)


def _take_nullable(schema: Map) -> bool:
    found = [key for key in ("nullable", "x-nullable") if isinstance(schema.get(key), bool)]
    return True in [schema.pop(key) for key in found]


def _allow_null(schema: Map) -> None:
    if any(key in schema for key in _COMBINED):
        _wrap(schema)
        return
    kind = schema.get("type")
    types = [kind] if isinstance(kind, str) else schema.seq("type").texts()
    if types and "null" not in types:
        schema["type"] = Seq([*types, "null"], position=schema.position_of("type"))
    values = schema.get("enum")
    if isinstance(values, Seq) and None not in values:
        schema["enum"] = Seq([*values, None], position=values.position)


def _wrap(schema: Map) -> None:
    """Return the schema or null, with the annotations outside of the alternatives."""
    outside = {key for key in schema if key in ANNOTATIONS or key.startswith("x-")}
    inner, outer = without(schema, outside), without(schema, schema.keys() - outside)
    null = Map({"type": "null"}, position=schema.position)
    outer.put("anyOf", Seq([inner, null], position=schema.position))
    replace(schema, outer)


def _upgrade_discriminator(schema: Map) -> None:
    name = schema.get("discriminator")
    if isinstance(name, str):
        position = schema.position_of("discriminator")
        schema["discriminator"] = Map({"propertyName": name}, position=position)


def _upgrade_bound(schema: Map, bound: str, exclusive: str) -> None:
    flag = schema.get(exclusive)
    if not isinstance(flag, bool):
        return
    del schema[exclusive]
    if flag:
        rename_keys(schema, lambda key: exclusive if key == bound else key)


def _upgrade_example(schema: Map) -> None:
    if "example" in schema:
        position = schema.position_of("example")
        examples = Seq([*schema.seq("examples"), schema.pop("example")], position=position)
        schema.put("examples", examples, position)


def _upgrade_format(schema: Map) -> None:
    if schema.text("type") == "file":
        schema["type"] = "string"
        schema.put("format", "binary", schema.position_of("type"))
    if (name := schema.text("format")) in _ENCODINGS:
        key, value = _ENCODINGS[name]
        del schema["format"]
        if key not in schema:
            schema.put(key, value, schema.position_of("format"))
