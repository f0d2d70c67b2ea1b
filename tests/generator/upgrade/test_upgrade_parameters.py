"""How parameters and headers of Swagger 2.0 come out of the upgrade."""

from __future__ import annotations

import pytest
from upgrading import POST, errors, operation, upgraded


def _parameter(fields: str) -> object:
    path = "/a/{p}" if "in: path" in fields else "/a"
    tree = upgraded(operation(f"parameters: [{{name: p, {fields}}}]", path), "2.0")
    return tree("paths", path, "post", "parameters", 0)


def test_type_fields_become_a_schema_and_the_rest_stays() -> None:
    assert _parameter(
        "in: query, description: d, required: true, type: integer, format: int64, minimum: 1,"
        " exclusiveMinimum: true, default: 5, enum: [5, 6], x-note: n"
    ) == {
        "name": "p",
        "in": "query",
        "description": "d",
        "required": True,
        "x-note": "n",
        "schema": {
            "type": "integer",
            "format": "int64",
            "exclusiveMinimum": 1,
            "default": 5,
            "enum": [5, 6],
        },
    }


@pytest.mark.parametrize(
    ("location", "collection", "style", "explode"),
    [
        ("query", "", "form", False),
        ("query", "csv", "form", False),
        ("query", "multi", "form", True),
        ("query", "ssv", "spaceDelimited", False),
        ("query", "pipes", "pipeDelimited", False),
        ("header", "csv", "simple", False),
        ("header", "", "simple", False),
        ("path", "csv", "simple", False),
    ],
)
def test_each_collection_format_becomes_a_style(
    location: str, collection: str, style: str, explode: bool
) -> None:
    written = f", collectionFormat: {collection}" if collection else ""
    assert _parameter(
        f"in: {location}, required: true, type: array, items: {{type: string}}{written}"
    ) == {
        "name": "p",
        "in": location,
        "required": True,
        "schema": {"type": "array", "items": {"type": "string"}},
        "style": style,
        "explode": explode,
    }


@pytest.mark.parametrize(
    ("location", "collection"),
    [
        ("query", "tsv"),
        ("query", "nonsense"),
        ("formData", "tsv"),
        *(
            (location, collection)
            for location in ("path", "header")
            for collection in ("ssv", "tsv", "pipes", "multi")
        ),
    ],
)
def test_an_inexpressible_collection_format_is_an_error(location: str, collection: str) -> None:
    (error,) = errors(
        operation(
            f"""
            parameters:
            - {{name: p, in: {location}, type: array, items: {{type: string}},
               collectionFormat: {collection}}}
            """
        ),
        "2.0",
    )
    assert error.startswith("x.yaml:10:")
    assert f"collectionFormat '{collection}' in {location} has no equivalent" in error


def test_a_collection_in_a_collection_is_comma_separated_or_an_error() -> None:
    fields = "in: query, type: array, items: {{type: array, items: {{type: string}}{}}}"
    assert _parameter(fields.format(", collectionFormat: csv")) == {
        "name": "p",
        "in": "query",
        "schema": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
        "style": "form",
        "explode": False,
    }
    (error,) = errors(
        operation(
            f"parameters: [{{name: p, {fields.format(', collectionFormat: pipes')}}}]",
        ),
        "2.0",
    )
    assert "'pipes' within another collection" in error


def test_a_collection_format_of_what_is_no_collection_says_nothing() -> None:
    assert _parameter("in: query, type: string, collectionFormat: tsv") == {
        "name": "p",
        "in": "query",
        "schema": {"type": "string"},
    }


def test_all_errors_are_reported_at_once() -> None:
    text = operation(
        """
        parameters:
        - {name: a, in: query, type: array, items: {type: string}, collectionFormat: tsv}
        - {name: b, in: header, type: array, items: {type: string}, collectionFormat: ssv}
        """
    )
    assert len(errors(text, "2.0")) == 2


def test_an_empty_value_is_allowed_in_queries_only() -> None:
    assert _parameter("in: query, type: string, allowEmptyValue: true") == {
        "name": "p",
        "in": "query",
        "allowEmptyValue": True,
        "schema": {"type": "string"},
    }
    tree = upgraded(
        operation("parameters: [{name: p, in: formData, type: string, allowEmptyValue: true}]"),
        "2.0",
    )
    form = tree(*POST, "requestBody", "content", "application/x-www-form-urlencoded", "schema")
    assert form == {"type": "object", "properties": {"p": {"type": "string"}}}


def test_an_untyped_parameter_stays_untyped() -> None:
    tree = upgraded(operation("parameters: [{name: p, in: query}]"), "2.0", valid=False)
    assert tree(*POST, "parameters", 0) == {"name": "p", "in": "query"}


def test_a_path_parameter_is_not_made_required() -> None:
    text = operation("parameters: [{name: p, in: path, type: string}]", "/a/{p}")
    parameter = upgraded(text, "2.0", valid=False)("paths", "/a/{p}", "post", "parameters", 0)
    assert parameter == {"name": "p", "in": "path", "schema": {"type": "string"}}


