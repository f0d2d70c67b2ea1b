"""Makes one OpenAPI document of several, and refuses those that contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.config import Settings
from generator.document import Document, Map, Node
from generator.findings import Finding, refusal

from . import parts
from .conflicts import Contradiction, Ledger, MergeError, contradictions
from .equality import Leaves, schemes
from .fold import Folder
from .identity import shared_ids, shared_paths
from .occurrences import Home, homes
from .parts import Components, Operations

__all__ = ["MergeError", "Merged", "merge"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The one document that all the others became."""

    spec: Map
    warnings: list[Finding]
    """Differences that were settled by a rule, and other things worth knowing."""
    collapsed: int
    """The number of operations and components that repeated an earlier document."""


def merge(documents: Sequence[Document], settings: Settings) -> Merged:
    """Make one document of several, all of OpenAPI 3.1. None of them is changed.

    The documents are taken in the order of their names, whatever order they come in.

    Raises:
        MergeError: Some contradict each other. Each finding names both places; the last one about
            a document has the overlay that would cure all of them.
        GeneratorError: There are none.
    """
    if not documents:
        raise refusal("sources", "merge-nothing")
    try:
        return _Merger(homes(documents), settings).merged()
    except RecursionError:
        raise refusal(documents[0].root.position, "merge-too-deep") from None


class _Merger:
    """The parts of the merged spec, and what is found on the way to it."""

    def __init__(self, found: list[Home], settings: Settings) -> None:
        self._homes = found
        self._settings = settings
        self._warnings: list[Finding] = []
        self._errors: list[Contradiction] = []
        self._ledger = Ledger()
        self._folder = Folder(Leaves(schemes(found)), self._ledger)

    def merged(self) -> Merged:
        operations = Operations(self._homes)
        components = Components(self._homes)
        spec = self._spec(operations, components)
        self._errors += contradictions(self._ledger.conflicts)
        # In this order: what renames a path takes it away from where the others look for it.
        self._errors += shared_ids(operations) + shared_paths(self._homes)
        if self._errors:
            raise MergeError(self._errors)
        return Merged(spec, self._warnings, operations.repeats + components.repeats)

    def _spec(self, operations: Operations, components: Components) -> Map:
        position = self._homes[0].root.position
        info, notes = parts.info(self._homes, self._settings)
        servers, differing = parts.servers(self._homes, self._folder, self._warnings)
        self._warnings += notes
        self._errors += differing
        fields: dict[str, Node] = {
            "openapi": "3.1.0",
            "info": info,
            "servers": servers,
            "tags": parts.tags(self._homes, self._folder, self._warnings),
            "externalDocs": parts.external_docs(self._homes),
            "paths": operations.fold(self._folder, self._warnings, position),
            "webhooks": parts.webhooks(self._homes, self._folder, self._warnings),
            "components": components.fold(self._folder, self._warnings, position),
        }
        spec = Map(position=position)
        for key, value in fields.items():
            if value is not None:
                spec.put(key, value, value.position if isinstance(value, Map) else None)
        return spec
