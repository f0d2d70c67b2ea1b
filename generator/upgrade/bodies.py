"""Bodies of Swagger 2.0: parameters become request bodies, schemas of responses become content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.document import Map, Node, Seq, copied, copied_map
from generator.references import followed, parts_of, reference

from .parameters import collection_style, put_style, type_schema, upgraded_header
from .shared import Log, carry, only_extensions, without

JSON = "application/json"
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

_USUAL = ("form", True)
"""The default style of arrays in forms; to write it out would change how files are sent."""
_BINARY = "application/octet-stream"


@dataclass(slots=True)
class Parameters:
    """The parameters of an operation or path item, by their new roles."""

    plain: list[Map] = field(default_factory=list)
    bodies: list[tuple[Map, Map]] = field(default_factory=list)
    """Each with the object that it refers to, or with itself."""
    fields: list[tuple[Map, Map]] = field(default_factory=list)

    def completed(self, inherited: Parameters) -> Parameters:
        """With the bodies and form fields of the path item that these do not override."""
        names = {target.text("name") for _, target in self.fields}
        more = [pair for pair in inherited.fields if pair[1].text("name") not in names]
        return Parameters(self.plain, self.bodies or inherited.bodies, self.fields + more)


def gather(root: Map, parameters: Seq) -> Parameters:
    """Sort a list of parameters. Those that dangle count as neither body nor form field."""
    found = Parameters()
    for node in parameters.maps():
        target = followed(root, node, "parameters")
        location = target.text("in") if target is not None else ""
        if target is not None and location == "body":
            found.bodies.append((node, target))
        elif target is not None and location == "formData":
            found.fields.append((node, target))
        else:
            found.plain.append(node)
    return found


def request_body(
    root: Map, parameters: Parameters, consumes: Sequence[str], log: Log, *, shared: bool
) -> Map | None:
    """Return the request body of an operation, or None.

    It refers to a shared body where there is one and the media types are the document's own.
    """
    sources = [node for node, _ in (*parameters.bodies, *parameters.fields)]
    if not sources:
        return None
    for other in sources[1:]:
        if parameters.bodies:
            log.error(other.position, "body-second", first=sources[0].position)
    if parameters.bodies:
        node, target = parameters.bodies[0]
        shared_body = _shared_body(root, node) if shared else ""
        if shared_body:
            return Map({"$ref": shared_body}, position=node.position)
        return body(target, consumes)
    return form([copied_map(target) for _, target in parameters.fields], consumes, log)


def _shared_body(root: Map, node: Map) -> str:
    """Return the reference to a shared body, as the components of OpenAPI 3 have it."""
    ref = node.text("$ref")
    section = root.map("parameters")
    if ref in section:
        return reference("components", "requestBodies", ref)
    parts = parts_of(ref)
    if len(parts) == 2 and parts[0] == "parameters" and parts[1] in section:
        return reference("components", "requestBodies", parts[1])
    return ""


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
    for node in fields:
        name = node.text("name")
        if "name" not in node:
            log.error(node.position, "form-field-unnamed")
        elif name in properties:
            first = properties.position_of(name)
            log.error(node.position, "form-field-twice", name=name, first=first)
        properties.put(name, _property(node, log), node.position)
        written = None if _is_file(node) else collection_style(node, "formData", log)
        if written is not None and written != _USUAL:
            how = Map(position=node.position)
            put_style(how, written, node.position_of("collectionFormat"))
            encoding.put(name, how, node.position)
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


def upgraded_response(node: Map, produces: Sequence[str], log: Log) -> Map:
    """Return a response, with content for each media type that its operation produces."""
    if "$ref" in node:
        return node
    new = without(node, ("schema", "headers", "examples"))
    headers = Map(position=node.map("headers").position)
    for name, header in node.map("headers").items():
        value = upgraded_header(header, log) if isinstance(header, Map) else header
        headers.put(name, value, node.map("headers").position_of(name))
    if headers:
        new.put("headers", headers, node.position_of("headers"))
    content = _content(node, produces)
    if content:
        new.put("content", content, node.position_of("schema" if "schema" in node else "examples"))
    return new


def depends_on_produces(node: Map) -> bool:
    """Return whether a response differs if other media types are produced."""
    return "schema" in node or "examples" in node


def _content(node: Map, produces: Sequence[str]) -> Map:
    schema = node.get("schema")
    examples = node.map("examples")
    content = Map(position=node.position_of("schema" if "schema" in node else "examples"))
    for media_type in _media_types(schema, produces):
        entry = Map(position=content.position)
        if isinstance(schema, Map):
            entry.put("schema", copied(schema), node.position_of("schema"))
        content.put(media_type, entry)
    for key in examples:
        _put_example(content, examples, key, schema)
    if not isinstance(schema, Map):
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


def _put_example(content: Map, examples: Map, key: str, schema: object) -> None:
    """Give an example to its media type; one of another name is given to all without one."""
    if "/" not in key:
        for _, entry in content.maps():
            if "example" not in entry:
                entry.put("example", copied(examples[key]), examples.position_of(key))
        return
    if key not in content:
        entry = Map(position=examples.position_of(key))
        if isinstance(schema, Map):
            entry.put("schema", copied(schema), schema.position)
        content.put(key, entry, examples.position_of(key))
    content.map(key).put("example", copied(examples[key]), examples.position_of(key))
