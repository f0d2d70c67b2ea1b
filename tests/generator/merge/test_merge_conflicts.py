"""Contradictions between documents: what is said of them, and that the proposed cure cures."""

from __future__ import annotations

import pytest
from merging import (
    conflicts,
    cured,
    document,
    merged,
    operation,
    overlays_of,
    schema,
    settled,
    spec,
    texts,
)

OPERATIONS = {
    "a type": (
        "parameters: [{name: n, in: query, schema: {type: integer}}]",
        "parameters: [{name: n, in: query, schema: {type: string}}]",
        "/paths/~1a/get/parameters/0/schema/type",
    ),
    "a parameter more": (
        "parameters: [{name: n, in: query, schema: {type: integer}}]",
        "parameters: [{name: m, in: query, schema: {type: integer}},"
        " {name: n, in: query, schema: {type: integer}}]",
        "/paths/~1a/get/parameters/0",
    ),
    "a parameter less": (
        "parameters: [{name: n, in: query, schema: {type: integer}}]",
        "deprecated: false",
        "/paths/~1a/get/parameters/0",
    ),
    "required": (
        "parameters: [{name: n, in: query, required: true, schema: {type: integer}}]",
        "parameters: [{name: n, in: query, schema: {type: integer}}]",
        "/paths/~1a/get/parameters/0/required",
    ),
    "explode": (
        "parameters: [{name: n, in: query, explode: false, schema: {type: array}}]",
        "parameters: [{name: n, in: query, schema: {type: array}}]",
        "/paths/~1a/get/parameters/0/explode",
    ),
    "an id": ("operationId: one", "operationId: two", "/paths/~1a/get/operationId"),
    "deprecation": ("deprecated: true", "deprecated: false", "/paths/~1a/get/deprecated"),
    "a status": (
        "responses: {'200': {description: ok}, '404': {description: no}}",
        "responses: {'200': {description: ok}}",
        "/paths/~1a/get/responses/404",
    ),
    "another status": (
        "responses: {'200': {description: ok}}",
        "responses: {'200': {description: ok}, '404': {description: no}}",
        "/paths/~1a/get/responses/404",
    ),
    "a media type": (
        "requestBody: {content: {application/json: {schema: {type: object}}}}",
        "requestBody: {content: {text/json: {schema: {type: object}}}}",
        "/paths/~1a/get/requestBody/content/text~1json",
    ),
    "a charset": (
        "requestBody: {content: {application/json: {schema: {type: object}}}}",
        "requestBody: {content: {application/json; charset=utf-8: {schema: {type: object}}}}",
        "/paths/~1a/get/requestBody/content/application~1json; charset=utf-8",
    ),
    "a body": (
        "requestBody: {content: {application/json: {schema: {type: object}}}}",
        "tags: []",
        "/paths/~1a/get/requestBody",
    ),
    "no body": (
        "tags: []",
        "requestBody: {content: {application/json: {schema: {type: object}}}}",
        "/paths/~1a/get/requestBody",
    ),
    "security": (
        "security: [{key: []}]",
        "security: [{key: [], token: []}]",
        "/paths/~1a/get/security",
    ),
    "public or not": ("security: []", "security: [{key: []}]", "/paths/~1a/get/security"),
    "a header": (
        "responses: {'200': {description: ok, headers: {X-A: {schema: {type: string}}}}}",
        "responses: {'200': {description: ok, headers: {x-a: {schema: {type: integer}}}}}",
        "/paths/~1a/get/responses/200/headers/x-a/schema/type",
    ),
    "servers": (
        "servers: [{url: 'https://one'}]",
        "servers: [{url: 'https://two'}]",
        "/paths/~1a/get/servers/0",
    ),
    "a reference": (
        "parameters: [{name: n, in: query, schema: {type: string}}]",
        "parameters: [{name: n, in: query, schema: {$ref: '#/components/schemas/N'}}]",
        "/paths/~1a/get/parameters/0/schema",
    ),
    "a parameter that is a reference": (
        "parameters: [{name: n, in: query, schema: {type: string}}]",
        "parameters: [{$ref: '#/components/parameters/P'}]",
        "/paths/~1a/get/parameters/0",
    ),
    "something in a list of schemas": (
        "requestBody: {content: {a/b: {schema: {oneOf: [{type: string}, {type: integer}]}}}}",
        "requestBody: {content: {a/b: {schema: {oneOf: [{type: string}, {type: boolean}]}}}}",
        "/paths/~1a/get/requestBody/content/a~1b/schema/oneOf/1/type",
    ),
    "the length of a list": (
        "requestBody: {content: {a/b: {schema: {oneOf: [{type: string}, {type: integer}]}}}}",
        "requestBody: {content: {a/b: {schema: {oneOf: [{type: string}]}}}}",
        "/paths/~1a/get/requestBody/content/a~1b/schema/oneOf",
    ),
    "a name with everything in it": (
        r"""parameters: [{name: "a'b\"c\\d\u2028é ]", in: query, schema: {type: string}}]""",
        r"""parameters: [{name: "a'b\"c\\d\u2028é ]", in: query, schema: {type: number}}]""",
        "/paths/~1a/get/parameters/0/schema/type",
    ),
    "a property with everything in it": (
        r"""requestBody: {content: {a/b: {schema: {properties: {"'\"\\~/\n": {type: string}}}}}}""",
        r"""requestBody: {content: {a/b: {schema: {properties: {"'\"\\~/\n": {type: number}}}}}}""",
        "/paths/~1a/get/requestBody/content/a~1b/schema/properties",
    ),
}

