"""Collects the differences of one operation, or of the client as a whole."""

from __future__ import annotations

from typing import TypeAlias

from generator.client import Operation
from generator.document import Map, Node

from .constraints import shortened
from .differences import KINDS, Difference
from .surface import Surface

Sides: TypeAlias = tuple[str, str]
"""The old and the new value."""
Ends: TypeAlias = tuple[Map | None, Map | None]
"""Places in the old and the new spec."""


class Collector:
    """Collects the differences of one operation, or of the whole client."""

    def __init__(
        self,
        old: Surface,
        new: Surface,
        before: Operation | None = None,
        after: Operation | None = None,
    ) -> None:
        self.old, self.new = old, new
        self.before, self.after = before, after
        self.found: list[Difference] = []
        named = before or after
        self.operation = named.label if named else ""
        self.python = named.name if named else ""

    def add(
        self, kind: str, sides: Sides = ("", ""), at: Ends = (None, None), python: str = ""
    ) -> None:
        """Add a difference.

        Args:
            kind: The id of its kind.
            sides: The old and the new value.
            at: Its places in the old and the new spec; by default the operation.
            python: The Python name concerned; by default the method's.
        """
        fallback = (
            self.before.node if self.before else self.old.spec if not self.after else None,
            self.after.node if self.after else self.new.spec if not self.before else None,
        )
        self.found.append(
            Difference(
                kind=KINDS[kind],
                operation=self.operation,
                python=python or self.python,
                before=shortened(sides[0]),
                after=shortened(sides[1]),
                old=self.old.place(at[0], fallback[0]),
                new=self.new.place(at[1], fallback[1]),
            )
        )

    def compare(self, kind: str, sides: Sides, at: Ends = (None, None)) -> bool:
        """Add a difference if the sides differ, and return whether they do."""
        if sides[0] != sides[1]:
            self.add(kind, sides, at)
        return sides[0] != sides[1]

    def canonical(self, old: Node, new: Node) -> Sides:
        """Return two nodes as texts that are equal if they mean the same."""
        return self.old.reader.canonical(old), self.new.reader.canonical(new)

    def argument(self, name: str) -> str:
        """Return the Python name of an argument of the method."""
        return f"{self.python}({name})"
