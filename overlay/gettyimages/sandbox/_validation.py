"""Whether a request fits the spec: the values it carries, or a refusal that says what does not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qsl

from jsonschema import ValidationError

from ._error_responses import refusal
from ._http import RecordedRequest
from ._spec import Node, Operation, Parameter, Spec


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a request carries, as its schemas understand it."""

    path: Mapping[str, str]
    query: Mapping[str, object]
    body: object = None

    def text(self, name: str) -> str | None:
        """A parameter of the query, as text; None if it was not given."""
        value = self.query.get(name)
        return None if value is None else str(value)

    def integer(self, name: str) -> int | None:
        """A parameter of the query that is a whole number; None if it was not given."""
        value = self.query.get(name)
        return value if isinstance(value, int) else None

    def boolean(self, name: str) -> bool | None:
        """A parameter of the query that is true or false; None if it was not given."""
        value = self.query.get(name)
        return value if isinstance(value, bool) else None


def check(
    spec: Spec, operation: Operation, path: Mapping[str, str], record: RecordedRequest
) -> Arguments:
    """Read the arguments of a request.

    Raises:
        Refused: They do not fit the spec.
    """
    for parameter in operation.parameters:
        if parameter.place == "path" and parameter.name in path:
            _value(spec, parameter, path[parameter.name])
        if parameter.place == "header":
            _check_header(spec, parameter, record)
    return Arguments(path, _query(spec, operation, record), _body(spec, operation, record))


def _check_header(spec: Spec, parameter: Parameter, record: RecordedRequest) -> None:
    given = record.headers.get(parameter.name.lower())
    if given is not None:
        _value(spec, parameter, given)
    elif parameter.required:
        raise refusal(400, "InvalidRequest", f"header {parameter.name!r} is missing")


def _query(spec: Spec, operation: Operation, record: RecordedRequest) -> dict[str, object]:
    known = {item.name: item for item in operation.parameters if item.place == "query"}
    given: dict[str, list[str]] = {}
    for name, text in parse_qsl(record.query, keep_blank_values=True):
        if name not in known:
            names = ", ".join(sorted(known)) or "none"
            message = f"query parameter {name!r} is unknown; {operation.id} knows {names}"
            raise refusal(400, "InvalidRequest", message)
        given.setdefault(name, []).append(text)
    missing = [name for name, item in known.items() if item.required and name not in given]
    if missing:
        message = f"query parameters are missing: {', '.join(sorted(missing))}"
        raise refusal(400, "MissingRequiredQueryParameters", message)
    return {name: _values(spec, known[name], texts) for name, texts in given.items()}


def _values(spec: Spec, parameter: Parameter, texts: list[str]) -> object:
    if "array" in _types(spec, parameter.pointer):
        items = texts if parameter.explode else texts[0].split(",")
        if parameter.explode or len(texts) == 1:
            kinds = set(_types(spec, parameter.pointer + "/items"))
            listed = [next(_readings(item, kinds)) for item in items]
            return _fitting(spec, parameter, [listed], repr(",".join(texts)))
    if len(texts) > 1:
        message = f"query parameter {parameter.name!r} is given {len(texts)} times"
        raise refusal(400, "InvalidRequest", message)
    return _value(spec, parameter, texts[0])


def _value(spec: Spec, parameter: Parameter, text: str) -> object:
    kinds = set(_types(spec, parameter.pointer))
    return _fitting(spec, parameter, list(_readings(text, kinds)), repr(text))


def _fitting(spec: Spec, parameter: Parameter, readings: list[object], shown: str) -> object:
    """The first reading of a text that its schema allows."""
    problem: ValidationError | None = None
    for reading in readings:
        found = spec.problem(parameter.pointer, reading)
        if found is None:
            return reading
        problem = problem or found  # the first reading is the likeliest
    what = problem.message if problem else "not of the right type"
    code = "InvalidChannelId" if parameter.name == "channel_id" else "InvalidRequest"
    message = f"{parameter.place} parameter {parameter.name!r} is {shown}: {what}"
    raise refusal(400, code, message)


def _readings(text: str, kinds: set[str]) -> Iterator[object]:
    """What a text of a query or a path can mean, given the types that its schema names."""
    if kinds & {"integer", "number"} and re.fullmatch(r"-?\d+", text):
        yield int(text)
    if "number" in kinds and re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", text):
        yield float(text)
    if "boolean" in kinds and text in ("true", "false"):
        yield text == "true"
    yield text


def _types(spec: Spec, pointer: str) -> Iterator[str]:
    """The types that a schema names, in all its alternatives."""
    try:
        place, schema = spec.resolve(pointer)
    except KeyError:
        return
    kinds = schema.get("type", ())
    yield from [kinds] if isinstance(kinds, str) else cast(list[str], kinds)
    for word in ("anyOf", "oneOf", "allOf"):
        for index in range(len(cast(list[object], schema.get(word, ())))):
            yield from _types(spec, f"{place}/{word}/{index}")


def _body(spec: Spec, operation: Operation, record: RecordedRequest) -> object:
    place = operation.pointer + "/requestBody"
    if "requestBody" not in operation.node:
        if record.body:
            raise refusal(400, "InvalidRequest", f"{operation.id} takes no body")
        return None
    place, node = spec.resolve(place)
    if not record.body:
        if node.get("required"):
            raise refusal(400, "InvalidRequest", "the body is missing")
        return None
    declared = record.headers.get("content-type", "").partition(";")[0].strip().lower()
    content = cast(Mapping[str, Node], node.get("content", {}))
    media = next((name for name in content if name.partition(";")[0].lower() == declared), None)
    if media is None:
        message = f"the body is {declared or 'of no type'}; expected {', '.join(content)}"
        raise refusal(400, "InvalidRequest", message)
    if not declared.endswith("json"):
        return record.body
    return _json(spec, f"{place}/content/{media.replace('/', '~1')}/schema", record.body)


def _json(spec: Spec, pointer: str, content: bytes) -> object:
    try:
        body: object = json.loads(content)
    except ValueError as error:
        raise refusal(400, "InvalidRequest", f"the body is no JSON: {error}") from None
    problem = spec.problem(pointer, body)
    if problem is not None:
        where = problem.json_path.replace("$", "body", 1)
        raise refusal(400, "InvalidRequest", f"{where}: {problem.message}")
    return body
