"""The parts of a guess: overlay actions, each with its reason, for one source document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.document import Map, Node, child, plain
from generator.findings import Keys
from generator.jsonpath import jsonpath
from generator.merge.occurrences import text_of
from generator.merge.proposed_overlays import Action
from generator.validate.spec import Spec

from .guess_marks import GUESS

Stage: TypeAlias = Literal["written", "source", "merged"]
"""The target of an overlay: a document as written, a document upgraded, or the merged spec."""


@dataclass(frozen=True, slots=True)
class Step:
    """One overlay action that is a guess."""

    target: str
    effect: Action
    """Its `update`, `remove` or `copy`."""
    reason: str

    def action(self) -> Action:
        """Return the action as it is written in an overlay."""
        return {"description": self.reason, GUESS: True, "target": self.target, **self.effect}

    @property
    def key(self) -> str:
        """Return a key that is equal for two steps with the same effect."""
        return text_of([self.target, self.effect])


@dataclass(frozen=True, slots=True)
class Proposal:
    """The steps that resolve one problem, and its source document."""

    document: str
    """Its file name; empty if no document contains the place."""
    steps: tuple[Step, ...]
    stage: Stage = "merged"


def update(root: Map, at: Keys, value: Mapping[str, object], reason: str) -> Step:
    """Merge fields into the object at a place."""
    return Step(jsonpath(root, at), {"update": dict(value)}, reason)


def remove(root: Map, at: Keys, reason: str) -> Step:
    """Remove the node at a place."""
    return Step(jsonpath(root, at), {"remove": True}, reason)


def declare(kind: str, name: str, value: object, reason: str) -> Step:
    """Add a component."""
    return Step("$", {"update": {"components": {kind: {name: value}}}}, reason)


def proposal(spec: Spec, at: Keys, *steps: Step) -> Proposal:
    """Steps for the merged spec, filed under the document that a place comes from."""
    return Proposal(origin(spec, at), steps)


def origin(spec: Spec, at: Keys) -> str:
    """Return the source document of the operation or component that contains a place."""
    return node_at(spec.root, at[:3]).map("x-source").text("document")


def node_at(root: Map, at: Sequence[str | int]) -> Map:
    """Return the object at a place, or an empty one."""
    node: Node = root
    try:
        for key in at:
            node = child(node, str(key))
    except KeyError:
        node = None
    return node if isinstance(node, Map) else Map(position=root.position)


def bare(node: Map) -> Action:
    """Return the plain data of an object, without the generator's own notes."""
    return {key: plain(value) for key, value in node.items() if key != "x-source"}
