"""What holds for every document: valid ones stay valid, and nothing brings the upgrade down."""

from __future__ import annotations

import copy
from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import nodes
from upgrading import complaints

from generator.document import Document, Map, Position, copied, operations, placed, plain, pointer
from generator.findings import GeneratorError
from generator.grammar import OPENAPI, grammar_of, misshapen
from generator.upgrade import upgrade

pytestmark = pytest.mark.slow

Json = dict[str, object]

NASTY = st.text("aB_ .«»/~%#?é図[]{}<>'\"\\:", min_size=1, max_size=5).filter(
    lambda name: not name.startswith("x-")
)
MEDIA_TYPES = st.lists(
    st.sampled_from(
        [
            "application/json",
            "text/plain",
            "application/xml; charset=utf-8",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
        ]
    ),
    unique=True,
    max_size=3,
)
URLS = st.sampled_from(["https://e.com/t", "http://e.com:80/t", "http://localhost/t"])
SCALARS: list[Json] = [
    {"type": "string"},
    {"type": "string", "format": "byte"},
    {"type": "string", "enum": ["a", "b"], "x-nullable": True},
    {"type": "integer", "minimum": 1, "exclusiveMinimum": True, "maximum": 9, "format": "int32"},
    {"type": "number", "multipleOf": 0.5, "default": 1.5},
    {"type": "boolean"},
]


def _reference(section: str, name: str) -> Json:
    """A reference, percent-encoded as far as a fragment needs it."""
    return {"$ref": "#" + quote(pointer(section, name), safe="/~")}


@st.composite
def schemas(
    draw: st.DrawFn, names: list[str], usable: list[str] | None = None, depth: int = 2
) -> Json:
    """A schema that may refer to some of the names, directly or as a part of itself.

    Its properties may refer to all of them: a schema may contain itself. That it is itself, or a
    list of itself, would bring the official validator down.
    """
    usable = names if usable is None else usable
    choice = draw(st.integers(0, 5 if depth else 1))
    if choice == 0 or (choice == 1 and not usable):
        return copy.deepcopy(draw(st.sampled_from(SCALARS)))
    if choice == 1:
        return _reference("definitions", draw(st.sampled_from(usable))) | draw(
            st.sampled_from([{}, {"x-nullable": True}, {"description": "d"}, {"readOnly": True}])
        )
    inner = schemas(names, names, depth - 1)
    part = schemas(names, usable, depth - 1)
    if choice == 2:
        return {"type": "array", "items": draw(part), "x-nullable": draw(st.booleans())}
    if choice == 3:
        return {"allOf": draw(st.lists(part, min_size=1, max_size=2)), "example": {"a": 1}}
    if choice == 4:
        return {"type": "object", "additionalProperties": draw(inner), "xml": {"name": "x"}}
    properties = draw(st.dictionaries(NASTY, inner, max_size=3))
    result: Json = {"type": "object", "properties": properties}
    if properties:
        first = next(iter(properties))
        result |= {"required": [first], "discriminator": first}
    return result


@st.composite
def values(draw: st.DrawFn, location: str) -> Json:
    if draw(st.booleans()):
        return copy.deepcopy(draw(st.sampled_from(SCALARS)))
    formats = ["csv"] if location in ("path", "header") else ["csv", "ssv", "pipes", "multi"]
    result: Json = {"type": "array", "items": copy.deepcopy(draw(st.sampled_from(SCALARS)))}
    if draw(st.booleans()):
        result["collectionFormat"] = draw(st.sampled_from(formats))
    return result


@st.composite
def parameters(draw: st.DrawFn, names: list[str]) -> list[Json]:
    places = st.tuples(st.sampled_from(["query", "header"]), NASTY)
    result: list[Json] = [
        {"name": name, "in": place, "required": draw(st.booleans()), **draw(values(place))}
        for place, name in draw(st.lists(places, max_size=3, unique=True))
    ]
    ignored = draw(st.lists(st.sampled_from(["Accept", "authorization"]), unique=True))
    result.extend({"name": name, "in": "header", "type": "string"} for name in ignored)
    payload = draw(st.sampled_from(["none", "body", "form", "file"]))
    if payload == "body":
        result.append({"name": "b", "in": "body", "schema": draw(schemas(names))})
    if payload in ("form", "file"):
        result.append({"name": "f", "in": "formData", **draw(values("formData"))})
    if payload == "file":
        result.append({"name": "g", "in": "formData", "type": "file", "required": True})
    return result


@st.composite
def responses(draw: st.DrawFn, names: list[str]) -> Json:
    result: Json = {"description": "d"}
    if draw(st.booleans()):
        result["schema"] = draw(st.one_of(schemas(names), st.just({"type": "file"})))
    if draw(st.booleans()):
        result["headers"] = {"X-A": draw(values("header"))}
    if draw(st.booleans()):
        result["examples"] = {"application/json": {"a": [1]}}
    return result


