"""Nulls that mean something, in requests and in responses."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
from typing import Any

import pytest
from rendering import HEAD, Package, rendered

SPEC = (
    HEAD
    + """
paths:
  /tickets/{id}:
    patch:
      operationId: edit
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Edit'}}}}
      responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Ticket'}}}}}
  /batches:
    post:
      operationId: send
      requestBody: {content: {application/json: {schema: {anyOf: [{type: array, items: {$ref: '#/components/schemas/Edit'}}, {type: 'null'}]}}}}
      responses: {'204': {description: OK}}
  /jobs: {get: {operationId: current, responses: {'200': {description: OK, content: {application/json: {schema: {anyOf: [{$ref: '#/components/schemas/Place'}, {type: 'null'}]}}}}}}}
  /words: {get: {operationId: get, responses: {'200': {description: OK, content: {application/json: {schema: {type: [string, integer, 'null']}}}}}}}
  /scores: {get: {operationId: get, responses: {'200': {description: OK, content: {application/json: {schema: {type: array, items: {type: [integer, 'null']}}}}}}}}
  /maps: {get: {operationId: get, responses: {'200': {description: OK, content: {application/json: {schema: {type: object, additionalProperties: {enum: [a, b, null]}}}}}}}}
  /free: {get: {operationId: get, responses: {'200': {description: OK, content: {application/json: {schema: {type: object}}}}}}}
  /teams: {get: {operationId: get, responses: {'200': {description: OK, content: {application/json: {schema: {type: object, properties: {places: {type: array, items: {anyOf: [{$ref: '#/components/schemas/Place'}, {type: 'null'}]}}, ids: {type: array, items: {type: integer}}}}}}}}}}
components:
  schemas:
    Edit:
      type: object
      required: [owner]
      properties:
        owner: {type: [string, 'null']}
        title: {type: string}
        size: {type: [integer, 'null'], maximum: 9}
        state: {enum: [open, closed, null]}
        tags: {type: [array, 'null'], items: {type: string}}
        links: {type: object, additionalProperties: {type: [string, 'null']}}
        place: {anyOf: [{$ref: '#/components/schemas/Place'}, {type: 'null'}]}
    Place: {type: object, properties: {room: {type: [string, 'null']}}}
    Ticket: {type: object, properties: {owner: {type: [string, 'null']}, place: {type: [object, 'null'], properties: {room: {type: [string, 'null']}}}}}
"""  # noqa: E501 - one operation or schema per line
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(SPEC, tmp_path_factory.mktemp("nulls"))


@pytest.fixture(scope="module")
def null(package: Package) -> Any:
    return package.module().NULL


def sent(package: Package, operation: str, *args: object, **keywords: object) -> Any:
    """What a method sends as JSON."""
    return json.loads(package.request(operation, *args, **keywords).body.content)


def test_null_is_sent_where_none_is_left_out(package: Package, null: Any) -> None:
    given = dict.fromkeys(("owner", "size", "state", "tags", "place"), null)
    assert sent(package, "tickets.edit", "7", **given, title=None) == dict.fromkeys(given)


def test_null_is_sent_within_models_mappings_and_lists(package: Package, null: Any) -> None:
    models = package.module("models")
    edit = models.Edit(owner=null, place=models.Place(room=null), links={"a": null, "b": None})
    expected = {"owner": None, "place": {"room": None}, "links": {"a": None}}
    assert sent(package, "batches.send", body=[edit, edit.to_dict() | {"owner": "x"}]) == [
        expected,
        {"owner": "x", "place": {}, "links": {}},
    ]
    assert sent(package, "batches.send", body=null) is None
    assert package.request("batches.send").body is None


@pytest.mark.parametrize("wrong", [{"title": ...}, {"links": {}, "owner": 5.5j}])
def test_null_is_refused_where_no_document_allows_it(
    package: Package, null: Any, wrong: dict[str, Any]
) -> None:
    given = {"owner": null, **{key: null if it is ... else it for key, it in wrong.items()}}
    with pytest.raises(TypeError):
        package.request("tickets.edit", "7", **given)


def test_a_nullable_argument_is_still_checked(package: Package) -> None:
    with pytest.raises(ValueError, match="size must be at most 9"):
        package.request("tickets.edit", "7", owner="x", size=10)
    with pytest.raises(TypeError, match="tags must be a list"):
        package.request("tickets.edit", "7", owner="x", tags="abc")


def test_only_what_is_sent_is_typed_with_null(package: Package) -> None:
    signature = inspect.signature(package.module("api.tickets").Tickets.edit)
    assert signature.parameters["owner"].annotation == "str | types.Null"
    assert signature.parameters["size"].annotation == "int | types.Null | None"
    assert signature.parameters["title"].annotation == "str | None"
    models = package.module("models")
    assert models.Edit.__annotations__["title"] == "str | None"
    assert models.Edit.__annotations__["owner"] == "str | types.Null | None"
    assert models.Place.__annotations__["room"] == "str | None"  # a job returns it too
    assert models.Ticket.__annotations__["owner"] == "str | None"


@pytest.mark.parametrize(
    ("operation", "value"),
    [
        ("jobs.current", None),
        ("words.get", None),
        ("words.get", "x"),
        ("scores.get", [None, 3, None]),
        ("maps.get", {"first": None, "second": "a"}),
        ("free.get", {"first": None}),
    ],
)
def test_a_documented_null_stays_where_it_is(
    package: Package, operation: str, value: object
) -> None:
    assert package.parsed(operation, json.dumps(value)) == value


def test_a_documented_null_stays_beside_a_value_of_another_type(package: Package) -> None:
    assert package.parsed("scores.get", '[null, "3", 4.0]') == [None, 3, 4]
    made = package.parsed("teams.get", '{"places": [null, {"room": "x"}], "ids": [null, 1]}')
    assert [place and place.room for place in made.places] == [None, "x"]
    assert made.ids == [1]  # where no document allows null
    assert made.to_dict()["places"] == [None, {"room": "x"}]


def test_null_is_refused_where_a_response_cannot_be_null(package: Package) -> None:
    with pytest.raises(package.module("errors").DecodeError):
        package.parsed("teams.get", "null")


def test_what_may_be_null_is_typed_so(package: Package) -> None:
    def returned(operation: str) -> object:
        return inspect.signature(
            package.module(f"api.{operation}").parse_response
        ).return_annotation

    assert returned("jobs.current") == "models.Place | None"
    assert returned("scores.get") == "list[int | None]"
    assert returned("maps.get") == "dict[str, models.MapsGetResponseValue | None]"


def test_null_is_one_object(null: Any) -> None:
    assert copy.deepcopy([null])[0] is null
    assert pickle.loads(pickle.dumps(null)) is null
    assert repr(null) == "NULL"
