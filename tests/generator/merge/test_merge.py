"""What merging collapses in silence, and what it settles by rule with a warning."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from merging import (
    SETTINGS,
    conflicts,
    document,
    get,
    merged,
    operation,
    schema,
    spec,
    texts,
)
from support import nodes

from generator.config import Settings
from generator.document import Document, Map, plain
from generator.findings import GeneratorError
from generator.merge import merge
from generator.merge.occurrences import Home, object_of

SAME_OPERATIONS = {
    "key order": ("summary: s\ndeprecated: true", "deprecated: true\nsummary: s"),
    "white space": ("description: a b", 'description: "a  \\r\\n b "'),
    "unicode form": ('description: "\\u00e9"', 'description: "e\\u0301"'),
    "extensions": ("x-a: 1\nsummary: s", "summary: s\nx-b: {c: 1}"),
    "defaults of the operation": ("deprecated: false\ntags: []\nparameters: []", "summary: ''"),
    "defaults of a parameter": (
        "parameters: [{name: n, in: query, schema: {type: string}}]",
        "parameters: [{name: n, in: query, required: false, style: form, explode: true,"
        " allowEmptyValue: false, deprecated: false, schema: {type: string}}]",
    ),
    "defaults of a path parameter": (
        "parameters: [{name: n, in: path, required: true, schema: {type: string}}]",
        "parameters: [{name: n, in: path, required: true, style: simple, explode: false,"
        " schema: {type: string}}]",
    ),
    "order of parameters": (
        "parameters: [{name: a, in: query}, {name: b, in: query}]",
        "parameters: [{name: b, in: query}, {name: a, in: query}]",
    ),
    "case of header names": (
        "parameters: [{name: X-A, in: header}]",
        "parameters: [{name: x-a, in: header}]",
    ),
    "case of media types": (
        "requestBody: {content: {Application/JSON: {schema: {type: object}}}}",
        "requestBody: {content: {application/json: {schema: {type: object}}}}",
    ),
    "space in media types": (
        "requestBody: {content: {a/b;charset=utf-8: {schema: {type: object}}}}",
        "requestBody: {content: {a/b; charset=UTF-8: {schema: {type: object}}}}",
    ),
    "order of tags": ("tags: [a, B]", "tags: [b, A]"),
    "order of security alternatives": (
        "security: [{key: []}, {token: [b, a]}]",
        "security: [{token: [a, b]}, {key: []}]",
    ),
    "names of equal security schemes": ("security: [{key: []}]", "security: [{same: []}]"),
    "inline or referenced": (
        "parameters: [{name: n, in: query, schema: {type: integer}}]",
        "parameters: [{name: n, in: query, schema: {$ref: '#/components/schemas/N'}}]",
    ),
    "a parameter that is a reference": (
        "parameters: [{$ref: '#/components/parameters/P'}]",
        "parameters: [{name: n, in: query, schema: {type: integer}}]",
    ),
    "names of equal schemas": (
        "parameters: [{name: n, in: query, schema: {$ref: '#/components/schemas/M'}}]",
        "parameters: [{name: n, in: query, schema: {$ref: '#/components/schemas/N'}}]",
    ),
    "references to references": (
        "parameters: [{name: n, in: query, schema: {$ref: '#/components/schemas/M'}}]",
        "parameters: [{name: n, in: query, schema: {$ref: '#/components/schemas/R'}}]",
    ),
    "recursive schemas under other names": (
        "requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/Tree'}}}}",
        "requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/Even'}}}}",
    ),
    "recursive schemas, written out once": (
        "requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/Tree'}}}}",
        "requestBody: {content: {a/b: {schema: {properties: {t:"
        " {$ref: '#/components/schemas/Odd'}}}}}}",
    ),
    "references that dangle": (
        "requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/holder'}}}}",
        "requestBody: {content: {a/b: {schema: {$ref: 'a.yaml#/components/schemas/holder'}}}}",
    ),
}

COMPONENTS = """
schemas:
  N: {type: integer}
  M: {type: integer, readOnly: false}
  R: {$ref: '#/components/schemas/N'}
  Tree: {properties: {t: {$ref: '#/components/schemas/Tree'}}}
  Even: {properties: {t: {$ref: '#/components/schemas/Odd'}}}
  Odd: {properties: {t: {$ref: '#/components/schemas/Even'}}}
