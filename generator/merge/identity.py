"""Refuses paths that are equal but for template names, and operation ids that two share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.document import Map, Node, canonical_path, collected, copied_map, plain, templates
from generator.findings import Finding, Keys
from generator.jsonpath import jsonpath

from .conflicts import Conflict, Contradiction
from .equality import rough
from .occurrences import Home, Side, entries, object_of, operations
from .parts import Operations
from .proposed_overlays import Action
from .unions import NoUnionError, Unions

_SHARED = ("summary", "description", "servers", "parameters")
"""What a path item says for its operations, which `operations` gives to each of them."""


def _together(home: Home, path: str) -> Iterator[Action]:
    """Yield the actions by which a document has one path for all that are the same to a server.

    Operations of one method become their union.

    Raises:
        NoUnionError: They have none.
    """
    root, items = home.root, home.root.map("paths")
    twins = [
        each for each in items if canonical_path(each) == canonical_path(path) and each != path
    ]
    for twin in twins:
        yield {"target": jsonpath(root, ("paths", twin)), "remove": True}
    if len(twins) == 1 and path not in items:
        names = _names(twins[0], path)
        moved = _operation(home, items.map(twins[0]), names)
        moved.update({method: _operation(home, node, names) for method, node in moved.maps()})
        if moved:
            yield {"target": "$.paths", "update": {path: plain(moved)}}
        return
    there = items.map(path)
    united = _united(home, path, twins)
    for key in (key for key in _SHARED if key in there):
        yield {"target": jsonpath(root, ("paths", path, key)), "remove": True}
    for method in [each for each in united if each in there]:
        yield from _replacing(root, ("paths", path, method), there.map(method), united[method])
    if fresh := {method: plain(node) for method, node in united.items() if method not in there}:
        yield {"target": "$.paths", "update": {path: fresh}}


def _united(home: Home, path: str, twins: list[str]) -> Mapping[str, Map]:
    """Return the operations of a path and its twins by their methods."""
    found = collected((each, (method, side.map)) for (each, method), side in operations(home))
    united, unite = dict(found.get(path, ())), Unions(home).operation
    for twin in twins:
        for method, operation in found.get(twin, ()):
            moved = _operation(home, operation, _names(twin, path))
            united[method] = unite(united[method], moved) if method in united else moved
    return united


def _replacing(root: Map, at: Keys, before: Map, after: Map) -> Iterator[Action]:
    """Yield the actions that give an object the fields of another one."""
    kept = {key for key in before if key in after and rough(before[key]) == rough(after[key])}
    for key in before:
        if key not in kept:
            yield {"target": jsonpath(root, (*at, key)), "remove": True}
    if changed := {key: plain(after[key]) for key in after if key not in kept}:
        yield {"target": jsonpath(root, at), "update": changed}


def _names(path: str, other: str) -> dict[str, str]:
    return dict(zip(templates(path), templates(other), strict=True))


def _operation(home: Home, holder: Map, names: Mapping[str, str]) -> Map:
    """Return a path item or an operation whose path parameters have other names."""
    result = copied_map(holder)
    result.pop("x-source", None)
    listed = result.seq("parameters")
    listed[:] = [_parameter(home, node, names) for node in listed]
    return result


def _parameter(home: Home, node: Node, names: Mapping[str, str]) -> Node:
    found = object_of(home, node)
    if found is None or found.get("in") != "path" or found.text("name") not in names:
        return node
    renamed = copied_map(found)
    renamed["name"] = names[found.text("name")]
    renamed.pop("x-source", None)
    return renamed


def shared_ids(operations: Operations) -> list[Contradiction]:
    """Return one for each operation whose id another operation has taken."""
    owners: dict[str, tuple[tuple[str, str], Side]] = {}
    findings: list[Contradiction] = []
    taken = {side.map.text("operationId") for sides in operations.values() for side in sides}
    for key, sides in sorted(operations.items()):
        for name, alike in collected((s.map.text("operationId"), s) for s in sides).items():
            owner, first = owners.setdefault(name, (key, alike[0]))
            # Operations of paths that differ only in their templates, `shared_paths` unites.
            if name and (canonical_path(owner[0]), owner[1]) != (canonical_path(key[0]), key[1]):
                fresh = name
                while fresh in taken:
                    fresh += f"_{key[1]}"
                taken.add(fresh)
                findings.append(_shared(first, alike, fresh))
    return findings


def _shared(owner: Side, sides: Sequence[Side], fresh: str) -> Contradiction:
    target = jsonpath(sides[0].home.root, sides[0].at)
    action: Action = {"target": target, "update": {"operationId": fresh}}
    where, first = sides[0].child("operationId").position, owner.child("operationId")
    values = {"name": first.node, "other": _title(owner), "place": first.position}
    finding = Finding(where, "operation-id-shared", operation=_title(sides[0]), **values)
    return Contradiction(finding, tuple((side.home, (action,)) for side in sides))


def _title(operation: Side) -> str:
    _, path, method = operation.at
    return f"{str(method).upper()} {path}"


def shared_paths(homes: Sequence[Home]) -> list[Contradiction]:
    """Return one for each path that is another one but for the names of its templates."""
    found = list(entries(homes, "paths"))
    alike = collected((canonical_path(path), side) for path, side in found)
    named = sorted(collected(found).items())
    pairs = ((alike[canonical_path(path)], sides) for path, sides in named)
    return [_double(group, sides) for group, sides in pairs if group[0].at != sides[0].at]


def _double(group: list[Side], sides: list[Side]) -> Contradiction:
    path, other = str(sides[0].at[1]), str(group[0].at[1])
    values: dict[str, object] = {"path": path, "other": other, "place": group[0].position}
    try:
        cures = tuple((side.home, tuple(_together(side.home, other))) for side in sides)
    except NoUnionError as error:
        cures, values = (), {**values, "field": str(error)}
    named = tuple((str(side.at[1]), side) for side in group)
    return Contradiction(
        Finding(sides[0].position, "path-shared", **values),
        cures,
        Conflict(f"the path {other!r}", group[0], sides[0], group=named),
        agree=lambda winner, side: _agreeing(side.home, str(winner.at[1])),
    )


def _agreeing(home: Home, path: str) -> list[Action]:
    try:
        return list(_together(home, path))
    except NoUnionError:
        return []
