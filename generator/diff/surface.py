"""The caller's view of one generated client, with the details of its spec that types lack."""

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
        self.operations: dict[Key, Operation] = {
            (item.verb, canonical_path(item.path)): item for item in client.operations
        }
        self.reader = Reader(spec)
        self._mentions = Mentions(self.reader.schemas, client.models)
        self._uses: dict[str, Uses] = {}

    @cached_property
    def places(self) -> Places:
        """The position of everything; computed late, as most comparisons find no difference."""
        return Places(self.spec)

    def uses(self, operation: Operation) -> Uses:
        """Return the classes that an operation uses."""
        if operation.name not in self._uses:
            sent = self._reached(item.type for item in operation.arguments)
            returned = self._reached(outcome.type for outcome in operation.bodies)
            named = self._mentions.classes(operation.node) | ({operation.spread} - {""})
            self._uses[operation.name] = Uses(sent, returned, sent | returned | named)
        return self._uses[operation.name]

    def _reached(self, types: Iterable[Type]) -> frozenset[str]:
        """Return the classes that types refer to, at any distance."""
        found: set[str] = set()
        waiting = list(types)
        while waiting:
            for name in waiting.pop().classes() - found:
                found.add(name)
                waiting += [item.type for item in self.models[name].fields]
        return frozenset(found)
