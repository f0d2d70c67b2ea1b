"""Applying overlays: the rules of the OpenAPI Overlay standard, one by one."""

from __future__ import annotations

import pytest
from overlaid import overlay
from support import nodes

from generator.amend import amend
from generator.document import plain, pointer
from generator.findings import GeneratorError


def amended(document: str, actions: str, version: str = "1.1.0") -> object:
    root = nodes(document)
    amend([root], [overlay(actions, version)])
    return plain(root)


def refused(document: str, actions: str, version: str = "1.1.0") -> list[str]:
    with pytest.raises(GeneratorError) as caught:
        amended(document, actions, version)
    assert all(finding.cure for finding in caught.value.findings)
    return [str(finding) for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        ("{x: {a: 1}}", "{target: $.x, update: {b: 2}}", {"x": {"a": 1, "b": 2}}),
        ("{x: {a: 1}}", "{target: $.x, update: {a: 2}}", {"x": {"a": 2}}),
        ("{x: {a: 1}}", "{target: $.x, update: {a: text}}", {"x": {"a": "text"}}),
        ("{x: {a: 1}}", "{target: $.x, update: {a: null}}", {"x": {"a": None}}),
        ("{x: {a: null}}", "{target: $.x, update: {a: 1}}", {"x": {"a": 1}}),
        ("{x: {a: {b: 1}}}", "{target: $.x, update: {a: {c: 2}}}", {"x": {"a": {"b": 1, "c": 2}}}),
        ("{x: {a: [1]}}", "{target: $.x, update: {a: [2, 3]}}", {"x": {"a": [1, 2, 3]}}),
        ("{x: [1]}", "{target: $.x, update: [2, 3]}", {"x": [1, 2, 3]}),
        ("{x: [1]}", "{target: $.x, update: 2}", {"x": [1, 2]}),
        ("{x: [1]}", "{target: $.x, update: null}", {"x": [1, None]}),
        ("{x: [1]}", "{target: $.x, update: {a: 2}}", {"x": [1, {"a": 2}]}),
        ("{x: 1}", "{target: $.x, update: 2}", {"x": 2}),
        ("{x: 1}", "{target: $.x, update: null}", {"x": None}),
        ("{x: null}", "{target: $.x, update: 2}", {"x": 2}),
        ("{x: [1, 2]}", "{target: '$.x[0]', update: 3}", {"x": [3, 2]}),
        ("{x: [1, 2]}", "{target: '$.x[-1]', update: 3}", {"x": [1, 3]}),
        ("{x: 1}", "{target: $, update: {y: 2}}", {"x": 1, "y": 2}),
        ("{x: {}, y: {}}", "{target: $.*, update: {a: 1}}", {"x": {"a": 1}, "y": {"a": 1}}),
        ("{x: {a: 1}}", "{target: \"$['x', 'x']\", update: {b: [1]}}", {"x": {"a": 1, "b": [1]}}),
        ("{x: {a: 1}, y: 2}", "{target: $.x, remove: true}", {"y": 2}),
        ("{x: [0, 1, 2, 3]}", "{target: '$.x[0, 2]', remove: true}", {"x": [1, 3]}),
        ("{x: [0, 1, 2, 3]}", "{target: '$.x[-1, 0, 0]', remove: true}", {"x": [1, 2]}),
        ("{x: [0, 1, 2]}", "{target: '$.x[*]', remove: true}", {"x": []}),
        ("{x: {a: {a: 1}}, y: [{a: 1}]}", "{target: $..a, remove: true}", {"x": {}, "y": [{}]}),
        ("{x: [[0, 1], 2]}", "{target: '$..[0]', remove: true}", {"x": [2]}),
        ("{x: {a: 1}}", "{target: $.x, remove: true, update: {b: 1}}", {}),
        ("{x: {a: 1}}", "{target: $.x, remove: false, update: {b: 1}}", {"x": {"a": 1, "b": 1}}),
        (
            "{x: {a: 1}, y: {b: 2}}",
            "{target: $.y, copy: $.x}",
            {"x": {"a": 1}, "y": {"a": 1, "b": 2}},
        ),
        ("{x: [1], y: [2]}", "{target: $.y, copy: $.x}", {"x": [1], "y": [2, 1]}),
        ("{x: {a: 1}, y: []}", "{target: $.y, copy: $.x}", {"x": {"a": 1}, "y": [{"a": 1}]}),
        ("{x: 1, y: 2}", "{target: $.y, copy: $.x}", {"x": 1, "y": 1}),
        ("{x: [1]}", "{target: $.x, copy: $.x}", {"x": [1, 1]}),
        ("{x: {a: {}}}", "{target: $.x.a, copy: $.x}", {"x": {"a": {"a": {}}}}),
    ],
)
def test_one_action_does_what_the_standard_says(before: str, action: str, after: object) -> None:
    assert amended(before, f"- {action}") == after


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        ("{x: {a: 1}}", "{target: $.x, update: {a: 2}}", {"x": {"a": 2}}),
        ("{x: [1]}", "{target: $.x, update: {a: 2}}", {"x": [1, {"a": 2}]}),
        ("{x: {a: [1]}}", "{target: $.x, update: {a: [2]}}", {"x": {"a": [1, 2]}}),
        ("{x: 1}", "{target: $.x, remove: true}", {}),
    ],
)
def test_overlays_of_version_1_0_amend_mappings_and_lists(
    before: str, action: str, after: object
) -> None:
    assert amended(before, f"- {action}", "1.0.0") == after


