"""A new document says less of pages than an overlay says of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting import at, cured, folder, openapi, operation

from generator.client import PAGINATION

OVERLAY = """
overlay: 1.1.0
info: {title: Pages, version: '1'}
actions:
  - description: Things are returned in pages.
    target: $.paths['/v3/things'].get
    update: {x-pagination: {page: page, items: things, total: count}}
"""


def specs_of(folder_: Path, properties: str, page: str = "integer") -> Path:
    """The specs of one operation whose response has some properties."""
    paths = f"""
        /v3/things:
          get:
            operationId: Things_List
            parameters: [{{name: page, in: query, schema: {{type: {page}}}}}]
            responses:
              '200':
                description: OK
                content:
                  application/json:
                    schema: {{$ref: '#/components/schemas/Things'}}
    """
    schemas = f"""
        components:
          schemas:
            Things: {{type: object, properties: {properties}}}
    """
    specs = folder(folder_, a=openapi(paths, schemas))
    (specs / "overlays").mkdir()
    (specs / "overlays" / "50-pages.yaml").write_text(OVERLAY, "utf-8")
    return specs


def test_a_property_without_a_type_gets_that_which_pages_need(tmp_path: Path) -> None:
    spec = cured(specs_of(tmp_path, "{things: {nullable: true}, count: {description: All.}}"))
    properties = at(spec, "components", "schemas", "Things", "properties")
    assert isinstance(properties, dict)
    assert properties["things"]["type"] == "array"
    assert properties["count"]["type"] == "integer"
    assert PAGINATION in operation(spec)


@pytest.mark.parametrize(
    ("properties", "page"),
    [
        ("{count: {type: integer}}", "integer"),
        ("{things: {type: string}, count: {type: integer}}", "integer"),
        ("{things: {type: array, items: {type: string}}, count: {type: integer}}", "string"),
    ],
)
def test_pages_that_an_operation_does_not_have_any_more_are_left_out(
    tmp_path: Path, properties: str, page: str
) -> None:
    assert PAGINATION not in operation(cured(specs_of(tmp_path, properties, page)))
