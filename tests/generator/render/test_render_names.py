"""Odd and colliding names in documents, and what they become in Python."""

from __future__ import annotations

import datetime
import inspect
import json
import subprocess
import sys
import typing
from pathlib import Path
from typing import Any

import pytest
from rendering import HEAD, Package, rendered

ARGUMENTS = {
    "body": "body_",
    "headers": "headers_",
    "timeout": "timeout_",
    "self": "self_",
    "class": "class_",
    "list": "list_",
    "models": "models_",
    "types": "types_",
    "typing": "typing_",
    "collections": "collections_",
    "datetime": "datetime_",
    "client": "client",
    "url": "url",
    "Some-Name": "some_name",
    "someOtherName": "some_other_name",
    "1st": "value_1st",
    "größe": "größe",
    "$filter": "filter_",
    "page[size]": "page_size",
    "a.b": "a_b",
    "@@": "value",
    "None": "none",
    "operation": "operation",
    "request": "request",
    "a0": "a0",
}
FIELDS = {
    "@type": "type",
    "collections": "collections",
    "copyright": "copyright",
    "format": "format",
    "property": "property",
    "classmethod": "classmethod_",
    "decimal": "decimal_",
    "$id": "id",
    "a-b": "a_b",
    "1st": "value_1st",
    "größe": "größe",
    "日本": "日本",
    "from": "from_",
    "class": "class_",
    "list": "list_",
    "dict": "dict_",
    "str": "str_",
    "raw": "raw_",
    "from_dict": "from_dict_",
    "to_dict": "to_dict_",
    "to_parts": "to_parts_",
    "additional_properties": "additional_properties_",
    "types": "types_",
    "models": "models_",
    "datetime": "datetime_",
    "dataclasses": "dataclasses_",
    "typing": "typing_",
    "self": "self",
    "cls": "cls",
    "get": "get",
    "value": "value",
    "data": "data",
    "object": "object_",
    "frozenset": "frozenset",
    "TAG": "tag",
    "__init__": "init",
    "_FIELDS": "fields",
    'quo"te\\': "quo_te",
    "new\nline": "new_line",
    "p0": "p0",
}
CLASSES = ["Any", "None", "Literal", "Request", "Model", "Client", "datetime", "list", "Types"]
CLASSES += [
    "models",
    "True",
    "Model0",
    "AsyncClient",
    "Union",
    "Optional",
    "import",
    "T",
    "Importlib",
    "Typing",
]
METHODS = [
    "list",
    "import",
    "class",
    "print",
    "types",
    "models",
    "self",
    "get",
    "_client",
    "call",
    "annotations",
]


def spec() -> str:
    paths: dict[str, Any] = {}
    response = {"200": {"description": "OK"}}
    texts = {"type": "array", "items": {"type": "string", "format": "date"}}
    content = {"application/json": {"schema": texts}}
    listing = {"200": {"description": "OK", "content": content}}
    for place in ("query", "header"):
        usable = [
            n
            for n in ARGUMENTS
            if place == "query" or (n.isascii() and "@" not in n and "[" not in n)
        ]
        parameters = [{"name": n, "in": place, "schema": {"type": "string"}} for n in usable]
        paths[f"/{place}"] = {
            "get": {"operationId": "get", "parameters": parameters, "responses": response}
        }
    places: list[dict[str, Any]] = [
        {"name": "id", "in": "query", "schema": {"type": "string"}},
        {"name": "change-set-id", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "ID", "in": "header", "schema": {"type": "string"}},
    ]
    paths["/places/{id}/{change-set-id}.json"] = {
        "get": {"operationId": "get", "parameters": places, "responses": response}
    }
    for number, name in enumerate(METHODS):
        paths[f"/methods/m{number}"] = {"get": {"operationId": name, "responses": listing}}
    for resource in (
        "list",
        "client",
        "async-client",
        "import",
        "call",
        "größe",
        "1st",
        "models",
        "types",
    ):
        paths[f"/v3/{resource}"] = {"get": {"operationId": "get", "responses": response}}
    schemas: dict[str, Any] = {
        name: {"type": "object", "properties": {"n": {"type": "integer"}}} for name in CLASSES
    }
    schemas["Fields"] = {
        "type": "object",
        "properties": {name: {"type": "integer"} for name in FIELDS},
    }
    schemas["Uses"] = {
        "type": "object",
        "properties": {name: {"$ref": f"#/components/schemas/{name}"} for name in CLASSES},
    }
    schemas["Holder"] = {
        "type": "object",
        "properties": {"item": {"type": "object", "properties": {"a": {"type": "string"}}}},
    }
    schemas["HolderItem"] = {"type": "object", "properties": {"b": {"type": "string"}}}
    schemas["holder_item_2"] = {"type": "object", "properties": {"c": {"type": "string"}}}
    return HEAD + f"paths: {json.dumps(paths)}\ncomponents: {json.dumps({'schemas': schemas})}\n"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(spec(), tmp_path_factory.mktemp("names"))


