"""Merges the components of all documents, kind by kind and name by name."""

from __future__ import annotations

from collections.abc import Sequence

from generator.document import Map, Position
from generator.findings import Finding
from generator.grammar import OPENAPI

from .fold import Folder
from .occurrences import Home, Side, grouped
from .operations import require, sourced

KINDS = {key: rule.strip("{}") for key, rule in OPENAPI["components"].items()}


class Components:
    """The components of all documents by kind and name, and how they become one each."""

    def __init__(self, homes: Sequence[Home]) -> None:
        self.found: dict[tuple[str, str], list[Side]] = {}
        for home in homes:
            for kind, table in home.root.map("components").maps():
                if kind in KINDS:
                    for name, node in table.items():
                        side = Side(home, node, ("components", kind, name))
                        self.found.setdefault((kind, name), []).append(side)

    @property
    def repeats(self) -> int:
        """The number of components that repeat an earlier document."""
        return sum(len(sides) - 1 for sides in self.found.values())

    def fold(self, folder: Folder, warnings: list[Finding], position: Position) -> Map:
        """Return the components of the merged spec by kind (in the order of OpenAPI) and name."""
        components = Map(position=position)
        for kind in KINDS:
            names = sorted(name for table, name in self.found if table == kind)
            table = Map(position=position)
            for name in names:
                self._fold_one(folder, kind, name, table, warnings)
            if table:
                components.put(kind, table)
        return components

    def _fold_one(
        self, folder: Folder, kind: str, name: str, table: Map, warnings: list[Finding]
    ) -> None:
        sides = self.found[kind, name]
        subject = f"the component {kind}/{name}"
        folder.ledger.open(subject)
        node = folder.fold(KINDS[kind], grouped(sides))
        warnings += folder.ledger.warnings(sides[0].at)
        if isinstance(node, Map):
            sourced(node, len(sides) - 1)
            if kind == "parameters" and require(node):
                where = sides[0].position
                warnings.append(Finding(where, "path-parameter-optional", subject=subject))
        table.put(name, node, sides[0].position)
