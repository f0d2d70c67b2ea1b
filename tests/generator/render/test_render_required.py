"""Fields that the documents require, and how they are read when a response lacks them."""

from __future__ import annotations

import logging
import typing
from pathlib import Path
from typing import Any

import pytest
from rendering import HEAD, Package, rendered

SPEC = (
    HEAD
    + """
paths:
  /orders:
    get:
      operationId: Orders_List
      responses: {'200': {description: Ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
    post:
      operationId: Orders_Create
      requestBody: {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/NewOrder'}}}}}
      responses: {'204': {description: Made.}}
components:
  schemas:
    Order:
      type: object
      required: [id, name, count, made, lines, note, password, anything]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string}
        count: {type: integer}
        made: {type: string, format: date-time}
        lines: {type: array, items: {$ref: '#/components/schemas/Line'}}
        token: {type: string, format: password, readOnly: true}
        note: {type: [string, 'null']}
        password: {type: string, writeOnly: true}
        remark: {type: string}
        anything: {}
    Line: {type: object, required: [token], properties: {token: {type: string, format: password, readOnly: true}}}
    NewOrder: {type: object, required: [name], properties: {name: {type: string}}}
"""  # noqa: E501 - one operation or schema per line
)
WHOLE = {
    "id": "1",
    "name": "a",
    "count": 2,
    "made": "2026-01-02T03:04:05Z",
    "lines": [{"token": "t"}],
    "note": None,
    "anything": None,
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(SPEC, tmp_path_factory.mktemp("required"))


@pytest.fixture
def models(package: Package) -> Any:
    package.module("_decoding")._reported.clear()
    return package.module("models")


def test_only_fields_that_are_required_and_never_null_are_not_optional(models: Any) -> None:
    hints = typing.get_type_hints(models.Order)
    optional = {name for name, kind in hints.items() if type(None) in typing.get_args(kind)}
    assert optional - {"raw"} == {"note", "password", "remark", "token", "anything"}
    assert hints["name"] is str
    assert hints["lines"] == list[models.Line]
    assert typing.get_type_hints(models.NewOrder)["name"] is str


def test_a_response_that_has_everything_is_read_without_a_warning(
    models: Any, caplog: pytest.LogCaptureFixture
) -> None:
    order = models.Order.from_dict(WHOLE)
    assert (order.id, order.count, order.lines[0].token) == ("1", 2, "t")
    assert caplog.records == []


@pytest.mark.parametrize("name", ["id", "name", "count", "made", "lines"])
@pytest.mark.parametrize("fault", ["missing", "null", "odd"])
def test_a_field_that_a_response_lacks_is_none_and_logged_once(
    models: Any, caplog: pytest.LogCaptureFixture, name: str, fault: str
) -> None:
    data: dict[str, object] = {**WHOLE, name: {"missing": None, "null": None, "odd": {}}[fault]}
    if fault == "missing":
        del data[name]
    with caplog.at_level(logging.WARNING):
        orders = [models.Order.from_dict(data) for _ in range(2)]
    assert [getattr(order, name) for order in orders] == [None, None]
    assert orders[0].raw is data
    (record,) = caplog.records
    reason = "not of the documented type" if fault == "odd" else "required, but missing or null"
    assert record.getMessage() == f"Order.{name} is {reason}; it is None, see `raw`"


def test_what_only_requests_have_is_not_missed_in_a_response(
    models: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert models.Order.from_dict(WHOLE).password is None
    assert caplog.records == []


def test_the_docstring_of_a_model_that_is_returned_says_what_may_be_none(models: Any) -> None:
    text = " ".join(models.Order.__doc__.split())
    assert "If a response lacks a field that is not optional" in text
    assert "not optional" not in models.NewOrder.__doc__


def test_read_only_fields_need_not_be_given_and_secret_ones_stay_hidden(models: Any) -> None:
    assert models.Line().token is None
    line = models.Line(token="hush")
    assert "hush" not in repr(line)
    with pytest.raises(TypeError, match="count"):
        models.Order(name="a", made=None, lines=[], note=None, password=None, anything=None)


def test_of_several_models_one_whose_required_fields_are_there_is_taken(tmp_path: Path) -> None:
    union = """
components:
  schemas:
    One: {type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}}
    Two: {type: object, required: [a], properties: {a: {type: string}}}
    Some: {type: object, properties: {it: {anyOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}]}}}
"""  # noqa: E501 - one schema per line
    models = rendered(f"{HEAD}paths: {{}}{union}", tmp_path).module("models")
    assert isinstance(models.Some.from_dict({"it": {"a": "x"}}).it, models.Two)
    assert isinstance(models.Some.from_dict({"it": {"a": "x", "b": "y"}}).it, models.One)