def test_overlays_of_version_1_0_do_not_target_primitives() -> None:
    (message,) = refused("x: {a: 1}", "- {target: $.x.a, update: 2}", "1.0.0")
    assert "o.yaml:2:6: expected $.x.a to match mappings or lists" in message
    assert "found a number at x.yaml:1:5" in message
    assert "overlay: 1.1.0" in message


@pytest.mark.parametrize(
    ("before", "action", "problem"),
    [
        (
            "x: {a: 1}",
            "{target: $.x, update: 2}",
            "a mapping, as /x is at x.yaml:1:1, found a number",
        ),
        (
            "x: {a: 1}",
            "{target: $.x, update: [2]}",
            "a mapping, as /x is at x.yaml:1:1, found a list",
        ),
        (
            "x: {a: 1}",
            "{target: $.x, update: {a: []}}",
            "a number, as /x/a is at x.yaml:1:5, found a",
        ),
        (
            "x: {a: {}}",
            "{target: $.x, update: {a: 1}}",
            "a mapping, as /x/a is at x.yaml:1:5, found",
        ),
        (
            "x: {a: []}",
            "{target: $.x, update: {a: 1}}",
            "a list, as /x/a is at x.yaml:1:5, found a",
        ),
        (
            "x: {a: null}",
            "{target: $.x, update: {a: {}}}",
            "nothing, as /x/a is at x.yaml:1:5, found",
        ),
        ("x: {a: {}}", "{target: $.x, update: {a: null}}", "a mapping, as /x/a is at x.yaml:1:5, "),
        ("x: 1", "{target: $.x, update: {}}", "a number, as /x is at x.yaml:1:1, found a mapping"),
        ("x: 1", "{target: $.x, update: []}", "a number, as /x is at x.yaml:1:1, found a list"),
        ("x: 1", "{target: $, update: 1}", "a mapping, as the document is at x.yaml:1:1, found a"),
        ("{x: 1, y: {}}", "{target: $.y, copy: $.x}", "a mapping, as /y is at x.yaml:1:8, found a"),
    ],
)
def test_kinds_never_mix(before: str, action: str, problem: str) -> None:
    (message,) = refused(before, f"- {action}")
    assert problem in message
    assert message.startswith("o.yaml:2:")


def test_a_kind_that_does_not_fit_many_nodes_is_told_once() -> None:
    (message,) = refused("x: [{}, {}, {}]", "- {target: '$.x[*]', update: 1}")
    assert "as /x/0 is" in message
    assert "(and so in 2 more places)" in message


def test_the_whole_document_is_not_removed() -> None:
    (message,) = refused("x: 1", "- {target: $, remove: true}")
    assert "o.yaml:2:6: expected a part of the document to remove" in message


