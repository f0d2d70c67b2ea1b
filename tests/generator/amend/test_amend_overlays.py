"""Reading overlays: what is one, what it extends, and what is said of what is none."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import nodes

from generator.amend import Overlay, amend, queries, read_overlays
from generator.findings import GeneratorError

HEAD = "overlay: 1.1.0\ninfo: {title: T, version: '1'}\n"
ACTION = "actions: [{target: $.info, update: {title: New}}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "overlays"
    path.mkdir()
    return path


def read(folder: Path, text: str, *sources: str, name: str = "a.yaml") -> list[Overlay]:
    (folder / name).write_text(text, "utf-8")
    return read_overlays(folder, sources)


def refused(folder: Path, text: str, *sources: str) -> list[str]:
    with pytest.raises(GeneratorError) as caught:
        read(folder, text, *sources)
    assert all(finding.cure for finding in caught.value.findings)
    return [str(finding) for finding in caught.value.findings]


def test_a_missing_folder_holds_no_overlays(tmp_path: Path) -> None:
    assert read_overlays(tmp_path / "overlays", ["a.yaml"]) == []


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "overlays").write_text("")
    with pytest.raises(GeneratorError, match="expected a folder of overlays"):
        read_overlays(tmp_path / "overlays", [])


def test_overlays_come_in_file_name_order(folder: Path) -> None:
    for name in ("b.yml", "c.json", "a.yaml"):
        text = HEAD + ACTION
        if name == "c.json":
            text = (
                '{"overlay": "1.0.0", "info": {"title": "T", "version": "1"},'
                ' "actions": [{"target": "$", "update": {}}]}'
            )
        (folder / name).write_text(text)
    assert [overlay.name for overlay in read_overlays(folder, [])] == ["a.yaml", "b.yml", "c.json"]


def test_each_document_of_a_file_is_an_overlay(folder: Path) -> None:
    first, second = read(
        folder, f"{HEAD}{ACTION}---\n{HEAD.replace('1.1.0', '1.0.0')}{ACTION}---\n"
    )
    assert (first.name, second.name) == ("a.yaml", "a.yaml")
    assert not first.before_1_1
    assert second.before_1_1


def test_actions_know_their_index_position_and_reason(folder: Path) -> None:
    (overlay,) = read(
        folder,
        HEAD
        + "actions:\n- {target: $.a, remove: true}\n- target: $.b\n  description: Why\n  update: 1",
    )
    assert [action.index for action in overlay.actions] == [0, 1]
    assert [action.position.line for action in overlay.actions] == [4, 5]
    assert [action.reason for action in overlay.actions] == ["", "Why"]


def test_hidden_files_are_ignored(folder: Path) -> None:
    (folder / ".a.yaml.swp").write_text("\0")
    (folder / ".git").mkdir()
    assert read_overlays(folder, []) == []


@pytest.mark.parametrize("name", ["a.yaml~", "README", "a.txt"])
def test_other_files_are_refused_since_they_would_silently_not_apply(
    folder: Path, name: str
) -> None:
    (folder / name).write_text(HEAD + ACTION)
    with pytest.raises(GeneratorError, match="are not applied") as caught:
        read_overlays(folder, [])
    assert str(caught.value).startswith(str(folder / name))


def test_a_folder_among_the_overlays_is_refused(folder: Path) -> None:
    (folder / "more.yaml").mkdir()
    with pytest.raises(GeneratorError, match="expected only overlays"):
        read_overlays(folder, [])


@pytest.mark.parametrize(
    ("extends", "document"),
    [
        ("../sources/downloads.yaml", "downloads.yaml"),
        ("./../sources/./downloads.yaml", "downloads.yaml"),
        ("../sources/two%20words.yaml", "two words.yaml"),
        ("../sources/downloads.yaml#", "downloads.yaml"),
        ("downloads.yaml", "downloads.yaml"),
        ("../openapi.yaml", None),
        ("openapi.yaml", None),
        ("https://example.com/sources/downloads.yaml", None),
        ("//example.com/downloads.yaml", None),
        ("file:///sources/downloads.yaml", None),
        ("/sources/downloads.yaml", None),
        ("../../sources/downloads.yaml", None),
        ("''", None),
    ],
)
def test_extends_names_a_source_or_means_the_merged_spec(
    folder: Path, extends: str, document: str | None
) -> None:
    text = f"{HEAD}extends: {extends}\n{ACTION}"
    (overlay,) = read(folder, text, "downloads.yaml", "two words.yaml")
    assert overlay.document == document


def test_without_extends_the_merged_spec_is_meant(folder: Path) -> None:
    assert read(folder, HEAD + ACTION, "downloads.yaml")[0].document is None


@pytest.mark.parametrize("path", ["../sources/download.yaml", "../sources/x/downloads.yaml"])
def test_extending_a_source_that_is_not_there_is_refused(folder: Path, path: str) -> None:
    (message,) = refused(folder, f"{HEAD}extends: {path}\n{ACTION}", "downloads.yaml")
    assert f"a.yaml:3:1: expected a document of the sources folder, found '{path}'" in message
    assert "The documents are: downloads.yaml." in message


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("swagger: '2.0'\n", "1:1", "found a mapping without `overlay`"),
        (HEAD.replace("1.1.0", "1.1") + ACTION, "1:1", "version 1.0.0 or 1.1.0"),
        (HEAD.replace("1.1.0", "2.0.0") + ACTION, "1:1", "found '2.0.0'"),
        ("overlay: 1.1.0\n" + ACTION, "1:1", "'info' of an overlay to be a mapping"),
        ("overlay: 1.1.0\ninfo: {title: T}\n" + ACTION, "2:7", "'version' of info"),
        ("overlay: 1.1.0\ninfo: {version: '1'}\n" + ACTION, "2:7", "'title' of info"),
        (HEAD.replace("'1'", "1") + ACTION, "2:18", "'version' of info to be a string"),
        (HEAD.replace("'1'", "'1', description: 1") + ACTION, "2:32", "'description' of info"),
        (HEAD.replace("'1'", "'1', summary: a") + ACTION, "2:32", "info has no field 'summary'"),
        ("overlay: 1.1.0\ninfo: [1]\n" + ACTION, "2:1", "'info' of an overlay"),
        (HEAD + "description: a\n" + ACTION, "3:1", "an overlay has no field 'description'"),
        (HEAD, "1:1", "'actions' of an overlay to be a list of at least one action, found none"),
        (HEAD + "actions: []", "3:1", "a list of at least one action"),
        (HEAD + "actions: {target: $}", "3:1", "found a mapping"),
        (HEAD + "actions: [1]", "3:10", "expected actions[0] to be a mapping, found a number"),
        (HEAD + "actions: [{update: {}}]", "3:11", "'target' of an action"),
        (HEAD + "actions: [{target: 1, update: {}}]", "3:12", "found a number"),
        (HEAD + "actions: [{target: $, remove: 1}]", "3:23", "'remove' of an action"),
        (HEAD + "actions: [{target: $, copy: 1}]", "3:23", "'copy' of an action"),
        (HEAD + "actions: [{target: $, copy: $, update: {}}]", "3:23", "found both"),
        (HEAD + "actions: [{target: $, update: {}, updates: 1}]", "3:35", "no field 'updates'"),
        (HEAD + "actions: [{target: $.a, update: {}, description: [x]}]", "3:37", "'description'"),
        (HEAD + "extend: a\n" + ACTION, "3:1", "an overlay has no field 'extend'"),
        (HEAD + "extends: [a]\n" + ACTION, "3:1", "'extends' of an overlay"),
        (HEAD + "extends: 'http://[x'\n" + ACTION, "3:1", "expected a URI reference"),
        (
            HEAD.replace("1.1.0", "1.0.0") + "actions: [{target: $, copy: $.a}]",
            "3:23",
            "`copy` requires version 1.1",
        ),
    ],
)
def test_what_breaks_the_standard_is_named_with_its_place(
    folder: Path, text: str, place: str, problem: str
) -> None:
    messages = refused(folder, text)
    found = [message for message in messages if problem in message]
    assert len(found) == 1, messages
    assert f"a.yaml:{place}: " in found[0]


@pytest.mark.parametrize(
    "path",
    ["a", "$.a b", "$[", "$.a ", "$[?@.a=1]", "$['a]", "$[99999999999999999999]", "$[1e999]", "''"],
)
@pytest.mark.parametrize("field", ["target", "copy"])
def test_a_bad_jsonpath_is_refused_in_two_lines(folder: Path, field: str, path: str) -> None:
    fields = {"target": "$", "copy": "$", field: path.replace("'", "''")}
    listed = ", ".join(f"{key}: '{value}'" for key, value in fields.items())
    (message,) = refused(folder, f"{HEAD}actions: [{{{listed}}}]")
    assert "expected a JSONPath expression, found" in message
    assert message.count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "actions: [{target: $, update: {}}]",
        HEAD + "actions: [{target: $}]",
        HEAD + "actions: [{target: $, remove: false}]",
        HEAD + "actions: [{target: $, description: What it is for}]",
        HEAD + "actions: [{target: $, x-why: {a: [1]}}]",
        HEAD + "actions: [{target: $.a, update: null}]",
        HEAD + "actions: [{target: $.a, update: 1}, {target: $.a, update: true}]",
        HEAD + "actions: [{target: $.a, remove: true}, {target: $.a, x-again: null, remove: true}]",
        HEAD + "x-team: null\n" + ACTION,
        HEAD.replace("}", ", x-team: [assets]}") + ACTION,
        HEAD.replace("}", ", description: '*What* it is for'}") + ACTION,
        HEAD.replace("1.1.0", "1.1.7") + ACTION,
        HEAD.replace("1.1.0", "1.0.0") + ACTION,
        HEAD + "extends: https://example.com/openapi.yaml\n" + ACTION,
    ],
)
def test_what_the_standard_allows_is_read(folder: Path, text: str) -> None:
    assert len(read(folder, text)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{target: $.a, remove: true}", "{target: $.a, remove: true}"),
        ("{target: $.a, update: {b: 1, c: [2]}}", "{update: {c: [2], b: 1}, target: $.a}"),
        ("{target: $}", "{target: $}"),
    ],
)
def test_two_equal_actions_are_refused(folder: Path, first: str, second: str) -> None:
    actions = f"- {first}\n- {{target: $.x, remove: true}}\n- {second}"
    (message,) = refused(folder, f"{HEAD}actions:\n{actions}")
    assert "a.yaml:6:3: expected actions that differ, found actions[2] equal to actions[0]" in (
        message
    )


def test_an_action_without_effect_changes_nothing_and_may_match_nothing(folder: Path) -> None:
    overlays = read(folder, HEAD + "actions: [{target: $.info}, {target: $.no, remove: false}]")
    root = nodes("{info: {title: a}}")
    assert amend([root], overlays) == []
    assert root == {"info": {"title": "a"}}


def test_remove_may_stand_beside_update_and_copy(folder: Path) -> None:
    text = f"{HEAD}actions: [{{target: $.a, update: 1, copy: $.b, remove: true}}]"
    assert read(folder, text)[0].actions[0].removes


def test_an_empty_file_is_refused(folder: Path) -> None:
    (message,) = refused(folder, "---\n")
    assert "found an empty file" in message


def test_all_that_is_wrong_in_all_files_is_told_at_once(folder: Path) -> None:
    (folder / "b.yaml").write_text("a: [")
    (folder / "c.txt").write_text("")
    messages = refused(folder, f"{HEAD}actions: [{{target: x, remove: 1}}, {{update: 1}}]")
    assert len(messages) == 5
    assert sum("a.yaml:3" in message for message in messages) == 3


@pytest.mark.parametrize(
    "path",
    [
        "$.info[?match(@, '(a+)+$')]",
        "$..[?search(@.title, '(a|a)*b')]",
        "$.info[?@.a || match(@, '(a*)*') && match(@, '(x+x+)+y') || search(@, '(a+)+b')]",
        "$..*..*..*..*..*..*..*",
        "$[?$..*..*..*..*..*..*]",
    ],
)
@pytest.mark.parametrize("field", ["target", "copy"])
def test_an_expression_that_runs_away_is_refused_with_its_action(
    folder: Path, monkeypatch: pytest.MonkeyPatch, field: str, path: str
) -> None:
    monkeypatch.setattr(queries, "SECONDS", 0.2)
    deep = "{x: " * 60 + "1" + "}" * 60
    root = nodes(f"{{info: {{title: {'a' * 40}!}}, x-deep: {deep}}}")
    fields = {"target": "$.info", "copy": "$.info", field: path}
    overlays = read(folder, f"{HEAD}actions: [{{target: $}}, {json.dumps(fields)}]")
    with pytest.raises(GeneratorError) as caught:
        amend([root], overlays)
    (message,) = map(str, caught.value.findings)
    assert "a.yaml:3:" in message
    assert f"actions[1].{field}" in message
    assert path in message


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
PATHS = st.sampled_from(
    ["$", "$.info", "$.paths", "$..*", "$.tags[0]", "$.info.title", "$.no", "$..[?@.a]", "$["]
) | st.text(alphabet="$.[]*?@'a&|=()0-1:,", max_size=10).map("$".__add__)
ACTIONS = st.fixed_dictionaries(
    {},
    optional={
        "target": PATHS | VALUES,
        "update": VALUES,
        "copy": PATHS | VALUES,
        "remove": st.booleans() | VALUES,
        "description": st.text(max_size=3) | VALUES,
    },
)
GARBAGE = st.fixed_dictionaries(
    {},
    optional={
        "overlay": st.sampled_from(["1.0.0", "1.1.0"]) | VALUES,
        "info": st.just({"title": "T", "version": "1"}) | VALUES,
        "extends": st.sampled_from(["../sources/a.yaml", "http://[", "a"]) | VALUES,
        "actions": st.lists(ACTIONS | VALUES, max_size=4) | VALUES,
    },
)
SOUND = st.fixed_dictionaries(
    {
        "overlay": st.sampled_from(["1.0.0", "1.1.0"]),
        "info": st.just({"title": "T", "version": "1"}),
        "actions": st.lists(
            st.fixed_dictionaries({"target": PATHS, "update": VALUES})
            | st.fixed_dictionaries({"target": PATHS, "copy": PATHS})
            | st.fixed_dictionaries({"target": PATHS, "remove": st.just(True)}),
            min_size=1,
            max_size=4,
        ),
    }
)


@pytest.mark.slow
@given(GARBAGE | SOUND | VALUES)
def test_garbage_is_refused_or_applied_and_never_anything_else(garbage: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.json").write_text(json.dumps(garbage))
        root = nodes("{openapi: 3.1.0, info: {title: a}, paths: {/a: {}}, tags: [{name: a}]}")
        with suppress(GeneratorError):
            amend([root], read_overlays(Path(folder), ["a.yaml"]))