parameters: {P: {name: n, in: query, schema: {type: integer}}}
securitySchemes:
  key: {type: apiKey, in: header, name: K}
  same: {type: apiKey, in: header, name: K, description: another}
  token: {type: http, scheme: bearer}
"""


@pytest.mark.parametrize(("one", "two"), SAME_OPERATIONS.values(), ids=SAME_OPERATIONS)
@pytest.mark.parametrize("swapped", [False, True])
def test_operations_that_mean_the_same_collapse_in_silence(
    one: str, two: str, swapped: bool
) -> None:
    one, two = (two, one) if swapped else (one, two)
    first, second = operation("a.yaml", one, COMPONENTS), operation("b.yaml", two, COMPONENTS)
    result = merged(first, second)
    assert result.warnings == []
    alone = merged(first).spec
    assert plain(result.spec) == plain(alone)


SAME_SCHEMAS = {
    "key order": ("{type: object, title: t}", "{title: t, type: object}"),
    "order of required": ("{required: [a, b]}", "{required: [b, a]}"),
    "order of enum": ("{enum: [a, b, null, 1]}", "{enum: [1, null, b, a]}"),
    "order of types": ("{type: [string, 'null']}", "{type: ['null', string]}"),
    "a list of one type": ("{type: [string]}", "{type: string}"),
    "defaults": (
        "{type: object}",
        "{type: object, additionalProperties: true, required: [], readOnly: false, properties: {}}",
    ),
    "additional properties of any kind": (
        "{type: object, additionalProperties: {}}",
        "{type: object, additionalProperties: true}",
    ),
    "1 and 1.0": ("{maximum: 1}", "{maximum: 1.0}"),
    "true and nothing": ("{properties: {a: true}}", "{properties: {a: {}}}"),
    "extensions": ("{type: string, x-a: 1}", "{type: string}"),
    "a property named like an extension": (
        "{properties: {x-a: {type: string}}}",
        "{properties: {x-a: {type: string}}, x-b: 1}",
    ),
    "a property named $ref": (
        "{properties: {$ref: {type: string}}}",
        "{properties: {$ref: {type: string}}, x-b: 1}",
    ),
}


@pytest.mark.parametrize(("one", "two"), SAME_SCHEMAS.values(), ids=SAME_SCHEMAS)
def test_components_that_mean_the_same_collapse_in_silence(one: str, two: str) -> None:
    for texts_ in ((one, two), (two, one)):
        first, second = (schema(n, t) for n, t in zip(("a.yaml", "b.yaml"), texts_, strict=True))
        result = merged(first, second)
        assert result.warnings == []
        assert result.collapsed == 1
        assert plain(result.spec) == plain(merged(first).spec)


RULED = {
    "prose that is longer": ("summary: ab", "summary: abc", ["summary"], "abc"),
    "prose that is not damaged": ("summary: ab", "summary: 'a??? and more'", ["summary"], "ab"),
    "prose without replacement characters": (
        'summary: "a\\uFFFD and more"',
        "summary: ab",
        ["summary"],
        "ab",
    ),
    "prose without control characters": ('summary: "a\\x07 b"', "summary: b", ["summary"], "b"),
    "prose that only one has": ("deprecated: false", "summary: cd", ["summary"], "cd"),
    "a type": (
        "parameters: [{name: n, in: query}]",
        "parameters: [{name: n, in: query, explode: false, schema: {type: array}}]",
        ["parameters", 0],
        {"name": "n", "in": "query", "explode": False, "schema": {"type": "array"}},
    ),
    "a type over an empty schema": (
        "parameters: [{name: n, in: query, schema: {}}]",
        "parameters: [{name: n, in: query, schema: {type: string}}]",
        ["parameters", 0, "schema"],
        {"type": "string"},
    ),
    "a response": (
        "responses: {'200': {description: OK}}",
        "responses: {'200': {description: OK, content: {a/b: {schema: {type: string}}}}}",
        ["responses", "200", "content"],
        {"a/b": {"schema": {"type": "string"}}},
    ),
    "a response with a schema over one that dangles": (
        "responses: {'200': {description: OK, content:"
        " {c/d: {schema: {$ref: '#/components/schemas/holder'}}}}}",
        "responses: {'200': {description: OK, content: {a/b: {schema: {type: string}}}}}",
        ["responses", "200", "content"],
        {"a/b": {"schema": {"type": "string"}}},
    ),
    "a body": (
        "requestBody: {content: {a/b: {}}}",
        "requestBody: {content: {a/b: {schema: {type: string}}}}",
        ["requestBody", "content", "a/b", "schema"],
        {"type": "string"},
    ),
    "security": ("tags: []", "security: [{key: []}]", ["security"], [{"key": []}]),
    "security that says that there is none": ("tags: []", "security: []", ["security"], []),
    "an id": ("tags: []", "operationId: x", ["operationId"], "x"),
    "what is defined": (
        "requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/holder'}}}}",
        "requestBody: {content: {a/b: {schema: {type: string}}}}",
        ["requestBody", "content", "a/b", "schema"],
        {"type": "string"},
    ),
    "a parameter that is defined": (
        "parameters: [{$ref: '#/components/parameters/holder'}]",
        "parameters: [{name: n, in: query, schema: {type: string}}]",
        ["parameters"],
        [{"name": "n", "in": "query", "schema": {"type": "string"}}],
    ),
    "a response that is defined": (
        "responses: {'200': {$ref: '#/components/responses/holder'}}",
        "responses: {'200': {description: fine}}",
        ["responses"],
        {"200": {"description": "fine"}},
    ),
}


@pytest.mark.parametrize(("one", "two", "keys", "kept"), RULED.values(), ids=RULED)
@pytest.mark.parametrize("swapped", [False, True])
def test_a_rule_settles_it_with_one_warning(
    one: str, two: str, keys: list[str | int], kept: object, swapped: bool
) -> None:
    one, two = (two, one) if swapped else (one, two)
    result = merged(operation("a.yaml", one), operation("b.yaml", two))
    assert get(plain(result.spec), "paths", "/a", "get", *keys) == kept
    (warning,) = result.warnings
    assert "GET /a" in warning.problem
    assert "a.yaml:" in str(warning)
    assert "b.yaml:" in str(warning)


def test_of_prose_of_one_length_the_first_file_wins() -> None:
    result = merged(operation("b.yaml", "summary: ab"), operation("a.yaml", "summary: cd"))
    assert get(plain(result.spec), "paths", "/a", "get", "summary") == "cd"
    assert len(result.warnings) == 1


def test_tags_are_united_in_the_order_of_the_files() -> None:
    result = merged(operation("a.yaml", "tags: [a, b]"), operation("b.yaml", "tags: [c, B]"))
    assert get(plain(result.spec), "paths", "/a", "get", "tags") == ["a", "b", "c"]
    assert len(result.warnings) == 1


def test_prose_deep_within_components_is_settled_with_one_warning_for_all_of_it() -> None:
    one = "{description: a, properties: {p: {description: long text}}}"
    two = "{description: ab, properties: {p: {description: text}}}"
    result = merged(schema("a.yaml", one), schema("b.yaml", two))
    kept = {"description": "ab", "properties": {"p": {"description": "long text"}}}
    assert get(plain(result.spec), "components", "schemas", "S") == kept
    (warning,) = result.warnings
    assert "/properties/p/description" in warning.problem


def test_references_that_differ_in_prose_keep_the_better_form() -> None:
    use = "requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/%s'}}}}"
    one = operation("a.yaml", use % "One", "schemas: {One: {type: string, description: d}}")
    two = operation("b.yaml", use % "Two", "schemas: {Two: {type: string, description: dd}}")
    result = merged(one, two)
    chosen = get(
        plain(result.spec), "paths", "/a", "get", "requestBody", "content", "a/b", "schema"
    )
    assert chosen == {"$ref": "#/components/schemas/Two"}
    assert len(result.warnings) == 1


def test_prose_beside_a_reference_is_prose() -> None:
    use = "requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/S'%s}}}}"
    parts = "schemas: {S: {type: string}}"
    result = merged(
        operation("a.yaml", use % "", parts), operation("b.yaml", use % ", description: d", parts)
    )
    chosen = get(
        plain(result.spec), "paths", "/a", "get", "requestBody", "content", "a/b", "schema"
    )
    assert chosen == {"$ref": "#/components/schemas/S", "description": "d"}


def test_a_dangling_reference_stays_dangling_whatever_others_define() -> None:
    use = "requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/holder'}}}}"
    one = operation("a.yaml", use)
    two = document("b.yaml", "paths: {}\ncomponents: {schemas: {holder: {type: string}}}")
    keys = ("paths", "/a", "get", "requestBody", "content", "a/b", "schema", "$ref")
    assert get(spec(one), *keys) == "#/components/schemas/holder"
    assert get(spec(one, two), *keys) == "a.yaml#/components/schemas/holder"
    assert get(plain(one.root), *keys) == "#/components/schemas/holder"


def test_path_parameters_become_required_with_one_warning_for_each_operation() -> None:
    text = "parameters: [{name: a, in: path}, {name: b, in: path, required: false}]"
    result = merged(operation("a.yaml", text), operation("b.yaml", text))
    listed = get(plain(result.spec), "paths", "/a", "get", "parameters")
    assert isinstance(listed, list)
    assert [one["required"] for one in listed] == [True, True]
    (warning,) = result.warnings
    assert "GET /a: the path parameters 'a', 'b'" in warning.problem


def test_a_shared_path_parameter_becomes_required() -> None:
    result = merged(
        document("a.yaml", "paths: {}\ncomponents: {parameters: {P: {name: a, in: path}}}")
    )
    assert get(plain(result.spec), "components", "parameters", "P", "required") is True
    assert len(result.warnings) == 1


def test_what_a_path_says_for_its_operations_is_said_by_each_of_them() -> None:
    one = document(
        "a.yaml",
        """
