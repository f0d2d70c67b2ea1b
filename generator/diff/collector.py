"""Collects the differences of one operation, or of the client as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

from generator.client import Operation
from generator.document import Map

from .constraints import shortened
from .differences import KINDS, Difference
from .schema_keywords import Reader
from .surface import Surface

Item = TypeVar("Item")
Read = TypeVar("Read")

Sides: TypeAlias = tuple[str, str]
"""The old and the new value."""
Ends: TypeAlias = tuple[Map | None, Map | None]
"""Places in the old and the new spec."""
Texts: TypeAlias = Mapping[str, str]


class Collector:
    """Collects the differences of one operation, or of the whole client."""

    def __init__(
        self,
        old: Surface,
        new: Surface,
        before: Operation | None = None,
        after: Operation | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.old, self.new = old, new
        self.names = names or {}
        """The old names of classes by their new ones."""
        self.found: list[Difference] = []
        named = before or after
        self._owners: Ends = (old.spec, new.spec)
        if named:
            self._owners = before.node if before else None, after.node if after else None
        self.operation = named.label if named else ""
        self.python = named.name if named else ""

    def add(
        self, kind: str, sides: Sides = ("", ""), at: Ends = (None, None), python: str = ""
    ) -> None:
        """Add a difference; by default, it is about the method, and at the operation."""
        self.found.append(
            Difference(
                kind=KINDS[kind],
                operation=self.operation,
                python=python or self.python,
                before=shortened(sides[0]),
                after=shortened(sides[1]),
                old=self.old.place(at[0], self._owners[0]),
                new=self.new.place(at[1], self._owners[1]),
            )
        )

    def compare(self, kind: str, sides: Sides, at: Ends = (None, None)) -> bool:
        """Add a difference if the sides differ, and return whether they do."""
        if sides[0] != sides[1]:
            self.add(kind, sides, at)
        return sides[0] != sides[1]

    def read(self, how: Callable[[Reader, Item], Read], old: Item, new: Item) -> tuple[Read, Read]:
        """Return what each side reads of what it has."""
        return how(self.old.reader, old), how(self.new.reader, new)

    def compare_each(self, kind: str, sides: tuple[Texts, Texts], at: Ends = (None, None)) -> None:
        """Compare the texts that both sides have by the same keys."""
        old, new = sides
        for key in sorted(old.keys() | new.keys()):
            self.compare(kind, (old.get(key, ""), new.get(key, "")), at)

    def argument(self, name: str) -> str:
        """Return the Python name of an argument of the method."""
        return f"{self.python}({name})"
