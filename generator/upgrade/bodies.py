"""Bodies of Swagger 2.0: parameters become request bodies, schemas of responses become content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.document import Map, Seq, copied, copied_map
from generator.references import followed, parts_of, reference

from .parameters import collection_style, put_style, type_schema, upgraded_header
from .shared import Log, carry, put_items, without

JSON = "application/json"
_URLENCODED = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_BINARY = "application/octet-stream"

_USUAL = ("form", True)
"""The default style of arrays in forms; to write it out would change how files are sent."""


class Parameters(NamedTuple):
    """The parameters of an operation or path item by their new roles; some with their targets."""

    plain: list[Map]
    bodies: list[tuple[Map, Map]]
    """Each with the object that it refers to, or with itself."""
    fields: list[tuple[Map, Map]]

    def completed(self, inherited: Parameters) -> Parameters:
        """With the bodies and form fields of the path item that these do not override."""
        names = {target.text("name") for _, target in self.fields}
        more = [pair for pair in inherited.fields if pair[1].text("name") not in names]
        return Parameters(self.plain, self.bodies or inherited.bodies, self.fields + more)


def gather(root: Map, parameters: Seq) -> Parameters:
    """Sort a list of parameters. Those that dangle count as neither body nor form field."""
    found = Parameters([], [], [])
    for node in parameters.maps():
        target = followed(root, node, "parameters")
        location = target.text("in") if target is not None else ""
        if target is not None and location in ("body", "formData"):
            (found.bodies if location == "body" else found.fields).append((node, target))
        else:
            found.plain.append(node)
    return found


def request_body(
    root: Map, parameters: Parameters, consumes: Sequence[str], log: Log, *, shared: bool
) -> Map | None:
    """Return the request body of an operation, or None.

    It refers to a shared body where there is one and the media types are the document's own.
    """
    if not parameters.bodies:
        fields = [copied_map(target) for _, target in parameters.fields]
        return _form(fields, consumes, log) if fields else None
    (node, target), *others = parameters.bodies
    for other, _ in (*others, *parameters.fields):
        log.error(other.position, "body-second", first=node.position)
    if shared and (ref := _shared_body(root, node)):
        return Map({"$ref": ref}, position=node.position)
    return body(target, consumes)


def _shared_body(root: Map, node: Map) -> str:
    """Return the reference to a shared body, as the components of OpenAPI 3 have it."""
    ref = node.text("$ref")
    section = root.map("parameters")
    parts = ["parameters", ref] if ref in section else parts_of(ref)
    if len(parts) == 2 and parts[0] == "parameters" and parts[1] in section:
        return reference("components", "requestBodies", parts[1])
    return ""


def body(parameter: Map, consumes: Sequence[str]) -> Map:
    """Return the request body that a body parameter describes."""
    new = Map(position=parameter.position)
    carry(parameter, new, "description")
    entry = Map(position=parameter.position)
    carry(parameter, entry, "schema")
    new.put("content", _for_each(consumes or [JSON], entry))
    carry(parameter, new, "required")
    for key in parameter:
        if key.startswith("x-"):
            carry(parameter, new, key)
    return new


def _for_each(media_types: Iterable[str], entry: Map) -> Map:
    """Return content that is the same for some media types."""
    return Map(((name, copied(entry)) for name in media_types), position=entry.position)


def _form(fields: Sequence[Map], consumes: Sequence[str], log: Log) -> Map:
    """Return the body that form parameters describe: an object, and how its arrays are written."""
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
    required = [field for field in fields if field.get("required") is True]
    schema = Map([("type", "object"), ("properties", properties)], position=position)
    put_items(schema, "required", [field["name"] for field in required if "name" in field])
    entry = Map({"schema": schema}, position=position)
    if encoding:
        entry.put("encoding", encoding)
    types = [item for item in consumes if item.split(";")[0].strip() in (_URLENCODED, _MULTIPART)]
    types = [_MULTIPART] if any(map(_is_file, fields)) else types or [_URLENCODED]
    new = Map({"content": _for_each(types, entry)}, position=position)
    if required:
        new.put("required", True, required[0].position_of("required"))
    return new


def _is_file(field: Map) -> bool:
    return "file" in (field.text("type"), field.map("items").text("type"))


def _property(field: Map, log: Log) -> Map:
    schema = copied_map(type_schema(field, log) or Map(position=field.position))
    for key in field:
        if key in ("description", "example") or (key.startswith("x-") and key not in schema):
            carry(field, schema, key)
    return schema


def upgraded_response(node: Map, produces: Sequence[str], log: Log) -> Map:
    """Return a response, with content for each media type that its operation produces."""
    if "$ref" in node:
        return node
    new = without(node, ("schema", "headers", "examples"))
    headers = without(node.map("headers"), ())
    for name, header in headers.maps():
        headers[name] = upgraded_header(header, log)
    if headers:
        new.put("headers", headers, node.position_of("headers"))
    content = _content(node, produces)
    if content:
        new.put("content", content, content.position)
    return new


def _content(node: Map, produces: Sequence[str]) -> Map:
    schema, examples = node.get("schema"), node.map("examples")
    bare = Map(position=node.position_of("schema" if "schema" in node else "examples"))
    if isinstance(schema, Map):
        bare.put("schema", schema, bare.position)
    content = _for_each(_media_types(schema, produces) if bare or examples else (), bare)
    for key, example in examples.items():
        where = examples.position_of(key)
        if "/" in key:
            if key not in content:
                content.put(key, copied(bare), where)
            entries = [content.map(key)]
        else:  # no media type: an example for all without one
            entries = [entry for _, entry in content.maps() if "example" not in entry]
        for entry in entries:
            entry.put("example", copied(example), where)
    if not bare:
        for media_type in [name for name, entry in content.maps() if "example" not in entry]:
            del content[media_type]
    return content


def _media_types(schema: object, produces: Sequence[str]) -> list[str]:
    if isinstance(schema, Map) and schema.text("type") == "file":
        # A list meant for the document's other operations: a file is not decoded as JSON.
        return [item for item in produces if not _is_json(item)] or [_BINARY]
    return list(produces) or [JSON]


def _is_json(media_type: str) -> bool:
    subtype = media_type.split(";")[0].strip().lower().partition("/")[2]
    return subtype == "json" or subtype.endswith("+json")