@pytest.mark.parametrize("place", ["query", "header"])
def test_parameters_of_any_name_can_be_given(package: Package, place: str) -> None:
    for wire, name in ARGUMENTS.items():
        if place == "header" and not (wire.isascii() and "@" not in wire and "[" not in wire):
            continue
        request = package.request(f"{place}.get", **{name: "x"})
        if place == "header":
            assert request.headers == {wire: "x"}
        else:
            key, _, value = request.query.partition("=")
            assert value == "x"
            assert key.isascii()


def test_one_name_in_several_places_carries_its_place(package: Package) -> None:
    request = package.request("places.get", "1", "2", id_query="3", id_header="4")
    assert request.path == "/places/1/2.json"
    assert (request.query, request.headers) == ("id=3", {"ID": "4"})


def test_path_arguments_come_in_the_order_of_the_path(package: Package) -> None:
    build = package.module("api.places.get").build_request
    assert list(inspect.signature(build).parameters) == [
        "id",
        "change_set_id",
        "id_query",
        "id_header",
        "extra_query",
    ]


def test_methods_and_resources_of_any_name_can_be_called(package: Package) -> None:
    names = ["list", "import_", "class_", "print", "types", "models", "self", "get"]
    for number, name in enumerate([*names, "client", "call", "annotations"]):
        assert package.request(f"methods.{name}").path == f"/methods/m{number}"
    resources = ["list_", "client", "async_client", "import_", "call_", "größe", "value_1st"]
    for name in [*resources, "models_", "types_"]:
        assert package.request(f"{name}.get").method == "GET"


NAMES_OF_ANNOTATIONS = ["list", "dict", "str", "int", "float", "bool", "bytes", "object"]
NAMES_OF_ANNOTATIONS += ["types", "models", "datetime", "collections", "typing", "builtins"]


@pytest.mark.slow
def test_annotations_mean_types_beside_methods_of_the_same_name(tmp_path: Path) -> None:
    schemas = {
        "array": {"type": "array", "items": {}},
        "mapping": {"type": "object", "additionalProperties": {"type": "number"}},
        "day": {"type": "string", "format": "date"},
        "flag": {"type": "boolean"},
        "model": {"$ref": "#/components/schemas/Model"},
    }
    keywords = [{"name": name, "in": "query", "schema": given} for name, given in schemas.items()]
    paths: dict[str, Any] = {}
    for number, name in enumerate(NAMES_OF_ANNOTATIONS):
        given = list(schemas.values())[number % len(schemas)]
        content = {"application/json": {"schema": given}}
        paths[f"/v3/names/{number}"] = {
            "get": {
                "operationId": name,
                "parameters": keywords,
                "responses": {"200": {"description": "OK", "content": content}},
            }
        }
    model = {"type": "object", "properties": {"n": {"type": "integer"}}}
    components = {"schemas": {"Model": model}}
    text = f"{HEAD}paths: {json.dumps(paths)}\ncomponents: {json.dumps(components)}\n"
    package = rendered(text, tmp_path)
    for name in NAMES_OF_ANNOTATIONS:
        package.request(f"names.{name}", array=["x"])  # loads the module of the operation
    module = package.module("api.names")
    methods = [getattr(module.Names, name) for name in NAMES_OF_ANNOTATIONS]
    returned = [eval(method.__annotations__["return"], vars(module)) for method in methods]
    assert typing.get_origin(returned[0]) is list
    assert returned[1:4] == [dict[str, float], datetime.date, bool]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "-p", package.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout


