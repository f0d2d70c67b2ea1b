"""What the modules of a package import from each other, and the floors that they stand on."""

from __future__ import annotations

import ast
import graphlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

Graph: TypeAlias = dict[str, set[str]]

Floors: TypeAlias = tuple[str, ...]
"""From the ground up: modules and packages, which import from lower floors alone. What stands
behind a bar may import what stands before it on the same floor too."""


@dataclass(frozen=True)
class Package:
    """A package, read from its source. Its modules go by their names inside it, packages too."""

    path: Path

    @cached_property
    def modules(self) -> dict[str, Path]:
        """All modules, by their names in the package: a package is called as its folder."""
        found = {}
        for path in sorted(self.path.rglob("*.py")):
            name = ".".join(path.relative_to(self.path).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = path
        return found

    def statements(self, path: Path) -> Iterator[tuple[str, list[str]]]:
        """The imports of a module, at any place in it: a module by its full name, and names."""
        package = (self.path.name, *path.parent.relative_to(self.path).parts)
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                yield from ((alias.name, []) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = package[: len(package) + 1 - node.level] if node.level else ()
                parts = [*base, *filter(None, [node.module])]
                yield ".".join(parts), [alias.name for alias in node.names]

    @cached_property
    def graph(self) -> Graph:
        """The modules that each imports, for type checkers and inside functions included."""
        known = self.modules
        result: Graph = {name: set() for name in known}
        for module, path in known.items():
            for full, names in self.statements(path):
                top, _, inside = full.partition(".")
                if top != self.path.name:
                    continue
                submodules = {f"{inside}.{name}".strip(".") for name in names} & known.keys()
                # A package whose module is imported is run as well: `from .. import x` needs both.
                result[module] |= {inside or "__init__", *submodules} - {module}
        return result

    @property
    def units(self) -> set[str]:
        """The modules and packages directly in the package."""
        return {name.split(".")[0] for name in self.modules}

    def lines(self, unit: str) -> int:
        """The lines of a module, or of all modules of a package."""
        paths = [path for name, path in self.modules.items() if name.split(".")[0] == unit]
        return sum(len(path.read_text("utf-8").splitlines()) for path in paths)

    def drawn(self, floors: Floors) -> str:
        """The floors, the highest on top, each unit with its lines."""
        rows = []
        for number, floor in reversed([*enumerate(floors)]):
            units = (f"{unit} ({self.lines(unit)})" for unit in floor.replace("|", "").split())
            rows.append(f"{number}  {'  '.join(units)}")
        return "\n".join(rows)

    def upward(self, floors: Floors) -> list[str]:
        """The imports that do not lead to a lower floor."""
        rank = ranks(floors)
        return [
            f"{module} imports {imported}"
            for module, found in self.graph.items()
            for imported in sorted(found)
            for own, other in [(module.split(".")[0], imported.split(".")[0])]
            if own != other and rank[own] <= rank[other]
        ]

    def circle(self) -> list[str]:
        """Modules that import each other in a circle; none where no modules do."""
        try:
            graphlib.TopologicalSorter(self.graph).prepare()
        except graphlib.CycleError as error:
            return list(error.args[1])
        return []


def ranks(floors: Floors) -> dict[str, int]:
    """The place of each unit in the order from the ground up."""
    steps = [step.split() for floor in floors for step in floor.split("|")]
    return {unit: rank for rank, units in enumerate(steps) for unit in units}