def test_a_nullable_parameter_says_so_in_its_type() -> None:
    assert _parameter("in: query, type: string, enum: [a], x-nullable: true") == {
        "name": "p",
        "in": "query",
        "schema": {"type": ["string", "null"], "enum": ["a", None]},
    }


SHARED = """\
parameters:
  page: {name: page, in: query, type: integer}
  the body: {name: b, in: body, required: true, description: d, schema: {type: object}}
  field: {name: f, in: formData, type: string, required: true}
  alias: {$ref: '#/parameters/page'}
"""


def test_shared_parameters_become_components_by_kind() -> None:
    refs = "[{$ref: '#/parameters/page'}, {$ref: '#/parameters/the%20body'}]"
    tree = upgraded(SHARED + operation(f"parameters: {refs}"), "2.0")
    assert tree("components", "parameters", "page") == {
        "name": "page",
        "in": "query",
        "schema": {"type": "integer"},
        "x-source": {"document": "x.yaml", "pointer": "/parameters/page"},
    }
    assert tree("components", "requestBodies") == {
        "the_body": {
            "description": "d",
            "content": {"application/json": {"schema": {"type": "object"}}},
            "required": True,
            "x-source": {"document": "x.yaml", "pointer": "/parameters/the body"},
        }
    }
    assert tree(*POST, "parameters") == [{"$ref": "#/components/parameters/page"}]
    assert tree(*POST, "requestBody") == {"$ref": "#/components/requestBodies/the_body"}


def test_a_shared_parameter_that_is_a_reference_becomes_a_copy() -> None:
    tree = upgraded(SHARED + operation(""), "2.0")
    assert tree("components", "parameters", "alias", "name") == "page"


def test_a_shared_body_is_written_out_where_other_media_types_are_consumed() -> None:
    fields = """
        consumes: [application/xml]
        parameters: [{$ref: '#/parameters/the body'}]
        """
    tree = upgraded(SHARED + operation(fields), "2.0")
    assert tree(*POST, "requestBody") == {
        "description": "d",
        "content": {"application/xml": {"schema": {"type": "object"}}},
        "required": True,
    }


def test_a_shared_form_field_is_written_out() -> None:
    fields = "parameters: [{$ref: '#/parameters/field'}, {name: g, in: formData, type: string}]"
    tree = upgraded(SHARED + operation(fields), "2.0")
    assert tree(*POST, "requestBody") == {
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {"f": {"type": "string"}, "g": {"type": "string"}},
                    "required": ["f"],
                }
            }
        },
        "required": True,
    }
    assert not tree.has("components", "parameters", "field")


def test_path_level_parameters_stay_but_bodies_go_to_each_operation() -> None:
    tree = upgraded(
        """
        paths:
          /a:
            parameters:
            - {name: q, in: query, type: string}
            - {name: b, in: body, schema: {type: string}}
            put: {responses: {'200': {description: ok}}}
            post:
              parameters: [{name: other, in: body, schema: {type: integer}}]
              responses: {'200': {description: ok}}
        """,
        "2.0",
    )
    item = ("paths", "/a")
    assert tree(*item, "parameters") == [{"name": "q", "in": "query", "schema": {"type": "string"}}]
    content = ("requestBody", "content", "application/json", "schema", "type")
    assert (tree(*item, "put", *content), tree(*item, "post", *content)) == ("string", "integer")


def test_path_level_form_fields_join_those_of_the_operation() -> None:
    tree = upgraded(
        """
        paths:
          /a:
            parameters:
            - {name: f, in: formData, type: string}
            - {name: g, in: formData, type: string}
            post:
              parameters: [{name: f, in: formData, type: integer}]
              responses: {'200': {description: ok}}
        """,
        "2.0",
    )
    content = (*POST, "requestBody", "content", "application/x-www-form-urlencoded", "schema")
    assert tree(*content, "properties") == {"f": {"type": "integer"}, "g": {"type": "string"}}
    assert not tree.has("paths", "/a", "parameters")


def test_a_dangling_parameter_goes_on_dangling() -> None:
    text = operation("parameters: [{$ref: '#/parameters/no where'}]")
    tree = upgraded(text, "2.0", valid=False)
    assert tree(*POST, "parameters") == [{"$ref": "#/components/parameters/no_where"}]


def test_headers_of_responses_get_schemas() -> None:
    text = """
        paths:
          /a:
            get:
              responses:
                '200':
                  description: ok
                  headers:
                    X-Left: {description: d, type: integer, format: int32, x-note: n}
                    X-Tags: {type: array, items: {type: string}, collectionFormat: csv}
        """
    headers = upgraded(text, "2.0")("paths", "/a", "get", "responses", "200", "headers")
    assert headers == {
        "X-Left": {
            "description": "d",
            "x-note": "n",
            "schema": {"type": "integer", "format": "int32"},
        },
        "X-Tags": {"schema": {"type": "array", "items": {"type": "string"}}},
    }
    (error,) = errors(text.replace("csv", "pipes"), "2.0")
    assert "collectionFormat 'pipes' in header" in error
