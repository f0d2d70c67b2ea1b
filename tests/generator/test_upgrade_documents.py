"""What the upgrade does to whole documents: servers, paths, names, references, origins."""

from __future__ import annotations

from pathlib import Path

import pytest
from upgrading import POST, complaints, document, errors, operation, upgraded, warnings

from generator.document import Document, Position, copied, plain
from generator.load import load_documents
from generator.upgrade import upgrade

SOURCES = Path(__file__).parents[2] / "specs" / "sources"
SWAGGER = "swagger: '2.0'\ninfo: {title: T, version: '1'}\n"


def test_the_projects_own_sources_upgrade_although_they_are_invalid() -> None:
    documents, _ = load_documents(SOURCES)
    for source in documents:
        result, found = upgrade(source)
        assert result.version == "3.1.0"
        assert plain(result.root.seq("servers")) == [{"url": "https://api.gettyimages.com"}]
        assert any("https only" in finding.problem for finding in found)
        assert all("is not valid under any" in complaint for complaint in complaints(result.root))


def test_the_input_is_never_changed() -> None:
    documents, _ = load_documents(SOURCES)
    for source in documents:
        before = copied(source.root)
        upgrade(source)
        assert source.root == before


def _servers(text: str) -> tuple[object, list[str]]:
    tree = upgraded(SWAGGER + text + "\n" + operation(""))
    servers = tree("servers") if tree.has("servers") else None
    return servers, warnings(SWAGGER + text + "\n" + operation(""))


@pytest.mark.parametrize(
    ("text", "urls", "warning"),
    [
        ("host: api.e.com", ["https://api.e.com"], ""),
        ("host: api.e.com\nschemes: [https]", ["https://api.e.com"], ""),
        ("host: api.e.com\nschemes: [http]", ["https://api.e.com"], "https only"),
        ("host: api.e.com\nschemes: [http, https]", ["https://api.e.com"], ""),
        ("host: 'api.e.com:8443'\nschemes: [https]", ["https://api.e.com:8443"], ""),
        ("host: 'localhost:80'\nschemes: [http]", ["http://localhost"], ""),
        ("host: '127.0.0.1:8080'\nschemes: [http]", ["http://127.0.0.1:8080"], ""),
        ("host: 'localhost.e.com'\nschemes: [http]", ["https://localhost.e.com"], "https only"),
        ("host: api.e.com\nschemes: [https, wss]", ["https://api.e.com"], "is left out"),
        ("schemes: [https]", None, "names no host"),
        ("basePath: /v3", None, "names no host"),
    ],
)
def test_servers_are_https_only(text: str, urls: list[str] | None, warning: str) -> None:
    servers, found = _servers(text)
    assert servers == (None if urls is None else [{"url": url} for url in urls])
    assert len(found) == (1 if warning else 0)
    assert not warning or warning in found[0]


def test_a_server_that_speaks_no_http_is_an_error() -> None:
    (error,) = errors(SWAGGER + "host: api.e.com\nschemes: [ws]\npaths: {}")
    assert error.startswith("x.yaml:4:1: ")
    assert "'ws://api.e.com" in error


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("", "/a"),
        ("/", "/a"),
        ("/v3", "/v3/a"),
        ("/v3/", "/v3/a"),
        ("v3", "/v3/a"),
        ("/api//v3", "/api/v3/a"),
    ],
)
def test_the_base_path_is_folded_into_paths(base: str, expected: str) -> None:
    tree = upgraded(f"basePath: '{base}'\n" + operation(""), "2.0")
    assert tree("servers") == [{"url": "https://api.example.com"}]
    assert tree.has("paths", expected, "post")
    pointer = tree("paths", expected, "post", "x-source")
    assert pointer == {"document": "x.yaml", "pointer": "/paths/~1a/post"}
    assert not tree.has("basePath")


def test_schemes_of_an_operation_give_it_servers_only_where_they_differ() -> None:
    text = "host: localhost\nschemes: [https]\n" + operation("schemes: [http]")
    tree = upgraded(SWAGGER + text)
    assert tree("servers") == [{"url": "https://localhost"}]
    assert tree(*POST, "servers") == [{"url": "http://localhost"}]
    assert not upgraded("schemes: [https]\n" + operation("schemes: [http]"), "2.0").has(
        *POST, "servers"
    )


def _openapi(servers: str, fields: str = "") -> str:
    head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n"
    return head + servers + "\n" + operation(fields)


def test_the_path_that_all_servers_share_is_folded_into_paths() -> None:
    tree = upgraded(
        _openapi("servers: [{url: 'http://A.e.com/api/v3/'}, {url: https://b.e.com/api/v4}]")
    )
    assert tree("servers") == [{"url": "https://a.e.com/v3"}, {"url": "https://b.e.com/v4"}]
    assert tree.has("paths", "/api/a")


def test_variables_of_servers_are_replaced_by_their_defaults() -> None:
    variables = "variables: {host: {default: api}, port: {default: 8443}, v: {default: v3}}"
    tree = upgraded(
        _openapi(f"servers: [{{url: 'https://{{host}}.e.com:{{port}}/{{v}}', {variables}}}]")
    )
    assert tree("servers") == [{"url": "https://api.e.com:8443"}]
    assert tree.has("paths", "/v3/a")


def test_a_relative_server_gives_its_path_and_is_left_out() -> None:
    text = _openapi("servers: [{url: /v3}]")
    tree = upgraded(text)
    assert not tree.has("servers")
    assert tree.has("paths", "/v3/a")
    assert len(warnings(text)) == 1


def test_of_several_relative_servers_the_first_gives_its_path() -> None:
    assert upgraded(_openapi("servers: [{url: /v3}, {url: /v4}]")).has("paths", "/v3/a")


def test_an_absolute_server_wins_over_a_relative_one() -> None:
    tree = upgraded(_openapi("servers: [{url: /v4}, {url: //e.com/v3}, {url: 'wss://e.com'}]"))
    assert tree("servers") == [{"url": "https://e.com"}]
    assert tree.has("paths", "/v3/a")


def test_links_find_the_operation_whose_path_has_moved() -> None:
    text = _openapi("servers: [{url: https://e.com/v3}]").replace(
        "description: ok", "description: ok, links: {l: {operationRef: '#/paths/~1a/post'}}"
    )
    link = upgraded(text)("paths", "/v3/a", "post", "responses", "200", "links", "l")
    assert link == {"operationRef": "#/paths/~1v3~1a/post"}


def test_an_operation_with_a_server_of_its_own_keeps_it_and_its_path() -> None:
    text = """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        servers: [{url: https://api.e.com/v3}]
        paths:
          /a:
            parameters: [{name: q, in: query, schema: {type: string}}]
            get: {responses: {'200': {description: ok}}}
            put:
              servers: [{url: https://upload.e.com/v2}]
              responses: {'200': {description: ok}}
        """
    tree = upgraded(text)
    assert tree("servers") == [{"url": "https://api.e.com"}]
    assert tree("paths", "/v2/a", "put", "servers") == [{"url": "https://upload.e.com"}]
    assert tree.has("paths", "/v2/a", "parameters")
    assert tree.has("paths", "/v3/a", "get")
    assert not tree.has("paths", "/v3/a", "put")


def test_paths_that_become_equal_are_an_error_that_names_both() -> None:
    text = "paths:\n  /a: {}\n  a: {}\n"
    (error,) = errors(text, "2.0")
    assert error.startswith("x.yaml:6:3: ")
    assert "x.yaml:5:3" in error


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
        "'components' means nothing in Swagger 2.0" in item for item in warnings(text, "2.0")
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
