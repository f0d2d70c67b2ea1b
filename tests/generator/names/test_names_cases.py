"""Names in Python: cases at the edges, where names get long or meet each other."""

from __future__ import annotations

import itertools

import pytest
from support import nodes

from generator.document import operations
from generator.names import ARGUMENTS, LONGEST, argument_names, assign, class_name, snake_case


def named(path: str, operation: str = "") -> tuple[str, str]:
    """Resource and method of the one operation of a spec."""
    spec = nodes(f"paths:\n  {path}:\n    get: {{{operation}}}\n")
    assign(spec)
    ((_, _, node),) = operations(spec)
    return node.text("x-resource"), node.text("x-method")


@pytest.mark.parametrize(
    ("wire", "name"),
    [
        ("GI-Country-Code", "gi_country_code"),
        ("filter[name]", "filter_name"),
        ("$top", "top"),
        ("-", "value"),
        ("timeout", "timeout_"),
        ("größe", "größe"),
        ("ﬁle", "file"),
    ],
)
def test_odd_names_of_parameters_become_arguments(wire: str, name: str) -> None:
    assert snake_case(wire, ARGUMENTS) == name


@pytest.mark.parametrize(
    ("wire", "name"), [("Getty.Search.Image`1[T]", "GettySearchImage1T"), ("3D", "Value3D")]
)
def test_odd_names_of_schemas_become_classes(wire: str, name: str) -> None:
    assert class_name(wire) == name


@pytest.mark.parametrize(
    ("path", "operation", "expected"),
    [
        ("/v3.1/asset-changes", "operationId: getChanges", "get_changes"),
        ("/asset-changes/{id}", "", "get_asset_changes_id"),
        ("/{version}/asset-changes", "operationId: '???'", "get_version_asset_changes"),
        ("/v3/asset-changes/x", "operationId: Things_class", "class_"),
    ],
)
def test_methods_come_from_ids_or_paths(path: str, operation: str, expected: str) -> None:
    assert named(path, operation) == ("asset_changes", expected)


def test_what_the_client_has_of_its_own_is_not_hidden() -> None:
    assert named("/v3/call", "operationId: list") == ("call_", "list")


def test_long_names_are_cut_between_words() -> None:
    resource, method = named("/v3/" + "/".join(["a-long-segment"] * 20))
    assert resource == "a_long_segment"
    assert len(method) <= LONGEST
    assert method.endswith(("_a", "_long", "_segment"))
    assert len(named(f"/v3/{'x' * 500}")[0]) == LONGEST


@pytest.mark.parametrize(
    ("wires", "names"),
    [
        (["pageSize", "page_size"], ["page_size_2", "page_size"]),
        (["a>", "a<"], ["a_2", "a"]),
        (["A", "a.", "a_2", "-a"], ["a_3", "a_4", "a_2", "a"]),
        (["class<", "class>"], ["class_", "class_2"]),
    ],
)
def test_names_that_are_equal_in_python_are_numbered_whatever_their_order(
    wires: list[str], names: list[str]
) -> None:
    for order in itertools.permutations(range(len(wires))):
        found = argument_names([("query", wires[index]) for index in order])
        assert found == [names[index] for index in order]
