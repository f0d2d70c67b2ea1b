"""Merges the operations of all documents, path by path and method by method."""

from __future__ import annotations

from collections.abc import Sequence

from generator.document import METHODS, Map, Node, Position
from generator.findings import Finding

from .fold import Folder
from .occurrences import Home, Side, fragment, grouped, operations, written


class Operations:
    """The operations of all documents by path and method, and how they become one each."""

    def __init__(self, homes: Sequence[Home]) -> None:
        self.homes = homes
        self.found: dict[tuple[str, str], list[Side]] = {}
        for home in homes:
            for path, method, side in operations(home):
                self.found.setdefault((path, method), []).append(side)

    @property
    def repeats(self) -> int:
        """The number of operations that repeat an earlier document."""
        return sum(len(sides) - 1 for sides in self.found.values())

    def fold(self, folder: Folder, warnings: list[Finding], position: Position) -> Map:
        """Return the sorted paths of the merged spec, their operations in the order of OpenAPI."""
        paths = Map(position=position)
        for path, items in sorted(self._items().items()):
            item = Map(position=items[0].position)
            refs = [side for side in items if "$ref" in side.map]
            if refs:
                folder.ledger.open(f"the path {path!r}")
                item.put("$ref", _reference(folder, [side.child("$ref") for side in refs]))
            for method in METHODS:
                sides = self.found.get((path, method))
                if sides:
                    operation = self._folded(folder, f"{method.upper()} {path}", sides, warnings)
                    item.put(method, operation, sides[0].position)
            paths.put(path, item, items[0].position)
        return paths

    def _items(self) -> dict[str, list[Side]]:
        items: dict[str, list[Side]] = {}
        for home in self.homes:
            for path, item in home.root.map("paths").maps():
                if not path.startswith("x-"):
                    items.setdefault(path, []).append(Side(home, item, ("paths", path)))
        return items

    def _folded(
        self, folder: Folder, subject: str, sides: list[Side], warnings: list[Finding]
    ) -> Map:
        folder.ledger.open(subject)
        operation = folder.fold("operation", grouped(sides))
        assert isinstance(operation, Map)
        warnings += folder.ledger.warnings(sides[0].at)
        warnings += _required(subject, operation, sides[0])
        sourced(operation, len(sides) - 1)
        return operation


def _reference(folder: Folder, sides: list[Side]) -> Node:
    """Return the reference of a path, which is not followed: it is for an overlay to resolve."""
    refs = [fragment(str(side.node)) for side in sides]
    if len(set(refs)) > 1:
        folder.ledger.clash(sides, refs)
    return written(sides[0])


def sourced(node: Map, repeats: int) -> None:
    """Note on an operation or component how many further documents have it."""
    source = node.get("x-source")
    if repeats and isinstance(source, Map):
        source.put("repeats", repeats)


def _required(subject: str, operation: Map, side: Side) -> list[Finding]:
    """Make the parameters of the path required, as they are whatever documents say."""
    names = [
        parameter.text("name")
        for parameter in operation.seq("parameters").maps()
        if require(parameter)
    ]
    if not names:
        return []
    code = "path-parameters-optional-in" if len(names) > 1 else "path-parameter-optional-in"
    return [Finding(side.position, code, subject=subject, names=names)]


def require(parameter: Map) -> bool:
    """Make a path parameter required. Returns whether it was not."""
    if parameter.get("in") != "path" or parameter.get("required") is True:
        return False
    parameter.put("required", True, parameter.position_of("required"))
    return True
