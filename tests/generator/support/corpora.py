"""Collections of source documents, as plain data: families, large specs, one API in three forms."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

import yaml

Data: TypeAlias = dict[str, object]

_KINDS = ("string", "integer", "boolean", "number")
_GROUPS = ("search", "boards", "collections", "countries", "events", "videos", "usage", "artists")
_VERBS = ("get", "put", "post", "delete", "patch")


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def as_yaml(data: Mapping[str, object]) -> str:
    """A document as YAML, its keys in their order, as its neighbours in the field write it."""
    text = yaml.dump(dict(data), Dumper=_Dumper, sort_keys=False, explicit_start=True)
    assert isinstance(text, str)
    return text + "---\n"


def write(specs: Path, sources: Mapping[str, Mapping[str, object]]) -> Path:
    """Write documents as the sources of a specs folder: YAML or JSON, as their names say."""
    folder = specs / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in sources.items():
        text = json.dumps(data, indent=1) if name.endswith(".json") else as_yaml(data)
        (folder / name).write_text(text, "utf-8")
    return specs


def operations_of(sources: Iterable[Mapping[str, object]]) -> set[tuple[str, str]]:
    """Method and path of every operation of plain documents, base paths folded in."""
    found = set()
    for data in sources:
        base = str(data.get("basePath", "")).rstrip("/")
        for path, item in _map(data["paths"]).items():
            found |= {(method, base + path) for method in _VERBS if method in _map(item)}
    return found


def _map(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value


# A family: documents that repeat each other's operations in other words and another order.


def family(files: int = 60, operations: int = 60, seed: int = 1) -> dict[str, Data]:
    """Swagger 2.0 documents, each with an operation of its own and a random share of the others."""
    chance = random.Random(seed)
    return {
        f"{_GROUPS[index % 8]}-{index:02}.{'json' if index % 10 == 7 else 'yaml'}": _member(
            index, operations, chance
        )
        for index in range(files)
    }


def _member(index: int, operations: int, chance: random.Random) -> Data:
    own = [number for number in range(operations) if number % 60 == index]
    shared = chance.sample(range(operations), k=chance.randrange(operations // 2))
    numbers = list(dict.fromkeys([*own, *shared]))
    chance.shuffle(numbers)
    folded = index % 3 == 0
    inside = index % 2 == 0
    paths: dict[str, dict[str, object]] = {}
    for number in numbers:
        path, verb = _place(number)
        item = paths.setdefault(path.removeprefix("/v3") if folded else path, {})
        item[verb] = _operation(number, chance, inside)
    both = () if inside else ("consumes", "produces")
    return {
        "swagger": "2.0",
        "x-collection-name": f"Part {index}",
        "info": {"title": f"Part {index}", "description": f"Words {index}", "version": f"{index}"},
        "host": "api.example.com",
        "basePath": "/v3" if folded else "/",
        "schemes": ["http"] if index % 4 else ["https"],
        **{key: ["application/json"] for key in both},
        "paths": paths,
        "definitions": _definitions(numbers, chance),
    }


def _place(number: int) -> tuple[str, str]:
    group = _GROUPS[number % len(_GROUPS)]
    verb = _VERBS[number // 8 % 5]
    return f"/v3/{group}/{number // 40}/{{id}}", verb


def _operation(number: int, chance: random.Random, inside: bool) -> Data:
    path, verb = _place(number)
    parameters: list[Data] = [
        {"in": "path", "name": "id", "type": "string"},
        {"in": "header", "name": "Accept-Language", "type": "string"},
    ]
    parameters += [
        {"in": "query", "name": f"option_{index}", "type": kind, "description": _said(kind, chance)}
        for index, kind in enumerate(_KINDS[: number % 5])
    ]
    parameters[0]["required"] = True
    if verb in ("put", "post", "patch"):
        body = {"$ref": f"#/definitions/Thing{number % 20}"}
        parameters.append({"in": "body", "name": "body", "required": True, "schema": body})
    chance.shuffle(parameters)
    words = f"Does number {number}.\n\nNeeds a key, and an access token.\n\nSee the start page."
    operation: dict[str, object] = {
        "summary": f"Do {number}",
        "description": _said(words, chance),
        "operationId": f"Group_{verb.capitalize()}Thing{number}",
        "x-api-path-slug": path,
        "parameters": parameters,
        "responses": {
            200: {"description": "OK", "schema": {"$ref": f"#/definitions/Thing{number % 20}"}},
            404: {"description": _said("Not found", chance)},
        },
        "tags": chance.sample(["Images", "Search", "images"], k=2),
    }
    if inside:
        operation |= {key: ["application/json"] for key in ("produces", "consumes")}
    keys = list(operation)
    chance.shuffle(keys)
    return {key: operation[key] for key in keys}


def _said(text: str, chance: random.Random) -> str:
    """The same prose, in another white space."""
    return chance.choice(
        [
            text,
            text.replace("\n", "\r\n"),
            text.replace("\n", "\r\n") + " \r\n",
            text.replace(". ", ".  ") + "\n",
            text.replace(" ", "\u2002", 1),
        ]
    )


def _definitions(numbers: Iterable[int], chance: random.Random) -> Data:
    wanted = sorted({number % 20 for number in numbers})
    chance.shuffle(wanted)
    return {**{f"Thing{number}": _schema(number) for number in wanted}, "Place": _schema(99)}


def _schema(number: int) -> Data:
    properties: Data = {f"field_{index}": {"type": _KINDS[index % 4]} for index in range(6)}
    if number != 99:
        properties["place"] = {"$ref": "#/definitions/Place"}
        properties["seen"] = {"type": "string", "format": "date-time"}
    return {"type": "object", "properties": properties}


def many(operations: int = 400, documents: int = 100) -> dict[str, Data]:
    """Swagger 2.0 documents that share out operations without repeating one."""
    sources: dict[str, Data] = {}
    for index in range(documents):
        numbers = range(index, operations, documents)
        sources[f"part-{index:03}.yaml"] = {
            "swagger": "2.0",
            "info": {"title": "Many", "version": "1"},
            "host": "api.example.com",
            "schemes": ["https"],
            "produces": ["application/json"],
            "paths": {f"/v3/{_GROUPS[n % 8]}/{n}/{{id}}": _reading(n) for n in numbers},
            "definitions": {f"Response{n}": _schema(99) for n in numbers},
        }
    return sources


def _reading(number: int) -> Data:
    return {
        "get": {
            "operationId": f"GetThing{number}",
            "parameters": [
                {"in": "path", "name": "id", "required": True, "type": "integer"},
                {"in": "query", "name": "page", "type": "integer"},
            ],
            "responses": {
                200: {"description": "OK", "schema": {"$ref": f"#/definitions/Response{number}"}}
            },
        }
    }
