"""The grammar of Swagger 2.0 and OpenAPI 3.x as data; walks documents by it, and finds misfits.

Each table maps a kind of object to its fields and what they hold:

    "schema"      an object of that kind
    "[schema]"    a list of them
    "[schema]+"   a list of at least one
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
from functools import cache
from typing import TypeAlias

from .document import METHODS, Document, Map, Node, Seq, is_number
from .findings import Finding, Keys

Grammar: TypeAlias = Mapping[str, Mapping[str, str]]


def _each(rule: str, names: str) -> dict[str, str]:
    """Return fields that hold the same."""
    return dict.fromkeys(names.split(), rule)


_SCHEMA = {
    **_each("text", "$ref title description format pattern"),
    "type": "text|[text]+",
    "required": "[text]",
    "enum": "[any]",
    "properties": "{schema}",
    "additionalProperties": "schema|flag",
    "items": "schema",
    "allOf": "[schema]",
    "externalDocs": "external docs",
    "xml": "xml",
    "readOnly": "flag",
    **_each("number", "minimum maximum multipleOf"),
}

_OPERATION = {
    **_each("text", "summary description operationId"),
    "tags": "[text]",
    "externalDocs": "external docs",
    "parameters": "[parameter]",
    "responses": "{response}",
    "deprecated": "flag",
    "security": "[security requirement]",
}

_PARAMETER = {
    **_each("text", "$ref name in description"),
    **_each("flag", "required allowEmptyValue"),
}

_ITEMS = {**_each("text", "type format collectionFormat"), "items": "items", "enum": "[any]"}

_DOCUMENT = {
    "info": "info",
    "paths": "{path item}",
    "security": "[security requirement]",
    "tags": "[tag]",
    "externalDocs": "external docs",
}

_COMMON: Grammar = {
    "info": {**_each("text", "title description"), "version": "text|number"},
    "external docs": _each("text", "url description"),
    "xml": {},
    "tag": {**_each("text", "name description"), "externalDocs": "external docs"},
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
        **_DOCUMENT,
        **_each("text", "host basePath"),
        **_each("[text]", "schemes consumes produces"),
        "definitions": "{schema}",
        "parameters": "{parameter}",
        "responses": "{response}",
        "securityDefinitions": "{security scheme}",
    },
    "operation": {**_OPERATION, **_each("[text]", "consumes produces schemes")},
    "parameter": {**_PARAMETER, **_ITEMS, "schema": "schema"},
    "items": _ITEMS,
    "response": {
        **_each("text", "$ref description"),
        "schema": "schema",
        "headers": "{header}",
        "examples": "{any}",
    },
    "header": {**_each("text", "description type format"), "items": "items"},
    "schema": {
        **_SCHEMA,
        "discriminator": "text",
        **_each("flag", "exclusiveMinimum exclusiveMaximum"),
    },
    "security scheme": {
        **_each("text", "type description name in flow authorizationUrl tokenUrl"),
        "scopes": "{any}",
    },
}

_SERIALIZED = {
    **_each("flag", "deprecated explode"),
    "style": "text",
    "schema": "schema",
    "content": "{media type}",
    "examples": "{example}",
}

OPENAPI: Grammar = {
    **_COMMON,
    "document": {
        **_DOCUMENT,
        "servers": "[server]",
        "webhooks": "{path item}",
        "components": "components",
    },
    "server": {**_each("text", "url description"), "variables": "{server variable}"},
    "server variable": {"enum": "[text]", "default": "text|number", "description": "text"},
    "path item": {
        **_COMMON["path item"],
        **_each("text", "summary description"),
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
    "parameter": {**_PARAMETER, **_SERIALIZED, "allowReserved": "flag"},
    "request body": {
        **_each("text", "$ref description"),
        "content": "{media type}",
        "required": "flag",
    },
    "media type": {"schema": "schema", "examples": "{example}", "encoding": "{encoding}"},
    "encoding": {
        **_each("text", "contentType style"),
        "headers": "{header}",
        **_each("flag", "explode allowReserved"),
    },
    "response": {
        **_each("text", "$ref description"),
        "headers": "{header}",
        "content": "{media type}",
        "links": "{any}",
    },
    "header": {**_SERIALIZED, **_each("text", "$ref description"), "required": "flag"},
    "example": _each("text", "$ref summary description"),
    "schema": {
        **_SCHEMA,
        **_each("schema|flag", "items not if then else contains propertyNames contentSchema"),
        **_each("schema|flag", "unevaluatedProperties unevaluatedItems"),
        **_each("[schema]", "anyOf oneOf prefixItems"),
        **_each("{schema}", "patternProperties dependentSchemas $defs"),
        **_each("text", "contentEncoding contentMediaType"),
        "discriminator": "discriminator",
        **_each("flag", "nullable writeOnly deprecated"),
        **_each("number|flag", "exclusiveMinimum exclusiveMaximum"),
        "examples": "[any]",
    },
    "discriminator": {"propertyName": "text", "mapping": "{text}"},
    "security scheme": {
        **_each("text", "$ref type description name in scheme bearerFormat openIdConnectUrl"),
        "flows": "flows",
    },
    "flows": _each("flow", "implicit password clientCredentials authorizationCode"),
    "flow": {**_each("text", "authorizationUrl tokenUrl refreshUrl"), "scopes": "{any}"},
}


PROSE = frozenset({"summary", "description", "title"})
"""Fields that hold text for people, in every kind of object."""

ANNOTATIONS = PROSE | frozenset(
    "default example examples deprecated readOnly writeOnly externalDocs xml".split()
)
"""Keywords of a schema that do not affect the type of its values."""

_EXTENSIBLE = frozenset({"path item", "response", "callback"})
"""Objects in whose mappings `x-` begins an extension. Elsewhere it is a name: `x-rate-limit`."""

LEAVES = frozenset({"text", "flag", "number", "any"})
"""Kinds of fields whose values no stage reads any further."""


def grammar_of(document: Document) -> Grammar:
    """Return the table that a document is to be read by."""
    return SWAGGER if "swagger" in document.root else OPENAPI


def fields(grammar: Grammar, what: str, node: Map) -> Iterator[tuple[str, str]]:
    """Yield the fields of an object that its kind speaks of, and what each is to hold."""
    table = grammar[what]
    for key in list(node):
        rule = table.get(key) or ("" if key.startswith("x-") else table.get("*", ""))
        if rule:
            yield key, rule


def is_extension(inner: str, name: str) -> bool:
    """Return whether a name in a mapping to objects of this kind is an extension."""
    return name.startswith("x-") and inner in _EXTENSIBLE


@cache
def _options(rule: str) -> tuple[tuple[str, str], ...]:
    """Return the alternatives of a rule, each as it is written, and the kind within it."""
    return tuple((option, option.strip("[]{}+")) for option in rule.split("|"))


def walk(
    grammar: Grammar, node: Map, what: str = "document", at: Keys = ()
) -> Iterator[tuple[str, Keys, Map]]:
    """Yield every object of a document, parents first: its kind, keys and node."""
    left = [(what, at, node)]
    while left:
        what, at, node = left.pop()
        yield what, at, node
        held = [
            (inner, at + keys, item)
            for key, rule in fields(grammar, what, node)
            if rule not in LEAVES
            for option, inner in _options(rule)
            if inner not in LEAVES
            for keys, item in _held(node, key, option, inner)
            if isinstance(item, Map)
        ]
        left += reversed(held)


def _held(node: Map, key: str, option: str, inner: str) -> list[tuple[Keys, Node]]:
    """Return what a field holds by one alternative of its rule, with the keys in its object."""
    value = node[key]
    if option.startswith("[") and isinstance(value, Seq):
        return [((key, index), item) for index, item in enumerate(value)]
    if option.startswith("{") and isinstance(value, Map):
        named = [name for name in value if not is_extension(inner, name)]
        return [((key, name), value[name]) for name in named]
    return [((key,), value)] if option == inner else []


def misshapen(grammar: Grammar, root: Map) -> list[Finding]:
    """Yield the nodes with a shape that the grammar forbids: a list instead of a mapping, etc."""
    return [
        finding
        for what, _, node in walk(grammar, root)
        for key, rule in fields(grammar, what, node)
        if rule not in LEAVES or not _fits(rule, node[key])
        for finding in misfits(what, node, key, rule)
    ]


_NAMES = {"text": "a string", "flag": "true or false", "number": "a number"}
_FORMS = {"text": str, "flag": bool, "any": object}


def misfits(what: str, node: Map, key: str, rule: str) -> Iterator[Finding]:
    """Yield how one field of an object, or its content, violates the shape of its rule."""
    value = node[key]
    for option, inner in _options(rule):
        if _fits(option, value):
            if option.endswith("+") and not value:
                yield Finding(node.position_of(key), "shape-empty", key=key, owner=what)
            for keys, item in _held(node, key, option, inner) if option != inner else ():
                is_flag = inner == "schema" and isinstance(item, bool)
                if not (is_flag or _fits(inner, item)):
                    name, listed = str(keys[-1]), node.seq(key)
                    where = value.position_of(name) if isinstance(value, Map) else listed.position
                    values = {"name": name, "key": key, "owner": what, "found": item}
                    yield Finding(where, "shape-inside", expected=[_described(inner)], **values)
            return
    expected = [_described(option) for option, _ in _options(rule)]
    where = node.position_of(key)
    yield Finding(where, "shape", key=key, owner=what, expected=expected, found=value)


def _fits(option: str, value: Node) -> bool:
    if option == "number":
        return is_number(value)
    return isinstance(value, _FORMS.get(option) or (Seq if option.startswith("[") else Map))


def _described(option: str) -> str:
    return "a list" if option.startswith("[") else _NAMES.get(option, "a mapping")
