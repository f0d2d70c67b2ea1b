"""The same place in several documents: what each of them says there."""

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
        """The value that keys lead to."""
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
        """What a reference leads to, through references to references; None if it dangles."""
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
        """What a reference leads to, with the prose that stands beside the reference."""
        if id(written) not in self._views:
            beside = {key: written[key] for key in written if key in PROSE}
            self._views[id(written)] = Map({**target, **beside}, position=written.position)
        return self._views[id(written)]


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What one document says at a place."""

    home: Home
    node: Value
    at: Keys
    """The keys that lead there in the document."""
    twins: tuple[Home, ...] = ()
    """Further documents that say the same to the letter."""

    @property
    def position(self) -> Position:
        """Where it is written; where the nearest thing around it is, if nothing is there."""
        return position_at(self.home.root, self.at)

    @property
    def pointer(self) -> str:
        """The JSON Pointer that leads there."""
        return pointer(*self.at)

    @property
    def map(self) -> Map:
        """The mapping there; an empty one where there is none."""
        return self.node if isinstance(self.node, Map) else Map(position=self.position)

    def child(self, key: str) -> Side:
        """What the document says under a key."""
        return replace(self, node=self.map.get(key, MISSING), at=(*self.at, key))

    def without(self, key: str | int) -> Side:
        """That the document says nothing under a key."""
        return replace(self, node=MISSING, at=(*self.at, key))


def text_of(node: object) -> str:
    """A text that two nodes share only if they are equal, whatever the order of their keys."""
    return json.dumps(node, sort_keys=True)


def refs_in(text: str) -> set[str]:
    """The references within a node's `text_of`."""
    return {str(json.loads(match)) for match in _REF.findall(text)}


def beside(node: Value) -> list[str]:
    """The fields that stand beside a reference and matter."""
    fields = node if isinstance(node, Map) else {}
    return [key for key in fields if key != "$ref" and not key.startswith("x-")]


def bare_ref(node: Value) -> str | None:
    """The reference that an object is and nothing else."""
    return None if beside(node) else ref_of(node)


def fragment(ref: str) -> str:
    """A reference without the document in front of it."""
    return ref.partition("#")[2]


def reached(side: Side) -> Side | None:
    """What a side says once its references are followed; None if one of them dangles.

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
    """What a document says, as it is written there."""
    return None if side.node is MISSING else copied(side.node)
