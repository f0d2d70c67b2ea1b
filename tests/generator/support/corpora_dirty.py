"""Collections of documents as dirty as the real ones: untyped, undefined, contradicting."""

from __future__ import annotations

import random
from collections.abc import Callable

from corpora import Data

_THINGS = (
    *("boards", "collections", "videos", "events", "artists", "countries", "orders", "products"),
    *("usage-batches", "asset-licenses", "purchased-assets", "saved-searches"),
)
_PARTS = ("comments", "assets", "permissions", "keywords")
_QUERIES = (
    ("page", "Identifies page to return"),
    ("page_size", "Specifies page size"),
    ("fields", "Specifies fields to return. Comma-separated"),
    ("start_date", "If specified, select items on or after this date"),
    ("include_editorial", "Whether to include editorial items"),
    ("sort_order", "Select sort order of results. One of: newest, oldest, best_match"),
    ("product_id", "Identifier of the instance for the selected product offering type"),
    ("height", "Specifies the pixel height"),
    ("phrase", "Free-text search query"),
)
_BODIES = (
    "Specify JSON containing an array of asset ids to register",
    'For example {"name": "Sky", "asset_ids": ["1", "2"], "public": true}',
    "Additional information",
)


def dirty(documents: int = 40, operations: int = 80, seed: int = 1) -> dict[str, Data]:
    """Swagger 2.0 documents, each with operations of its own and some that others have too."""
    chance = random.Random(seed)
    sources = {}
    for index in range(documents):
        own = list(range(index, operations, documents))
        others = chance.sample(range(operations), k=min(operations, 2))
        sources[f"dirty-{index:03}.yaml"] = _document(index, [*own, *others], chance)
    return sources


def _document(index: int, numbers: list[int], chance: random.Random) -> Data:
    paths: dict[str, dict[str, object]] = {}
    for number in dict.fromkeys(numbers):
        path, verb = place(number)
        paths.setdefault(path, {})[verb] = _operation(number, chance)
    data: Data = {
        "swagger": "2.0",
        "x-collection-name": "Getty Images",
        "x-complete": 0,
        "info": {"title": f"Getty Images Part {index}", "version": "1.0.0"},
        "host": "api.gettyimages.com",
        "basePath": "/",
        "schemes": ["http"],
        "produces": ["application/json"],
        "consumes": ["application/json"],
        "paths": paths,
    }
    if chance.random() < 0.2:
        data["security"] = [{"Api-Key": []}]
    return data | {"x-streamrank": {"polling_total_time_average": 0, "last_run": ""}}


def place(number: int) -> tuple[str, str]:
    """Path and verb of an operation: listing, making, reading, changing, removing, and parts."""
    shape, rest = number % 7, number // 7
    thing = _THINGS[rest % len(_THINGS)]
    base = f"/v3/{thing}" + (f"/{rest // len(_THINGS)}" if rest >= len(_THINGS) else "")
    item = f"{base}/{{{thing.rstrip('s').replace('-', '_')}_id}}"
    part = f"{item}/{_PARTS[rest % len(_PARTS)]}"
    return (
        (base, "get"),
        (base, "post"),
        (item, "get"),
        (item, "put"),
        (item, "delete"),
        (part, "get"),
        (part, "post"),
    )[shape]


def _operation(number: int, chance: random.Random) -> Data:
    path, verb = place(number)
    group = path.split("/")[2].title().replace("-", "")
    operation: Data = {
        "summary": f"{verb.title()} {number}",
        "description": f"Does {number}.\r\n\r\nYou'll need an API key.",
        "operationId": f"{group}_{verb.title()}{number}",
        "x-api-path-slug": "slug",
        "parameters": _parameters(number, path, verb, chance),
        "responses": {200: {"description": "OK"}},
        "tags": ["Images", group],
    }
    for spoil in chance.sample(_SPOILERS, k=2):
        spoil(operation, chance)
    return operation


def _parameters(number: int, path: str, verb: str, chance: random.Random) -> list[Data]:
    queries = [_QUERIES[(number + step) % len(_QUERIES)] for step in range(number % 4 + 1)]
    parameters: list[Data] = [
        {"in": "header", "name": "Authorization", "description": "Format of Bearer {token}"}
    ]
    parameters += [{"in": "query", "name": name, "description": text} for name, text in queries]
    if "{" in path and chance.random() < 0.9:
        name = path[path.index("{") + 1 : path.index("}")]
        parameters.append({"in": "path", "name": name, "description": "Id of it"})
    if verb in ("post", "put"):
        body = {"$ref": "#/definitions/holder"}
        text = _BODIES[number % len(_BODIES)]
        parameters.append({"in": "body", "name": "request", "description": text, "schema": body})
    return parameters


def _last(operation: Data) -> Data:
    """A query parameter, of which there is always one."""
    listed = operation["parameters"]
    assert isinstance(listed, list)
    found: Data = next(item for item in listed if item["in"] == "query")
    return found


def _typed(operation: Data, chance: random.Random) -> None:
    _last(operation)["type"] = chance.choice(["string", "string", "integer"])


def _listed(operation: Data, chance: random.Random) -> None:
    _last(operation).update(type="array", collectionFormat=chance.choice(["csv", "tsv"]))


def _twice(operation: Data, chance: random.Random) -> None:
    listed = operation["parameters"]
    assert isinstance(listed, list)
    listed.append(dict(_last(operation)))


def _misplaced(operation: Data, chance: random.Random) -> None:
    _last(operation)["in"] = chance.choice(["query", "querystring"])


def _drop(key: str) -> Callable[[Data, random.Random], None]:
    def spoil(operation: Data, chance: random.Random) -> None:
        operation.pop(key, None)

    return spoil


def _responses(*choices: dict[object, object]) -> Callable[[Data, random.Random], None]:
    def spoil(operation: Data, chance: random.Random) -> None:
        operation["responses"] = chance.choice(choices)

    return spoil


_SPOILERS: tuple[Callable[[Data, random.Random], None], ...] = (
    *(_typed, _listed, _twice),
    *(_drop("operationId"), _drop("responses")),
    _responses({200: {}}, {"ok": {"description": "OK"}}, {404: {"description": "Not found"}}),
    _responses(
        {200: {"description": "OK", "schema": {"$ref": "#/definitions/Response"}}},
        {200: {"description": "OK"}, 401: {"$ref": "#/responses/NoToken"}},
    ),
    lambda operation, chance: operation.update(security=[{"OAuth": []}]),
    lambda operation, chance: None,
)
