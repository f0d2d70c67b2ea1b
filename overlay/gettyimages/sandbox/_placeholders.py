"""Answers of operations that the sandbox knows only from the spec: examples, or typed stand-ins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from starlette.responses import JSONResponse, Response

from ._spec import Node, Operation, Spec

_TEXTS = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "uri": "https://example.com/",
    "uri-reference": "/",
    "email": "someone@example.com",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "binary": "",
    "byte": "",
}


def answer(spec: Spec, operation: Operation) -> Response:
    """A success of the operation, as its spec declares it."""
    place, node, status = _success(spec, operation)
    content = cast(Mapping[str, Node], node.get("content", {}))
    headers = {"Location": "/"} if 300 <= status < 400 else {}
    media = next((name for name in content if "json" in name), next(iter(content), None))
    if media is None:
        return Response(status_code=status, headers=headers)
    if "json" not in media:
        return Response(b"", status, headers, media_type=None if "*" in media else media)
    pointer = f"{place}/content/{media.replace('~', '~0').replace('/', '~1')}"
    example = _example(spec, content[media], pointer)
    if example is None and "schema" in content[media]:
        example = value(spec, f"{pointer}/schema", 0)
    return JSONResponse(example, status, headers)


def _success(spec: Spec, operation: Operation) -> tuple[str, Node, int]:
    responses = cast(Mapping[str, Node], operation.node.get("responses", {}))
    successes = sorted(code for code in responses if code[:1] in "23")
    code = next(iter(successes), "default" if "default" in responses else "")
    if not code:
        return "", {}, 200
    place, node = spec.resolve(f"{operation.pointer}/responses/{code}")
    return place, node, int(code) if code.isdigit() else 200


def _example(spec: Spec, node: Node, pointer: str) -> object:
    if "example" in node:
        return node["example"]
    examples = node.get("examples")
    if isinstance(examples, list):
        return examples[0] if examples else None
    if isinstance(examples, dict) and examples:
        name = next(iter(examples)).replace("~", "~0").replace("/", "~1")
        return spec.resolve(f"{pointer}/examples/{name}")[1].get("value")
    return None


def value(spec: Spec, pointer: str, depth: int) -> object:
    """A value that fits the schema at a JSON pointer, in plain cases."""
    place, schema = spec.resolve(pointer)
    for known in ("const", "default"):
        if known in schema:
            return schema[known]
    if (example := _example(spec, schema, place)) is not None:
        return example
    if choices := cast(list[object], schema.get("enum", [])):
        return choices[0]
    if "allOf" in schema:
        return _all(spec, place, schema, depth)
    for word in ("oneOf", "anyOf"):
        if word in schema:
            return value(spec, f"{place}/{word}/0", depth)
    return _typed(spec, place, schema, depth)


def _all(spec: Spec, place: str, schema: Node, depth: int) -> object:
    merged: dict[str, object] = {}
    for index in range(len(cast(list[object], schema["allOf"]))):
        part = value(spec, f"{place}/allOf/{index}", depth)
        if not isinstance(part, dict):
            return part
        merged |= part
    return merged | _object(spec, place, schema, depth)


def _typed(spec: Spec, place: str, schema: Node, depth: int) -> object:
    kinds = schema.get("type")
    kind = kinds[0] if isinstance(kinds, list) and kinds else kinds
    match kind:
        case "string":
            text = _TEXTS.get(str(schema.get("format")), "text")
            return text.ljust(cast(int, schema.get("minLength", 0)), "x")
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case "null":
            return None
        case "array":
            deep = depth > 4 or "items" not in schema
            return [] if deep else [value(spec, f"{place}/items", depth + 1)]
    if kind == "object" or "properties" in schema:
        return _object(spec, place, schema, depth)
    return None


def _object(spec: Spec, place: str, schema: Node, depth: int) -> dict[str, object]:
    properties = cast(Node, schema.get("properties", {}))
    required = cast(list[str], schema.get("required", []))
    return {
        name: value(
            spec, f"{place}/properties/{name.replace('~', '~0').replace('/', '~1')}", depth + 1
        )
        for name in properties
        if depth <= 4 or (name in required and depth <= 16)
    }
