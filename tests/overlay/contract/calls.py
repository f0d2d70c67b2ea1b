"""Calls every operation of the merged spec with every parameter once, by the client's names."""

from __future__ import annotations

import datetime
import importlib.resources
import inspect
import json
import re
import typing
from collections.abc import Iterator, Mapping

Json = typing.Any

SPEC: Mapping[str, Json] = json.loads(
    (importlib.resources.files("gettyimages_rest") / "openapi.json").read_text("utf-8")
)
OPERATIONS: Mapping[str, Mapping[str, Json]] = {
    f"{method.upper()} {path}": node
    for path, item in SPEC["paths"].items()
    for method, node in item.items()
    if "responses" in node
}
_COMMON = {"extra_query", "timeout", "headers"}  # which every method has, and no operation
_MOMENT = datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.UTC)


def resolve(node: Mapping[str, Json]) -> Mapping[str, Json]:
    """Follow the references of a node."""
    while "$ref" in node:
        target: Json = SPEC
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def method(client: typing.Any, operation: str) -> typing.Any:
    """The method of the client that calls an operation."""
    node = OPERATIONS[operation]
    return getattr(getattr(client, node["x-resource"]), node["x-method"])


def arguments(client: typing.Any, operation: str) -> dict[str, object]:
    """A value for every parameter of an operation, and for every part of its body."""
    values = dict(_values(OPERATIONS[operation]))
    parameters = inspect.signature(method(client, operation)).parameters
    assert {*values} == {*parameters} - _COMMON
    return values


def _values(node: Mapping[str, Json]) -> Iterator[tuple[str, object]]:
    for parameter in map(resolve, node.get("parameters", [])):
        words = re.sub(r"(?<=[a-z])(?=[A-Z])|-", "_", parameter["name"])
        yield words.lower(), _sample(parameter["schema"])
    for media, content in resolve(node.get("requestBody", {})).get("content", {}).items():
        schema = resolve(content["schema"])
        if "json" not in media:
            yield "body", b"\xff\xd8"
        elif "properties" not in schema:
            yield "body", _sample(schema)
        else:
            yield from typing.cast(dict[str, object], _sample(schema)).items()


def _sample(schema: Mapping[str, Json]) -> object:
    schema = resolve(schema)
    if "anyOf" in schema:
        return _sample(schema["anyOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    kinds = schema["type"]
    match kinds if isinstance(kinds, str) else kinds[0]:
        case "object":
            return {name: _sample(each) for name, each in schema["properties"].items()}
        case "array":
            return [_sample(schema["items"])]
        case "string" if schema.get("format", "").startswith("date"):
            return _MOMENT if schema["format"] == "date-time" else _MOMENT.date()
        case "string":
            return "1"
        case "boolean":
            return True
    return max(1, schema.get("minimum", 1))
