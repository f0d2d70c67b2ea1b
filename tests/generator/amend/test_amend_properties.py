"""Amending any tree at all, compared with a few lines that say the same of plain data."""

from __future__ import annotations

import copy

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from overlaid import action_from

from generator.amend import Change, Overlay, amend
from generator.amend.queries import Query
from generator.document import Map, Node, Position, Seq, child, placed, plain
from generator.findings import GeneratorError

SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "s"])
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=12,
)
ROOTS = st.dictionaries(st.sampled_from("abc"), TREES, max_size=3)
PATHS = st.sampled_from(
    ["$", "$.*", "$.a", "$.a.*", "$..a", "$..*", "$.a[0]", "$..[1]", "$..[?@.b]"]
)
HERE = Position("o.yaml", 1, 1)


def run(tree: object, action: dict[str, object]) -> tuple[Map, list[Change]]:
    root, node = placed(tree, Position("x.yaml")), placed(action, HERE)
    assert isinstance(root, Map)
    assert isinstance(node, Map)
    return root, amend([root], [Overlay("o.yaml", None, (action_from(0, node),))])


class MixError(Exception):
    """Two kinds meet."""


def merge(target: object, value: object) -> object:
    """The standard's rules once more, on plain data."""
    if isinstance(target, dict) and isinstance(value, dict):
        return target | {
            key: merge(target[key], item) if key in target else item for key, item in value.items()
        }
    if isinstance(target, list) and isinstance(value, list):
        return target + value
    if isinstance(target, dict | list) or isinstance(value, dict | list):
        raise MixError
    return value


@given(ROOTS, TREES)
def test_updating_any_tree_agrees_with_a_plain_merge(
    tree: dict[str, object], value: object
) -> None:
    assume("a" in tree)
    present = tree["a"]
    before = copy.deepcopy(value)
    try:
        wrapped = value if not isinstance(present, list) or isinstance(value, list) else [value]
        expected = tree | {"a": merge(present, wrapped)}
    except MixError:
        with pytest.raises(GeneratorError):
            run(tree, {"target": "$.a", "update": value})
        return
    root, changes = run(tree, {"target": "$.a", "update": value})
    assert _same(plain(root), expected)
    assert value == before
    for change in changes:
        found: Node = root
        for part in change.pointer:
            found = child(found, part)
        assert _same(plain(found), plain(change.after))
    assert bool(changes) is not _same(plain(placed(tree, HERE)), expected)


def _same(one: object, other: object) -> bool:
    return repr(one) == repr(other)


def paths(tree: object, at: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [at]
    if isinstance(tree, dict | list):
        items = tree.items() if isinstance(tree, dict) else enumerate(tree)
        found += [path for key, item in items for path in paths(item, (*at, str(key)))]
    return found


def without(tree: object, gone: set[tuple[str, ...]], at: tuple[str, ...] = ()) -> object:
    if isinstance(tree, dict):
        return {
            key: without(item, gone, (*at, key))
            for key, item in tree.items()
            if (*at, key) not in gone
        }
    if isinstance(tree, list):
        return [
            without(item, gone, (*at, str(index)))
            for index, item in enumerate(tree)
            if (*at, str(index)) not in gone
        ]
    return tree


@given(ROOTS, st.data())
def test_removing_any_nodes_leaves_exactly_the_others(
    tree: dict[str, object], data: st.DataObject
) -> None:
    everything = paths(tree)[1:]
    assume(everything)
    root = placed(tree, HERE)
    assert isinstance(root, Map)
    target = data.draw(PATHS)
    gone = {match.path for match in Query(target, HERE).matches(root)}
    assume(gone and () not in gone)
    result, changes = run(tree, {"target": target, "remove": True})
    assert plain(result) == without(tree, gone)
    assert {change.pointer for change in changes} <= gone
    assert all(change.kind == "removed" for change in changes)


@given(ROOTS, PATHS, TREES)
def test_everything_in_an_amended_tree_knows_its_place(
    tree: dict[str, object], target: str, value: object
) -> None:
    try:
        root, _ = run(tree, {"target": target, "update": value})
    except GeneratorError:
        return

    def check(node: Node) -> None:
        assert not isinstance(node, dict | list) or isinstance(node, Map | Seq)
        for item in (
            node.values() if isinstance(node, Map) else node if isinstance(node, Seq) else ()
        ):
            check(item)

    check(root)
