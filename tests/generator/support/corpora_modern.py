"""A present-day API as plain data: one OpenAPI 3.0 document that uses most of what 3.0 has."""

from __future__ import annotations

from corpora import Data

_JSON = ("application/json-patch+json", "application/json", "text/json", "application/*+json")
_STRING: Data = {"type": "string"}


def modern(operations: int = 70, schemas: int = 200) -> Data:
    """An OpenAPI 3.0 document without operation ids, in the manner of what servers publish."""
    shared = dict(_components())
    count = schemas - len(shared)
    fillers = {f"Record{index}": _record(index, count) for index in range(count)}
    paths: dict[str, dict[str, object]] = {}
    for index in range(operations):
        path, verb, operation = _SHAPES[index % len(_SHAPES)](index, len(fillers))
        paths.setdefault(path, {})[verb] = operation
    return {
        "openapi": "3.0.1",
        "info": {"title": "Modern", "version": "v3"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {
            "schemas": fillers | shared,
            "securitySchemes": {
                "Api-Key": {"type": "apiKey", "in": "header", "name": "Api-Key"},
                "OAuth2": {
                    "type": "oauth2",
                    "flows": {
                        "clientCredentials": {"tokenUrl": "https://a.example/t", "scopes": {}}
                    },
                },
            },
        },
        "security": [{"Api-Key": []}, {"Api-Key": [], "OAuth2": []}],
    }


def _ref(name: str) -> Data:
    return {"$ref": f"#/components/schemas/{name}"}


def _ok(schema: Data, *media_types: str) -> Data:
    content = {key: {"schema": schema} for key in media_types or _RESPONSES}
    return {
        "200": {"description": "OK", "content": content},
        "400": {"description": "Bad request", "content": {"text/plain": {"schema": _STRING}}},
        "401": {"description": "No token"},
        "404": {"description": "No such thing", "content": {_JSON[1]: {"schema": _ref("Error")}}},
    }


_RESPONSES = ("text/plain", "application/json", "text/json")


def _query(name: str, schema: Data, **more: object) -> Data:
    return {"name": name, "in": "query", "schema": schema, **more}


def _path(name: str, schema: Data | None = None) -> Data:
    return {"name": name, "in": "path", "required": True, "schema": schema or _STRING}


def _listing(index: int, fillers: int) -> tuple[str, str, Data]:
    fields: Data = {"type": "array", "items": _ref("Fields")}
    parameters = [
        _query("fields", fields, style="form", explode=False),
        _query("phrase", {"type": "string", "nullable": True}),
        _query("sort-order", _ref("SortOrder")),
        _query("page", {"type": "integer", "format": "int32", "default": 1}),
        _query("date_from", {"type": "string", "format": "date-time", "nullable": True}),
        _query("ids", {"type": "array", "items": {"type": "integer"}}, explode=False),
        {"name": "Accept-Language", "in": "header", "schema": _STRING},
        {"name": "GI-Country-Code", "in": "header", "schema": {"type": "string", "nullable": True}},
    ]
    response = _ok(_ref(f"Record{index % fillers}"))
    return f"/v3/search/images-{index}", "get", {"parameters": parameters, "responses": response}


def _reading(index: int, fillers: int) -> tuple[str, str, Data]:
    parameters = [
        _path("change-set-id", {"type": "integer", "format": "int64", "nullable": True}),
        _path("asset-id", {"type": "string", "nullable": True}),
    ]
    path = f"/v3/asset-changes-{index % 5}/{index}/{{change-set-id}}/assets/{{asset-id}}"
    return path, "get", {"parameters": parameters, "responses": _ok(_ref("Asset"))}


def _writing(index: int, fillers: int) -> tuple[str, str, Data]:
    schema = _ref(f"Record{index * 3 % fillers}")
    body: Data = {"content": {key: {"schema": schema} for key in _JSON}}
    operation: Data = {
        "parameters": [_path("board-id")],
        "requestBody": body,
        "responses": _ok(_ref("Node")),
    }
    return f"/v3/boards/{index}/{{board-id}}", "put", operation


def _upload(index: int, fillers: int) -> tuple[str, str, Data]:
    content = {name: {"schema": _ref("Upload")} for name in ("image/jpeg", "image/png")}
    operation: Data = {
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "OK", "content": {"text/plain": {"schema": _STRING}}}},
    }
    return f"/v3/search/by-image/uploads/{index}", "put", operation


