"""What callers see of one spec: operations, models and their uses, and where each is documented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from generator import references
from generator.client import Model, Operation, Type, read_client
from generator.client.classes import reached
from generator.document import Map, Node, Seq, canonical_path, pointer

from .differences import Place
from .schema_keywords import Reader


@dataclass(frozen=True, slots=True)
class Uses:
    """The names of the classes that an operation uses."""

    sent: frozenset[str]
    """Those that its arguments contain."""
    returned: frozenset[str]
    """Those that its responses contain."""
    mentioned: frozenset[str]
    """Those that can be imported because of it."""


class Surface:
    """Everything that callers see of one spec."""

    def __init__(self, spec: Map) -> None:
        self.spec = spec
        client = read_client(spec)
        self.models: dict[str, Model] = client.models
        self.operations: dict[tuple[str, str], Operation] = {
            (item.verb, canonical_path(item.path)): item for item in client.operations
        }
        """By what identifies them: the method, and the path without the names of its templates."""
        self.reader = Reader(spec)
        self._classes = {id(model.schema): name for name, model in client.models.items()}
        self._uses: dict[str, Uses] = {}

    @cached_property
    def _paths(self) -> dict[int, tuple[str | int, ...]]:
        """The keys of each mapping, by identity; late, as most comparisons find no difference."""
        found: dict[int, tuple[str | int, ...]] = {}
        waiting: list[tuple[tuple[str | int, ...], Node]] = [((), self.spec)]
        while waiting:
            path, node = waiting.pop()
            if isinstance(node, Map):
                # An object that is reached twice is named by its place among the components.
                if found.setdefault(id(node), path) == path:
                    waiting += [((*path, key), value) for key, value in node.items()]
            elif isinstance(node, Seq):
                waiting += [((*path, index), value) for index, value in enumerate(node)]
        return found

    def place(self, *nodes: Map | None) -> Place | None:
        """Return the place of the first of some mappings that is part of the spec; else None."""
        for node in nodes:
            if node is not None and (path := self._paths.get(id(node))) is not None:
                return Place(pointer(*path), self._document(path), str(node.position))
        return None

    def _document(self, path: tuple[str | int, ...]) -> str:
        """Return the source that the nearest operation or component records."""
        holder = self.spec
        for part in map(str, path[:3]):
            holder = holder.map(part)
        origin = holder.map("x-source")
        if document := origin.text("document"):
            return f"{document}#{origin.text('pointer')}"
        return next(iter(origin.seq("overlays").texts()), "")

    def uses(self, operation: Operation) -> Uses:
        """Return the classes that an operation uses."""
        if operation.name not in self._uses:
            sent = self._reached(item.type for item in operation.arguments)
            returned = self._reached(item.type for item in operation.bodies)
            # Also those that only error responses mention.
            refs = references.reached(self.spec, operation.node)
            named = {self._classes.get(id(references.target(self.spec, ref)), "") for ref in refs}
            named = {*named, operation.spread} - {""}
            self._uses[operation.name] = Uses(sent, returned, sent | returned | named)
        return self._uses[operation.name]

    def _reached(self, types: Iterable[Type]) -> frozenset[str]:
        return frozenset(reached(types, lambda name: self.models[name].fields))
