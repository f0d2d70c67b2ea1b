"""Names in Python: always valid, never reserved, the same when they are made again."""

from __future__ import annotations

import keyword
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import nodes

from generator.document import operations
from generator.names import (
    ARGUMENTS,
    FIELDS,
    METHODS,
    RESOURCES,
    argument_names,
    assign,
    class_name,
    module_key,
    snake_case,
)

NASTY = ["'", '"""', "\\", "\n", "\0", "\u202e", "{", "}", "../", "\ud800", "\xdf", "\u0130"]
NASTY += ["\u01c5", "\u037a", "\ufb01", "\xb2", "\u0663", "\u0149", "\u0307"]
_NAMES = st.one_of(
    st.text(),
    st.text("aB1_-. "),
    st.lists(st.sampled_from([*NASTY, "a", "B", "1", "_"])).map("".join),
    st.sampled_from(sorted([*ARGUMENTS, *FIELDS, *RESOURCES, *keyword.kwlist])),
)


@given(_NAMES, st.sampled_from([ARGUMENTS, FIELDS, METHODS, RESOURCES]))
def test_any_text_becomes_a_variable(text: str, reserved: frozenset[str]) -> None:
    name = snake_case(text, reserved)
    assert name.isidentifier()
    assert not keyword.iskeyword(name)
    assert name not in reserved
    assert not name.startswith("_")
    assert name == unicodedata.normalize("NFKC", name)
    assert snake_case(name, reserved) == name


@given(_NAMES)
def test_any_text_becomes_a_class(text: str) -> None:
    name = class_name(text)
    assert name.isidentifier()
    assert not keyword.iskeyword(name)
    assert name == unicodedata.normalize("NFKC", name)


@given(st.text(st.characters(max_codepoint=127)))
def test_the_class_of_a_class_name_differs_from_it_in_case_at_most(text: str) -> None:
    name = class_name(text)
    assert module_key(class_name(name)) == module_key(name)


@pytest.mark.parametrize(
    ("text", "variable", "cls"),
    [
        ("changeSetID", "change_set_id", "ChangeSetID"),
        ("change-set-id", "change_set_id", "ChangeSetId"),
        ("HTTPServer", "http_server", "HTTPServer"),
        ("2nd", "value_2nd", "Value2nd"),
        ("", "value", "Value"),
        ("list", "list_", "List"),
        ("none", "none", "None_"),
        ("id", "id", "Id"),
    ],
)
def test_names_are_spelled_as_python_spells_them(text: str, variable: str, cls: str) -> None:
    assert snake_case(text, FIELDS) == variable
    assert class_name(text) == cls


def test_arguments_of_one_name_carry_their_place() -> None:
    parameters = [("path", "id"), ("query", "id"), ("header", "Id"), ("query", "body")]
    assert argument_names(parameters) == ["id", "id_query", "id_header", "body_"]


PATHS = """
paths:
  /v3/asset-changes/change-sets: {put: {operationId: AssetChanges_GetChangeSet}}
  /v3/{id}: {get: {}, delete: {operationId: ___}}
  /close: {get: {operationId: List, x-method: mine}}
"""


def test_resources_come_from_paths_and_methods_from_operation_ids() -> None:
    spec = nodes(PATHS)
    assign(spec)
    named = [(item.text("x-resource"), item.text("x-method")) for _, _, item in operations(spec)]
    assert named == [
        ("asset_changes", "get_change_set"),
        ("root", "get_id"),
        ("root", "delete_id"),
        ("close_", "mine"),
    ]


def test_released_names_are_kept_whatever_templates_are_called() -> None:
    spec, released = nodes(PATHS), nodes(PATHS.replace("{id}", "{key}"))
    assign(released)
    released.map("paths").map("/v3/{key}").map("get").put("x-method", "fetch")
    assign(spec, released)
    assert spec.map("paths").map("/v3/{id}").map("get").text("x-method") == "fetch"
    assert spec.map("paths").map("/close").map("get").text("x-method") == "mine"


@pytest.mark.parametrize(
    ("path", "resource"),
    [
        ("/api/v3/things/{id}", "things"),
        ("/v3/api/things", "things"),
        ("/rest/api/2.0/things", "things"),
        ("/2.0/things", "things"),
        ("/API/V3/things", "things"),
        ("/api/v2.1-beta/things", "things"),
        ("/v1beta1/things", "things"),
        ("/v1p1beta1/things", "things"),
        ("/v2alpha/things", "things"),
        ("/2026-01-31/things", "things"),
        ("/2026-01-31-preview/things", "things"),
        ("/v1beta1/{id}", "root"),
        ("/beta/things", "beta"),
        ("/services/rest/things", "services"),
        ("/v3/api/{id}", "api_"),
        ("/rest", "rest"),
    ],
)
def test_versions_and_a_prefix_name_no_resource(path: str, resource: str) -> None:
    assert _resource_of(path) == resource


def test_the_prefix_can_be_another_one() -> None:
    assert _resource_of("/services/things", {"services"}) == "things"
    assert _resource_of("/rest/things", {"services"}) == "rest"


def _resource_of(path: str, *prefix: set[str]) -> str:
    spec = nodes(f"paths: {{'{path}': {{get: {{}}}}}}")
    assign(spec, None, *prefix)
    return next(operation.text("x-resource") for _, _, operation in operations(spec))
