"""What the caller of one generated client sees, with what its spec says beyond the types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from generator.client import Model, Operation, Type, read_client
from generator.document import Map
from generator.names import canonical_path

from .positions import Places
from .schema_keywords import Reader
from .used_models import Mentions

Key = tuple[str, str]
"""What identifies an operation: its method, and its path without the names of its templates."""


@dataclass(frozen=True, slots=True)
class Uses:
    """The names of the classes that an operation has to do with."""

    sent: frozenset[str]
    """Those that its arguments hold."""
    answered: frozenset[str]
    """Those that its responses hold."""
    mentioned: frozenset[str]
    """Those that can be imported because of it."""


class Surface:
    """All that one spec shows to callers."""

    def __init__(self, spec: Map) -> None:
        self.spec = spec
        client = read_client(spec)
        self.models: dict[str, Model] = client.models
        self.operations: dict[Key, Operation] = {
            (item.verb, canonical_path(item.path)): item for item in client.operations
        }
        self.reader = Reader(spec)
        self._mentions = Mentions(self.reader.schemas, client.models)
        self._uses: dict[str, Uses] = {}

    @cached_property
    def places(self) -> Places:
        """Where everything stands; most comparisons find nothing, and need none of it."""
        return Places(self.spec)

    def uses(self, operation: Operation) -> Uses:
        """The classes that an operation has to do with."""
        if operation.name not in self._uses:
            sent = self._reached(item.type for item in operation.arguments)
            answered = self._reached(outcome.type for outcome in operation.bodies)
            named = self._mentions.classes(operation.node) | ({operation.spread} - {""})
            self._uses[operation.name] = Uses(sent, answered, sent | answered | named)
        return self._uses[operation.name]

    def _reached(self, types: Iterable[Type]) -> frozenset[str]:
        """The classes that types are made of, with all that those are made of."""
        found: set[str] = set()
        waiting = list(types)
        while waiting:
            for name in waiting.pop().classes() - found:
                found.add(name)
                waiting += [item.type for item in self.models[name].fields]
        return frozenset(found)
