"""Folds mappings by the names of their entries, and lists by those of their members or by order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from generator.document import Map, Node, Seq

from .lists import matched, members, server_name, united
from .log import SPECIFIED, UNITED_TAGS, Ledger
from .occurrences import MISSING, Home, Side, Value, parameter_name, reached, written

_EXTENSIBLE = {"response", "path item", "callback"}


class Containers(ABC):
    """Folds what contains objects, given how those are folded."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    @abstractmethod
    def fold(self, what: str, sides: Sequence[Side]) -> Node:
        """Return one object of several."""

    def fold_tags(self, sides: Sequence[Side]) -> Value:
        """Return all tags of several operations."""
        union, differ = united(sides)
        if differ:
            self.ledger.note(UNITED_TAGS, sides, ())
        return union

    def fold_table(
        self, inner: str, sides: Sequence[Side], form: Callable[[str], str] = str
    ) -> Map:
        """Return one mapping of several. Entries are the same if their names have the same form."""
        names: dict[str, dict[int, str]] = {}
        for index, side in enumerate(sides):
            for name in side.map:
                if not (inner in _EXTENSIBLE and name.startswith("x-")):
                    names.setdefault(form(name), {})[index] = name
        result = Map(position=sides[0].position)
        for spelled in names.values():
            name = next(iter(spelled.values()))
            entries = [side.child(spelled.get(index, name)) for index, side in enumerate(sides)]
            result.put(name, self._fold_entry(inner, entries), first(entries).position)
        return result

    def _fold_entry(self, inner: str, entries: Sequence[Side]) -> Node:
        if any(entry.node is MISSING for entry in entries):
            self.ledger.clash_of_presence(entries)
            return written(first(entries))
        return self.fold(inner, entries)

    def fold_list(self, inner: str, sides: Sequence[Side]) -> Seq:
        """Return one list of several: by the names of the members, or by their order."""
        position = first(sides).position
        if inner in ("parameter", "server"):
            entries = matched(sides, parameter_name if inner == "parameter" else server_name)
            unsure = _unsure(entries)
            folded = [self._fold_member(inner, entry, unsure) for entry in entries]
            return Seq((node for node in folded if node is not MISSING), position=position)
        lengths = [len(side.node) if isinstance(side.node, Seq) else 0 for side in sides]
        if len(set(lengths)) > 1:
            self.ledger.clash(sides, [str(length) for length in lengths])
            return Seq(position=position)
        shared = [members(side, min(lengths)) for side in sides]
        return Seq(
            (self.fold(inner, entry) for entry in zip(*shared, strict=True)), position=position
        )

    def _fold_member(self, inner: str, entry: Sequence[Side], unsure: set[Home]) -> Value:
        """Return one member of a list by name. In `unsure` documents it may be a reference."""
        there = [side for side in entry if side.node is not MISSING]
        lacking = [side for side in entry if side.node is MISSING]
        if not lacking:
            return self.fold(inner, entry)
        if all(_dangles(side) for side in there):
            if not unsure.issuperset(side.home for side in there):
                return written(there[0])
            self.ledger.note(SPECIFIED, lacking, there)
            return MISSING
        if all(side.home in unsure for side in lacking):
            self.ledger.note(SPECIFIED, there, lacking)
            return self.fold(inner, there)
        self.ledger.clash_of_presence(entry)
        return written(there[0])


def first(sides: Sequence[Side]) -> Side:
    """Return the first side with a value."""
    return next(side for side in sides if side.node is not MISSING)


def _is_known(side: Side) -> bool:
    return side.node is not MISSING and reached(side) is not None


def _dangles(side: Side) -> bool:
    return side.node is not MISSING and reached(side) is None


def _unsure(entries: Sequence[Sequence[Side]]) -> set[Home]:
    """Return the documents in which a reference dangles, while others have a member there."""
    hidden = {side.home for entry in entries for side in entry if _dangles(side)}
    known = [entry for entry in entries if any(_is_known(side) for side in entry)]
    lacking = {side.home for entry in known for side in entry if side.node is MISSING}
    return hidden & lacking