paths:
  /a:
    summary: s
    parameters: [{name: n, in: query, schema: {type: string}}, {name: m, in: query}]
    get: {parameters: [{name: n, in: query, schema: {type: integer}}]}
""",
    )
    item = get(spec(one), "paths", "/a")
    assert item == {
        "get": {
            "parameters": [
                {"name": "n", "in": "query", "schema": {"type": "integer"}},
                {"name": "m", "in": "query"},
            ],
            "summary": "s",
        }
    }


def test_a_path_that_is_a_reference_keeps_it() -> None:
    one = document("a.yaml", "paths: {/a: {$ref: 'other.yaml#/a'}}")
    assert get(spec(one, one), "paths") == {"/a": {"$ref": "other.yaml#/a"}}
    conflicts(one, document("b.yaml", "paths: {/a: {$ref: 'other.yaml#/b'}}"))


def test_the_result_is_sorted_whatever_file_holds_what() -> None:
    one = document(
        "a.yaml", "paths: {/b: {put: {}, get: {}}}\ncomponents: {schemas: {Z: {}, A: {}}}"
    )
    two = document(
        "b.yaml", "paths: {/a: {get: {}}}\ncomponents: {responses: {R: {description: ''}}}"
    )
    result = plain(merged(one, two).spec)
    assert json.dumps(get(result, "paths")) == '{"/a": {"get": {}}, "/b": {"get": {}, "put": {}}}'
    assert json.dumps(get(result, "components")) == (
        '{"schemas": {"A": {}, "Z": {}}, "responses": {"R": {"description": ""}}}'
    )


def test_the_order_in_which_documents_are_given_does_not_matter() -> None:
    documents = [
        operation("a.yaml", "summary: aa\ntags: [x]"),
        operation("b.yaml", "summary: bb\ntags: [y]"),
        operation("c.yaml", "summary: cc\ntags: [z]"),
    ]
    results = {
        json.dumps(plain(merged(*order).spec)) + texts(merged(*order).warnings)
        for order in permutations(documents)
    }
    assert len(results) == 1


def test_the_origin_is_the_first_document_and_how_many_repeat_it() -> None:
    text = "x-source: {document: %s, pointer: /p}\nsummary: s"
    parts = "schemas: {S: {type: string, x-source: {document: %s, pointer: /q}}}"
    documents = [operation(n, text % n, parts % n) for n in ("a.yaml", "b.yaml", "c.yaml")]
    result = merged(*documents)
    source = {"document": "a.yaml", "pointer": "/p", "repeats": 2}
    assert get(plain(result.spec), "paths", "/a", "get", "x-source") == source
    assert get(plain(result.spec), "components", "schemas", "S", "x-source", "repeats") == 2
    assert result.collapsed == 4
    assert get(plain(documents[0].root), "paths", "/a", "get", "x-source") == {
        "document": "a.yaml",
        "pointer": "/p",
    }


def test_servers_are_taken_from_those_documents_that_name_some() -> None:
    none = document("a.yaml", "paths: {}")
    one = document("b.yaml", "servers: [{url: 'https://One.example/'}]\npaths: {}")
    two = document("c.yaml", "servers: [{url: 'https://one.example', description: d}]\npaths: {}")
    result = merged(none, one, two)
    assert plain(result.spec.seq("servers")) == [
        {"url": "https://One.example/", "description": "d"}
    ]
    assert len(result.warnings) == 1


def test_tags_of_documents_are_united() -> None:
    one = document("a.yaml", "tags: [{name: A, description: a}, {name: b}]\npaths: {}")
    two = document("b.yaml", "tags: [{name: a, description: long}, {name: c}]\npaths: {}")
    result = merged(one, two)
    assert plain(result.spec.seq("tags")) == [
        {"name": "A", "description": "long"},
        {"name": "b"},
        {"name": "c"},
    ]
    assert len(result.warnings) == 1


def test_webhooks_are_merged() -> None:
    one = document("a.yaml", "paths: {}\nwebhooks: {w: {post: {summary: s}}}")
    two = document("b.yaml", "paths: {}\nwebhooks: {w: {post: {summary: st}}, v: {post: {}}}")
    result = merged(one, two)
    assert plain(result.spec.map("webhooks")) == {
        "v": {"post": {}},
        "w": {"post": {"summary": "st"}},
    }


def test_the_title_comes_from_the_settings_or_else_from_the_first_document_with_a_note() -> None:
    root = nodes("openapi: 3.1.0\ninfo: {title: T, version: 3, x-a: 1}\npaths: {}\nx-b: 1")
    result = merge([Document("a.yaml", root)], Settings(title="Mine"))
    assert plain(result.spec.map("info")) == {"title": "Mine", "version": "3"}
    (note,) = result.warnings
    assert "version; the values of a.yaml are used" in note.problem
    assert merge([Document("a.yaml", root)], SETTINGS).warnings == []


def test_no_document_is_an_error() -> None:
    with pytest.raises(GeneratorError):
        merge([], SETTINGS)


def test_documents_that_are_bare_are_merged() -> None:
    one = Document("a.yaml", nodes("openapi: 3.1.0"))
    result = merge([one, one], Settings())
    assert list(result.spec) == ["openapi", "info", "paths", "components"]


def test_schemas_too_deep_to_compare_are_an_error() -> None:
    def chain(prefix: str) -> str:
        links = (
            f"{prefix}{n}: {{properties: {{p: {{$ref: '#/components/schemas/{prefix}{n + 1}'}}}}}}"
            for n in range(2000)
        )
        return "schemas:\n" + "\n".join("  " + link for link in links)

    use = "requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/%s0'}}}}"
    one = operation("a.yaml", use % "A", chain("A"))
    two = operation("b.yaml", use % "B", chain("B"))
    assert "too deeply" in texts(conflicts(one, two))


def test_schemas_that_branch_at_every_step_are_compared_once_each() -> None:
    def tree(prefix: str) -> str:
        links = (
            f"{prefix}{n}: {{properties: {{p: {{$ref: '#/components/schemas/{prefix}{n + 1}'}},"
            f" q: {{$ref: '#/components/schemas/{prefix}{n + 1}'}}}}}}"
            for n in range(40)
        )
        return "schemas:\n" + "\n".join("  " + link for link in links)

    use = "requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/%s0'}}}}"
    result = merged(
        operation("a.yaml", use % "A", tree("A") + "\n  A40: {type: string}"),
        operation("b.yaml", use % "B", tree("B") + "\n  B40: {type: string}"),
    )
    assert result.warnings == []


def test_a_text_beside_a_reference_is_never_that_of_an_earlier_one() -> None:
    home = Home("a.yaml", nodes("components: {parameters: {P: {name: p, in: query}}}"))

    def described(text: str) -> str:
        # The reference is not kept, so that the next one may take its place in memory.
        fields = {"$ref": "#/components/parameters/P", "description": text}
        found = object_of(home, Map(fields, position=home.root.position))
        return found.text("description") if found else ""

    assert [described(text) for text in ("one", "two", "three")] == ["one", "two", "three"]
