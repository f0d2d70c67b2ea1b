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

from collections.abc import Mapping
from typing import TypeAlias

from .document import METHODS

Grammar: TypeAlias = Mapping[str, Mapping[str, str]]


def _each(rule: str, names: str) -> dict[str, str]:
    """Return fields that hold the same."""
    return dict.fromkeys(names.split(), rule)


_SCHEMA = {
    **_each("text", "$ref title description format pattern"),
    "type": "text|[text]",
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
