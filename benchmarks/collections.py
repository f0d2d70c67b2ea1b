"""Writes collections of source documents of any size, in the manner of the real ones."""

from __future__ import annotations

from pathlib import Path

import yaml

_KINDS = ("string", "integer", "boolean", "number")


def write_sources(folder: Path, *, operations: int, documents: int) -> None:
    """Write Swagger documents that share out a number of operations."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = list(range(operations))
    for index in range(documents):
        own = numbers[index::documents]
        if own:
            text = yaml.safe_dump(_document(own), sort_keys=False)
            (folder / f"collection-{index:03}.yaml").write_text(text, "utf-8")


def _document(numbers: list[int]) -> dict[str, object]:
    return {
        "swagger": "2.0",
        "info": {"title": "Collections", "version": "1.0.0"},
        "host": "api.gettyimages.com",
        "schemes": ["https"],
        "produces": ["application/json"],
        "consumes": ["application/json"],
        "paths": {f"/v3/things-{number % 20}/{number}/{{id}}": _item(number) for number in numbers},
        "definitions": {f"Thing{number}": _schema(number) for number in numbers},
    }


def _item(number: int) -> dict[str, object]:
    parameters: list[dict[str, object]] = [
        {"name": "id", "in": "path", "required": True, "type": "string"}
    ]
    parameters += [
        {
            "name": f"option_{index}",
            "in": "query",
            "type": _KINDS[index % 4],
            "description": f"Narrows the result by criterion {index}",
        }
        for index in range(8)
    ]
    return {
        "get": {
            "operationId": f"Things_GetThing{number}",
            "summary": f"Get thing {number}",
            "description": f"Returns thing {number}.\r\n\r\nOne of many.",
            "parameters": parameters,
            "responses": {
                "200": {"description": "OK", "schema": {"$ref": f"#/definitions/Thing{number}"}}
            },
        }
    }


def _schema(number: int) -> dict[str, object]:
    return {
        "type": "object",
        "description": f"Thing {number}.",
        "properties": {f"field_{index}": {"type": _KINDS[index % 4]} for index in range(10)},
    }
