"""Documents with a text in every place where a document can hold one, and what comes of them."""

from __future__ import annotations

from urllib.parse import quote

from corpora import Data

PROSE = frozenset(
    "title,info description,summary,description,tag description,body description,"
    "response description,error description,schema title,schema description,"
    "property description,property default,property example,parameter description,"
    "parameter example,parameter default,security description,scope description,"
    "extension key,extension value,tag,scope,version".split(",")
)
"""Places where any text at all is allowed."""

KEPT = frozenset({"property", "enum value", "query parameter", "x-method"})
"""Places whose text has to be in the code as it is, since it goes over the wire."""


def slots() -> list[str]:
    """The names of all the places."""
    seen: list[str] = []
    _document(frozenset(), "", seen)
    return list(dict.fromkeys(seen))


def document(places: frozenset[str], text: str) -> Data:
    """A valid document, but for a text in some places."""
    return _document(places, text, [])


def _document(places: frozenset[str], text: str, seen: list[str]) -> Data:
    def at(name: str, usual: str) -> str:
        seen.append(name)
        return text if name in places else usual

    reference = "#/components/schemas/" + _escaped(at("schema name", "Thing"))
    schema: Data = {
        "type": "object",
        "title": at("schema title", "Thing"),
        "description": at("schema description", "A thing."),
        "properties": {
            at("property", "id"): {
                "type": "string",
                "description": at("property description", "Its id."),
                "default": at("property default", "none"),
                "example": at("property example", "x"),
                "pattern": at("pattern", "x*"),
                "format": at("format", "id"),
            },
            "kind": {"type": "string", "enum": [at("enum value", "one"), "two"]},
            "always": {"type": "string", "const": at("const", "yes")},
            "form": {"type": "string", "contentMediaType": at("content media type", "text/plain")},
        },
        "required": [at("property", "id")],
        "discriminator": {"propertyName": at("discriminator", "kind")},
        "x-extension": {at("extension key", "a"): at("extension value", "b")},
    }
    parameter: Data = {
        "name": at("query parameter", "page"),
        "in": "query",
        "description": at("parameter description", "Which page."),
        "schema": {"type": "string", "enum": [at("parameter enum", "a")]},
        "example": at("parameter example", "a"),
    }
    parameters: list[Data] = [
        parameter,
        {"name": at("header parameter", "X-A"), "in": "header", "schema": {"type": "string"}},
        {"name": at("cookie parameter", "sid"), "in": "cookie", "schema": {"type": "string"}},
        {
            "name": at("path parameter", "id"),
            "in": "path",
            "required": True,
            "schema": {"type": "string", "default": at("parameter default", "d")},
        },
    ]
    operation: Data = {
        "operationId": at("operation id", "Things_Get"),
        "summary": at("summary", "Get a thing"),
        "description": at("description", "Gets a thing."),
        "tags": [at("tag", "Things")],
        "externalDocs": {"url": at("docs url", "https://d.example"), "description": "Docs"},
        "parameters": parameters,
        "requestBody": {
            "description": at("body description", "The thing."),
            "content": {at("body media type", "application/json"): {"schema": {"$ref": reference}}},
        },
        "responses": {
            "200": {
                "description": at("response description", "OK"),
                "headers": {at("response header", "X-B"): {"schema": {"type": "string"}}},
                "content": {
                    at("response media type", "application/json"): {"schema": {"$ref": reference}}
                },
            },
            at("status", "404"): {"description": at("error description", "None")},
        },
        "security": [{at("security scheme", "key"): [at("scope", "read")]}],
        "x-resource": at("x-resource", "things"),
        "x-method": at("x-method", "get"),
        "x-effect": at("x-effect", "safe"),
    }
    path = f"/v3/{at('path', 'things')}/{{{at('path parameter', 'id')}}}"
    flow = {
        "tokenUrl": at("token url", "https://t.example"),
        "scopes": {at("scope", "read"): at("scope description", "Reading")},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": at("title", "Things"),
            "version": at("version", "1"),
            "description": at("info description", "All things."),
        },
        "servers": [{"url": at("server", "https://api.example.com")}],
        "tags": [{"name": at("tag", "Things"), "description": at("tag description", "Things")}],
        "paths": {path: {"post": operation}},
        "components": {
            "schemas": {at("schema name", "Thing"): schema},
            "securitySchemes": {
                at("security scheme", "key"): {
                    "type": "oauth2",
                    "description": at("security description", "A key."),
                    "flows": {"clientCredentials": flow},
                }
            },
        },
    }


def _escaped(name: str) -> str:
    return quote(name.replace("~", "~0").replace("/", "~1"), safe="~")