@st.composite
def swagger(draw: st.DrawFn) -> Json:
    names = draw(st.lists(NASTY, min_size=1, max_size=4, unique=True))
    shared = draw(st.lists(NASTY, min_size=1, max_size=2, unique=True))
    root: Json = {
        "swagger": "2.0",
        "info": {"title": "t", "version": "1"},
        "definitions": {
            name: draw(schemas(names, names[:index])) for index, name in enumerate(names)
        },
        "responses": {name: draw(responses(names)) for name in shared},
        "securityDefinitions": {
            shared[0]: {
                "type": "oauth2",
                "flow": "accessCode",
                "authorizationUrl": draw(URLS),
                "tokenUrl": draw(URLS),
                "scopes": {"read": "d"},
            },
            "basic": {"type": "basic"},
        },
        "paths": {},
    }
    requirements = st.lists(st.sampled_from([{shared[0]: ["read"]}, {"basic": []}, {}]), max_size=2)
    optional: dict[str, st.SearchStrategy[object]] = {
        "host": st.sampled_from(["api.e.com", "localhost:80", "e.com:8443"]),
        "schemes": st.lists(st.sampled_from(["http", "https"]), min_size=1, unique=True),
        "basePath": st.sampled_from(["/", "/v3", "/v3/x/"]),
        "consumes": MEDIA_TYPES,
        "produces": MEDIA_TYPES,
        "security": requirements,
    }
    for key, strategy in optional.items():
        if draw(st.booleans()):
            root[key] = draw(strategy)
    path_names = ["/", "/a", "/a/b", "/a/{x}"]
    root["paths"] = {
        path: draw(path_items(path, names, shared, requirements))
        for path in draw(st.lists(st.sampled_from(path_names), unique=True))
    }
    return root


@st.composite
def path_items(
    draw: st.DrawFn,
    path: str,
    names: list[str],
    shared: list[str],
    requirements: st.SearchStrategy[object],
) -> Json:
    item: Json = {"x-note": 1}
    if "{x}" in path:
        item["parameters"] = [{"name": "x", "in": "path", "required": True, "type": "string"}]
    methods = st.lists(st.sampled_from(["get", "put", "post", "delete"]), unique=True, max_size=2)
    for method in draw(methods):
        response = st.one_of(
            responses(names), st.just(_reference("responses", draw(st.sampled_from(shared))))
        )
        operation: Json = {
            "parameters": draw(parameters(names)),
            "responses": {"200": draw(response), "default": draw(response)},
        }
        if draw(st.booleans()):
            operation["security"] = draw(requirements)
        for key in ("consumes", "produces"):
            if draw(st.booleans()):
                operation[key] = draw(MEDIA_TYPES)
        item[method] = operation
    return item


def _document(root: Json) -> Document:
    node = placed(root, Position("x.yaml"))
    assert isinstance(node, Map)
    return Document("x.yaml", node)


@given(swagger())
def test_well_formed_swagger_becomes_valid_openapi_with_the_same_operations(root: Json) -> None:
    document = _document(root)
    assert misshapen(grammar_of(document), document.root) == []
    before = copied(document.root)
    result, _ = upgrade(document)
    assert document.root == before
    assert complaints(result.root) == []
    base = str(root.get("basePath", "")).rstrip("/")
    expected = {(base + path, method) for path, method, _ in operations(document.root)}
    assert {(path, method) for path, method, _ in operations(result.root)} == expected
    assert plain(upgrade(document)[0].root) == plain(result.root)


@given(swagger())
def test_an_upgraded_document_upgrades_to_itself(root: Json) -> None:
    once = plain(upgrade(_document(root))[0].root)
    assert isinstance(once, dict)
    again = plain(upgrade(_document(once))[0].root)
    assert _without_origins(again) == _without_origins(once)


def _without_origins(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_origins(item) for key, item in value.items() if key != "x-source"}
    return [_without_origins(item) for item in value] if isinstance(value, list) else value