COMPONENTS = """
schemas: {N: {type: integer}}
parameters: {P: {name: n, in: query, schema: {type: integer}}}
securitySchemes: {key: {type: apiKey, in: header, name: K}, token: {type: http, scheme: bearer}}
"""


@pytest.mark.parametrize(("one", "two", "pointer"), OPERATIONS.values(), ids=OPERATIONS)
def test_what_differs_in_an_operation_is_a_conflict_that_its_cure_cures(
    one: str, two: str, pointer: str
) -> None:
    first, second = operation("a.yaml", one, COMPONENTS), operation("b.yaml", two, COMPONENTS)
    found = conflicts(first, second)
    assert pointer in texts(found)
    assert all("a.yaml:" in str(one) and "b.yaml:" in str(one) for one in found)
    assert all(str(one.where).startswith("b.yaml:") for one in found)
    result = settled(first, second)
    assert result.spec.map("paths") == merged(*[first] * 2).spec.map("paths")


SCHEMAS = {
    "type": ("{type: string}", "{type: integer}"),
    "format": ("{type: string, format: date}", "{type: string}"),
    "a property more": (
        "{properties: {a: {type: string}}}",
        "{properties: {a: {type: string}, b: {type: string}}}",
    ),
    "no properties": ("{type: object, properties: {a: {type: string}}}", "{type: object}"),
    "required": ("{type: object, required: [a, b]}", "{type: object, required: [a]}"),
    "enum": ("{enum: [a, b]}", "{enum: [a]}"),
    "enum of another type": ("{enum: [1]}", "{enum: ['1']}"),
    "a boolean is no number": ("{default: true}", "{default: 1}"),
    "a default of another type": ("{default: 1}", "{default: '1'}"),
    "a default that is null": ("{default: null}", "{default: 1}"),
    "text that reads like a number": ("{const: '1e3'}", "{const: '0o17'}"),
    "text that reads like a date": ("{const: '2020-01-01'}", "{const: 'yes'}"),
    "nullable": ("{type: [string, 'null']}", "{type: string}"),
    "nothing else allowed": ("{type: object, additionalProperties: false}", "{type: object}"),
    "false": ("{properties: {a: false}}", "{properties: {a: {type: string}}}"),
    "a nested list": (
        "{allOf: [{anyOf: [{type: string}]}]}",
        "{allOf: [{anyOf: [{type: number}]}]}",
    ),
    "many at once": (
        "{type: object, required: [x], properties: {a: {type: string}, b: {enum: [q]}}}",
        "{type: array, maxItems: 2, properties: {a: {type: number}, c: {type: string}}}",
    ),
    "an example": ("{type: string, example: one}", "{type: string, example: two}"),
    "bounds": ("{type: integer, maximum: 5}", "{type: integer, maximum: 5.5}"),
}


@pytest.mark.parametrize(("one", "two"), SCHEMAS.values(), ids=SCHEMAS)
@pytest.mark.parametrize("swapped", [False, True])
def test_what_differs_in_a_component_is_a_conflict_that_its_cure_cures(
    one: str, two: str, swapped: bool
) -> None:
    one, two = (two, one) if swapped else (one, two)
    first, second = schema("a.yaml", one), schema("b.yaml", two)
    assert "/components/schemas/S" in texts(conflicts(first, second))
    result = settled(first, second)
    assert result.spec.map("components") == merged(*[first] * 2).spec.map("components")


