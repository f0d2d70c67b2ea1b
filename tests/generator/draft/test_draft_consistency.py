"""Drafting many operations of one family: one parameter name has one type in all of them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from drafting import cured, folder, openapi, parameter
from vendor import vendor_document

from generator.document import Map, plain

WORDS = {
    "age_of_people": "Filters by how old the people in an image are.",
    "artists": "Finds what these artists made (comma-separated).",
    "collection_codes": "Filters by collections; a comma-separated list of their codes.",
    "compositions": "Filters by the composition of an image.",
    "embed_content_only": "Restricts results to what can be embedded. The default is false.",
    "exclude_nudity": "Leaves out nudity. The default is false.",
    "file_types": "Returns only assets that have one of these file types.",
    "graphical_styles": "Filters by graphical style.",
    "include_facets": "Specifies whether to include facets.",
    "keyword_ids": "Returns only assets with these keywords.",
    "license_models": "The license models to include in the search.",
    "number_of_people": "Filters by the number of people in an image.",
    "orientations": "Returns only images of the selected shapes.",
    "page": "The page to return. The default is 1.",
    "phrase": "What to search for.",
    "product_types": "Filters results to those of one of your product types.",
    "specific_people": "Returns only what shows specific people (comma-delimited).",
}
LISTS = {"age_of_people", "collection_codes", "compositions", "file_types", "graphical_styles"} | {
    *("keyword_ids", "license_models", "number_of_people", "orientations", "product_types"),
    "specific_people",
}
FLAGS = {"embed_content_only", "exclude_nudity", "include_facets"}


def searches() -> dict[str, dict[str, object]]:
    """The searches of the vendor's document, with words instead of types, as in older documents.

    The words of a parameter stand in the first operation that has it. Elsewhere they are fewer.
    """
    seen: set[str] = set()
    found: dict[str, dict[str, object]] = {}
    for path, item in vendor_document()["paths"].items():
        if not path.startswith("/v3/search/") or "get" not in item:
            continue
        listed = []
        for each in item["get"]["parameters"]:
            name = each["name"]
            if each["in"] == "query" and name in WORDS:
                words = f"Narrows by {name.replace('_', ' ')}." if name in seen else WORDS[name]
                listed.append({"name": name, "in": "query", "description": words})
                seen.add(name)
        responses = {"200": {"description": "OK", "schema": {"type": "object"}}}
        found[path] = {"get": {"parameters": listed, "responses": responses}}
    assert seen == {*WORDS}
    return found


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Map:
    """The merged spec that a draft makes of them."""
    document = {
        "swagger": "2.0",
        "info": {"title": "Searches", "version": "1"},
        "host": "api.example.com",
        "schemes": ["https"],
        "paths": searches(),
    }
    return cured(folder(tmp_path_factory.mktemp("searches"), a=yaml.safe_dump(document)))


def types(spec: Map, name: str) -> list[object]:
    """The schemas that a parameter has in all operations."""
    found: dict[str, list[object]] = defaultdict(list)
    for _, item in spec.map("paths").maps():
        for each in item.map("get").seq("parameters").maps():
            found[each.text("name")].append(plain(each["schema"]))
    return found[name]


@pytest.mark.parametrize("name", sorted(WORDS))
def test_a_parameter_has_the_type_that_any_of_its_descriptions_suggests(
    spec: Map, name: str
) -> None:
    first, *others = types(spec, name)
    assert all(each == first for each in others)
    assert isinstance(first, dict)
    expected = "array" if name in LISTS else "boolean" if name in FLAGS else None
    if expected:
        assert first["type"] == expected
    if expected == "array":
        assert first["items"] == {"type": "string"}


def test_documented_types_win_over_what_descriptions_elsewhere_suggest(tmp_path: Path) -> None:
    text = """
        /v3/a:
          get:
            operationId: A
            parameters: [{name: codes, in: query, description: Comma-separated codes.}]
            responses: {204: {description: OK}}
        /v3/b:
          get:
            operationId: B
            parameters: [{name: codes, in: query, schema: {type: string}}]
            responses: {204: {description: OK}}
        """
    spec = cured(folder(tmp_path, a=openapi(text)))
    for path in ("/v3/a", "/v3/b"):
        found = parameter(spec, "codes", path=path)
        assert isinstance(found, dict)
        assert found["schema"] == {"type": "string"}
