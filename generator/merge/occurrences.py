"""The same place in several documents, with the value in each of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, TypeAlias

from generator.document import (
    Document,
    Map,
    Node,
    Position,
    Seq,
    collected,
    copied,
    copied_map,
    keys_at,
    parameter_key,
    pointer,
    position_at,
    value_at,
)
from generator.document import operations as each_operation
from generator.findings import Keys
from generator.grammar import OPENAPI, PROSE, walk
from generator.references import chain, parts_of, ref_of, references_in


class Missing(Enum):
    """Stands for what a document leaves out, which is not the same as null."""

    MISSING = "nothing"


MISSING: Final = Missing.MISSING
Value: TypeAlias = "Node | Missing"
Name: TypeAlias = tuple[str, ...]


class Home:
    """One document: the place in which its references are resolved."""

    def __init__(self, name: str, root: Map) -> None:
        self.name = name
        self.root = root
        self._targets: dict[str, tuple[Node, Keys] | None] = {}
        self._views: dict[int, tuple[Map, Map]] = {}

    def at(self, keys: Sequence[str | int]) -> Value:
        """Return the value at some keys."""
        try:
            return value_at(self.root, keys)
        except KeyError:
            return MISSING

    def target(self, ref: str) -> tuple[Node, Keys] | None:
        """Return the target of a reference after all references, or None."""
        if ref not in self._targets:
            self._targets[ref] = None
            for last, node in chain(self.root, ref):
                if beside(node) or ref_of(node) is None:  # It is more than a reference.
                    self._targets[ref] = node, keys_at(self.root, parts_of(last))
                    break
        return self._targets[ref]

    def view(self, target: Map, written: Map) -> Map:
        """Return the target of a reference, with the prose beside the reference."""
        if id(written) not in self._views:
            beside = {key: written[key] for key in written if key in PROSE}
            view = Map({**target, **beside}, position=written.position)
            self._views[id(written)] = view, written  # kept, so that no other has its identity
        return self._views[id(written)][0]


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The value in one document at a place."""

    home: Home
    node: Value
    at: Keys
    """The keys of the place in the document."""
    twins: tuple[Home, ...] = ()
    """Further documents that say the same to the letter."""

    @property
    def position(self) -> Position:
        """Where it is written; where the nearest thing around it is, if nothing is there."""
        return position_at(self.home.root, self.at)

    @property
    def pointer(self) -> str:
        """The JSON Pointer of the place."""
        return pointer(*self.at)

    @property
    def map(self) -> Map:
        """The mapping there, or an empty one."""
        return self.node if isinstance(self.node, Map) else Map(position=self.position)

    def child(self, key: str) -> Side:
        """Return the side under a key."""
        return replace(self, node=self.map.get(key, MISSING), at=(*self.at, key))

    @property
    def written(self) -> Node:
        """A copy of the value, as it is written; None for nothing."""
        return None if self.node is MISSING else copied(self.node)

    def reached(self) -> Side | None:
        """Return the side with its references followed; None if one of them dangles.

        Prose beside a reference goes with it. A reference with more than that beside it stays one.
        """
        side, seen = self, set[str]()
        while (ref := ref_of(side.node)) is not None and PROSE.issuperset(beside(side.node)):
            found = self.home.target(ref)
            if found is None or ref in seen:
                return None
            seen.add(ref)
            node, keys = found
            if isinstance(node, Map) and beside(side.node):
                node = self.home.view(node, side.map)
            side = replace(side, node=node, at=keys)
        return side


def text_of(node: object) -> str:
    """Return a text that is equal for equal nodes, whatever the order of their keys."""
    return json.dumps(node, sort_keys=True)


def beside(node: Value) -> list[str]:
    """Return the fields that stand beside a reference and matter."""
    fields = node if isinstance(node, Map) else {}
    return [key for key in fields if key != "$ref" and not key.startswith("x-")]


def fragment(ref: str) -> str:
    """Return a reference without the document in front of it."""
    return ref.partition("#")[2]


def object_of(home: Home, node: Node) -> Map | None:
    """Return the object that a node is or refers to; None if it refers to nothing."""
    found = Side(home, node, ()).reached()
    return found.map if found else None


def parameter_name(side: Side) -> Name:
    """Return the identity of a parameter: its place and name, or its dangling reference."""
    if found := side.reached():
        return parameter_key(found.map)
    return ("$ref", fragment(ref_of(side.node) or ""))


def homes(documents: Sequence[Document]) -> list[Home]:
    """Return the documents in the order of their names, as places in which to resolve references.

    A reference that dangles in its document but would not in another gets its document's name in
    front, so that it dangles in the merged spec too.
    """
    ordered = sorted(documents, key=lambda document: document.name)
    found = [Home(document.name, document.root) for document in ordered]
    return [_held(home, found) for home in found]


def _held(home: Home, others: Sequence[Home]) -> Home:
    dangling = {ref for ref in references_in(home.root) if ref[:1] == "#" and not home.target(ref)}
    taken = {ref for ref in dangling if any(other.target(ref) for other in others)}
    if not taken:
        return home
    root = copied_map(home.root)
    for _, _, node in walk(OPENAPI, root):
        ref = ref_of(node)
        if ref in taken:
            node["$ref"] = f"{home.name}#{fragment(ref)}"
    return Home(home.name, root)


def entries(homes: Iterable[Home], *table: str) -> Iterator[tuple[str, Side]]:
    """Yield the entries of a table of all documents, each with its name."""
    for home in homes:
        for name, node in Side(home, home.at(table), table).map.items():
            yield name, Side(home, node, (*table, name))


def grouped(sides: Sequence[Side]) -> list[Side]:
    """Return the sides that differ in a single letter or more; the others as their twins."""
    groups = collected((_letters(side), side) for side in sides)
    return [replace(first, twins=tuple(s.home for s in more)) for first, *more in groups.values()]


def _letters(side: Side) -> tuple[str, ...]:
    """Return what is equal for sides that are written alike and whose references dangle alike."""
    own = {key: side.map[key] for key in side.map if key != "x-source"}
    text = text_of(own if isinstance(side.node, Map) else side.node)
    return text, *sorted(ref for ref in references_in(side.map) if side.home.target(ref) is None)


def operations(home: Home) -> Iterator[tuple[tuple[str, str], Side]]:
    """Yield path and method, and the operation, completed by the fields of its path item."""
    for path, method, node in each_operation(home.root):
        item = home.root.map("paths").map(path)
        yield (path, method), _completed(Side(home, node, ("paths", path, method)), item)


def _completed(side: Side, item: Map) -> Side:
    node = Map(side.map, position=side.map.position, key_positions=side.map.key_positions)
    for key in ("summary", "description", "servers"):
        if key in item and not node.get(key):
            node.put(key, item[key], item.position_of(key))
    own = node.seq("parameters")
    listed = [(parameter_name(replace(side, node=each)), each) for each in item.seq("parameters")]
    names = {parameter_name(replace(side, node=each)) for each in own}
    if shared := [each for name, each in listed if name not in names]:
        node.put("parameters", Seq([*own, *shared], position=own.position))
    return replace(side, node=node)