def test_all_conflicts_are_told_at_once() -> None:
    found = conflicts(
        operation("a.yaml", "operationId: one\ndeprecated: true", "schemas: {S: {type: string}}"),
        operation("b.yaml", "operationId: two", "schemas: {S: {type: integer}}"),
    )
    assert len(found) == 3


def test_one_overlay_cures_all_conflicts_of_a_document() -> None:
    documents = [
        operation("a.yaml", "operationId: one\ndeprecated: true", "schemas: {S: {type: string}}"),
        operation("b.yaml", "operationId: two\ndeprecated: true", "schemas: {S: {type: integer}}"),
        operation("c.yaml", "operationId: one\ndeprecated: false", "schemas: {S: {type: string}}"),
    ]
    found = conflicts(*documents)
    assert [(str(each.where)[:6], each.code, each.advice) for each in found] == [
        ("b.yaml", "conflict", "cure-below"),
        ("b.yaml", "conflict", "cure-here"),
        ("c.yaml", "conflict", "cure-here"),
    ]
    assert found[0].cure == "The overlay below, for b.yaml, resolves this as well."
    assert merged(*cured(documents, found)).collapsed == 4


def test_an_operation_whose_path_gets_another_name_is_cured_in_the_same_overlay() -> None:
    one = "'/a/{i}': {get: {operationId: x, parameters: [{name: i, in: path, schema: {}}]}}"
    two = "'/a/{j}': {put: {operationId: x, parameters: [{name: j, in: path, schema: {}}]}}"
    documents = [document("a.yaml", f"paths: {{{one}}}"), document("b.yaml", f"paths: {{{two}}}")]
    found = conflicts(*documents)
    assert {each.code for each in found} == {"path-shared", "operation-id-shared"}
    assert len(overlays_of(found)) == 1
    cured(documents, found)


def test_what_most_documents_say_is_what_the_others_are_measured_by() -> None:
    documents = [schema(f"{n}.yaml", "{type: string}") for n in "bcde"]
    odd = schema("a.yaml", "{type: integer}")
    (finding,) = conflicts(odd, *documents)
    assert str(finding.where).startswith("a.yaml")
    assert finding.cure.count("extends:") == 1
    assert merged(*cured([odd, *documents], [finding])).collapsed == 4


def test_documents_that_repeat_a_contradiction_are_each_cured() -> None:
    documents = [schema(f"{n}.yaml", "{type: string}") for n in "abc"]
    others = [schema(f"{n}.yaml", "{type: integer}") for n in "de"]
    (finding,) = conflicts(*documents, *others)
    assert finding.cure.count("extends:") == 2
    assert "1 more documents" in finding.problem
    assert settled(*documents, *others).collapsed == 4


def test_an_overlay_proposed_is_a_whole_overlay_document() -> None:
    (text,) = overlays_of(
        conflicts(schema("a.yaml", "{type: string}"), schema("b c.yaml", "{type: integer}"))
    )
    assert text.startswith("overlay: 1.1.0\ninfo:\n")
    assert "extends: ../sources/b%20c.yaml" in text


def test_a_parameter_of_a_path_is_cured_for_the_one_operation_that_differs() -> None:
    first = document(
        "a.yaml",
        """
paths:
  /a:
    get: {parameters: [{name: n, in: query, schema: {type: integer}}]}
    put: {parameters: [{name: n, in: query, schema: {type: string}}]}
""",
    )
    second = document(
        "b.yaml",
        """
paths:
  /a:
    parameters: [{name: n, in: query, schema: {type: string}}]
    get: {}
    put: {}
""",
    )
    assert len(conflicts(first, second)) == 1
    assert settled(first, second).collapsed == 2


def test_a_parameter_of_a_path_that_another_document_lacks_leaves_the_path() -> None:
    first = document("a.yaml", "paths: {/a: {get: {summary: x}, put: {}}}")
    second = document(
        "b.yaml",
        """
paths:
  /a:
    parameters: [{name: n, in: query, schema: {type: string}}]
    get: {summary: x}
    put: {}
    post: {}
""",
    )
    result = settled(first, second).spec.map("paths").map("/a")
    assert "parameters" not in result.map("get")
    assert len(result.map("post").seq("parameters")) == 1


