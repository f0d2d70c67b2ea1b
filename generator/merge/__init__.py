"""Makes one OpenAPI document of several, and refuses those that contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.config import Settings
from generator.document import Document, Map, Node
from generator.findings import Finding, GeneratorError

from . import outline
from .components import Components
from .conflicts import findings
from .equality import Leaves, schemes
from .fold import Folder
from .gathering import homes
from .identity import shared_ids, shared_paths
from .notes import Ledger
from .operations import Operations
from .sides import Home

__all__ = ["Merged", "merge"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The one document that all the others became."""

    spec: Map
    warnings: list[Finding]
    """Differences that were settled by a rule, and other things worth knowing."""
    collapsed: int
    """How many operations and components only said again what an earlier document had said."""


def merge(documents: Sequence[Document], settings: Settings) -> Merged:
    """Make one document of several, all of OpenAPI 3.1. None of them is changed.

    The documents are taken in the order of their names, whatever order they come in.

    Raises:
        GeneratorError: There are none, or some contradict each other. Each finding names both
            places and has the overlay that would cure it.
    """
    if not documents:
        raise GeneratorError([Finding("sources", "expected documents to merge, found none")])
    try:
        return _Merger(homes(documents), settings).merged()
    except RecursionError:
        problem = "objects or references are nested too deeply to be compared"
        raise GeneratorError([Finding(documents[0].root.position, problem)]) from None


class _Merger:
    """The parts of the merged spec, and what is found on the way to it."""

    def __init__(self, found: list[Home], settings: Settings) -> None:
        self._homes = found
        self._settings = settings
        self._warnings: list[Finding] = []
        self._errors: list[Finding] = []
        self._ledger = Ledger()
        self._folder = Folder(Leaves(schemes(found)), self._ledger)

    def merged(self) -> Merged:
        operations = Operations(self._homes)
        components = Components(self._homes)
        spec = self._spec(operations, components)
        self._errors += findings(self._ledger.conflicts)
        self._errors += shared_paths(self._homes) + shared_ids(operations)
        if self._errors:
            raise GeneratorError(self._errors)
        return Merged(spec, self._warnings, operations.repeats + components.repeats)

    def _spec(self, operations: Operations, components: Components) -> Map:
        position = self._homes[0].root.position
        info, notes = outline.info(self._homes, self._settings)
        servers, contradictions = outline.servers(self._homes, self._folder, self._warnings)
        self._warnings += notes
        self._errors += contradictions
        parts: dict[str, Node] = {
            "openapi": "3.1.0",
            "info": info,
            "servers": servers,
            "tags": outline.tags(self._homes, self._folder, self._warnings),
            "externalDocs": outline.external_docs(self._homes),
            "paths": operations.fold(self._folder, self._warnings, position),
            "webhooks": outline.webhooks(self._homes, self._folder, self._warnings),
            "components": components.fold(self._folder, self._warnings, position),
        }
        spec = Map(position=position)
        for key, value in parts.items():
            if value is not None:
                spec.put(key, value, value.position if isinstance(value, Map) else None)
        return spec
