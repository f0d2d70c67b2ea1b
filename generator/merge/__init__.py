"""Makes one OpenAPI document of several, and refuses those that contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.config import Settings
from generator.document import Document, Map, Node, collected, copied
from generator.findings import Finding, refusal

from . import parts
from .conflicts import MergeError, contradictions
from .equality import equal_schemes
from .fold import Folder
from .identity import shared_ids, shared_paths
from .occurrences import Home, homes, operations

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
        return _merged(homes(documents), settings)
    except RecursionError:
        raise refusal(documents[0].root.position, "merge-too-deep") from None


def _merged(found: list[Home], settings: Settings) -> Merged:
    by_key = collected(each for home in found for each in operations(home))
    folder = Folder(equal_schemes(found))
    documented = [home.root["externalDocs"] for home in found if "externalDocs" in home.root]
    servers, errors = parts.servers(found, folder)
    fields: dict[str, Node] = {
        "openapi": "3.1.0",
        "info": parts.info(found, settings, folder),
        "servers": servers,
        "tags": parts.tags(found, folder),
        "externalDocs": copied(documented[0]) if documented else None,
        "paths": parts.paths(found, by_key, folder),
        "webhooks": parts.webhooks(found, folder),
        "components": parts.components(found, folder),
    }
    spec = Map(position=found[0].root.position)
    for key, value in fields.items():
        if value is not None:
            spec.put(key, value, value.position if isinstance(value, Map) else None)
    # In this order: what renames a path takes it away from where the others look for it.
    errors += contradictions(folder.ledger.conflicts) + shared_ids(by_key) + shared_paths(found)
    if errors:
        raise MergeError(errors)
    return Merged(spec, folder.warnings, folder.collapsed)