def test_servers_of_a_path_that_another_document_lacks_leave_the_path() -> None:
    first = document("a.yaml", "paths: {/a: {get: {summary: x}}}")
    second = document("b.yaml", "paths: {/a: {servers: [{url: 'https://q'}], get: {summary: x}}}")
    settled(first, second)
    settled(
        *(
            document(n, t)
            for n, t in (
                ("a.yaml", "paths: {/a: {servers: [{url: 'https://q'}], get: {}}}"),
                ("b.yaml", "paths: {/a: {get: {}}}"),
            )
        )
    )


@pytest.mark.parametrize("method", ["get", "put"])
def test_paths_that_differ_in_the_names_of_their_templates_only_are_refused(method: str) -> None:
    one = "{get: {operationId: g, parameters: [{name: id, in: path, schema: {type: string}}]}}"
    listed = "[{$ref: '#/components/parameters/I'}]"
    two = f"{{{method}: {{operationId: {method[0]}, parameters: {listed}}}}}"
    first = document("a.yaml", f"paths: {{'/a/{{id}}': {one}}}")
    second = document(
        "b.yaml",
        f"paths: {{'/a/{{asset_id}}': {two}}}\n"
        "components: {parameters: {I:"
        " {name: asset_id, in: path, required: true, schema: {type: string}}}}",
    )
    found = conflicts(first, second)
    assert "'/a/{asset_id}' and '/a/{id}' (a.yaml:" in texts(found)
    result = merged(*cured([first, second], found))
    assert list(result.spec.map("paths")) == ["/a/{id}"]


def test_the_overlay_for_such_paths_of_one_document_keeps_what_either_operation_has() -> None:
    item = "{{get: {{responses: {{}}, parameters: [{{name: {0}, in: path, required: true}},"
    item += " {{name: q{0}, in: query, required: true}}]}}}}"
    paths = ", ".join(f"'/a/{{{name}}}': {item.format(name)}" for name in ("x", "y"))
    only = document("a.yaml", f"paths: {{{paths}}}")
    (result,) = cured([only], conflicts(only))
    listed = merged(result).spec.map("paths").map("/a/{x}").map("get").seq("parameters").maps()
    assert [each.text("name") for each in listed] == ["x", "qx", "qy"]


def test_one_operation_id_on_two_operations_is_refused() -> None:
    first = document("a.yaml", "paths: {/a: {get: {operationId: x}}}")
    second = document("b.yaml", "paths: {/b: {put: {operationId: x}}}")
    third = document("c.yaml", "paths: {/b: {put: {operationId: x}}}")
    (finding,) = conflicts(first, second, third)
    assert "'x' of PUT /b is also the id of GET /a (a.yaml:4:" in finding.problem
    assert (
        settled(first, second, third).spec.map("paths").map("/b").map("put").text("operationId")
        == "x_put"
    )


def test_one_operation_id_twice_in_one_document_is_refused() -> None:
    one = document("a.yaml", "paths: {/a: {get: {operationId: x}, put: {operationId: x}}}")
    assert len(conflicts(one)) == 1
    settled(one)


def test_documents_for_different_hosts_are_refused() -> None:
    first = document("a.yaml", "servers: [{url: 'https://one.example'}]\npaths: {}")
    second = document("b.yaml", "servers: [{url: 'https://two.example'}]\npaths: {}")
    (finding,) = conflicts(first, second)
    assert "a.yaml" in finding.problem
    assert "b.yaml has https://two.example" in finding.problem
    assert spec(*cured([first, second], [finding]))["servers"] == [{"url": "https://one.example"}]


def test_a_component_that_never_ends_is_compared_and_its_difference_found() -> None:
    one = "{properties: {next: {$ref: '#/components/schemas/S'}, v: {type: string}}}"
    two = "{properties: {next: {$ref: '#/components/schemas/S'}, v: {type: integer}}}"
    assert len(conflicts(schema("a.yaml", one), schema("b.yaml", two))) == 1
    settled(schema("a.yaml", one), schema("b.yaml", two))


def test_a_reference_to_something_else_is_cured_where_the_reference_is() -> None:
    use = "requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/%s'}}}}"
    first = operation("a.yaml", use % "One", "schemas: {One: {properties: {v: {type: string}}}}")
    second = operation("b.yaml", use % "Two", "schemas: {Two: {properties: {v: {type: integer}}}}")
    (finding,) = conflicts(first, second)
    assert "the references resolve to" in finding.problem
    settled(first, second)
