"""The operations of the spec: their parameters and schemas, and a response made up for each."""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias, cast
from urllib.parse import unquote

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from starlette.responses import JSONResponse, Response

Node: TypeAlias = Mapping[str, object]

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_URI = "urn:spec"
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


@functools.lru_cache(maxsize=1)
def shipped_spec() -> Node:
    """The spec that the client is made from."""
    file = importlib.resources.files("gettyimages_rest") / "openapi.json"
    return cast(Node, json.loads(file.read_text(encoding="utf-8")))


@dataclass(frozen=True, eq=False)
class Parameter:
    """A parameter of an operation."""

    name: str
    place: str
    required: bool
    explode: bool
    schema: Node


@dataclass(frozen=True, eq=False)
class Operation:
    """An operation of the spec."""

    id: str
    method: str
    path: str
    node: Node
    parameters: tuple[Parameter, ...]
    needs_token: bool

    @property
    def names(self) -> frozenset[str]:
        """Its id, its method with its path, and its name in Python."""
        python = f"{self.node.get('x-resource')}.{self.node.get('x-method')}"
        return frozenset((self.id, f"{self.method} {self.path}", python))

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches a path of this operation, with a group for each of its parameters."""
        parts = re.split(r"\{[^}]*\}", self.path)
        return re.compile("([^/]+)".join(map(re.escape, parts)))


class Spec:
    """An OpenAPI 3.1 document: finds operations, checks values and makes up responses."""

    def __init__(self, document: Node) -> None:
        # With absolute references, each part of the document can be used by itself.
        self._document = cast(dict[str, Any], _absolute(document))
        resource = DRAFT202012.create_resource(self._document)
        self._registry = Registry().with_resource(_URI, resource)
        self._resolver = self._registry.resolver()
        self._formats = _format_checker()
        self._validators: dict[int, Draft202012Validator] = {}  # by the schema's `id()`
        self._operations = tuple(self._read_operations())

    def resolve(self, node: Node) -> Node:
        """Follow a reference, and those that it leads to."""
        for _ in range(32):
            reference = node.get("$ref")
            if not isinstance(reference, str):
                return node
            node = self._resolver.lookup(reference).contents
        return {}

    def problem(self, schema: Node, value: object) -> ValidationError | None:
        """Why a value does not fit a schema; None if it does."""
        if id(schema) not in self._validators:
            self._validators[id(schema)] = Draft202012Validator(
                schema, registry=self._registry, format_checker=self._formats
            )
        errors = self._validators[id(schema)].iter_errors(cast(Any, value))
        return cast(ValidationError | None, best_match(errors))

    def match(self, path: str) -> list[tuple[Operation, dict[str, str]]]:
        """All operations at a percent-encoded path, with the decoded parameters of the path."""
        matches = []
        for operation in self._operations:
            if found := operation.pattern.fullmatch(path):
                names = re.findall(r"\{([^}]*)\}", operation.path)
                values = map(unquote, found.groups())
                matches.append((operation, dict(zip(names, values, strict=True))))
        return matches

    def _read_operations(self) -> Iterator[Operation]:
        paths = self._document.get("paths", {})
        # A path without parameters takes precedence over one with them.
        for path in sorted(paths, key=lambda path: path.count("{")):
            item = self.resolve(paths[path])
            for method in _METHODS:
                if method in item:
                    yield self._read_operation(path, method, item)

    def _read_operation(self, path: str, method: str, item: Node) -> Operation:
        node = cast(Node, item[method])
        parameters = {
            (parameter.place, parameter.name): parameter
            for owner in (item, node)
            for parameter in map(
                self._read_parameter, cast(list[Node], owner.get("parameters", []))
            )
        }
        return Operation(
            id=str(node.get("operationId") or f"{method.upper()} {path}"),
            method=method.upper(),
            path=path,
            node=node,
            parameters=tuple(parameters.values()),
            needs_token=self._needs_token(node),
        )

    def _needs_token(self, node: Node) -> bool:
        """Whether every alternative of an operation's security includes a token."""
        alternatives = cast(list[Node], node.get("security", self._document.get("security", [])))
        schemes = self._document.get("components", {}).get("securitySchemes", {})
        tokens = {name for name, scheme in schemes.items() if scheme.get("type") != "apiKey"}
        return bool(alternatives) and all(tokens & {*each} for each in alternatives)

    def _read_parameter(self, node: Node) -> Parameter:
        node = self.resolve(node)
        place = str(node.get("in"))
        content = cast(Mapping[str, Node], node.get("content", {}))
        owner = next(iter(content.values()), node)
        return Parameter(
            name=str(node.get("name")),
            place=place,
            required=bool(node.get("required")),
            explode=bool(node.get("explode", place in ("query", "cookie"))),
            schema=cast(Node, owner.get("schema", {})),
        )

    def success(self, operation: Operation) -> Response:
        """A successful response of an operation: the example in the spec, or one made up."""
        responses = cast(Mapping[str, Node], operation.node.get("responses", {}))
        code = min((code for code in responses if code[:1] in "23"), default="default")
        node = self.resolve(responses.get(code, {}))
        status = int(code) if code.isdigit() else 200
        headers = {"Location": "/"} if 300 <= status < 400 else {}
        content = cast(Mapping[str, Node], node.get("content", {}))
        media = next((name for name in content if "json" in name), next(iter(content), None))
        if media is None:
            return Response(status_code=status, headers=headers)
        if "json" not in media:
            return Response(b"", status, headers, media_type=None if "*" in media else media)
        value = self._example(content[media])
        if value is None and "schema" in content[media]:
            value = self._sample(cast(Node, content[media]["schema"]), 0)
        return JSONResponse(value, status, headers)

    def _example(self, node: Node) -> object:
        examples = node.get("examples")
        if "example" in node:
            return node["example"]
        if isinstance(examples, dict) and examples:
            return self.resolve(next(iter(examples.values()))).get("value")
        return examples[0] if isinstance(examples, list) and examples else None

    def _sample(self, schema: Node, depth: int) -> object:
        """A value that fits a schema, unless the schema is intricate."""
        schema = self.resolve(schema)
        for keyword in ("const", "default"):
            if keyword in schema:
                return schema[keyword]
        if (example := self._example(schema)) is not None:
            return example
        if choices := cast(list[object], schema.get("enum", [])):
            return choices[0]
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema:
                return self._sample(cast(list[Node], schema[keyword])[0], depth)
        if "allOf" in schema:
            parts = [self._sample(part, depth) for part in cast(list[Node], schema["allOf"])]
            parts.append(self._sample_object(schema, depth))
            merged: dict[str, object] = {}
            for part in parts:
                if not isinstance(part, dict):
                    return part
                merged |= part
            return merged
        return self._sample_type(schema, depth)

    def _sample_type(self, schema: Node, depth: int) -> object:
        types = schema.get("type")
        match types[0] if isinstance(types, list) and types else types:
            case "string":
                text = _SAMPLES.get(str(schema.get("format")), "text")
                return text.ljust(cast(int, schema.get("minLength", 0)), "x")
            case "integer" | "number":
                return schema.get("minimum", 1)
            case "boolean":
                return True
            case "array" if depth <= 4 and "items" in schema:
                return [self._sample(cast(Node, schema["items"]), depth + 1)]
            case "array":
                return []
            case "object":
                return self._sample_object(schema, depth)
        return self._sample_object(schema, depth) if "properties" in schema else None

    def _sample_object(self, schema: Node, depth: int) -> Node:
        required = cast(list[str], schema.get("required", []))
        return {
            name: self._sample(node, depth + 1)
            for name, node in cast(Mapping[str, Node], schema.get("properties", {})).items()
            if depth <= 4 or (name in required and depth <= 16)
        }


def _absolute(node: object) -> object:
    """A copy of a document in which all references start with its URI."""
    if isinstance(node, list):
        return [_absolute(item) for item in node]
    if not isinstance(node, Mapping):
        return node
    copy = {name: _absolute(value) for name, value in node.items()}
    if isinstance(reference := copy.get("$ref"), str):
        copy["$ref"] = _URI + reference
    return copy


def _format_checker() -> FormatChecker:
    """Checks dates and times, which jsonschema does with further packages only."""
    checker = FormatChecker(formats=())

    @checker.checks("date", ValueError)
    def is_date(value: object) -> bool:
        return not isinstance(value, str) or bool(len(value) == 10 and date.fromisoformat(value))

    @checker.checks("date-time", ValueError)
    def is_date_time(value: object) -> bool:
        if not isinstance(value, str):
            return True
        return value[10:11] in ("T", "t", " ") and bool(datetime.fromisoformat(value))

    return checker
