"""Names stay: operations keep the released one, and a rename leaves the old one behind."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naming import called, released, stamped, successor
from overlaid import overlay
from support import nodes
from validating import found
from validating import spec as one_operation

from generator.amend import amend
from generator.document import Map, operations
from generator.findings import GeneratorError
from generator.names import assign

BOARDS = """\
paths:
  /v3/boards: {get: {operationId: Boards_GetBoards, tags: [Boards]}}
  /v3/boards/{board_id}: {get: {operationId: Boards_GetBoard, tags: [Boards]}}
"""
ONE = "GET /v3/boards/{board_id}"
RENAMED = BOARDS.replace("Boards_GetBoard,", "Boards_GetBoard, x-method: fetch_board,")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("operationId: Boards_GetBoard, ", ""),
        ("Boards_GetBoard,", "Boards_Fetch,"),
        ("Boards_GetBoard,", "getBoards,"),
        ("tags: [Boards]", "tags: [Lightboxes, Other]"),
        ("tags: [Boards]", "deprecated: true"),
        ("{board_id}", "{id}"),
        ("  /v3/boards/{board_id}", "  /v2/a: {get: {operationId: getBoard}}\n  /v3/boards/{id}"),
    ],
)
def test_an_operation_keeps_its_released_name(old: str, new: str) -> None:
    before = released(BOARDS)
    assert old in BOARDS
    names = called(successor(BOARDS.replace(old, new), before))
    assert [name for name in names.values() if name.startswith("boards.")] == [
        "boards.get_boards",
        "boards.get_board",
    ]


_IDS = st.one_of(st.none(), st.text(max_size=8), st.sampled_from(["a", "A_b", "get", "get_", "b"]))
_PATHS = ["/v3/a", "/v3/a/{x}", "/v3/b", "/a/{x}/b", "/{x}"]
_SPECS = st.dictionaries(
    st.tuples(st.sampled_from(_PATHS), st.sampled_from(["get", "post"])), _IDS, min_size=1
)


def listed(ids: dict[tuple[str, str], str | None]) -> Map:
    """A spec with these operations."""
    spec = nodes("paths: {}")
    for (path, method), operation_id in ids.items():
        item = spec.map("paths").map(path)
        operation = Map(position=spec.position)
        if operation_id is not None:
            operation["operationId"] = operation_id
        item[method] = operation
        spec.map("paths")[path] = item
    return spec


@given(_SPECS, _SPECS)
def test_whatever_operation_ids_become_names_stay_and_nothing_new_takes_them(
    old: dict[tuple[str, str], str | None], new: dict[tuple[str, str], str | None]
) -> None:
    first, second = listed(old), listed(new)
    assign(first)
    assign(second, stamped(first, "1.0.0"))
    before, after = called(first), called(second)
    assert {key: before[key] for key in before.keys() & after.keys()} == {
        key: after[key] for key in before.keys() & after.keys()
    }
    stayed = {before[key] for key in before.keys() & after.keys()}
    assert not stayed & {after[key] for key in after.keys() - before.keys()}


def test_another_version_of_the_path_is_another_operation() -> None:
    spec = successor(BOARDS.replace("/v3/boards:", "/v4/boards:"), released(BOARDS))
    assert called(spec)["GET /v4/boards"] == "boards.get_boards"


BOTH = BOARDS.replace("paths:\n", "paths:\n  /v4/boards: {get: {operationId: Boards_GetBoards}}\n")


def test_a_new_operation_gives_way_to_the_released_one_of_its_name() -> None:
    spec = nodes(BOTH)
    (note,) = assign(spec, released(BOARDS))
    assert called(spec) == {
        "GET /v4/boards": "boards.get_v4_boards",
        "GET /v3/boards": "boards.get_boards",
        ONE: "boards.get_board",
    }
    text = "GET /v4/boards is named boards.get_v4_boards, because boards.get_boards was released"
    assert f"x.yaml:2:21: {text} as the name of GET /v3/boards" in str(note)


def test_the_overlay_that_is_proposed_names_the_new_operation() -> None:
    spec = nodes(BOTH)
    (note,) = assign(spec, released(BOARDS))
    _, action = note.cure.split("overlay:\n")
    again = nodes(BOTH)
    amend([again], [overlay(action.replace("get_v4_boards", "list_all"))])
    assert assign(again, released(BOARDS)) == []
    assert called(again)["GET /v4/boards"] == "boards.list_all"


def test_a_new_operation_gives_way_to_a_former_name_too() -> None:
    again = RENAMED + "  /v4/boards/{id}: {get: {operationId: Boards_GetBoard}}\n"
    assert called(successor(again, released(BOARDS))) == {
        "GET /v3/boards": "boards.get_boards",
        ONE: "boards.fetch_board [boards.get_board 2.0.0]",
        "GET /v4/boards/{id}": "boards.get_v4_boards_id",
    }


def test_a_name_that_an_overlay_gives_to_another_operation_is_no_former_name() -> None:
    again = RENAMED + "  /v4/boards/{id}: {get: {x-method: get_board}}\n"
    assert called(successor(again, released(BOARDS))) == {
        "GET /v3/boards": "boards.get_boards",
        ONE: "boards.fetch_board",
        "GET /v4/boards/{id}": "boards.get_board",
    }


def test_two_operations_can_exchange_their_names() -> None:
    swapped = BOARDS.replace("Boards_GetBoards,", "a, x-method: get_board,")
    swapped = swapped.replace("Boards_GetBoard,", "b, x-method: get_boards,")
    assert list(called(successor(swapped, released(BOARDS))).values()) == [
        "boards.get_board",
        "boards.get_boards",
    ]


def test_an_operation_that_comes_back_is_a_new_one() -> None:
    lost = BOARDS.splitlines(keepends=True)
    first = stamped(successor(RENAMED, released(BOARDS)), "2.0.0")
    second = stamped(successor("".join(lost[:2]), first), "3.0.0")
    assert called(successor(BOARDS, second))[ONE] == "boards.get_board"
    # Until a release without it, it has only been away.
    assert called(successor(BOARDS, first))[ONE] == "boards.fetch_board [boards.get_board 2.0.0]"


@pytest.mark.parametrize(
    ("version", "since"), [("1.4.2", "2.0.0"), ("0.3.1", "0.4.0"), ("10.0.0", "11.0.0")]
)
@pytest.mark.parametrize("name", ["x-method: fetch_board", "x-resource: sets", "x-method: a"])
def test_a_rename_by_overlay_leaves_a_former_name(name: str, version: str, since: str) -> None:
    text = BOARDS.replace("Boards_GetBoard,", f"Boards_GetBoard, {name},")
    resource, method = "boards", "get_board"
    if "resource" in name:
        resource = "sets"
    else:
        method = name.removeprefix("x-method: ")
    assert called(successor(text, released(BOARDS, version))) == {
        "GET /v3/boards": "boards.get_boards",
        ONE: f"{resource}.{method} [boards.get_board {since}]",
    }


def test_the_spec_says_former_names_as_plain_data() -> None:
    spec = successor(RENAMED, released(BOARDS))
    operation = spec.map("paths").map("/v3/boards/{board_id}").map("get")
    assert operation["x-former-names"] == [
        {"resource": "boards", "method": "get_board", "since": "2.0.0"}
    ]
    assert successor(RENAMED, released(BOARDS)) == spec


def test_a_former_name_goes_on_without_the_overlay_once_it_is_released() -> None:
    second = stamped(successor(RENAMED, released(BOARDS)), "2.0.0")
    for text in (RENAMED, BOARDS):
        third = successor(text, second)
        assert called(third)[ONE] == "boards.fetch_board [boards.get_board 2.0.0]"
        assert {**third, "x-release": second["x-release"]} == second or text == BOARDS


def test_a_rename_that_was_never_released_leaves_nothing() -> None:
    before = released(BOARDS)
    other = RENAMED.replace("fetch_board", "read_board")
    assert called(successor(other, before))[ONE] == "boards.read_board [boards.get_board 2.0.0]"
    assert called(successor(BOARDS, before))[ONE] == "boards.get_board"


def test_a_name_that_is_given_back_is_no_former_name_any_more() -> None:
    second = stamped(successor(RENAMED, released(BOARDS)), "2.3.0")
    back = RENAMED.replace("fetch_board", "get_board")
    assert called(successor(back, second))[ONE] == "boards.get_board [boards.fetch_board 3.0.0]"


def test_a_released_name_that_python_cannot_use_is_no_former_name() -> None:
    before = released(BOARDS)
    operation = before.map("paths").map("/v3/boards/{board_id}").map("get")
    operation["x-method"] = "import os"
    assert called(successor(RENAMED, before))[ONE] == "boards.fetch_board"


def refused(spec: Map, before: Map | None = None) -> str:
    """What is said when names cannot be given."""
    with pytest.raises(GeneratorError) as caught:
        assign(spec, before)
    (finding,) = caught.value.findings
    return str(finding)


def test_former_names_cannot_be_written_by_hand() -> None:
    spec = nodes(BOARDS)
    action = "- {target: $.paths.*.get, update: {x-former-names: []}}"
    amend([spec], [overlay(action)])
    del spec.map("paths").map("/v3/boards").map("get")["x-former-names"]
    message = refused(spec)
    assert message.startswith(f"o.yaml:2:38: expected no x-former-names on {ONE}: the generator")
    amend([spec], [overlay(dedent(message.split("overlay:\n")[1]))])
    assert assign(spec) == []


def test_former_names_stand_on_operations_only() -> None:
    text = one_operation("") + "    x-former-names: []\n"
    assert "remove: true" in found(text, "former-names-misplaced")


@pytest.mark.parametrize("release", ["", "x-release: {version: 1.2}", "x-release: {version: v1}"])
def test_a_rename_needs_the_version_that_was_released(release: str) -> None:
    before = nodes(BOARDS + release, "released.yaml")
    assign(before)
    assert called(successor(BOARDS, before))[ONE] == "boards.get_board"
    message = refused(nodes(RENAMED), before)
    assert message.startswith("released.yaml:")
    assert "expected the version of the release" in message
    assert "Restore the file" in message


@pytest.mark.parametrize(
    "names",
    [
        "a",
        "[a]",
        "{}",
        "[{resource: a, method: b}]",
        "[{resource: a, method: b, since: x}]",
        "[[]]",
    ],
)
def test_former_names_of_the_released_spec_have_to_make_sense(names: str) -> None:
    before = released(BOARDS)
    operation = before.map("paths").map("/v3/boards").map("get")
    operation["x-former-names"] = nodes(f"a: {names}", "released.yaml")["a"]
    message = refused(nodes(BOARDS), before)
    assert message.startswith("released.yaml:")
    assert "expected x-former-names to be a list" in message


def test_every_operation_has_names_of_its_own() -> None:
    second = stamped(successor(RENAMED, released(BOARDS)), "2.0.0")
    operation = second.map("paths").map("/v3/boards").map("get")
    operation["x-former-names"] = nodes("a: [{resource: boards, method: get_board, since: 2.0.0}]")[
        "a"
    ]
    names = called(successor(BOARDS, second))
    assert sum("boards.get_board " in name for name in names.values()) == 1
    assert len(list(operations(second))) == len(names)
