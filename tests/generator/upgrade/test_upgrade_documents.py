"""What the upgrade does to whole documents: names, references, origins, what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from upgrading import POST, complaints, document, errors, operation, upgraded, warnings

from generator.document import Document, Position, copied, plain
from generator.load import load_documents
from generator.upgrade import upgrade

SOURCES = Path(__file__).parents[3] / "specs" / "sources"


@pytest.mark.slow
def test_the_projects_own_sources_upgrade_although_they_are_invalid() -> None:
    documents, _ = load_documents(SOURCES)
    for source in documents:
        result, found = upgrade(source)
        assert result.version == "3.1.0"
        assert plain(result.root.seq("servers")) == [{"url": "https://api.gettyimages.com"}]
        is_ours = source.name == "present-day.yaml"
        assert is_ours or any(finding.code == "http-secured" for finding in found)
        assert all("is not valid under any" in complaint for complaint in complaints(result.root))


def test_the_input_is_never_changed() -> None:
    documents, _ = load_documents(SOURCES)
    for source in documents:
        before = copied(source.root)
        upgrade(source)
        assert source.root == before


NAMES = """\
paths: {}
definitions:
  Foo_Bar: {type: object, properties: {a/b~c%d: {type: string}}}
  Foo Bar: {type: string}
  Foo«Bar»: {$ref: '#/definitions/Foo%C2%ABBar%C2%BB/properties/x'}
  a/b: {$ref: '#/definitions/a~1b'}
  "図": {$ref: '#/definitions/%E5%9B%B3'}
  Refs:
    type: object
    properties:
      one: {$ref: '#/definitions/Foo%20Bar'}
      two: {$ref: '#/definitions/Foo Bar'}
      three: {$ref: Foo Bar}
      four: {$ref: 'other.yaml#/definitions/Foo Bar'}
      five: {$ref: 'https://e.com/x.json'}
      six: {$ref: '#/definitions/Gone Away'}
      seven: {$ref: '#/definitions/Foo_Bar/properties/a~1b~0c%25d'}
      eight: {$ref: pets.json}
