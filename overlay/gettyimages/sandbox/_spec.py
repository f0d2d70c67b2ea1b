"""The spec: its operations, the arguments of a request to one, and the body of the response.

A body is what the sandbox knows, completed by the schemas of the spec.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.resources
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, TypeVar, cast
from urllib.parse import parse_qsl, unquote

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from starlette.responses import JSONResponse, Response

from ._http import OriginName, RecordedRequest, Refused, api_error

Node: TypeAlias = Mapping[str, Any]
_T = TypeVar("_T")

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
_DEPTH = 4  # below which only required properties are made up


@dataclass(frozen=True, eq=False)
class Operation:
    """An operation of the spec."""

    id: str
    method: str
    path: str
    node: Node
    parameters: tuple[Node, ...]
    needs_token: bool

    @property
    def names(self) -> frozenset[str]:
        """Its id, its method with its path, and its name in Python."""
        python = f"{self.node.get('x-resource')}.{self.node.get('x-method')}"
        return frozenset((self.id, f"{self.method} {self.path}", python))

    def match(self, path: str) -> dict[str, str] | None:
        """The decoded parameters in a percent-encoded path; None if it is of another operation."""
        parts = re.split(r"\{([^}]*)\}", self.path)
        found = re.fullmatch("([^/]+)".join(map(re.escape, parts[::2])), path)
        return found and dict(zip(parts[1::2], map(unquote, found.groups()), strict=True))


class Spec:
    """An OpenAPI 3.1 document: finds operations and checks values."""

    def __init__(self, document: Node) -> None:
        # With absolute references, each part of the document can be used by itself.
        self._document: Node = _with_absolute_references(document)
        resource = DRAFT202012.create_resource(self._document)
        self._registry = Registry().with_resource(_URI, resource)
        self._resolver = self._registry.resolver()
        self._formats = FormatChecker(formats=("date",))
        # jsonschema checks this one only if a further package is installed.
        self._formats.checks("date-time", ValueError)(_is_date_time)
        for bits in (32, 64):
            self._formats.checks(f"int{bits}")(functools.partial(_fits_into, bits))
        self._validators: dict[int, Draft202012Validator] = {}  # by the schema's `id()`
        self._operations = tuple(self._read_operations())

    def resolve(self, node: Node | bool) -> Node:
        """Follow a reference, and those that it leads to."""
        for _ in range(32):
            if isinstance(node, bool):
                break  # a schema may be `true`, which says nothing
            if not isinstance(node.get("$ref"), str):
                return node
            node = self._resolver.lookup(node["$ref"]).contents
        return {}

    def problem(self, schema: Node, value: object) -> ValidationError | None:
        """Why a value does not fit a schema; None if it does."""
        if id(schema) not in self._validators:
            self._validators[id(schema)] = Draft202012Validator(
                schema, registry=self._registry, format_checker=self._formats
            )
        errors = self._validators[id(schema)].iter_errors(cast(Any, value))
        return cast(ValidationError | None, best_match(errors))

    def kinds(self, asset: str) -> Iterator[tuple[OriginName, frozenset[str], str]]:
        """All kinds of requests: origin, names of the operation, and pattern of the asset."""
        for each in self._operations:
            yield "api", each.names, asset if "{id}" in each.path else "(?!)"
        yield "token", frozenset(("token",)), "(?!)"
        for origin in ("api", "delivery", "mirror"):
            yield origin, frozenset(("delivery",)), asset

    def match(self, path: str) -> list[tuple[Operation, dict[str, str]]]:
        """All operations at a percent-encoded path, with the decoded parameters of the path."""
        pairs = ((operation, operation.match(path)) for operation in self._operations)
        return [(operation, values) for operation, values in pairs if values is not None]

    def _read_operations(self) -> Iterator[Operation]:
        paths: Node = self._document.get("paths", {})
        # A path without parameters takes precedence over one with them.
        for path in sorted(paths, key=lambda path: path.count("{")):
            for method in filter(paths[path].__contains__, _METHODS):
                node = paths[path][method]
                owners = (paths[path].get("parameters", []), node.get("parameters", []))
                found = [self.resolve(each) for owner in owners for each in owner]
                yield Operation(
                    id=node.get("operationId") or f"{method.upper()} {path}",
                    method=method.upper(),
                    path=path,
                    node=node,
                    parameters=tuple({(each["in"], each["name"]): each for each in found}.values()),
                    needs_token=self._needs_token(node),
                )

    def _needs_token(self, node: Node) -> bool:
        """Whether every alternative of an operation's security includes a token."""
        alternatives = node.get("security", self._document.get("security", []))
        schemes = self._document.get("components", {}).get("securitySchemes", {})
        tokens = {name for name, scheme in schemes.items() if scheme.get("type") != "apiKey"}
        return bool(alternatives) and all(tokens & {*each} for each in alternatives)


