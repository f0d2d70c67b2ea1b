"""Writes down in the spec itself which overlay actions had a say in each part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter

from .amend.changes import Change
from .document import Map, Node, Seq, child, operations

Path = tuple[str, ...]

_DEPTH = 3
"""The length of the path of an operation or component."""


def record(spec: Map, changes: Iterable[Change]) -> None:
    """Add the actions that changed them to the `x-source` of operations and components."""
    placed: dict[Path, list[tuple[int, Change]]] = {}
    for number, change in enumerate(changes):
        placed.setdefault(change.pointer[:_DEPTH], []).append((number, change))
    for path, node in dict(_parts(spec)).items():
        near = [each for depth in range(_DEPTH + 1) for each in placed.get(path[:depth], ())]
        found = [each for each in near if touches(each[1], path)]
        actions = list(dict.fromkeys(action(each) for _, each in sorted(found, key=itemgetter(0))))
        if actions:
            origin = node.map("x-source")
            origin["overlays"] = Seq(actions, position=node.position)
            node.put("x-source", origin)


def action(change: Change) -> str:
    """Return the name of an overlay action: file and pointer."""
    return f"{change.overlay}#/actions/{change.action}"


def touches(change: Change, path: Path) -> bool:
    """Return whether a change concerns a part of the spec, something in it, or around it."""
    if change.pointer[: len(path)] == path:
        return True
    if path[: len(change.pointer)] != change.pointer:
        return False
    rest = path[len(change.pointer) :]
    return any(_leads_somewhere(value, rest) for value in (change.before, change.after))


def _leads_somewhere(node: Node, path: Path) -> bool:
    try:
        for part in path:
            node = child(node, part)
    except KeyError:
        return False
    return True


def _parts(spec: Map) -> Iterator[tuple[Path, Map]]:
    for path, method, operation in operations(spec):
        yield ("paths", path, method), operation
    for kind, components in spec.map("components").maps():
        for name, component in components.maps():
            if "$ref" in component:
                continue  # nothing may stand beside a reference
            yield ("components", kind, name), component