def test_resources_may_be_called_as_the_methods_of_a_mapping(tmp_path: Path) -> None:
    names = ["items", "keys", "values", "get", "copy", "pop", "update", "clear", "setdefault"]
    given = "parameters: [{name: id, in: path, required: true, schema: {type: string}}]"
    operation = f"{{{given}, responses: {{'204': {{description: OK}}}}}}"
    paths = [f"  /{name}/{{id}}: {{get: {operation}}}\n" for name in names]
    package = rendered(HEAD + "paths:\n" + "".join(paths), tmp_path)
    for name in names:
        assert package.request(f"{name}.get_{name}_id", "1").path == f"/{name}/1"


def test_fields_of_any_name_are_read_and_written(package: Package) -> None:
    model = package.module("models").Fields
    data = {wire: number for number, wire in enumerate(FIELDS)}
    made = model.from_dict(data)
    assert {name: getattr(made, name) for name in FIELDS.values()} == dict(
        zip(FIELDS.values(), data.values(), strict=True)
    )
    assert made.to_dict() == data
    assert made.additional_properties == {}
    assert model(**dict.fromkeys(FIELDS.values(), 1)).to_dict() == dict.fromkeys(FIELDS, 1)


ALIKE = (
    HEAD
    + """
paths:
  /calls:
    post:
      operationId: find
      parameters:
      - {name: 'start<', in: query, schema: {type: string}}
      - {name: 'start>', in: query, schema: {type: string}}
      - {name: 'end<', in: query, x-name: ended before, schema: {type: string}}
      - {name: 'end>', in: query, schema: {type: string}}
      requestBody:
        content: {application/json: {schema: {type: object, properties: {note: {type: string}, Note: {type: string}}}}}
      responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Votes'}}}}}
components:
  schemas:
    Votes:
      allOf:
      - {type: object, properties: {'+1': {type: integer}, '-1': {type: integer}, up: {type: boolean, x-name: is_up}}}
      - {type: object, properties: {UP: {type: integer}, one: {$ref: '#/components/schemas/thing'}, two: {$ref: '#/components/schemas/Thing'}}}
    thing: {type: object, x-name: Item, properties: {a: {type: string}}}
    Thing: {type: object, properties: {b: {type: string}}}
    THING: {type: object, properties: {c: {type: string}}}
"""  # noqa: E501 - one parameter or schema per line
)


def test_names_that_are_equal_in_python_are_numbered_or_given_by_an_overlay(tmp_path: Path) -> None:
    package = rendered(ALIKE, tmp_path)
    given = {"start": "a", "start_2": "b", "ended_before": "c", "end": "d"}
    request = package.request("calls.find", **given, note="x", note_2="y")
    assert request.query == "start%3C=a&start%3E=b&end%3C=c&end%3E=d"
    assert json.loads(request.body.content) == {"note": "x", "Note": "y"}
    data = {"+1": 1, "-1": 2, "up": True, "UP": 3, "one": {"a": "x"}, "two": {"b": "y"}}
    made = package.parsed("calls.find", json.dumps(data))
    assert (made.value_1, made.value_1_2, made.is_up, made.up) == (1, 2, True, 3)
    assert (type(made.one).__name__, type(made.two).__name__) == ("Item", "Thing2")
    assert made.to_dict() == data


def test_classes_of_any_name_can_be_used(package: Package) -> None:
    models = package.module("models")
    made = models.Uses.from_dict({name: {"n": 1} for name in CLASSES})
    assert made.to_dict() == {name: {"n": 1} for name in CLASSES}
    for name in (
        "Any",
        "None_",
        "Literal",
        "Datetime",
        "List",
        "True_",
        "Import",
        "T",
        "Importlib",
        "Typing",
    ):
        assert getattr(models, name)(n=1).n == 1


def test_classes_defined_in_place_give_way_to_components(package: Package) -> None:
    models = package.module("models")
    assert models.HolderItem(b="x").to_dict() == {"b": "x"}
    assert models.HolderItem2(c="x").to_dict() == {"c": "x"}
    made = models.Holder.from_dict({"item": {"a": "x"}})
    assert type(made.item) is models.HolderItem3
