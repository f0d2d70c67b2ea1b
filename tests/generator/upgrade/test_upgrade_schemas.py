"""How schemas of Swagger 2.0 and OpenAPI 3.0 come out of the upgrade."""

from __future__ import annotations

import pytest
from upgrading import Tree, upgraded

FILE = {"type": "string", "contentMediaType": "application/octet-stream"}
BASE = "Base: {type: object, properties: {}}"


def _definitions(schemas: str, version: str, *, valid: bool) -> Tree:
    place = "definitions:" if version == "2.0" else "components:\n  schemas:"
    return upgraded(f"paths: {{}}\n{place}\n{schemas}", version, valid=valid)


def schema(text: str, version: str = "2.0", *, valid: bool = True) -> object:
    """What a schema becomes; it may refer to `Base`."""
    pad = "  " if version == "2.0" else "    "
    tree = _definitions(f"{pad}{BASE}\n{pad}S: {{{text}}}\n", version, valid=valid)
    found = tree("components", "schemas", "S")
    assert isinstance(found, dict)
    source = found.pop("x-source")
    place = "/definitions" if version == "2.0" else "/components/schemas"
    assert source == {"document": "x.yaml", "pointer": f"{place}/S"}
    return found


NULLABLE = [
    ("type: string, N: true", {"type": ["string", "null"]}),
    ("type: string, N: false", {"type": "string"}),
    ("type: string, enum: [a], N: true", {"type": ["string", "null"], "enum": ["a", None]}),
    ("type: string, enum: [a, null], N: true", {"type": ["string", "null"], "enum": ["a", None]}),
    ("N: true, description: d", {"description": "d"}),
    (
        "description: d, N: true, $ref: '#/definitions/Base'",
        {"description": "d", "anyOf": [{"$ref": "#/components/schemas/Base"}, {"type": "null"}]},
    ),
    (
        "description: d, N: true, allOf: [{$ref: '#/definitions/Base'}]",
        {
            "description": "d",
            "anyOf": [{"allOf": [{"$ref": "#/components/schemas/Base"}]}, {"type": "null"}],
        },
    ),
    (
        "type: array, items: {type: string, N: true}",
        {"type": "array", "items": {"type": ["string", "null"]}},
    ),
]


@pytest.mark.parametrize("version", ["2.0", "3.0", "3.1"])
@pytest.mark.parametrize(("text", "expected"), NULLABLE)
def test_nullable_becomes_a_type(text: str, expected: object, version: str) -> None:
    if version == "2.0":
        text = text.replace("N:", "x-nullable:")
    else:
        text = text.replace("N:", "nullable:").replace("definitions", "components/schemas")
    assert schema(text, version) == expected


SCHEMAS = [
    ("minimum: 1, exclusiveMinimum: true", {"exclusiveMinimum": 1}),
    ("minimum: 1, exclusiveMinimum: false", {"minimum": 1}),
    ("maximum: 9.5, exclusiveMaximum: true", {"exclusiveMaximum": 9.5}),
    ("maximum: 9, exclusiveMaximum: false", {"maximum": 9}),
    ("exclusiveMinimum: true", {}),
    ("type: object, example: {a: 1}", {"type": "object", "examples": [{"a": 1}]}),
    ("type: string, format: byte", {"type": "string", "contentEncoding": "base64"}),
    ("type: string, format: binary", FILE),
    ("type: string, format: date", {"type": "string", "format": "date"}),
    (
        "type: object, properties: {a: {type: string, readOnly: true, xml: {attribute: true}}}",
        {
            "type": "object",
            "properties": {"a": {"type": "string", "readOnly": True, "xml": {"attribute": True}}},
        },
    ),
    (
        "type: object, externalDocs: {url: 'https://e.com'}, x-note: n",
        {"type": "object", "externalDocs": {"url": "https://e.com"}, "x-note": "n"},
    ),
    (
        "additionalProperties: {type: integer, minimum: 0, exclusiveMinimum: true}",
        {"additionalProperties": {"type": "integer", "exclusiveMinimum": 0}},
    ),
]


@pytest.mark.parametrize("version", ["2.0", "3.0"])
@pytest.mark.parametrize(("text", "expected"), SCHEMAS)
def test_what_older_versions_added_is_said_in_json_schema(
    text: str, expected: object, version: str
) -> None:
    assert schema(text, version) == expected


def test_a_discriminator_becomes_an_object() -> None:
    text = "type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}}"
    assert schema(text) == {
        "type": "object",
        "discriminator": {"propertyName": "kind"},
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
    }


@pytest.mark.parametrize("version", ["2.0", "3.0"])
def test_only_prose_and_extensions_stay_beside_a_reference(version: str) -> None:
    place = "definitions" if version == "2.0" else "components/schemas"
    text = f"$ref: '#/{place}/Base', description: d, type: string, default: x, x-note: n"
    assert schema(text, version) == {
        "$ref": "#/components/schemas/Base",
        "description": "d",
        "x-note": "n",
    }


def test_everything_stays_beside_a_reference_of_3_1() -> None:
    text = "$ref: '#/components/schemas/Base', description: d, minProperties: 1"
    assert schema(text, "3.1") == {
        "$ref": "#/components/schemas/Base",
        "description": "d",
        "minProperties": 1,
    }


def test_properties_and_examples_that_look_like_keywords_are_left_alone() -> None:
    text = (
        "type: object, properties: {example: {type: string}, format: {type: string}},"
        " default: {$ref: '#/definitions/Base', x-nullable: true, format: byte}"
    )
    # The official validator itself takes what is in a default for a reference.
    assert schema(text, valid=False) == {
        "type": "object",
        "properties": {"example": {"type": "string"}, "format": {"type": "string"}},
        "default": {"$ref": "#/definitions/Base", "x-nullable": True, "format": "byte"},
    }


def test_examples_of_3_1_stay_and_an_example_joins_them() -> None:
    assert schema("type: string, examples: [a], example: b", "3.1") == {
        "type": "string",
        "examples": ["a", "b"],
    }


def test_numeric_bounds_of_3_1_stay() -> None:
    found = schema("type: [integer, 'null'], exclusiveMinimum: 3", "3.1")
    assert found == {"type": ["integer", "null"], "exclusiveMinimum": 3}


def test_schemas_deep_inside_operations_are_upgraded() -> None:
    tree = upgraded(
        """
        paths:
          /a:
            get:
              parameters:
              - name: p
                in: query
                schema: {type: string, nullable: true}
              responses:
                '200':
                  description: ok
                  headers: {X-A: {schema: {type: string, nullable: true}}}
                  content:
                    application/json:
                      schema: {oneOf: [{type: string, nullable: true}, {type: integer}]}
        """,
        "3.0",
    )
    get = ("paths", "/a", "get")
    null = {"type": ["string", "null"]}
    assert tree(*get, "parameters", 0, "schema") == null
    response = (*get, "responses", "200")
    assert tree(*response, "headers", "X-A", "schema") == null
    media_type = (*response, "content", "application/json")
    assert tree(*media_type, "schema", "oneOf", 0) == null
