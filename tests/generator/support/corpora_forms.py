"""One API in three forms: the same dozen operations as Swagger 2.0, OpenAPI 3.0 and OpenAPI 3.1."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpora import Data

JSON = "application/json"
_BYTES = "application/octet-stream"


@dataclass(frozen=True)
class Kind:
    """A schema that the three forms write differently."""

    type: str
    nullable: bool = False
    above: int | None = None
    """The bound that a number has to exceed."""
    more: Data = field(default_factory=dict)

    def written(self, form: str) -> Data:
        """The schema in one of the forms."""
        data: Data = {"type": self.type, **self.more}
        if self.nullable and form == "3.1":
            data["type"] = [self.type, "null"]
        elif self.nullable:
            data["x-nullable" if form == "2.0" else "nullable"] = True
        if self.above is not None and form == "3.1":
            data["exclusiveMinimum"] = self.above
        elif self.above is not None:
            data |= {"minimum": self.above, "exclusiveMinimum": True}
        return data


@dataclass(frozen=True)
class Made:
    """One operation, whatever its form."""

    path: str
    verb: str
    name: str
    parameters: tuple[tuple[str, str, Kind], ...] = ()
    body: str = ""
    """The schema of a JSON body, or `form` or `multipart`."""
    response: str = ""
    header: str = ""


_TEXT = Kind("string")
_MANY = Kind("array", more={"items": {"type": "string"}})
_SORT = Kind("string", more={"enum": ["newest", "oldest"]})

OPERATIONS = (
    Made("/v3/things", "get", "ListThings", (("query", "page", Kind("integer")),), response="Page"),
    Made("/v3/things", "post", "MakeThing", body="Thing", response="Thing", header="X-Left"),
    Made("/v3/things/{id}", "get", "GetThing", (("path", "id", _TEXT),), response="Thing"),
    Made("/v3/things/{id}", "put", "PutThing", (("path", "id", _TEXT),), "Thing", "Thing"),
    Made("/v3/things/{id}", "delete", "DropThing", (("path", "id", _TEXT),)),
    Made("/v3/things/{id}", "patch", "MendThing", (("path", "id", _TEXT),), "Thing"),
    Made("/v3/search", "get", "Search", (("query", "fields", _MANY), ("query", "sort", _SORT))),
    Made("/v3/search", "post", "SearchLong", (("header", "Accept-Language", _TEXT),), "form"),
    Made("/v3/uploads", "post", "Upload", body="multipart", response="Thing"),
    Made("/v3/boards/{board-id}", "get", "GetBoard", (("path", "board-id", Kind("integer")),)),
    Made("/v3/boards", "get", "ListBoards", (("query", "since", _TEXT),), response="Page"),
    Made("/v3/ratings", "get", "Rate", (("query", "least", Kind("number", above=0)),)),
)

_SCHEMAS: dict[str, dict[str, Kind]] = {
    "Thing": {
        "id": _TEXT,
        "title": Kind("string", nullable=True),
        "size": Kind("number", above=0),
        "seen": Kind("string", more={"format": "date-time"}),
        "sort": _SORT,
    },
    "Page": {"count": Kind("integer"), "names": _MANY},
}


def form(version: str) -> Data:
    """The whole API in one form: `2.0`, `3.0` or `3.1`."""
    paths: dict[str, dict[str, object]] = {}
    write = _swagger if version == "2.0" else _openapi
    for made in OPERATIONS:
        path = made.path.removeprefix("/v3") if version == "2.0" else made.path
        paths.setdefault(path, {})[made.verb] = write(made, version)
    schemas = {name: _object(name, version) for name in _SCHEMAS}
    key = {"type": "apiKey", "in": "header", "name": "Api-Key", "description": version * 2}
    common: Data = {"info": {"title": f"Form {version}", "version": version}, "paths": paths}
    if version == "2.0":
        place: Data = {"host": "api.example.com", "basePath": "/v3", "schemes": ["https"]}
        media: Data = {"consumes": [JSON], "produces": [JSON], "security": [{"key": []}]}
        parts: Data = {"definitions": schemas, "securityDefinitions": {"key": key}}
        return {"swagger": "2.0", **common, **place, **media, **parts}
    return {
        "openapi": f"{version}.0",
        **common,
        "servers": [{"url": "https://api.example.com"}],
        "security": [{"key": []}],
        "components": {"schemas": schemas, "securitySchemes": {"key": key}},
    }


def _object(name: str, version: str) -> Data:
    properties = {key: kind.written(version) for key, kind in _SCHEMAS[name].items()}
    return {"type": "object", "properties": properties, "required": [next(iter(properties))]}


def _named(made: Made, version: str) -> Data:
    return {"operationId": f"Things_{made.name}", "summary": f"{made.name} ({version})"}


def _swagger(made: Made, version: str) -> Data:
    parameters: list[Data] = []
    for place, name, kind in made.parameters:
        required: Data = {"required": True} if place == "path" else {}
        parameters.append({"in": place, "name": name, **required, **kind.written(version)})
    operation = _named(made, version)
    if made.body in ("form", "multipart"):
        kinds: dict[str, Data] = {"note": {"type": "string"}, "file": {"type": "file"}}
        if made.body == "form":
            del kinds["file"]
        operation["consumes"] = [_form_type(made)]
        parameters += [{"in": "formData", "name": name, **kind} for name, kind in kinds.items()]
    elif made.body:
        schema = {"$ref": f"#/definitions/{made.body}"}
        parameters.append({"in": "body", "name": "any", "required": True, "schema": schema})
    response: Data = {"description": "OK"}
    if made.response:
        response["schema"] = {"$ref": f"#/definitions/{made.response}"}
    if made.header:
        response["headers"] = {made.header: {"type": "integer"}}
    return operation | {"parameters": parameters, "responses": {200: response}}


def _form_type(made: Made) -> str:
    return (
        "multipart/form-data" if made.body == "multipart" else "application/x-www-form-urlencoded"
    )


def _openapi(made: Made, version: str) -> Data:
    parameters: list[Data] = []
    for place, name, kind in made.parameters:
        data: Data = {"in": place, "name": name, "schema": kind.written(version)}
        if place == "path":
            data["required"] = True
        if kind.type == "array":
            data |= {"style": "form", "explode": False}
        parameters.append(data)
    operation = _named(made, version)
    if parameters:
        operation["parameters"] = parameters
    if made.body:
        operation["requestBody"] = _body(made, version)
    response: Data = {"description": "OK"}
    if made.response:
        response["content"] = {JSON: {"schema": {"$ref": f"#/components/schemas/{made.response}"}}}
    if made.header:
        response["headers"] = {made.header: {"schema": {"type": "integer"}}}
    return operation | {"responses": {"200": response}}


def _body(made: Made, version: str) -> Data:
    if made.body not in ("form", "multipart"):
        schema: Data = {"$ref": f"#/components/schemas/{made.body}"}
        return {"required": True, "content": {JSON: {"schema": schema}}}
    properties: Data = {"note": {"type": "string"}}
    if made.body == "multipart":
        key, value = ("contentMediaType", _BYTES) if version == "3.1" else ("format", "binary")
        properties["file"] = {"type": "string", key: value}
    return {"content": {_form_type(made): {"schema": {"type": "object", "properties": properties}}}}