def _removing(index: int, fillers: int) -> tuple[str, str, Data]:
    operation: Data = {
        "parameters": [_path("board-id"), _query("from", _STRING)],
        "responses": {"204": {"description": "Gone"}, "404": {"description": "No such board"}},
    }
    return f"/v3/boards/{index}/{{board-id}}", "delete", operation


def _sending(index: int, fillers: int) -> tuple[str, str, Data]:
    parts = {"file": {"type": "string", "format": "binary"}, "note": _STRING, "class": _STRING}
    multipart = {"schema": {"type": "object", "properties": parts, "required": ["file"]}}
    operation: Data = {
        "requestBody": {"content": {"multipart/form-data": multipart}},
        "responses": _ok({"type": "array", "items": _ref("Shape")}, "application/json"),
    }
    return f"/v3/usage-batches/{index}", "post", operation


def _nameless(index: int, fillers: int) -> tuple[str, str, Data]:
    inner: Data = {"type": "object", "properties": {"total": {"type": "integer"}, "next": _STRING}}
    response: Data = {"type": "object", "properties": {"page": inner, "items": _ref("Counts")}}
    body: Data = {"type": "object", "additionalProperties": False, "properties": {"ids": _ids()}}
    operation: Data = {
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": _ok(response, "application/json"),
    }
    return f"/v3/purchased-assets/{index}", "post", operation


def _ids() -> Data:
    return {"type": "array", "nullable": True, "items": {"type": "string"}}


_SHAPES = (_listing, _reading, _writing, _upload, _removing, _sending, _nameless)


def _record(index: int, count: int) -> Data:
    following = (index + 1) % count if index % 7 else index
    properties: Data = {
        "id": {"type": "integer", "format": "int64"},
        "title": {"type": "string", "nullable": True, "description": f"Title of {index}"},
        "dateCreated": {"type": "string", "format": "date-time"},
        "import": {"type": "boolean"},
        "list": _ids(),
        "rating": {"type": "number", "format": "double", "nullable": True},
        "kind": {"type": "string", "enum": ["one", "two-three", "", "None", "ünï"]},
        "next": {"allOf": [_ref(f"Record{following}")], "nullable": True},
        "inline": {"type": "object", "properties": {"x": {"type": "integer"}}, "nullable": True},
    }
    if index % 7 == 6:
        del properties["next"]
    return {"type": "object", "properties": properties, "required": ["id"]}


def _components() -> Data:
    return {
        "SortOrder": {"type": "string", "enum": ["best-match", "newest", "oldest", "random"]},
        "Fields": {"enum": ["id", "title", "a b", "1st", "class"], "type": "string"},
        "Priority": {"type": "integer", "enum": [0, 1, 2], "format": "int32"},
        "Upload": {"type": "string", "format": "binary"},
        "Error": {"type": "object", "properties": {"ErrorCode": _STRING, "ErrorMessage": _STRING}},
        "Node": {
            "type": "object",
            "properties": {
                "children": {"type": "array", "items": _ref("Node")},
                "parent": _ref("Node"),
                "byName": {"type": "object", "additionalProperties": _ref("Node")},
                "priority": _ref("Priority"),
            },
        },
        "Counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        "Free": {"type": "object", "additionalProperties": True},
        "Anything": {},
        "Shape": {
            "oneOf": [_ref("Circle"), _ref("Square")],
            "discriminator": {
                "propertyName": "type",
                "mapping": {"circle": "#/components/schemas/Circle", "square": "Square"},
            },
        },
        "Circle": _shape("radius"),
        "Square": _shape("side"),
        "Asset": {
            "allOf": [
                _ref("Base"),
                {"type": "object", "properties": {"shape": _ref("Shape"), "free": _ref("Free")}},
            ],
            "description": "An asset.",
        },
        "Base": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": _STRING,
                "day": {"type": "string", "format": "date"},
                "either": {"anyOf": [_STRING, {"type": "integer"}, _ref("Counts")]},
                "any": _ref("Anything"),
                "grid": {"type": "array", "items": {"type": "array", "items": _ref("Priority")}},
            },
        },
        "ForwardAlias": _ref("Node"),
    }


def _shape(name: str) -> Data:
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": _STRING, name: {"type": "number"}},
    }
