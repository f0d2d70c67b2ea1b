"""Validating as a whole: what passes, what the official schema adds, what is never a traceback."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import nodes
from validating import codes, findings, found, spec, valid

from generator.document import Map, Node, Position, Seq, copied_map, placed, plain
from generator.findings import Finding
from generator.validate import judged, validate


def test_a_spec_with_everything_in_it_has_no_findings() -> None:
    assert findings(valid()) == []


def test_an_operation_without_security_is_fine() -> None:
    assert findings(spec("")) == []


def test_what_is_misshapen_is_all_that_is_told() -> None:
    (finding,) = findings("openapi: 3.1.0\npaths: []\n")
    assert finding.startswith(
        "x.yaml:2:1: 'paths' of a document must be a mapping, not a list\n    Correct"
    )


def test_a_spec_without_operations_leaves_nothing_to_generate() -> None:
    text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"
    assert found(text, "paths-empty").startswith("x.yaml:1:1:")
    assert found(text + "paths: {}\n", "paths-empty").startswith("x.yaml:3:1:")


def test_a_missing_field_is_named_with_the_place_of_its_object() -> None:
    text = spec("").replace("description: OK", "x-nothing: 1")
    (finding,) = findings(text)
    assert "expected the field description, found none in the response of GET /things" in finding
    assert finding.startswith("x.yaml:6:19:")


def test_a_field_that_openapi_does_not_have_is_found_where_it_is_written() -> None:
    (finding,) = findings(spec("sumary: typo"))
    assert "'sumary' is not a field of the operation of GET /things" in finding
    assert finding.startswith("x.yaml:7:7:")
    assert "- target: \"$.paths['/things'].get.sumary\"\n      remove: true" in finding


def test_fields_that_fit_are_no_findings_beside_the_one_that_explains_them() -> None:
    text = spec("parameters: [{name: a, in: query, style: form, explode: false, example: 1}]")
    assert codes(text) == ["parameter-untyped"]


def test_an_unknown_field_beside_another_mistake_is_found_all_the_same() -> None:
    text = spec("parameters: [{name: a, in: query, stile: form}]")
    assert len(findings(text)) == 2
    assert "'stile' is not a field of the parameter" in found(text, "field-unknown")


def test_what_has_to_be_one_of_several_is_said_so() -> None:
    text = spec("").replace("description: OK", "description: OK, headers: {x-a: {}}")
    (finding,) = findings(text)
    assert "expected schema or content in the header of GET /things, found none" in finding


def test_a_component_with_an_impossible_name_is_found_at_its_name() -> None:
    text = spec("") + "components:\n  schemas:\n    A b: {type: string}\n"
    assert found(text, "name-pattern").startswith("x.yaml:9:5:")


def test_extensions_hold_what_they_like() -> None:
    assert findings(spec("x-anything: {$ref: nowhere, in: [1]}") + "x-else: [1]\n") == []


def test_a_path_item_cannot_be_a_reference() -> None:
    text = spec("") + "  /other: {$ref: '#/paths/~1things'}\n"
    assert codes(text) == ["path-reference"]


def test_webhooks_are_left_aside() -> None:
    hook = "webhooks: {new: {post: {parameters: [], responses: {'500': {description: bad}}}}}\n"
    assert findings(spec("") + hook) == []


def test_long_texts_of_the_document_are_not_repeated_in_full() -> None:
    text = spec("").replace("/things:", f"/{'a' * 500}#b:")
    assert all(len(line) < 300 for line in findings(text)[0].splitlines()[:1])


NASTY = [
    "'",
    '"',
    '"""',
    "\n",
    "\0",
    "\u202e",
    "{",
    "}",
    "{}",
    "../",
    "\\",
    "\ud800",
    "~1",
    "#",
    "%2e",
    "",
    "$ref",
    "x-",
]


def _places(
    node: Node, at: tuple[Map | Seq, object] | None = None
) -> list[tuple[Map | Seq, object]]:
    here = [at] if at else []
    if isinstance(node, Map):
        return here + [place for key in node for place in _places(node[key], (node, key))]
    if isinstance(node, Seq):
        return here + [
            place for index, item in enumerate(node) for place in _places(item, (node, index))
        ]
    return here


_VALID = valid()
_VALUES = st.one_of(
    st.sampled_from(NASTY),
    st.none(),
    st.booleans(),
    st.integers(),
    st.just({}),
    st.just([]),
    st.just({"$ref": "#/components/schemas/Thing"}),
    st.just({"$ref": "#/paths"}),
    st.just({"$ref": "#/components/parameters/Page"}),
)


@given(st.data())
def test_whatever_is_changed_in_a_spec_findings_are_all_that_comes_of_it(
    data: st.DataObject,
) -> None:
    root = copied_map(_VALID)
    for _ in range(data.draw(st.integers(1, 4))):
        holder, key = data.draw(st.sampled_from(_places(root)))
        value = placed(data.draw(_VALUES), Position("y.yaml"))
        if isinstance(holder, Map) and isinstance(key, str):
            match data.draw(st.sampled_from(["replace", "rename", "remove"])):
                case "replace":
                    holder[key] = value
                case "rename":
                    holder[data.draw(st.sampled_from(NASTY))] = holder.pop(key)
                case _:
                    del holder[key]
        elif isinstance(holder, Seq) and isinstance(key, int):
            holder[key] = value
    before = plain(root)
    result = validate(root)
    assert plain(root) == before
    assert all(isinstance(finding, Finding) and str(finding) for finding in result)
    for finding in result:
        assert all(char == "\n" or char.isprintable() for char in str(finding))


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("links: {first: {operationId: a, parameters: {id: 1}}}", "found a number in 'id'"),
        ("links: {first: {description: Neither}}", "expected operationRef or operationId"),
        ("content: {text/plain: {examples: {a: {value: 1, more: 2}}}}", "'more' is not a field"),
    ],
)
def test_what_no_client_uses_is_only_a_warning(more: str, problem: str) -> None:
    text = spec("").replace("{description: OK}", f"{{description: OK, {more}}}")
    errors, warnings = judged(nodes(text))
    assert errors == []
    assert any(problem in str(each) for each in warnings)
    assert all("kept, because clients do not use it" in str(each) for each in warnings)


def test_what_a_client_uses_is_an_error_though_it_has_the_name_of_what_it_does_not() -> None:
    text = spec("").replace("paths:\n  /things:", "paths:\n  /links:\n    odd: 1\n  /examples:")
    errors, warnings = judged(nodes(text))
    assert len(errors) == 1
    assert warnings == []
