"""Applies one action of an overlay to one document: removes, merges, and counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.document import METHODS, Map, Node, Position, Seq, copied, pointer, position_at
from generator.findings import Finding, Phrase

from .overlays import Action, Overlay
from .queries import Match

Path = tuple[str, ...]
Kind: TypeAlias = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One value that an action added, changed or removed."""

    overlay: str
    """The file name of the overlay."""
    action: int
    """The index of the action in its overlay, from 0."""
    reason: str
    """The action's description."""
    position: Position
    """Where the action is written."""
    pointer: Path
    """The keys of the value. For an item removed from a list: its former index."""
    kind: Kind
    before: Node
    after: Node


class Step:
    """One action at work on one document."""

    def __init__(self, root: Map, overlay: Overlay, action: Action) -> None:
        self.changes: list[Change] = []
        self._root = root
        self._overlay = overlay
        self._action = action
        self._misfits: dict[Position, list[tuple[Node, Path, Node]]] = {}
        self._refusals: list[Finding] = []

    def findings(self) -> list[Finding]:
        """Return the findings about changes that could not be made."""
        return self._refusals + [
            self._mixed(written, cases) for written, cases in self._misfits.items()
        ]

    def remove(self, matches: Sequence[Match]) -> None:
        """Take nodes out of the mappings and lists that hold them."""
        chosen = {match.parts for match in matches}
        lists: dict[Path, tuple[Seq, set[int]]] = {}
        for match in matches:
            if any(match.parts[:length] in chosen for length in range(len(match.parts))):
                continue  # goes with what it is part of
            if match.parent is None:
                self._refuse("action-removes-all")
                continue
            last = match.parts[-1]
            if isinstance(match.parent, Map):
                del match.parent[str(last)]
                match.parent.key_positions.pop(str(last), None)
            else:
                lists.setdefault(match.path[:-1], (match.parent, set()))[1].add(int(last))
            self._record(match.path, "removed", match.node, None)
        for holder, indices in lists.values():
            holder[:] = [item for index, item in enumerate(holder) if index not in indices]

    def update(self, matches: Sequence[Match], value: Node, written: Position) -> None:
        """Put a value into nodes: merge mappings, lengthen lists, replace primitives."""
        for match in matches:
            node, item = match.node, value
            if isinstance(node, Seq) and not isinstance(value, Seq):
                item = Seq([value], position=written)
            if self._action.copy is not None and (covered := list(_covered(match, value))):
                self._refuse("action-onto-operation", covered=covered)
            elif not isinstance(node, Map | Seq) and self._overlay.before_1_1:
                place = position_at(self._root, match.parts)
                target = self._action.target.text
                self._refuse("action-on-primitive", target=target, found=node, place=place)
            else:
                self._put(match.parent, match.path, node, item, written)

    def _put(
        self, holder: Map | Seq | None, path: Path, there: Node, value: Node, written: Position
    ) -> None:
        if isinstance(there, Map) and isinstance(value, Map):
            for key, item in value.items():
                if key in there:
                    self._put(there, (*path, key), there[key], item, value.position_of(key))
                else:
                    there.put(key, copied(item), value.position_of(key))
                    self._record((*path, key), "added", None, item)
        elif isinstance(there, Seq) and isinstance(value, Seq):
            for item in value:
                self._record((*path, str(len(there))), "added", None, item)
                there.append(copied(item))
        elif isinstance(there, Map | Seq) or isinstance(value, Map | Seq):
            self._misfits.setdefault(written, []).append((there, path, value))
        else:
            if isinstance(holder, Map):
                holder.put(path[-1], value, written)
            elif holder is not None:
                holder[int(path[-1])] = value
            if type(there) is not type(value) or there != value:
                self._record(path, "changed", there, value)

    def _record(self, path: Path, how: Kind, before: Node, after: Node) -> None:
        name, action = self._overlay.name, self._action
        self.changes.append(
            Change(name, action.index, action.reason, action.position, path, how, before, after)
        )

    def _refuse(self, code: str, /, **values: object) -> None:
        self._refusals.append(Finding(self._action.target.position, code, **values))

    def _mixed(self, written: Position, cases: Sequence[tuple[Node, Path, Node]]) -> Finding:
        there, path, value = cases[0]
        copy, more = self._action.copy, len(cases) - 1
        values: dict[str, object] = {"expected": there, "found": value, "copied": "", "others": ""}
        values["pointer"] = pointer(*path) or "the document"
        values["place"] = position_at(self._root, path)
        if copy:
            values["copied"] = Phrase("action-mixes-copied", {"place": written})
        if more:
            values["others"] = Phrase("action-mixes-others", {"count": more})
        return Finding(copy.position if copy else written, "action-mixes", **values)


def _covered(match: Match, value: Node) -> Iterator[str]:
    """The operations that what is copied would be put on top of."""
    there, new = match.node, value
    if match.path[:1] != ("paths",) or not isinstance(there, Map) or not isinstance(new, Map):
        return
    pairs = [(method, there.map(method), new.map(method)) for method in METHODS]
    if len(match.path) == 3:
        pairs = [(match.path[2], there, new)] if match.path[2] in METHODS else []
    for method, old, copy in pairs if len(match.path) in (2, 3) else ():
        if "responses" in old and "responses" in copy:
            yield f"{method.upper()} {match.path[1]}"
