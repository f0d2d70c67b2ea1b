"""How bodies, forms and responses of Swagger 2.0 come out of the upgrade."""

from __future__ import annotations

from typing import cast

import pytest
from upgrading import POST, errors, operation, upgraded

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
JSON = "application/json"
FILE = {"type": "string", "contentMediaType": "application/octet-stream"}


def test_a_body_keeps_description_required_and_extensions_but_not_its_name() -> None:
    tree = upgraded(
        operation(
            """
            parameters:
            - {name: b, in: body, description: d, required: true, x-note: n, schema: {type: object}}
            """
        ),
        "2.0",
    )
    assert tree(*POST, "requestBody") == {
        "description": "d",
        "content": {JSON: {"schema": {"type": "object"}}},
        "required": True,
        "x-note": "n",
    }
    assert not tree.has(*POST, "parameters")


def test_a_body_without_schema_stays_without() -> None:
    tree = upgraded(operation("parameters: [{name: b, in: body}]"), "2.0")
    assert tree(*POST, "requestBody") == {"content": {JSON: {}}}


@pytest.mark.parametrize(
    ("document", "own", "expected"),
    [
        ("", "", [JSON]),
        ("consumes: [application/xml]\n", "", ["application/xml"]),
        ("consumes: [a/b]\n", "consumes: [c/d, e/f]", ["c/d", "e/f"]),
        ("consumes: [a/b]\n", "consumes: []", [JSON]),
    ],
)
def test_consumes_of_the_operation_overrides_that_of_the_document(
    document: str, own: str, expected: list[str]
) -> None:
    fields = f"parameters: [{{name: b, in: body, schema: {{type: object}}}}]\n{own}"
    tree = upgraded(document + operation(fields), "2.0")
    content = tree(*POST, "requestBody", "content")
    assert isinstance(content, dict)
    assert list(content) == expected
    assert not tree.has(*POST, "consumes")
    assert not tree.has("consumes")


@pytest.mark.parametrize(
    ("consumes", "expected"),
    [
        ("", [URLENCODED]),
        ("consumes: [application/json]", [URLENCODED]),
        (f"consumes: [{MULTIPART}]", [MULTIPART]),
        (f"consumes: [{MULTIPART}, {URLENCODED}]", [MULTIPART, URLENCODED]),
    ],
)
def test_a_form_is_sent_as_what_is_consumed(consumes: str, expected: list[str]) -> None:
    fields = f"parameters: [{{name: f, in: formData, type: string}}]\n{consumes}"
    content = upgraded(operation(fields), "2.0")(*POST, "requestBody", "content")
    assert isinstance(content, dict)
    assert list(content) == expected


def test_a_form_becomes_an_object_schema() -> None:
    tree = upgraded(
        operation(
            """
            parameters:
            - {name: a, in: formData, description: d, required: true, type: integer, x-note: n}
            - {name: b, in: formData, type: string, default: x}
            """
        ),
        "2.0",
    )
    assert tree(*POST, "requestBody") == {
        "content": {
            URLENCODED: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "a": {"type": "integer", "description": "d", "x-note": "n"},
                        "b": {"type": "string", "default": "x"},
                    },
                    "required": ["a"],
                }
            }
        },
        "required": True,
    }


def test_a_file_makes_a_form_multipart() -> None:
    fields = f"""
        consumes: [{URLENCODED}, {MULTIPART}]
        parameters: [{{name: f, in: formData, type: file, required: true}}]
        """
    content = upgraded(operation(fields), "2.0")(*POST, "requestBody", "content")
    assert content == {
        MULTIPART: {"schema": {"type": "object", "properties": {"f": FILE}, "required": ["f"]}}
    }


@pytest.mark.parametrize(
    ("collection", "encoding"),
    [
        ("csv", {"f": {"style": "form", "explode": False}}),
        ("ssv", {"f": {"style": "spaceDelimited", "explode": False}}),
        ("pipes", {"f": {"style": "pipeDelimited", "explode": False}}),
        ("multi", None),
    ],
)
def test_arrays_in_forms_say_how_they_are_written(collection: str, encoding: object) -> None:
    fields = f"""
        consumes: [{URLENCODED}, {MULTIPART}]
        parameters:
        - {{name: f, in: formData, type: array, items: {{type: string}},
           collectionFormat: {collection}}}
        """
    tree = upgraded(operation(fields), "2.0")
    for media_type in (URLENCODED, MULTIPART):
        entry = tree(*POST, "requestBody", "content", media_type)
        assert isinstance(entry, dict)
        assert entry.get("encoding") == encoding
        assert entry["schema"]["properties"]["f"]["type"] == "array"


