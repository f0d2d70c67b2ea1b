"""The responses of the operations that have no handler, from the schemas of the spec."""

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


class Responder:
    """Produces sample responses."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec

    def sample_response(self, operation: Operation) -> Response:
        """A successful response of an operation: the example in the spec, or one made up."""
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
        samples = [*self._examples(content[media]), self._sample(content[media].get("schema", {}))]
        return JSONResponse(samples[0], status, headers)

    def _examples(self, node: Node) -> list[Any]:
        examples = node.get("examples", [])
        if isinstance(examples, Mapping):
            examples = [self._spec.resolve(each).get("value") for each in examples.values()]
        return [*([node["example"]] if "example" in node else []), *examples]

    def _sample(self, schema: Node, depth: int = 0) -> object:
        """A value that fits a schema, unless the schema is intricate."""
        schema = self._spec.resolve(schema)
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
                return text.ljust(schema.get("minLength", 0), "x")
            case "integer" | "number":
                return schema.get("minimum", 1)
            case "boolean":
                return True
            case "array":
                items = [schema["items"]] if depth <= 4 and "items" in schema else []
                return [self._sample(item, depth + 1) for item in items]
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
            if depth <= 4 or (name in schema.get("required", []) and depth <= 16):
                merged[name] = self._sample(node, depth + 1)
        return merged
