"""Folds objects of which some are references: they are compared by their targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.document import Map, Node
from generator.references import ref_of

from .equality import rough
from .log import BETTER_TEXT, SPECIFIED, Ledger, Note
from .occurrences import MISSING, Side, Value, beside, fragment, reached, written


class References:
    """Chooses, among references and objects, one that the others agree with."""

    def __init__(
        self, ledger: Ledger, fold: Callable[[Ledger, str, Sequence[Side]], object]
    ) -> None:
        self._ledger = ledger
        self._fold = fold
        self._open: set[tuple[str, ...]] = set()
        self._known: dict[tuple[str, ...], Ledger] = {}

    def into(self, ledger: Ledger) -> References:
        """Return the same, with another ledger to write to."""
        other = References(ledger, self._fold)
        other._open, other._known = self._open, self._known
        return other

    def fold(self, what: str, sides: Sequence[Side]) -> Node:
        """Return one of several objects, as it is written; a conflict if they cannot agree."""
        targets = [reached(side) for side in sides]
        alive = [side for side, target in zip(sides, targets, strict=True) if target is not None]
        dead = [side for side in sides if side not in alive]
        if not alive:
            self._note_dangling(sides)
            return written(sides[0])
        if dead:
            self._ledger.note(SPECIFIED, alive, dead)
        if len(alive) == 1 or _same_reference(alive):
            return written(alive[0])
        return written(self._chosen(what, alive, [target for target in targets if target]))

    def fold_field(self, what: str, sides: Sequence[Side]) -> Value:
        """Return one `$ref` for objects that hold more than a reference."""
        ledger = Ledger(self._ledger.subject)
        bare = [replace(side, node=_bare(side.map)) for side in sides]
        if any(ref_of(side.node) is None for side in bare):
            self._ledger.clash_of_presence([side.child("$ref") for side in sides])
            return sides[0].child("$ref").node
        chosen = self.into(ledger).fold(what, bare)
        self._ledger.notes += ledger.notes
        if ledger.conflicts:
            children = [side.child("$ref") for side in sides]
            inner = ledger.conflicts[0].inner
            self._ledger.clash(children, [rough(child.node) for child in children], inner)
        return ref_of(chosen) or MISSING

    def _note_dangling(self, sides: Sequence[Side]) -> None:
        refs = [fragment(ref_of(side.node) or "") for side in sides]
        others = [side for side, ref in zip(sides, refs, strict=True) if ref != refs[0]]
        if others:
            self._ledger.note(SPECIFIED, sides[:1], others)

    def _chosen(self, what: str, sides: list[Side], targets: list[Side]) -> Side:
        tried = self._tried(what, targets)
        said = [note for note in tried.notes if note.rule == SPECIFIED]
        able = [side for side in sides if _wins(side, said)]
        if tried.conflicts or not able:
            inner = tried.conflicts[0] if tried.conflicts else None
            self._ledger.clash(sides, [rough(side.node) for side in sides], inner)
            return sides[0]
        told = [note for note in tried.notes if note.rule == BETTER_TEXT]
        winner = next((side for side in able if _wins(side, told)), able[0])
        for rule in dict.fromkeys(note.rule for note in tried.notes):
            self._ledger.note(rule, [winner], [side for side in sides if side is not winner])
        return winner

    def _tried(self, what: str, targets: list[Side]) -> Ledger:
        """Return the result of folding the targets. Targets already being folded count as equal."""
        key = (what, *(str(id(target.node)) for target in targets))
        if key in self._open:
            return Ledger()
        if key not in self._known:
            self._open.add(key)
            ledger = Ledger(self._ledger.subject)
            if any(ref_of(target.node) is not None for target in targets):
                ledger.clash(targets, [rough(target.node) for target in targets])
            else:
                self._fold(ledger, what, targets)
            self._known[key] = ledger
            self._open.discard(key)
        return self._known[key]


def _same_reference(sides: list[Side]) -> bool:
    refs = {ref_of(side.node) for side in sides}
    return len(refs) == 1 and None not in refs and not any(beside(side.node) for side in sides)


def _bare(node: Map) -> Map:
    fields = {"$ref": node["$ref"]} if "$ref" in node else {}
    return Map(fields, position=node.position)


def _wins(side: Side, settled: Sequence[Note]) -> bool:
    return all(side.home in note.homes() for note in settled)