@pytest.mark.parametrize("second", ["body, schema: {type: object}", "formData, type: string"])
def test_two_bodies_are_an_error_that_names_both(second: str) -> None:
    fields = f"""
        parameters:
        - {{name: b, in: body, schema: {{type: object}}}}
        - {{name: c, in: {second}}}
        """
    (error,) = errors(operation(fields), "2.0")
    assert error.startswith("x.yaml:10:")
    assert "only one body or form" in error
    assert "x.yaml:9:" in error


def test_two_form_fields_of_one_name_are_an_error() -> None:
    fields = """
        parameters:
        - {name: f, in: formData, type: string}
        - {name: f, in: formData, type: integer}
        """
    (error,) = errors(operation(fields), "2.0")
    assert "a second field 'f'" in error


def test_a_form_field_without_a_name_is_an_error() -> None:
    (error,) = errors(operation("parameters: [{in: formData, type: string}]"), "2.0")
    assert "must have a name" in error


def _response(response: str, document: str = "", own: str = "") -> object:
    text = document + operation(f"{own}")
    return upgraded(text.replace("{description: ok}", response), "2.0")(*POST, "responses", "200")


def test_a_response_has_content_per_media_type_produced() -> None:
    document = "produces: [application/json, text/plain]\n"
    assert _response("{description: d, schema: {type: string}, x-note: n}", document) == {
        "description": "d",
        "x-note": "n",
        "content": {
            "application/json": {"schema": {"type": "string"}},
            "text/plain": {"schema": {"type": "string"}},
        },
    }


def test_a_response_without_schema_has_no_content() -> None:
    assert _response("{description: d}", "produces: [text/plain]\n") == {"description": "d"}


def test_produces_of_the_operation_overrides_that_of_the_document() -> None:
    found = _response(
        "{description: d, schema: {type: string}}", "produces: [a/b]\n", "produces: [c/d]"
    )
    assert found == {"description": "d", "content": {"c/d": {"schema": {"type": "string"}}}}


def test_what_is_produced_is_json_where_nothing_is_declared() -> None:
    found = _response("{description: d, schema: {type: string}}")
    assert found == {"description": "d", "content": {JSON: {"schema": {"type": "string"}}}}


def test_examples_go_to_their_media_types() -> None:
    found = _response(
        "{description: d, schema: {type: object},"
        " examples: {application/json: {a: 1}, text/csv: 'a,b'}}"
    )
    assert found == {
        "description": "d",
        "content": {
            "application/json": {"schema": {"type": "object"}, "example": {"a": 1}},
            "text/csv": {"schema": {"type": "object"}, "example": "a,b"},
        },
    }


def test_an_example_under_no_media_type_goes_to_all() -> None:
    found = _response("{description: d, schema: {type: object}, examples: {default: {a: 1}}}")
    assert found == {
        "description": "d",
        "content": {JSON: {"schema": {"type": "object"}, "example": {"a": 1}}},
    }


@pytest.mark.parametrize(
    ("produces", "expected"),
    [
        ("", ["application/octet-stream"]),
        ("produces: [application/json]", ["application/octet-stream"]),
        ("produces: [image/png, application/json]", ["image/png"]),
    ],
)
def test_a_file_response_is_binary(produces: str, expected: list[str]) -> None:
    found = _response("{description: d, schema: {type: file}}", own=produces)
    assert found == {
        "description": "d",
        "content": {media_type: {"schema": FILE} for media_type in expected},
    }


SHARED = """\
produces: [application/json]
responses:
  Not Found: {description: gone, schema: {type: string}}
  Plain: {description: plain}
"""


def test_shared_responses_become_components() -> None:
    tree = upgraded(
        SHARED + operation("").replace("{description: ok}", "{$ref: '#/responses/Not Found'}"),
        "2.0",
    )
    assert tree("components", "responses", "Not_Found") == {
        "description": "gone",
        "content": {JSON: {"schema": {"type": "string"}}},
        "x-source": {"document": "x.yaml", "pointer": "/responses/Not Found"},
    }
    assert tree(*POST, "responses", "200") == {"$ref": "#/components/responses/Not_Found"}


def test_a_shared_response_is_written_out_where_other_media_types_are_produced() -> None:
    text = SHARED + operation("produces: [a/b]").replace(
        "{description: ok}", "{$ref: '#/responses/Not Found'}, '204': {$ref: '#/responses/Plain'}"
    )
    tree = upgraded(text, "2.0")
    assert tree(*POST, "responses") == {
        "200": {"description": "gone", "content": {"a/b": {"schema": {"type": "string"}}}},
        "204": {"$ref": "#/components/responses/Plain"},
    }


