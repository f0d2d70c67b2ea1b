"""What all parts of the upgrade need: a log of findings, and fields moved with their positions."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from generator.document import Map, Node, Position, Seq
from generator.findings import Finding

SECTIONS = {
    "definitions": "schemas",
    "parameters": "parameters",
    "responses": "responses",
    "securityDefinitions": "securitySchemes",
}
"""The components of Swagger 2.0, by what OpenAPI 3 calls them."""


@dataclass(slots=True)
class Log:
    """Errors, which refuse the document, and warnings, which say what was decided by rule."""

    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def error(self, where: Position, code: str, /, **values: object) -> None:
        """Something that OpenAPI 3.1 cannot express."""
        self.errors.append(Finding(where, code, **values))

    def warn(self, where: Position, code: str, /, **values: object) -> None:
        """Something that was decided by rule."""
        self.warnings.append(Finding(where, code, **values))

    def warn_once(self, where: Position, code: str, /, **values: object) -> None:
        """Something that was decided by rule at many places, of which the first is named."""
        if not any(each.code == code for each in self.warnings):
            self.warn(where, code, **values)


def carry(source: Map, target: Map, key: str, name: str | None = None) -> None:
    """Take over a field, where there is one, under its own or another name."""
    if key in source:
        target.put(name or key, source[key], source.position_of(key))


def without(source: Map, keys: Container[str]) -> Map:
    """Return a mapping of the same values that lacks some keys."""
    target = Map(position=source.position)
    for key in source:
        if key not in keys:
            carry(source, target, key)
    return target


def ensured(owner: Map, key: str) -> Map:
    """Return the mapping under a key, which is added where there is none."""
    if key not in owner:
        owner[key] = Map(position=owner.position)
    return owner.map(key)


def replace(node: Map, other: Map) -> None:
    """Give a mapping the contents of another, in the other's order."""
    node.clear()
    node.key_positions.clear()
    for key in other:
        carry(other, node, key)


def rename_keys(node: Map, new: Callable[[str], str]) -> None:
    """Rename keys, each staying in its place. Extensions keep their names."""
    target = Map(position=node.position)
    for key in node:
        carry(node, target, key, new(key))
    replace(node, target)


def put_items(node: Map, key: str, items: list[Node]) -> None:
    """Replace a list by another that stands in its place, or remove it where that is empty."""
    if items:
        node[key] = Seq(items, position=node.seq(key).position)
    else:
        node.pop(key, None)


def common(lists: Iterable[Sequence[str]]) -> list[str]:
    """Return the items that all lists begin with."""
    ranks = zip(*lists, strict=False)
    return [same[0] for same in takewhile(lambda same: len(set(same)) == 1, ranks)]
