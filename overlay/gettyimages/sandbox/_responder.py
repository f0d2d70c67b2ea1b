"""The body of every response: what the sandbox knows, completed by the schemas of the spec."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from ._spec import Node, Operation, Spec

_SAMPLES = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "uri": "https://example.com/",
    "uri-reference": "/",
    "email": "someone@example.com",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "binary": "",
    "byte": "",
}
_DEPTH = 4  # below which only required properties are made up


class Responder:
    """Makes the successful response of an operation, always the same for the same knowledge."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._samples: dict[tuple[int, int], object] = {}  # by the schema's `id()`, and depth

    def respond(self, operation: Operation, known: object = None) -> Response:
        """The response that holds what is known; else the spec's example, or one made up."""
        responses = operation.node.get("responses", {})
        code = min((code for code in responses if code[:1] in "23"), default="default")
        status = int(code) if code.isdigit() else 200
        headers = {"Location": "/"} if 300 <= status < 400 else {}
        content = self._spec.resolve(responses.get(code, {})).get("content", {})
        media = next((name for name in content if "json" in name), next(iter(content), None))
        if media is None:
            return Response(status_code=status, headers=headers)
        if "json" not in media:
            return Response(b"", status, headers, media_type=None if "*" in media else media)
        schema = content[media].get("schema", {})
        if known is not None:
            return JSONResponse(self._complete(schema, known, 0), status, headers)
        samples = [*self._examples(content[media]), self._sample(schema, 0)]
        return JSONResponse(samples[0], status, headers)

    def _complete(self, schema: Node, known: Any, depth: int) -> object:
        """What is known, without what a schema does not have, and with what it requires."""
        schema = self._spec.resolve(schema)
        if isinstance(known, list) and "items" in schema:
            return [self._complete(schema["items"], item, depth + 1) for item in known]
        if not isinstance(known, Mapping) or "properties" not in schema:
            return known
        made_up = {*schema.get("required", [])} - {*known}
        return {
            name: self._sample(node, depth + 1)
            if name in made_up
            else self._complete(node, known[name], depth + 1)
            for name, node in schema["properties"].items()
            if name in made_up or name in known
        }

    def _examples(self, node: Node) -> list[Any]:
        examples = node.get("examples", [])
        if isinstance(examples, Mapping):
            examples = [self._spec.resolve(each).get("value") for each in examples.values()]
        return [*([node["example"]] if "example" in node else []), *examples]

    def _sample(self, schema: Node, depth: int) -> object:
        """A value that fits a schema, unless the schema is intricate."""
        key = id(schema), depth
        if key not in self._samples:
            self._samples[key] = self._make_sample(self._spec.resolve(schema), depth)
        return self._samples[key]

    def _make_sample(self, schema: Node, depth: int) -> object:
        known = [schema[keyword] for keyword in ("const", "default") if keyword in schema]
        known += self._examples(schema) + schema.get("enum", [])
        if known:
            return known[0]
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema:
                return self._sample(schema[keyword][0], depth)
        types = schema.get("type", "object" if {"properties", "allOf"} & {*schema} else None)
        match types[0] if isinstance(types, list) else types:
            case "string":
                text = _SAMPLES.get(schema.get("format", ""), "text")
                return text.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength")]
            case "integer" | "number":
                return max(schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1)
            case "boolean":
                return True
            case "array":
                count = schema.get("minItems", int(depth <= _DEPTH and "items" in schema))
                return [self._sample(schema.get("items", {}), depth + 1)] * count
            case "object":
                return self._sample_object(schema, depth)
        return None

    def _sample_object(self, schema: Node, depth: int) -> object:
        merged: dict[str, object] = {}
        for part in schema.get("allOf", []):
            sample = self._sample(part, depth)
            if not isinstance(sample, dict):
                return sample
            merged |= sample
        for name, node in schema.get("properties", {}).items():
            if depth <= _DEPTH or (name in schema.get("required", []) and depth <= 16):
                merged[name] = self._sample(node, depth + 1)
        return merged