@functools.lru_cache(maxsize=1)
def shipped_spec() -> Spec:
    """The spec that the client is made from; read once for all sandboxes of a process."""
    file = importlib.resources.files("gettyimages_rest") / "openapi.json"
    return Spec(json.loads(file.read_text(encoding="utf-8")))


def _with_absolute_references(node: Any) -> Any:
    if isinstance(node, list):
        return [_with_absolute_references(item) for item in node]
    if not isinstance(node, Mapping):
        return node
    copy = {name: _with_absolute_references(value) for name, value in node.items()}
    if isinstance(copy.get("$ref"), str):
        copy["$ref"] = _URI + copy["$ref"]
    return copy


def _is_date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return value[10:11] in ("T", "t", " ") and bool(datetime.fromisoformat(value))


def _fits_into(bits: int, value: object) -> bool:
    return not isinstance(value, int) or -(1 << bits - 1) <= value < 1 << bits - 1


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a request carries, converted to the types of its schemas."""

    path: Mapping[str, str]
    query: Mapping[str, object]
    body: Any

    def get(self, name: str, kind: type[_T]) -> _T | None:
        """A query parameter; None if it is missing or of another type."""
        value = self.query.get(name)
        return value if isinstance(value, kind) else None

    def page(self, items: Sequence[_T], size: int = 30) -> Sequence[_T]:
        """The page that is asked for, of as many items as are asked for."""
        number = self.get("page", int) or 1
        size = self.get("page_size", int) or self.get("pageSize", int) or size
        return items[(number - 1) * size : number * size]


def read_arguments(
    spec: Spec, operation: Operation, path: Mapping[str, str], request: RecordedRequest
) -> Arguments:
    """Read the arguments of a request, or raise `Refused` if they do not fit the spec."""
    for parameter in operation.parameters:
        name = parameter["name"]
        if parameter["in"] == "path" and name in path:
            _convert(spec, parameter, [path[name]])
        elif parameter["in"] == "header" and name.lower() in request.headers:
            _convert(spec, parameter, [request.headers[name.lower()]])
        elif parameter["in"] == "header" and parameter.get("required"):
            raise _invalid(f"header {name!r} is missing")
    return Arguments(path, _query(spec, operation, request), _body(spec, operation, request))


def _invalid(message: str, code: str = "InvalidRequest") -> Refused:
    return api_error(400, code, message)


def _query(spec: Spec, operation: Operation, request: RecordedRequest) -> dict[str, object]:
    known = {item["name"]: item for item in operation.parameters if item["in"] == "query"}
    values: dict[str, list[str]] = {}
    for name, text in parse_qsl(request.query, keep_blank_values=True):
        if name not in known:
            names = ", ".join(sorted(known)) or "no query parameters"
            raise _invalid(f"query parameter {name!r} is unknown; {operation.id} knows {names}")
        values.setdefault(name, []).append(text)
    missing = [name for name, item in known.items() if item.get("required") and name not in values]
    if missing:
        message = f"query parameters are missing: {', '.join(sorted(missing))}"
        raise _invalid(message, "MissingRequiredQueryParameters")
    return {name: _convert(spec, known[name], texts) for name, texts in values.items()}


def _convert(spec: Spec, parameter: Node, texts: list[str]) -> object:
    """The value of a parameter that was sent once, or several times if it is an array."""
    name, place = parameter["name"], parameter["in"]
    explode = parameter.get("explode", place == "query")
    schema = next(iter(parameter.get("content", {}).values()), parameter).get("schema", {})
    types = set(_types(spec, schema))
    candidates: list[object]
    delimiter = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(parameter.get("style", ""), ",")
    if "content" in parameter and len(texts) == 1:
        candidates = [*_json(texts[0]), texts[0]]
    elif "array" in types and (explode or len(texts) == 1):
        # Without a delimiter, an empty text is the empty array.
        items = texts if explode else texts[0].split(delimiter) if texts[0] else []
        item_types = set(_types(spec, spec.resolve(schema).get("items", {})))
        candidates = [[next(_candidates(item, item_types)) for item in items]]
    elif len(texts) > 1:
        raise _invalid(f"query parameter {name!r} is given {len(texts)} times")
    else:
        candidates = list(_candidates(texts[0], types))
    problems = []
    for candidate in candidates:
        problem = spec.problem(schema, candidate)
        if problem is None:
            return candidate
        problems.append(problem.message)
    code = "InvalidChannelId" if name == "channel_id" else "InvalidRequest"
    value = repr(",".join(texts))
    raise _invalid(f"{place} parameter {name!r} is {value}: {problems[0]}", code)


def _json(text: str) -> Iterator[object]:
    """Yield the value of a text, if it is JSON."""
    with contextlib.suppress(ValueError):
        yield json.loads(text)


def _candidates(text: str, types: set[str]) -> Iterator[object]:
    """The values that a text can stand for, given the types of its schema, the likeliest first."""
    if types & {"integer", "number"} and re.fullmatch(r"-?\d{1,4000}", text, re.ASCII):
        yield int(text)
    if "number" in types and re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", text):
        yield float(text)
    if "boolean" in types and text in ("true", "false"):
        yield text == "true"
    yield text


def _types(spec: Spec, schema: Node) -> Iterator[str]:
    """The types that a schema names, in all its alternatives."""
    schema = spec.resolve(schema)
    types = schema.get("type", [])
    yield from [types] if isinstance(types, str) else types
    for keyword in ("anyOf", "oneOf", "allOf"):
        for part in schema.get(keyword, []):
            yield from _types(spec, part)


def _body(spec: Spec, operation: Operation, request: RecordedRequest) -> object:
    node = spec.resolve(operation.node.get("requestBody", {}))
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    schemas: Node = node.get("content", {})
    content = {name.partition(";")[0].lower(): each for name, each in schemas.items()}
    is_file = media in content and not media.endswith("json")  # a file may be empty
    if not request.body and not is_file:
        if node.get("required"):
            raise _invalid("the body is missing")
        return None
    if not node:
        raise _invalid(f"{operation.id} takes no body")
    if media not in content:
        shown = media or "without a content type"
        raise _invalid(f"the body is {shown}; expected {', '.join(content)}")
    if is_file:
        return request.body
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise _invalid(f"the body is no JSON: {error}") from None
    if problem := spec.problem(content[media].get("schema", {}), body):
        raise _invalid(f"{problem.json_path.replace('$', 'body', 1)}: {problem.message}")
    return body


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
                low = max(schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1)
                highest = schema.get("exclusiveMaximum", low + 1) - 1
                return min(low, highest, schema.get("maximum", low))
            case "boolean":
                return True
            case "array":
                count = schema.get("minItems", int(depth <= _DEPTH and "items" in schema))
                count = min(count, schema.get("maxItems", count))
                return [self._sample(schema.get("items", {}), depth + 1)] * count
            case "object":
                return self._sample_object(schema, depth)
        return None

    def _sample_object(self, schema: Node, depth: int) -> object:
        merged: dict[str, object] = {}
        for part in schema.get("allOf", []):
            sample = self._sample(part, depth)
            if isinstance(sample, dict):
                merged |= sample
            elif sample is not None:  # a part that only requires fields has none
                return sample
        for name, node in schema.get("properties", {}).items():
            if depth <= _DEPTH or (name in schema.get("required", []) and depth <= 16):
                merged[name] = self._sample(node, depth + 1)
        return merged
