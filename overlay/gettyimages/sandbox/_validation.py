"""Checks a request against the spec: the arguments it carries, or an error that names the fault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast
from urllib.parse import parse_qsl

from jsonschema import ValidationError

from ._http import RecordedRequest, RequestRefused, api_error
from ._spec import Node, Operation, Parameter, Spec

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a request carries, converted to the types of its schemas."""

    path: Mapping[str, str]
    query: Mapping[str, object]
    body: object

    def get(self, name: str, kind: type[_T]) -> _T | None:
        """A query parameter; None if it is missing or of another type."""
        value = self.query.get(name)
        return value if isinstance(value, kind) else None


def read_arguments(
    spec: Spec, operation: Operation, path: Mapping[str, str], request: RecordedRequest
) -> Arguments:
    """Read and check the arguments of a request.

    Raises:
        RequestRefused: They do not fit the spec.
    """
    for parameter in operation.parameters:
        if parameter.place == "path" and parameter.name in path:
            _convert(spec, parameter, path[parameter.name])
        elif parameter.place == "header":
            value = request.headers.get(parameter.name.lower())
            if value is not None:
                _convert(spec, parameter, value)
            elif parameter.required:
                raise _invalid(f"header {parameter.name!r} is missing")
    return Arguments(path, _query(spec, operation, request), _body(spec, operation, request))


def _invalid(message: str, code: str = "InvalidRequest") -> RequestRefused:
    return api_error(400, code, message)


def _query(spec: Spec, operation: Operation, request: RecordedRequest) -> dict[str, object]:
    known = {item.name: item for item in operation.parameters if item.place == "query"}
    values: dict[str, list[str]] = {}
    for name, text in parse_qsl(request.query, keep_blank_values=True):
        if name not in known:
            names = ", ".join(sorted(known)) or "no query parameters"
            raise _invalid(f"query parameter {name!r} is unknown; {operation.id} knows {names}")
        values.setdefault(name, []).append(text)
    missing = [name for name, item in known.items() if item.required and name not in values]
    if missing:
        message = f"query parameters are missing: {', '.join(sorted(missing))}"
        raise _invalid(message, "MissingRequiredQueryParameters")
    return {name: _convert(spec, known[name], *texts) for name, texts in values.items()}


def _convert(spec: Spec, parameter: Parameter, *texts: str) -> object:
    """The value of a parameter that was sent once, or several times if it is an array."""
    shown = repr(",".join(texts))
    types = set(_types(spec, parameter.schema))
    if "array" in types and (parameter.explode or len(texts) == 1):
        items = texts if parameter.explode else texts[0].split(",")
        schema = cast(Node, spec.resolve(parameter.schema).get("items", {}))
        item_types = set(_types(spec, schema))
        candidates: list[object] = [[next(_candidates(item, item_types)) for item in items]]
    elif len(texts) > 1:
        raise _invalid(f"query parameter {parameter.name!r} is given {len(texts)} times")
    else:
        candidates = list(_candidates(texts[0], types))
    problems: list[ValidationError] = []
    for candidate in candidates:
        problem = spec.problem(parameter.schema, candidate)
        if problem is None:
            return candidate
        problems.append(problem)  # the first one is the likeliest
    code = "InvalidChannelId" if parameter.name == "channel_id" else "InvalidRequest"
    where = f"{parameter.place} parameter {parameter.name!r}"
    raise _invalid(f"{where} is {shown}: {problems[0].message}", code)


def _candidates(text: str, types: set[str]) -> Iterator[object]:
    """The values that a text can stand for, given the types that its schema allows."""
    if types & {"integer", "number"} and re.fullmatch(r"-?\d+", text):
        yield int(text)
    if "number" in types and re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", text):
        yield float(text)
    if "boolean" in types and text in ("true", "false"):
        yield text == "true"
    yield text


def _types(spec: Spec, schema: Node) -> Iterator[str]:
    """The types that a schema names, in all its alternatives."""
    schema = spec.resolve(schema)
    types = schema.get("type", ())
    yield from [types] if isinstance(types, str) else cast(list[str], types)
    for keyword in ("anyOf", "oneOf", "allOf"):
        for part in cast(list[Node], schema.get(keyword, ())):
            yield from _types(spec, part)


def _body(spec: Spec, operation: Operation, request: RecordedRequest) -> object:
    if "requestBody" not in operation.node:
        if request.body:
            raise _invalid(f"{operation.id} takes no body")
        return None
    node = spec.resolve(cast(Node, operation.node["requestBody"]))
    if not request.body:
        if node.get("required"):
            raise _invalid("the body is missing")
        return None
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    content = cast(Mapping[str, Node], node.get("content", {}))
    schemas = {
        name.partition(";")[0].lower(): item.get("schema", {}) for name, item in content.items()
    }
    if media not in schemas:
        shown = media or "without a content type"
        raise _invalid(f"the body is {shown}; expected {', '.join(content)}")
    if not media.endswith("json"):
        return request.body
    return _json(spec, cast(Node, schemas[media]), request.body)


def _json(spec: Spec, schema: Node, content: bytes) -> object:
    try:
        body: object = json.loads(content)
    except ValueError as error:
        raise _invalid(f"the body is no JSON: {error}") from None
    problem = spec.problem(schema, body)
    if problem is not None:
        where = problem.json_path.replace("$", "body", 1)
        raise _invalid(f"{where}: {problem.message}")
    return body