BASES = {
    "2.0": """
        swagger: '2.0'
        info: {title: t, version: '1'}
        host: api.e.com
        basePath: /v3
        schemes: [http]
        consumes: [application/json]
        produces: [application/json]
        security: [{o: []}]
        securityDefinitions:
          o: {type: oauth2, flow: password, tokenUrl: 'http://e.com', scopes: {a: b}}
        parameters:
          p: {name: p, in: body, schema: {$ref: '#/definitions/A'}}
          q: {$ref: '#/parameters/p'}
        responses:
          r: {description: d, schema: {type: file}, headers: {h: {type: array, items: {}}}}
        definitions:
          A: {allOf: [{$ref: B}], discriminator: d, x-nullable: true, enum: [1], example: 1}
          B: {type: array, items: {}, properties: {a: {}}, additionalProperties: true}
        paths:
          /a:
            parameters: [{$ref: '#/parameters/p'}]
            post:
              parameters:
              - {name: Authorization, in: header, type: string}
              - {name: f, in: query, type: array, items: {type: string}}
              responses: {'200': {$ref: '#/responses/r', examples: {a/b: 1}}}
          /b: {$ref: '#/paths/~1a'}
        """,
    "3.0": """
        openapi: 3.0.0
        info: {title: t, version: 1}
        servers: [{url: 'http://{a}/v3', variables: {a: {default: b, enum: [b]}}}]
        security: [{o: []}]
        paths:
          /a:
            servers: [{url: /x}]
            post:
              servers: [{url: https://e.com/y}]
              parameters:
              - {name: Authorization, in: header, schema: {type: string}}
              - {$ref: '#/components/parameters/p q'}
              requestBody: {content: {a/b: {schema: {}, encoding: {e: {headers: {h: {}}}}}}}
              responses:
                '200': {description: d, content: {a/b: {schema: {nullable: true}}}, links: {l: {}}}
              callbacks: {c: {e: {post: {responses: {}}}}}
        components:
          schemas:
            A B: {oneOf: [{}], discriminator: {propertyName: p, mapping: {a: A B}}, nullable: true}
            B: {allOf: [{$ref: '#/components/schemas/A B'}], minimum: 1, exclusiveMinimum: true}
          parameters: {p q: {name: accept, in: header}}
          securitySchemes:
            o: {type: oauth2, flows: {password: {tokenUrl: 'http://e.com', scopes: {a: b}}}}
          links: {l: {operationRef: '#/paths/~1a'}}
          pathItems: {P: {get: {}}}
        """,
}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 1.5, float("nan"), float("inf"), 10**30]),
    st.sampled_from(
        [
            *("", "#", "#/", "/", "//", "A", "#/definitions/A", "#/parameters/p", "#/paths/~1a"),
            *("#/components/schemas/A B", "#/x", "%", "#/%zz~2", "http://[", "http://", "ws://a"),
            *("body", "formData", "header", "query", "array", "file", "object", "tsv", "multi"),
            *("\x00", "\ud800", "#/\ud800", "x-a", "{a}", "..", "Authorization", "p", "\u202e"),
        ]
    ),
    st.just({}),
    st.just([]),
    st.sampled_from([{"$ref": "#/paths"}, {"": {}}, {"a": {"b": [{}]}}, {"x-a": {}}]),
    st.sampled_from([[{}], [""], [[]], [None], ["http"], ["a/b", "a/b"]]),
)
KEYS = st.sampled_from(
    [
        *("$ref", "type", "in", "name", "schema", "items", "format", "nullable", "x-nullable"),
        *("collectionFormat", "required", "enum", "example", "examples", "discriminator", "x-a"),
        *("parameters", "responses", "security", "servers", "url", "consumes", "produces", "host"),
        *("schemes", "basePath", "content", "description", "mapping", "default", "", "A", "allOf"),
        *("exclusiveMinimum", "minimum", "x-source", "properties", "links", "headers", "200"),
        *("components", "webhooks", "requestBody", "oneOf", "callbacks", "variables", "flow"),
    ]
)


def _containers(value: object) -> list[Json | list[object]]:
    if isinstance(value, dict):
        return [value, *(found for item in value.values() for found in _containers(item))]
    if isinstance(value, list):
        return [value, *(found for item in value for found in _containers(item))]
    return []


@st.composite
def mutated(draw: st.DrawFn, version: str) -> Document:
    """A document of the right shape that has some odd values in odd places."""
    root = plain(nodes(BASES["2.0" if version == "2.0" else "3.0"]))
    assert isinstance(root, dict)
    if version == "3.1":
        root["openapi"] = "3.1.0"
    for _ in range(draw(st.integers(1, 6))):
        candidate = copy.deepcopy(root)
        _mutate(draw, draw(st.sampled_from(_containers(candidate))))
        document = _document(candidate)
        if misshapen(grammar_of(document), document.root) == []:
            root = candidate
    return _document(root)


def _mutate(draw: st.DrawFn, place: Json | list[object]) -> None:
    value = copy.deepcopy(draw(ODD))
    if isinstance(place, list):
        place.append(value)
        return
    keys = [key for key in place if key not in ("swagger", "openapi")]
    key = draw(st.one_of(st.sampled_from(keys), KEYS) if keys else KEYS)
    if draw(st.integers(0, 4)):
        place[key] = value
    else:
        place.pop(key, None)


@pytest.mark.parametrize("version", ["2.0", "3.0", "3.1"])
def test_no_document_of_the_right_shape_brings_the_upgrade_down(version: str) -> None:
    @given(mutated(version))
    def holds(document: Document) -> None:
        before = repr(plain(document.root))
        with suppress(GeneratorError):
            result, _ = upgrade(document)
            assert misshapen(OPENAPI, result.root) == []
        assert repr(plain(document.root)) == before

    holds()
