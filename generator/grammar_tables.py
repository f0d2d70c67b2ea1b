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
