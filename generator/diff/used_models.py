"""The classes that an operation refers to anywhere, also in error responses and other classes."""

from __future__ import annotations

from generator.client import Model
from generator.client.flat_schemas import Schemas
from generator.document import Map, Node, Seq


class Mentions:
    """Follows all references of one spec."""

    def __init__(self, schemas: Schemas, models: dict[str, Model]) -> None:
        self._target = schemas.target
        self._direct: dict[str, set[str]] = {}
        self._names = {id(model.schema): name for name, model in models.items()}

    def classes(self, node: Map) -> frozenset[str]:
        """Return the names of the classes that a node refers to, at any distance."""
        found: set[str] = set()
        waiting = _references(node)
        while waiting:
            ref = waiting.pop()
            if ref not in found:
                found.add(ref)
                waiting |= self._following(ref)
        nodes = (self._target(ref) for ref in found)
        return frozenset(self._names[id(node)] for node in nodes if id(node) in self._names)

    def _following(self, ref: str) -> set[str]:
        if ref not in self._direct:
            self._direct[ref] = _references(self._target(ref))
        return self._direct[ref]


def _references(node: Node) -> set[str]:
    found: set[str] = set()
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Map):
            if ref := part.text("$ref"):
                found.add(ref)
            waiting += [value for value in part.values() if isinstance(value, Map | Seq)]
        elif isinstance(part, Seq):
            waiting += part
    return found
