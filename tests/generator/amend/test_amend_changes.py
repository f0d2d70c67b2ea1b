"""What amending leaves behind: positions, documents of the right shape, a record of changes."""

from __future__ import annotations

import pytest
from overlaid import overlay
from support import nodes

from generator.amend import amend
from generator.document import plain, pointer
from generator.findings import GeneratorError

pytestmark = pytest.mark.slow


def refused(document: str, actions: str) -> list[str]:
    with pytest.raises(GeneratorError) as caught:
        amend([nodes(document)], [overlay(actions)])
    assert all(finding.cure for finding in caught.value.findings)
    return [str(finding) for finding in caught.value.findings]


def test_what_is_inserted_knows_its_place_in_the_overlay() -> None:
    root = nodes("{x: {a: 1, b: {}}, y: {}}")
    actions = "- {target: $.x, update: {a: 2, c: {d: [1]}}}\n- {target: $.y, copy: $.x.b}\n"
    amend([root], [overlay(actions + "- {target: $.y, update: {e: 1}}")])
    x = root.map("x")
    assert str(x.position_of("a")) == "o.yaml:2:28"
    assert str(x.position_of("c")) == "o.yaml:2:34"
    assert str(x.map("c").position_of("d")) == "o.yaml:2:38"
    assert x.position_of("b").file == "x.yaml"
    assert root.map("y").position.file == "x.yaml"


def test_what_is_copied_knows_its_place_in_the_document() -> None:
    root = nodes("{x: {a: {b: 1}}, y: {}}")
    amend([root], [overlay("- {target: $.y, copy: $.x}")])
    assert root.map("y").position_of("a") == root.map("x").position_of("a")
    assert root.map("y").map("a").position_of("b") == root.map("x").map("a").position_of("b")


@pytest.mark.parametrize(
    ("update", "problem"),
    [
        ("{tags: [1]}", "'0' in 'tags' of an operation must be a string, not a number"),
        ("{parameters: {}}", "'parameters' of an operation must be a list, not a mapping"),
        ("{responses: {'200': text}}", "'200' in 'responses' of an operation must be a mapping"),
        ("{requestBody: {content: []}}", "'content' of a request body must be a mapping"),
    ],
)
def test_an_action_that_leaves_another_shape_is_named(update: str, problem: str) -> None:
    actions = f"- {{target: $.x, update: {{b: 1}}}}\n- {{target: $.paths.*.get, update: {update}}}"
    (message,) = refused("{x: {}, paths: {/a: {get: {tags: []}}}}", actions)
    assert "o.yaml:3:5: after actions[1] the document is not valid OpenAPI: " in message
    assert problem in message


def test_a_copy_that_leaves_another_shape_is_named() -> None:
    document = "{x: [{y: 1}], paths: {/a: {get: {tags: []}}}}"
    (message,) = refused(document, "- {target: '$.paths.*.get.tags', copy: $.x}")
    assert "o.yaml:2:5: after actions[0]" in message


def test_copies_of_copies_have_an_end() -> None:
    actions = "\n".join(["- {target: $.x, copy: $}"] + ["- {target: $.y, copy: $.y}"] * 40)
    # A long text counts as many values, so that few copies of it are made.
    messages = refused(f"{{x: {{}}, y: [{'x' * 1_000_000}]}}", actions)
    assert "expected overlays to insert at most 1000000 values" in messages[0]


def test_the_text_that_overlays_insert_has_a_bound() -> None:
    listed = ", ".join(["{a: 1}"] * 2000)
    (message,) = refused(f"x: [{listed}]", f"- {{target: '$.x.*', update: {{a: {'x' * 100_000}}}}}")
    assert "expected overlays to insert at most 1000000 values" in message
    assert "each 100 characters of a text" in message


def test_overlays_do_not_nest_a_document_without_end() -> None:
    actions = "\n".join(["- {target: $.x, copy: $}", "- {target: $.x.x, copy: $}"] * 60)
    messages = refused("x: {x: {}}", actions)
    assert "levels" in messages[0]


def test_changes_say_what_was_done_where_and_why() -> None:
    root = nodes("{x: {a: 1, b: {c: [1]}, d: same}, y: [1, 2, 3], z: 1}")
    given = overlay("""
- target: $.x
  description: First
  update: {a: 2, b: {c: [2], e: {f: 1}}, d: same}
- target: $.y[1, 2]
  description: Second
  remove: true
- {target: $.z, update: 2}
""")
    found = [
        (
            change.action,
            pointer(*change.pointer),
            change.kind,
            plain(change.before),
            plain(change.after),
        )
        for change in amend([root], [given])
    ]
    assert found == [
        (0, "/x/a", "changed", 1, 2),
        (0, "/x/b/c/1", "added", None, 2),
        (0, "/x/b/e", "added", None, {"f": 1}),
        (1, "/y/1", "removed", 2, None),
        (1, "/y/2", "removed", 3, None),
        (2, "/z", "changed", 1, 2),
    ]


def test_a_change_knows_its_action() -> None:
    (change,) = amend(
        [nodes("x: {}")], [overlay("- {target: $.x, update: {a: 1}, description: Why}")]
    )
    assert (change.overlay, change.action, change.reason) == ("o.yaml", 0, "Why")
    assert str(change.position) == "o.yaml:2:5"


def test_a_change_stays_what_it_was_when_later_actions_go_on() -> None:
    actions = "- {target: $, update: {x: {a: 1}}}\n- {target: $.x, update: {b: 2}}"
    first, _ = amend([nodes("y: 1")], [overlay(actions)])
    assert plain(first.after) == {"a": 1}


def test_a_value_of_another_type_is_a_change_although_python_finds_it_equal() -> None:
    (change,) = amend([nodes("x: 1")], [overlay("- {target: $.x, update: true}")])
    assert (change.before, change.after) == (1, True)


def test_another_shape_is_told_once_although_later_overlays_keep_it() -> None:
    bad, other = "- {target: $, update: {info: 1}}", "- {target: $.x, update: {a: 1}}"
    with pytest.raises(GeneratorError) as caught:
        amend([nodes("x: {}")], [overlay(bad), overlay(other, name="p.yaml")])
    assert [str(finding.where) for finding in caught.value.findings] == ["o.yaml:2:5"]


@pytest.mark.parametrize(("target", "copy"), [("['/b']", "['/a']"), ("['/b'].get", "['/a'].get")])
def test_no_operation_is_copied_on_top_of_another(target: str, copy: str) -> None:
    item = "{get: {responses: {'200': {description: OK}}}}"
    document = (
        f"{{openapi: 3.1.0, info: {{title: T, version: '1'}}, paths: {{/a: {item}, /b: {item}}}}}"
    )
    action = f'- {{target: "$.paths{target}", copy: "$.paths{copy}"}}'
    (message,) = refused(document, action)
    assert "found 'GET /b' there" in message


def test_an_operation_can_be_copied_beside_another() -> None:
    item = "{%s: {responses: {'200': {description: OK}}}}"
    root = nodes(f"{{openapi: 3.1.0, paths: {{/a: {item % 'get'}, /b: {item % 'put'}}}}}")
    amend([root], [overlay("- {target: \"$.paths['/b']\", copy: \"$.paths['/a']\"}")])
    assert [*root.map("paths").map("/b")] == ["put", "get"]
