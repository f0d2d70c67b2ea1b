"""Parameters and headers of Swagger 2.0: type fields become a schema, collections a style."""

from __future__ import annotations

from generator.document import Map, Position

from .shared import Log, carry, without

_SCHEMA_FIELDS = frozenset(
    "type format items default enum multipleOf pattern minimum maximum exclusiveMinimum"
    " exclusiveMaximum minLength maxLength minItems maxItems uniqueItems nullable"
    " x-nullable".split()
)
"""Fields of a parameter that describe its value."""

_LISTS = {
    "csv": ("form", False),
    "multi": ("form", True),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
}
_SIMPLE = {"csv": ("simple", False)}
"""Collection formats as style and explode of OpenAPI 3. Only csv is possible elsewhere."""


def upgraded_parameter(node: Map, log: Log) -> Map:
    """Return a parameter that is neither body nor form field, with a schema if it has a type."""
    if "$ref" in node:
        return node
    location = node.text("in")
    new = _typed(node, log, () if location == "query" else ("allowEmptyValue",))
    written = collection_style(node, location, log)
    if written is not None:
        put_style(new, written, node.position_of("collectionFormat"))
    return new


def upgraded_header(node: Map, log: Log) -> Map:
    """Return a header of a response."""
    collection_style(node, "header", log)
    return _typed(node, log)


def _typed(node: Map, log: Log, dropped: tuple[str, ...] = ()) -> Map:
    new = without(node, {*_SCHEMA_FIELDS, "schema", "collectionFormat", *dropped})
    schema = type_schema(node, log)
    if schema is not None:
        new.put("schema", schema, node.position_of("schema" if "schema" in node else "type"))
    return new


def type_schema(node: Map, log: Log) -> Map | None:
    """Return the schema that a parameter or header spreads over its own fields.

    None where it has none: what is untyped stays untyped.
    """
    schema = without(node.map("schema"), ())
    for key in node:
        if key in _SCHEMA_FIELDS:
            carry(node, schema, key)
    if "items" in node:
        schema["items"] = _nested(node.map("items"), log)
    return schema if schema or isinstance(node.get("schema"), Map) else None


def _nested(items: Map, log: Log) -> Map:
    """Return the items of a collection; only comma-separated ones may be within a collection."""
    if items.text("type") == "array" and items.get("collectionFormat", "csv") != "csv":
        _refuse(items, "within another collection", log)
    new = without(items, ("collectionFormat",))
    if "items" in items:
        new["items"] = _nested(items.map("items"), log)
    return new


def collection_style(node: Map, location: str, log: Log) -> tuple[str, bool] | None:
    """How the values of an array are written: style and explode. None for what is no array."""
    if node.text("type") != "array":
        return None
    styles = _LISTS if location in ("query", "formData") else _SIMPLE
    written = node.get("collectionFormat", "csv")
    if isinstance(written, str) and written in styles:
        return styles[written]
    _refuse(node, f"in {location or 'this place'}", log)
    return None


def put_style(node: Map, written: tuple[str, bool], where: Position) -> None:
    """State in a parameter or encoding how its arrays are written."""
    style, explode = written
    node.put("style", style, where)
    node.put("explode", explode, where)


def _refuse(node: Map, place: str, log: Log) -> None:
    found = node.get("collectionFormat")
    log.error(node.position_of("collectionFormat"), "collection-format", found=found, place=place)