@pytest.mark.parametrize(
    ("ref", "place"),
    [
        (
            "#/paths/~1a/post/responses/200/schema/properties/first",
            "#/paths/~1v1~1a/post/responses/200/content/application~1json/schema/properties/first",
        ),
        (
            "#/responses/A%20list/schema/items",
            "#/components/responses/A_list/content/application~1json/schema/items",
        ),
    ],
)
def test_a_reference_into_the_schema_of_a_response_follows_it(ref: str, place: str) -> None:
    tree = upgraded(
        f"""
        basePath: /v1
        produces: [application/json]
        paths:
          /a:
            post:
              responses:
                200:
                  description: ok
                  schema:
                    type: object
                    properties:
                      first: {{type: object}}
                      second: {{$ref: '{ref}'}}
        responses:
          A list: {{description: ok, schema: {{type: array, items: {{type: string}}}}}}
        """,
        "2.0",
    )
    content = tree("paths", "/v1/a", "post", "responses", "200", "content", "application/json")
    assert isinstance(content, dict)
    assert content["schema"]["properties"]["second"] == {"$ref": place}


@pytest.mark.parametrize(
    ("ref", "place"),
    [
        ("paths/~1a/post/parameters/1/schema", "~1a/post/requestBody/content/a~1b/schema"),
        (
            "paths/~1a/post/parameters/1/schema/properties/first",
            "~1a/post/requestBody/content/a~1b/schema/properties/first",
        ),
        ("paths/~1a/post/parameters/0/items", "~1a/post/parameters/0/schema/items"),
        ("paths/~1b/parameters/0/schema", "~1b/post/requestBody/content/a~1b/schema"),
        (
            "paths/~1f/post/parameters/0/items",
            "~1f/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties"
            "/list/items",
        ),
        (
            "paths/~1a/post/responses/200/headers/List/items",
            "~1a/post/responses/200/headers/List/schema/items",
        ),
        ("parameters/The%20body/schema", "components/requestBodies/The_body/content/a~1b/schema"),
        ("definitions/Maybe/allOf/0", "components/schemas/Maybe/anyOf/0/allOf/0"),
    ],
)
def test_a_reference_into_what_moves_follows_it(ref: str, place: str) -> None:
    tree = upgraded(
        f"""
        basePath: /v1
        consumes: [a/b]
        paths:
          /a:
            post:
              parameters:
              - {{name: ids, in: query, type: array, items: {{type: integer}}}}
              - in: body
                name: body
                schema: {{type: object, properties: {{first: {{type: string}}}}}}
              responses:
                200:
                  description: ok
                  headers: {{List: {{type: array, items: {{type: string}}}}}}
          /b:
            parameters: [{{in: body, name: body, schema: {{type: object}}}}]
            post: {{responses: {{200: {{description: ok}}}}}}
          /f:
            post:
              consumes: [application/x-www-form-urlencoded]
              parameters:
              - {{in: formData, name: list, type: array, items: {{type: number}}}}
              responses: {{200: {{description: ok}}}}
        parameters:
          The body: {{in: body, name: body, schema: {{type: object, title: Shared}}}}
        definitions:
          Maybe: {{x-nullable: true, allOf: [{{type: object, title: Part}}]}}
          Used: {{properties: {{it: {{$ref: '#/{ref}'}}}}}}
        """,
        "2.0",
    )
    used = tree("components", "schemas", "Used", "properties", "it")
    assert used == {
        "$ref": f"#/{place if place.startswith('components') else f'paths/~1v1{place}'}"
    }


@pytest.mark.parametrize("version", ["2.0", "3.0"])
def test_a_reference_to_a_parameter_means_the_same_one_when_those_before_it_go(
    version: str,
) -> None:
    kind = "type: string" if version == "2.0" else "schema: {type: string}"
    tree = upgraded(
        f"""
        paths:
          /a:
            get:
              parameters:
              - {{name: Authorization, in: header, {kind}}}
              - {{name: first, in: query, {kind}}}
              - {{name: second, in: query, {kind}}}
              responses: {{200: {{description: ok}}}}
          /b:
            get:
              parameters: [{{$ref: '#/paths/~1a/get/parameters/1'}}]
              responses: {{200: {{description: ok}}}}
        """,
        version,
    )
    (parameter,) = cast(list[dict[str, object]], tree("paths", "/b", "get", "parameters"))
    assert parameter["name"] == "first"
