"""Responses of Swagger 2.0: a schema becomes content, per media type produced."""

from __future__ import annotations

from collections.abc import Sequence

from generator.document import Map, copied

from .bodies import JSON
from .parameters import upgraded_header
from .shared import Log, without

_BINARY = "application/octet-stream"


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
