"""Refuses paths that are equal but for template names, and operation ids that two share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.document import Map, Node, Seq, copied, copied_map, plain
from generator.findings import Finding
from generator.jsonpath import jsonpath

from .conflicts import Contradiction
from .log import Conflict
from .occurrences import Home, Side, reached
from .operations import Operations
from .proposed_overlays import Action

_TEMPLATE = re.compile(r"\{([^{}]*)\}")


def shared_ids(operations: Operations) -> list[Contradiction]:
    """Return one for each operation whose id another operation has taken."""
    owners: dict[str, tuple[str, str]] = {}
    findings: list[Contradiction] = []
    taken = {side.map.text("operationId") for sides in operations.found.values() for side in sides}
    for key, sides in sorted(operations.found.items()):
        for name in dict.fromkeys(side.map.text("operationId") for side in sides):
            owner = owners.setdefault(name, key)
            if name and owner != key and _form(owner) != _form(key):
                findings.append(_shared(operations, name, owner, key, taken))
    return findings


def _form(key: tuple[str, str]) -> tuple[str, str]:
    """Return a key of path and method that is equal for operations which `shared_paths` unites."""
    return _TEMPLATE.sub("{}", key[0]), key[1]


def _shared(
    operations: Operations, name: str, owner: tuple[str, str], key: tuple[str, str], taken: set[str]
) -> Contradiction:
    sides = [s for s in operations.found[key] if s.map.text("operationId") == name]
    first = next(s for s in operations.found[owner] if s.map.text("operationId") == name)
    fresh = name
    while fresh in taken:
        fresh += f"_{key[1]}"
    taken.add(fresh)
    target = jsonpath(sides[0].home.root, sides[0].at)
    action: Action = {"target": target, "update": {"operationId": fresh}}
    finding = Finding(
        sides[0].child("operationId").position,
        "operation-id-shared",
        name=name,
        operation=f"{key[1].upper()} {key[0]}",
        other=f"{owner[1].upper()} {owner[0]}",
        place=first.child("operationId").position,
    )
    return Contradiction(finding, tuple((side.home, (action,)) for side in sides))


def shared_paths(homes: Sequence[Home]) -> list[Contradiction]:
    """Return one for each path that is another one but for the names of its templates."""
    owners: dict[str, Side] = {}
    doubles: dict[str, list[Side]] = {}
    groups: dict[str, list[tuple[str, Side]]] = {}
    for home in homes:
        for path, item in home.root.map("paths").maps():
            side = Side(home, item, ("paths", path))
            owner = owners.setdefault(_TEMPLATE.sub("{}", path), side)
            groups.setdefault(_TEMPLATE.sub("{}", path), []).append((path, side))
            if owner.at != side.at:
                doubles.setdefault(path, []).append(side)
    return [
        _double(owners[key], sides, groups[key])
        for path, sides in sorted(doubles.items())
        for key in (_TEMPLATE.sub("{}", path),)
    ]


def _double(owner: Side, sides: list[Side], group: list[tuple[str, Side]]) -> Contradiction:
    path, other = str(sides[0].at[1]), str(owner.at[1])
    place = owner.position
    return Contradiction(
        Finding(sides[0].position, "path-shared", path=path, other=other, place=place),
        tuple((side.home, tuple(_renaming(side, other))) for side in sides),
        Conflict(f"the path {other!r}", owner, sides[0], group=tuple(group)),
        agree=lambda winner, side: _renaming(side, str(winner.at[1])),
    )


def _renaming(side: Side, path: str) -> list[Action]:
    """Return the actions that rename a path, including the parameters of its operations."""
    old = _TEMPLATE.findall(str(side.at[1]))
    new = _TEMPLATE.findall(path)
    names = dict(zip(old, new, strict=True))
    root = side.home.root
    remove: Action = {"target": jsonpath(root, side.at), "remove": True}
    there = root.map("paths").map(path)
    item = _renamed(side, names)
    kept = {key: plain(value) for key, value in item.items() if key not in there}
    return [remove, {"target": "$.paths", "update": {path: kept}}] if kept else [remove]


def _renamed(side: Side, names: dict[str, str]) -> Map:
    item = copied_map(side.map)
    item.pop("x-source", None)
    for holder in (item, *(operation for _, operation in item.maps())):
        listed = holder.get("parameters")
        if isinstance(listed, Seq):
            holder["parameters"] = Seq(
                (_parameter(side.home, node, names) for node in listed), position=listed.position
            )
    return item


def _parameter(home: Home, node: Node, names: dict[str, str]) -> Node:
    found = reached(Side(home, node, ()))
    if found is None or found.map.get("in") != "path" or found.map.text("name") not in names:
        return node
    renamed = copied(found.map)
    assert isinstance(renamed, Map)
    renamed["name"] = names[found.map.text("name")]
    renamed.pop("x-source", None)
    return renamed