"""


def test_illegal_names_of_components_become_legal_unique_and_are_still_found() -> None:
    tree = upgraded(NAMES, "2.0", valid=False)
    schemas = tree("components", "schemas")
    assert isinstance(schemas, dict)
    assert list(schemas) == ["Foo_Bar", "Foo_Bar_2", "Foo_Bar_3", "a_b", "unnamed", "Refs"]
    assert [schemas[name]["x-source"]["pointer"] for name in ("Foo_Bar_2", "a_b")] == [
        "/definitions/Foo Bar",
        "/definitions/a~1b",
    ]
    assert schemas["a_b"]["$ref"] == "#/components/schemas/a_b"
    assert schemas["unnamed"]["$ref"] == "#/components/schemas/unnamed"
    assert schemas["Foo_Bar_3"]["$ref"] == "#/components/schemas/Foo_Bar_3/properties/x"
    refs = [item["$ref"] for item in schemas["Refs"]["properties"].values()]
    assert refs == [
        "#/components/schemas/Foo_Bar_2",
        "#/components/schemas/Foo_Bar_2",
        "#/components/schemas/Foo_Bar_2",
        "other.yaml#/definitions/Foo Bar",
        "https://e.com/x.json",
        "#/components/schemas/Gone_Away",
        "#/components/schemas/Foo_Bar/properties/a~1b~0c%25d",
        "pets.json",
    ]


def test_a_dangling_reference_never_comes_to_lead_somewhere() -> None:
    text = "paths: {}\ndefinitions: {a_b: {type: string}, c: {$ref: '#/definitions/a b'}}"
    tree = upgraded(text, "2.0", valid=False)
    assert tree("components", "schemas", "c", "$ref") == "#/components/schemas/a_b_2"


def test_a_renamed_security_scheme_is_still_required() -> None:
    text = "securityDefinitions: {my key: {type: apiKey, name: k, in: query}}\n"
    tree = upgraded(text + operation("security: [{my key: []}]"), "2.0")
    assert tree(*POST, "security") == [{"my_key": []}]
    assert tree.has("components", "securitySchemes", "my_key")


def test_a_discriminator_still_finds_a_renamed_subtype() -> None:
    tree = upgraded(
        """
        paths: {}
        definitions:
          A Pet: {type: object, discriminator: kind, properties: {kind: {type: string}}}
          A Cat: {allOf: [{$ref: '#/definitions/A Pet'}, {type: object}]}
          Dog: {allOf: [{$ref: '#/definitions/A Pet'}, {type: object}]}
        """,
        "2.0",
    )
    assert tree("components", "schemas", "A_Pet", "discriminator") == {
        "propertyName": "kind",
        "mapping": {"A Cat": "#/components/schemas/A_Cat"},
    }


def test_a_discriminator_still_finds_a_renamed_subtype_of_a_subtype() -> None:
    tree = upgraded(
        """
        paths: {}
        definitions:
          Pet: {type: object, discriminator: kind, properties: {kind: {type: string}}}
          Cat: {allOf: [{$ref: '#/definitions/Pet'}, {type: object}]}
          Old Cat: {allOf: [{$ref: '#/definitions/Cat'}, {type: object}]}
        """,
        "2.0",
    )
    mapping = {"Old Cat": "#/components/schemas/Old_Cat"}
    assert tree("components", "schemas", "Pet", "discriminator", "mapping") == mapping


def test_names_and_mappings_of_openapi_3_are_made_legal_too() -> None:
    tree = upgraded(
        """
        paths: {}
        components:
          schemas:
            A Cat: {type: object}
            A:
              oneOf: [{$ref: '#/components/schemas/A%20Cat'}]
              discriminator:
                propertyName: kind
                mapping: {cat: A Cat, kitten: '#/components/schemas/A%20Cat', dog: dog.json}
        """,
        "3.0",
    )
    assert tree("components", "schemas", "A") == {
        "oneOf": [{"$ref": "#/components/schemas/A_Cat"}],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {
                "cat": "A_Cat",
                "kitten": "#/components/schemas/A_Cat",
                "dog": "dog.json",
            },
        },
        "x-source": {"document": "x.yaml", "pointer": "/components/schemas/A"},
    }


def test_a_path_item_that_stands_elsewhere_is_written_out() -> None:
    tree = upgraded(
        """
        basePath: /v3
        paths:
          /a: {get: {responses: {'200': {description: ok}}}}
          /b: {$ref: '#/paths/~1a'}
          /c: {$ref: '#/paths/~1c'}
        """,
        "2.0",
        valid=False,
    )
    assert tree("paths", "/v3/b", "get") == tree("paths", "/v3/a", "get")
    assert tree("paths", "/v3/c") == {"$ref": "#/paths/~1v3~1c"}


def test_extensions_tags_and_external_docs_are_kept() -> None:
    tree = upgraded(
        """
        x-top: [1]
        tags: [{name: t, description: d, x-tag: 1}]
        externalDocs: {url: https://e.com}
        paths:
          x-paths: {a: 1}
          /a:
            x-item: 1
            get:
              x-operation: {a: 1}
              tags: [t]
              summary: s
              description: d
              operationId: i
              deprecated: true
              externalDocs: {url: https://e.com}
              responses: {x-responses: 1, '200': {description: ok, x-response: 1}}
        """,
        "2.0",
    )
    assert tree.value == {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "x-top": [1],
        "tags": [{"name": "t", "description": "d", "x-tag": 1}],
        "externalDocs": {"url": "https://e.com"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {
            "x-paths": {"a": 1},
            "/a": {
                "x-item": 1,
                "get": {
                    "x-operation": {"a": 1},
                    "tags": ["t"],
                    "summary": "s",
                    "description": "d",
                    "operationId": "i",
                    "deprecated": True,
                    "externalDocs": {"url": "https://e.com"},
                    "responses": {
                        "x-responses": 1,
                        "200": {"description": "ok", "x-response": 1},
                    },
                    "x-source": {"document": "x.yaml", "pointer": "/paths/~1a/get"},
                },
            },
        },
    }


def test_a_document_of_3_1_passes_nearly_unchanged() -> None:
    text = """
        openapi: 3.1.1
        info: {title: T, version: '1', summary: s}
        jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
        servers: [{url: https://api.e.com, description: d}]
        paths:
          /a:
            get:
              parameters: [{name: q, in: query, explode: false, schema: {type: array, items: {}}}]
              responses: {'200': {$ref: '#/components/responses/R', description: d}}
              security: []
        components:
          responses: {R: {description: d}}
          schemas: {S: {type: [string, 'null'], const: a}}
          pathItems: {P: {get: {responses: {'200': {description: ok}}}}}
        webhooks: {w: {post: {responses: {'200': {description: ok}}}}}
        """
    before = plain(document(text).root)
    tree = upgraded(text)
    found = tree.value
    assert isinstance(found, dict)
    assert isinstance(before, dict)
    operations = [
        found["paths"]["/a"]["get"],
        found["components"]["pathItems"]["P"]["get"],
        found["webhooks"]["w"]["post"],
    ]
    components = [part for kind in found["components"].values() for part in kind.values()]
    for node in operations + components:
        assert node.pop("x-source")["document"] == "x.yaml"
    assert found == {**before, "openapi": "3.1.0"}


def test_a_version_written_as_a_number_becomes_text_with_a_warning() -> None:
    head = "openapi: 3.0.0\ninfo: {title: T, version: 1.0}\n"
    text = head + "servers: [{url: 'https://e.com'}]\npaths: {}"
    assert upgraded(text)("info", "version") == "1.0"
    (warning,) = warnings(text)
    assert warning.startswith("x.yaml:2:18: ")


def test_a_field_that_swagger_does_not_know_is_left_out_with_a_warning() -> None:
    text = "components: {schemas: {}}\npaths: {}"
    assert not upgraded(text, "2.0").has("components")
    assert any(
        "'components' has no meaning in Swagger 2.0" in item for item in warnings(text, "2.0")
    )


def test_what_has_no_shape_in_3_1_is_an_error_with_its_place() -> None:
    text = "paths: {}\ndefinitions: {A: {oneOf: 3}}"
    (error,) = errors(text, "2.0")
    assert error.startswith("x.yaml:5:")


def test_every_node_keeps_its_position() -> None:
    source = document(operation("parameters: [{name: p, in: query, type: string}]"), "2.0")
    root = upgrade(source)[0].root
    found = root.map("paths").map("/a").map("post")
    assert root.map("paths").position_of("/a") == Position("x.yaml", 5, 3)
    assert found.position_of("parameters") == Position("x.yaml", 8, 7)
    assert found.position_of("x-source") == found.position
    (parameter,) = found.seq("parameters").maps()
    assert parameter.position_of("name") == Position("x.yaml", 8, 21)
    assert parameter.position_of("schema").line == 8
    assert isinstance(source, Document)
