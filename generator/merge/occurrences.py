"""The same place in several documents, with the value in each of them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, TypeAlias

from generator.document import Map, Node, Position, Seq, copied, keys_at, pointer, position_at
from generator.grammar import PROSE
from generator.references import chain, parts_of, ref_of


class Missing(Enum):
    """Stands for what a document leaves out, which is not the same as null."""

    MISSING = "nothing"


MISSING: Final = Missing.MISSING
Value: TypeAlias = "Node | Missing"
Keys: TypeAlias = tuple[str | int, ...]

_REF = re.compile(r'"\$ref": ("(?:[^"\\]|\\.)*")')


class Home:
    """One document: the place in which its references are resolved."""

    def __init__(self, name: str, root: Map) -> None:
        self.name = name
        self.root = root
        self._targets: dict[str, tuple[Node, Keys] | None] = {}
        self._views: dict[int, Map] = {}

    def at(self, keys: Sequence[str | int]) -> Value:
        """Return the value at some keys."""
        node: Value = self.root
        for key in keys:
            if isinstance(node, Map):
                node = node.get(str(key), MISSING)
            elif isinstance(node, Seq) and isinstance(key, int) and key < len(node):
                node = node[key]
            else:
                return MISSING
        return node

    def target(self, ref: str) -> tuple[Node, Keys] | None:
        """Return the target of a reference after all references, or None."""
        if ref not in self._targets:
            self._targets[ref] = self._followed(ref)
        return self._targets[ref]

    def _followed(self, ref: str) -> tuple[Node, Keys] | None:
        found = list(chain(self.root, ref, onward=bare_ref))
        if not found or bare_ref(found[-1][1]) is not None:
            return None
        ref, node = found[-1]
        return node, keys_at(self.root, parts_of(ref))

    def view(self, target: Map, written: Map) -> Map:
        """Return the target of a reference, with the prose beside the reference."""
        if id(written) not in self._views:
            beside = {key: written[key] for key in written if key in PROSE}
            self._views[id(written)] = Map({**target, **beside}, position=written.position)
        return self._views[id(written)]


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

    def without(self, key: str | int) -> Side:
        """Return the side of a missing key."""
        return replace(self, node=MISSING, at=(*self.at, key))


def text_of(node: object) -> str:
    """Return a text that is equal for equal nodes, whatever the order of their keys."""
    return json.dumps(node, sort_keys=True)


def refs_in(text: str) -> set[str]:
    """Return the references within a node's `text_of`."""
    return {str(json.loads(match)) for match in _REF.findall(text)}


def beside(node: Value) -> list[str]:
    """Return the fields that stand beside a reference and matter."""
    fields = node if isinstance(node, Map) else {}
    return [key for key in fields if key != "$ref" and not key.startswith("x-")]


def bare_ref(node: Value) -> str | None:
    """Return the reference that an object is and nothing else."""
    return None if beside(node) else ref_of(node)


def fragment(ref: str) -> str:
    """Return a reference without the document in front of it."""
    return ref.partition("#")[2]


def reached(side: Side) -> Side | None:
    """Return a side with its references followed; None if one of them dangles.

    Prose beside a reference goes with it. A reference with more than that beside it stays one.
    """
    seen: set[str] = set()
    while (ref := ref_of(side.node)) is not None and PROSE.issuperset(beside(side.node)):
        found = side.home.target(ref)
        if found is None or ref in seen:
            return None
        seen.add(ref)
        node, keys = found
        if isinstance(node, Map) and beside(side.node):
            node = side.home.view(node, side.map)
        side = replace(side, node=node, at=keys)
    return side


def written(side: Side) -> Node:
    """Return the value in a document, as it is written."""
    return None if side.node is MISSING else copied(side.node)
