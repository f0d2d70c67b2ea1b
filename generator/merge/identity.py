"""Refuses paths that are equal but for template names, and operation ids that two share."""

from __future__ import annotations

from collections.abc import Sequence

from generator.findings import Finding
from generator.jsonpath import jsonpath

from .conflicts import Contradiction
from .log import Conflict
from .occurrences import Home, Side
from .operations import Operations
from .path_twins import canonical, together
from .proposed_overlays import Action
from .unions import NoUnionError


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
    return canonical(key[0]), key[1]


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
            owner = owners.setdefault(canonical(path), side)
            groups.setdefault(canonical(path), []).append((path, side))
            if owner.at != side.at:
                doubles.setdefault(path, []).append(side)
    return [
        _double(owners[key], sides, groups[key])
        for path, sides in sorted(doubles.items())
        for key in (canonical(path),)
    ]


def _double(owner: Side, sides: list[Side], group: list[tuple[str, Side]]) -> Contradiction:
    path, other = str(sides[0].at[1]), str(owner.at[1])
    values: dict[str, object] = {"path": path, "other": other, "place": owner.position}
    try:
        cures = tuple((side.home, tuple(together(side.home, other))) for side in sides)
    except NoUnionError as error:
        cures, values = (), {**values, "field": str(error)}
    return Contradiction(
        Finding(sides[0].position, "path-shared", **values),
        cures,
        Conflict(f"the path {other!r}", owner, sides[0], group=tuple(group)),
        agree=lambda winner, side: _agreeing(side.home, str(winner.at[1])),
    )


def _agreeing(home: Home, path: str) -> list[Action]:
    try:
        return list(together(home, path))
    except NoUnionError:
        return []
