"""Which objects Swagger 2.0 and OpenAPI 3.x are made of, as data.

Each table maps a kind of object to its fields and what they hold:

    "schema"      an object of that kind
    "[schema]"    a list of them
    "{schema}"    a mapping to them
    "text"        a string, and likewise "[text]" and "{text}"
    "flag"        a boolean
    "number"      an integer or a float
    "schema|flag" either

Alternatives are separated by `|`. Fields that are not listed hold free data (examples, defaults,
extensions) that no stage looks into. Stages walk documents by these tables, so that a property
named `$ref` or an example that looks like a schema is never mistaken for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from .document import METHODS, Document, Map, Node, Seq
from .findings import Finding, kind

Grammar: TypeAlias = Mapping[str, Mapping[str, str]]

_SCHEMA = {
    "$ref": "text",
    "title": "text",
    "description": "text",
    "type": "text|[text]",
    "format": "text",
    "required": "[text]",
    "enum": "[any]",
    "properties": "{schema}",
    "additionalProperties": "schema|flag",
    "items": "schema",
    "allOf": "[schema]",
    "externalDocs": "external docs",
    "xml": "xml",
    "readOnly": "flag",
    "pattern": "text",
    "minimum": "number",
    "maximum": "number",
    "multipleOf": "number",
}

_OPERATION = {
    "tags": "[text]",
    "summary": "text",
    "description": "text",
    "operationId": "text",
    "externalDocs": "external docs",
    "parameters": "[parameter]",
    "responses": "{response}",
    "deprecated": "flag",
    "security": "[security requirement]",
}

_INFO = {"title": "text", "description": "text", "version": "text|number"}

_PARAMETER = {
    "$ref": "text",
    "name": "text",
    "in": "text",
    "description": "text",
    "required": "flag",
    "allowEmptyValue": "flag",
}

_COMMON: Grammar = {
    "info": _INFO,
    "external docs": {"url": "text", "description": "text"},
    "xml": {},
    "tag": {"name": "text", "description": "text", "externalDocs": "external docs"},
    "path item": {
        "$ref": "text",
        "parameters": "[parameter]",
        **dict.fromkeys(METHODS, "operation"),
    },
    "security requirement": {"*": "[text]"},
}

SWAGGER: Grammar = {
    **_COMMON,
    "document": {
        "info": "info",
        "host": "text",
        "basePath": "text",
        "schemes": "[text]",
        "consumes": "[text]",
        "produces": "[text]",
        "paths": "{path item}",
        "definitions": "{schema}",
        "parameters": "{parameter}",
        "responses": "{response}",
        "securityDefinitions": "{security scheme}",
        "security": "[security requirement]",
        "tags": "[tag]",
        "externalDocs": "external docs",
    },
    "operation": {
        **_OPERATION,
        "consumes": "[text]",
        "produces": "[text]",
        "schemes": "[text]",
    },
    "parameter": {
        **_PARAMETER,
        "schema": "schema",
        "type": "text",
        "format": "text",
        "items": "items",
        "collectionFormat": "text",
        "enum": "[any]",
    },
    "items": {
        "type": "text",
        "format": "text",
        "items": "items",
        "collectionFormat": "text",
        "enum": "[any]",
    },
    "response": {
        "$ref": "text",
        "description": "text",
        "schema": "schema",
        "headers": "{header}",
        "examples": "{any}",
    },
    "header": {"description": "text", "type": "text", "format": "text", "items": "items"},
    "schema": {
        **_SCHEMA,
        "discriminator": "text",
        "exclusiveMinimum": "flag",
        "exclusiveMaximum": "flag",
    },
    "security scheme": {
        "type": "text",
        "description": "text",
        "name": "text",
        "in": "text",
        "flow": "text",
        "authorizationUrl": "text",
        "tokenUrl": "text",
        "scopes": "{any}",
    },
}

OPENAPI: Grammar = {
    **_COMMON,
    "document": {
        "info": "info",
        "servers": "[server]",
        "paths": "{path item}",
        "webhooks": "{path item}",
        "components": "components",
        "security": "[security requirement]",
        "tags": "[tag]",
        "externalDocs": "external docs",
    },
    "server": {"url": "text", "description": "text", "variables": "{server variable}"},
    "server variable": {"enum": "[text]", "default": "text|number", "description": "text"},
    "path item": {
        **_COMMON["path item"],
        "summary": "text",
        "description": "text",
        "servers": "[server]",
    },
    "components": {
        "schemas": "{schema}",
        "responses": "{response}",
        "parameters": "{parameter}",
        "examples": "{example}",
        "requestBodies": "{request body}",
        "headers": "{header}",
        "securitySchemes": "{security scheme}",
        "links": "{any}",
        "callbacks": "{callback}",
        "pathItems": "{path item}",
    },
    "operation": {
        **_OPERATION,
        "requestBody": "request body",
        "callbacks": "{callback}",
        "servers": "[server]",
    },
    "callback": {"$ref": "text", "*": "path item"},
    "parameter": {
        **_PARAMETER,
        "deprecated": "flag",
        "style": "text",
        "explode": "flag",
        "allowReserved": "flag",
        "schema": "schema",
        "content": "{media type}",
        "examples": "{example}",
    },
    "request body": {
        "$ref": "text",
        "description": "text",
        "content": "{media type}",
        "required": "flag",
    },
    "media type": {
        "schema": "schema",
        "examples": "{example}",
        "encoding": "{encoding}",
    },
    "encoding": {
        "contentType": "text",
        "headers": "{header}",
        "style": "text",
        "explode": "flag",
        "allowReserved": "flag",
    },
    "response": {
        "$ref": "text",
        "description": "text",
        "headers": "{header}",
        "content": "{media type}",
        "links": "{any}",
    },
    "header": {
        "$ref": "text",
        "description": "text",
        "required": "flag",
        "deprecated": "flag",
        "style": "text",
        "explode": "flag",
        "schema": "schema",
        "content": "{media type}",
        "examples": "{example}",
    },
    "example": {"$ref": "text", "summary": "text", "description": "text"},
    "schema": {
        **_SCHEMA,
        "items": "schema|flag",
        "anyOf": "[schema]",
        "oneOf": "[schema]",
        "not": "schema|flag",
        "if": "schema|flag",
        "then": "schema|flag",
        "else": "schema|flag",
        "contains": "schema|flag",
        "prefixItems": "[schema]",
        "propertyNames": "schema|flag",
        "patternProperties": "{schema}",
        "unevaluatedProperties": "schema|flag",
        "unevaluatedItems": "schema|flag",
        "contentEncoding": "text",
        "contentMediaType": "text",
        "contentSchema": "schema|flag",
        "dependentSchemas": "{schema}",
        "$defs": "{schema}",
        "discriminator": "discriminator",
        "nullable": "flag",
        "writeOnly": "flag",
        "deprecated": "flag",
        "exclusiveMinimum": "number|flag",
        "exclusiveMaximum": "number|flag",
        "examples": "[any]",
    },
    "discriminator": {"propertyName": "text", "mapping": "{text}"},
    "security scheme": {
        "$ref": "text",
        "type": "text",
        "description": "text",
        "name": "text",
        "in": "text",
        "scheme": "text",
        "bearerFormat": "text",
        "flows": "flows",
        "openIdConnectUrl": "text",
    },
    "flows": dict.fromkeys(
        ("implicit", "password", "clientCredentials", "authorizationCode"), "flow"
    ),
    "flow": {
        "authorizationUrl": "text",
        "tokenUrl": "text",
        "refreshUrl": "text",
        "scopes": "{any}",
    },
}

PROSE = frozenset({"summary", "description", "title"})
"""Fields that hold text for people, in every kind of object."""

EXTENSIBLE = frozenset({"path item", "response", "callback"})
"""Objects in whose mappings `x-` begins an extension. Elsewhere it is a name: `x-rate-limit`."""

_LEAVES = {"text", "flag", "number", "any"}

# Properties and HTTP headers may be called `x-...` without being extensions.
_NAMED_FREELY = {"schema", "header"}


def grammar_of(document: Document) -> Grammar:
    """The table that a document is to be read by."""
    return SWAGGER if "swagger" in document.root else OPENAPI


def fields(grammar: Grammar, what: str, node: Map) -> Iterator[tuple[str, str]]:
    """The fields of an object that its kind speaks of, and what each is to hold."""
    table = grammar[what]
    for key in list(node):
        rule = table.get(key) or ("" if key.startswith("x-") else table.get("*", ""))
        if rule:
            yield key, rule


def children(grammar: Grammar, what: str, node: Map) -> Iterator[tuple[str, tuple[str, ...], Map]]:
    """The objects directly within an object: their kind, the keys that lead there, the object."""
    for key, rule in fields(grammar, what, node):
        value = node[key]
        for option in rule.split("|"):
            inner = option.strip("[]{}")
            if inner in _LEAVES:
                continue
            if option.startswith("[") and isinstance(value, Seq):
                for index, item in enumerate(list(value)):
                    if isinstance(item, Map):
                        yield inner, (key, str(index)), item
            elif option.startswith("{") and isinstance(value, Map):
                for name, item in value.maps():
                    if not (inner in EXTENSIBLE and name.startswith("x-")):
                        yield inner, (key, name), item
            elif option == inner and isinstance(value, Map):
                yield inner, (key,), value


def walk(
    grammar: Grammar, node: Map, what: str = "document", at: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...], Map]]:
    """Every object of a document, parents first: its kind, the keys that lead there, the object."""
    yield what, at, node
    for inner, keys, item in children(grammar, what, node):
        yield from walk(grammar, item, inner, at + keys)


def misshapen(grammar: Grammar, root: Map) -> list[Finding]:
    """What has another shape than the grammar says: a list where a mapping belongs, and so on."""
    return [
        finding
        for what, _, node in walk(grammar, root)
        for key, rule in fields(grammar, what, node)
        for finding in _misfits(what, node, key, rule)
    ]


_NAMES = {"text": "a string", "flag": "true or false", "number": "a number"}


def _misfits(what: str, node: Map, key: str, rule: str) -> Iterator[Finding]:
    value = node[key]
    options = rule.split("|")
    if any(_fits(option, value) for option in options):
        container = value if isinstance(value, Map | Seq) else None
        option = next(option for option in options if _fits(option, value))
        inner = option.strip("[]{}")
        if container is None or option == inner:
            return
        yield from _misfit_items(what, key, container, inner)
        return
    expected = " or ".join(map(_described, options))
    yield Finding(
        node.position_of(key), f"{key!r} of {_article(what)} must be {expected}, not {kind(value)}"
    )


def _misfit_items(what: str, key: str, container: Map | Seq, inner: str) -> Iterator[Finding]:
    if isinstance(container, Map):
        items = [(name, item, container.position_of(name)) for name, item in container.items()]
    else:
        items = [(str(index), item, container.position) for index, item in enumerate(container)]
    for name, item, position in items:
        extension = inner in EXTENSIBLE and name.startswith("x-")
        if extension or _fits(inner, item) or (inner == "schema" and isinstance(item, bool)):
            continue
        yield Finding(
            position,
            f"{name!r} in {key!r} of {_article(what)} must be {_described(inner)},"
            f" not {kind(item)}",
        )


def _fits(option: str, value: Node) -> bool:
    if option == "any":
        return True
    if option == "text":
        return isinstance(value, str)
    if option == "flag":
        return isinstance(value, bool)
    if option == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, Seq if option.startswith("[") else Map)


def _described(option: str) -> str:
    inner = option.strip("[]{}")
    if option.startswith("["):
        return "a list"
    if option.startswith("{"):
        return "a mapping"
    return _NAMES.get(inner, "a mapping")


def _article(what: str) -> str:
    return f"{'an' if what[0] in 'aeio' else 'a'} {what}"
