"""Body and form parameters of Swagger 2.0, which become request bodies."""

from __future__ import annotations

from collections.abc import Sequence

from generator.document import Map, Node, Seq, copied, copied_map

from .parameters import collection_style, put_style, type_schema
from .shared import Log, carry, only_extensions

JSON = "application/json"
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

_USUAL = ("form", True)
"""The default style of arrays in forms; to write it out would change how files are sent."""


def body(parameter: Map, consumes: Sequence[str]) -> Map:
    """Return the request body that a body parameter describes."""
    new = Map(position=parameter.position)
    carry(parameter, new, "description")
    content = Map(position=parameter.position)
    for media_type in consumes or [JSON]:
        entry = Map(position=parameter.position)
        if isinstance(parameter.get("schema"), Map):
            schema = copied(parameter["schema"])
            entry.put("schema", schema, parameter.position_of("schema"))
        content.put(media_type, entry)
    new.put("content", content)
    carry(parameter, new, "required")
    extensions = only_extensions(parameter)
    for key in extensions:
        carry(extensions, new, key)
    return new


def form(fields: Sequence[Map], consumes: Sequence[str], log: Log) -> Map:
    """Return the request body that form parameters describe together."""
    first = fields[0]
    new = Map(position=first.position)
    content = Map(position=first.position)
    entry = _form_entry(fields, log)
    for media_type in _form_types(fields, consumes):
        content.put(media_type, copied(entry))
    new.put("content", content)
    required = [field for field in fields if field.get("required") is True]
    if required:
        new.put("required", True, required[0].position_of("required"))
    return new


def _form_types(fields: Sequence[Map], consumes: Sequence[str]) -> list[str]:
    if any(_is_file(field) for field in fields):
        return [MULTIPART]
    declared = [item for item in consumes if item.split(";")[0].strip() in (URLENCODED, MULTIPART)]
    return declared or [URLENCODED]


def _is_file(field: Map) -> bool:
    return "file" in (field.text("type"), field.map("items").text("type"))


def _form_entry(fields: Sequence[Map], log: Log) -> Map:
    """Return the media type object: an object schema, and how its arrays are written."""
    position = fields[0].position
    properties = Map(position=position)
    encoding = Map(position=position)
    for field in fields:
        name = field.text("name")
        if "name" not in field:
            log.error(field.position, "form-field-unnamed")
        elif name in properties:
            first = properties.position_of(name)
            log.error(field.position, "form-field-twice", name=name, first=first)
        properties.put(name, _property(field, log), field.position)
        written = None if _is_file(field) else collection_style(field, "formData", log)
        if written is not None and written != _USUAL:
            how = Map(position=field.position)
            put_style(how, written, field.position_of("collectionFormat"))
            encoding.put(name, how, field.position)
    schema = Map([("type", "object"), ("properties", properties)], position=position)
    required: list[Node] = [item["name"] for item in fields if _is_required(item)]
    if required:
        schema.put("required", Seq(required, position=position))
    entry = Map({"schema": schema}, position=position)
    if encoding:
        entry.put("encoding", encoding)
    return entry


def _is_required(field: Map) -> bool:
    return field.get("required") is True and "name" in field


def _property(field: Map, log: Log) -> Map:
    schema = type_schema(field, log) or Map(position=field.position)
    schema = copied_map(schema)
    for key in field:
        if key in ("description", "example") or (key.startswith("x-") and key not in schema):
            carry(field, schema, key)
    return schema