def test_a_target_that_matches_nothing_is_refused() -> None:
    (message,) = refused("x: 1", "- {target: $.y, update: {}}")
    assert "o.yaml:2:6: expected $.y to match something, found no match" in message
    assert "The documents have changed, or the target is mistyped" in message


def test_it_is_enough_to_match_in_one_of_the_documents() -> None:
    roots = [nodes("x: {}"), nodes("y: {}"), nodes("x: {}")]
    amend(roots, [overlay("- {target: $.x, update: {a: 1}}")])
    assert list(map(plain, roots)) == [{"x": {"a": 1}}, {"y": {}}, {"x": {"a": 1}}]


@pytest.mark.parametrize(("source", "count"), [("$.no", 0), ("$.x[*]", 2)])
def test_copies_are_of_exactly_one_node(source: str, count: int) -> None:
    (message,) = refused("x: [1, 2]", f"- {{target: $.x, copy: '{source}'}}")
    assert f"o.yaml:2:19: expected {source} to select one node, found {count}" in message


def test_a_copy_comes_from_the_document_that_it_goes_to() -> None:
    roots = [nodes("{x: 1, y: []}"), nodes("{x: 2, y: []}")]
    amend(roots, [overlay("- {target: $.y, copy: $.x}")])
    assert [plain(root.seq("y")) for root in roots] == [[1], [2]]


def test_a_copy_is_a_copy() -> None:
    actions = "- {target: $.y, copy: $.x}\n- {target: $.y.a, update: {b: 1}}"
    assert amended("{x: {a: {}}, y: {}}", actions) == {"x": {"a": {}}, "y": {"a": {"b": 1}}}


def test_what_is_put_in_two_places_is_two_things() -> None:
    actions = "- {target: $.*, update: {a: {}}}\n- {target: $.x.a, update: {b: 1}}"
    assert amended("{x: {}, y: {}}", actions) == {"x": {"a": {"b": 1}}, "y": {"a": {}}}


def test_overlays_themselves_stay_as_they_are() -> None:
    given = overlay("- {target: $, update: {x: {a: []}}}\n- {target: $.x.a, update: 1}")
    first, second = nodes("y: 1"), nodes("y: 2")
    amend([first], [given])
    amend([second], [given])
    assert plain(first.map("x")) == plain(second.map("x")) == {"a": [1]}


def test_a_later_action_sees_what_earlier_ones_did() -> None:
    actions = """
    - {target: $, update: {y: {z: 1}}}
    - {target: $.y.z, update: 2}
    - {target: $.x, copy: $.y}
    - {target: $.y, remove: true}
    """
    assert amended("x: {}", actions) == {"x": {"z": 2}}


def test_a_later_overlay_sees_what_earlier_ones_did() -> None:
    root = nodes("x: {}")
    amend(
        [root],
        [overlay("- {target: $.x, update: {a: 1}}"), overlay("- {target: $.x.a, update: 2}")],
    )
    assert plain(root) == {"x": {"a": 2}}


def test_one_parameter_is_found_by_its_name_and_place() -> None:
    root = nodes("""
        paths:
          /x:
            get:
              parameters:
                - {name: page, in: header}
                - {name: page, in: query}
                - {name: size, in: query}
    """)
    changes = amend(
        [root],
        [
            overlay("""
- target: $.paths['/x'].get.parameters[?@.name=='page' && @.in=='query']
  update: {schema: {type: integer}}
""")
        ],
    )
    assert [pointer(*change.pointer) for change in changes] == [
        "/paths/~1x/get/parameters/1/schema"
    ]


def test_everything_wrong_in_all_overlays_is_told_at_once() -> None:
    overlays = [
        overlay("- {target: $.y, update: {}}\n- {target: $.x, update: []}", name="a.yaml"),
        overlay("- {target: $.x.b, copy: $.z}\n- {target: $, remove: true}", name="b.yaml"),
    ]
    with pytest.raises(GeneratorError) as caught:
        amend([nodes("x: {b: 1}")], overlays)
    places = [str(finding.where) for finding in caught.value.findings]
    assert places == ["a.yaml:2:6", "a.yaml:3:19", "b.yaml:2:21", "b.yaml:3:6"]
