"""Scalar types that have a class in Python: decimal numbers, sent and returned as text."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from comparing import compared_edits
from rendering import HEAD, Package, rendered

SPEC = HEAD + (
    "paths:\n"
    "  /prices/{price}:\n"
    "    post:\n"
    "      operationId: Prices_Change\n"
    "      parameters:\n"
    "      - {name: price, in: path, required: true, schema: {type: string, format: decimal}}\n"
    "      - {name: below, in: query,"
    " schema: {type: array, items: {type: string, format: decimal}}}\n"
    "      requestBody:\n"
    "        content: {application/json: {schema: {$ref: '#/components/schemas/Price'}}}\n"
    "      responses:\n"
    "        '200':\n"
    "          description: OK\n"
    "          content: {application/json: {schema: {$ref: '#/components/schemas/Price'}}}\n"
    "components:\n"
    "  schemas:\n"
    "    Price:\n"
    "      type: object\n"
    "      properties:\n"
    "        amount: {type: string, format: decimal}\n"
    "        either: {anyOf: [{type: string}, {type: string, format: decimal}]}\n"
    "        decimal: {type: string, format: decimal}\n"
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(SPEC, tmp_path_factory.mktemp("scalars"))


def test_a_decimal_number_is_sent_digit_by_digit(package: Package) -> None:
    request = package.request(
        "prices.change", Decimal("1.50"), below=[Decimal("1E+2"), "2"], amount=Decimal("0.10")
    )
    assert request.target == "/prices/1.50?below=100&below=2"
    assert json.loads(request.body.content) == {"amount": "0.10"}


def test_a_decimal_number_is_read_from_text(package: Package) -> None:
    price = package.parsed("prices.change", '{"amount": "12.50", "either": "7", "decimal": "1"}')
    assert (price.amount, price.either, price.decimal_) == (
        Decimal("12.50"),
        Decimal(7),
        Decimal(1),
    )
    assert str(price.amount) == "12.50"
    assert price.to_dict() == {"amount": "12.50", "either": "7", "decimal": "1"}


@pytest.mark.parametrize("value", ['"NaN"', '"1e9"', '" 1"', '""', "1.5", "true"])
def test_what_is_no_decimal_number_is_none(package: Package, value: str) -> None:
    assert package.parsed("prices.change", f'{{"amount": {value}}}').amount is None


def test_text_that_becomes_a_decimal_number_has_changed_its_type() -> None:
    found = compared_edits(("note: {type: string}}", "note: {type: string, format: decimal}}"))
    assert {item.kind.id for item in found} == {"property-type-changed"}
    assert {(item.before, item.after) for item in found} == {
        ("str | None", "decimal.Decimal | None")
    }


def test_only_modules_with_decimal_numbers_import_them(package: Package, tmp_path: Path) -> None:
    other = rendered(SPEC.replace("format: decimal", "format: other"), tmp_path)
    for name in ("api/prices/__init__.py", "api/prices/change.py", "models/price.py"):
        assert "\nimport decimal\n" in (package.folder / name).read_text("utf-8")
        assert "import decimal" not in (other.folder / name).read_text("utf-8")
