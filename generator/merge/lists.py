"""Lists whose members have names, so that they match wherever they stand in the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.document import Map, Node, Seq

from .equality import normal_url, rough
from .occurrences import Keys, Name, Side


def server_name(side: Side) -> Name:
    """Return the identity of a server: its normalised URL."""
    return (normal_url(side.map.text("url")),)


def matched(sides: Sequence[Side], name: Callable[[Side], Name]) -> list[list[Side]]:
    """Return the sides of each member of the lists, by its name."""
    members: dict[Name, dict[int, Side]] = {}
    for index, side in enumerate(sides):
        for member in _members(side):
            key = name(member)
            while index in members.get(key, {}):
                key = (*key, "again")
            members.setdefault(key, {})[index] = member
    return [
        [found.get(index) or _lacking(side) for index, side in enumerate(sides)]
        for found in members.values()
    ]


def _lacking(side: Side) -> Side:
    return side.without(len(side.node) if isinstance(side.node, Seq) else 0)


def members(side: Side, length: int) -> list[Side]:
    """Return the members of a list, by their index."""
    return _members(side)[:length]


def _members(side: Side) -> list[Side]:
    nodes: Sequence[Node] = side.node if isinstance(side.node, Seq) else ()
    return [replace(side, node=node, at=_place(side, i, node)) for i, node in enumerate(nodes)]


def _place(side: Side, index: int, node: Node) -> Keys:
    """Where a member is written: the parameters of a path stand beside its operations."""
    for at in (side.at, (*side.at[:-2], side.at[-1])):
        listed = side.home.at(at)
        if isinstance(listed, Seq) and isinstance(node, Map):
            for place, item in enumerate(listed):
                if item is node:
                    return (*at, place)
    return (*side.at, index)


def united(sides: Sequence[Side]) -> tuple[Seq, bool]:
    """Return all tags in order, each once, whatever its case; and whether the documents differ."""
    union: dict[str, Node] = {}
    sets = set()
    for side in sides:
        tags: Sequence[Node] = side.node if isinstance(side.node, Seq) else ()
        named = {(tag.casefold() if isinstance(tag, str) else rough(tag)): tag for tag in tags}
        sets.add(frozenset(named))
        for name, tag in named.items():
            union.setdefault(name, tag)
    return Seq(union.values(), position=sides[0].position), len(sets) > 1
