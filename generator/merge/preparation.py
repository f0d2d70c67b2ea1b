"""Readies documents for merging: references that dangle, and what paths say for operations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.document import METHODS, Document, Map, Node, Seq, copied_map
from generator.grammar import OPENAPI, walk
from generator.references import ref_of

from .lists import parameter_name
from .occurrences import Home, Side, fragment, refs_in, text_of


def homes(documents: Sequence[Document]) -> list[Home]:
    """Return the documents in the order of their names, as places in which to resolve references.

    A reference that dangles in its document but would not in another gets its document's name in
    front, so that it dangles in the merged spec too.
    """
    ordered = sorted(documents, key=lambda document: document.name)
    found = [Home(document.name, document.root) for document in ordered]
    return [_held(home, found) for home in found]


def _held(home: Home, others: Sequence[Home]) -> Home:
    dangling = {ref for ref in refs_in(text_of(home.root)) if home.target(ref) is None}
    taken = {
        ref
        for ref in dangling
        if ref.startswith("#") and any(other.target(ref) is not None for other in others)
    }
    if not taken:
        return home
    root = copied_map(home.root)
    for _, _, node in walk(OPENAPI, root):
        ref = ref_of(node)
        if ref in taken:
            node["$ref"] = f"{home.name}#{fragment(ref)}"
    return Home(home.name, root)


def grouped(sides: Sequence[Side]) -> list[Side]:
    """Return the sides that differ in a single letter or more; the others as their twins."""
    groups: dict[tuple[str, ...], list[Side]] = {}
    for side in sides:
        own = {key: side.map[key] for key in side.map if key != "x-source"}
        text = text_of(own if isinstance(side.node, Map) else side.node)
        dangling = sorted(ref for ref in refs_in(text) if side.home.target(ref) is None)
        groups.setdefault((text, *dangling), []).append(side)
    return [
        replace(alike[0], twins=tuple(side.home for side in alike[1:])) for alike in groups.values()
    ]


def operations(home: Home) -> Iterator[tuple[str, str, Side]]:
    """Yield path, method and operation, completed by the fields of its path item."""
    for path, item in home.root.map("paths").maps():
        for method in METHODS:
            node = item.get(method)
            if isinstance(node, Map):
                yield path, method, _completed(Side(home, node, ("paths", path, method)), item)


def _completed(side: Side, item: Map) -> Side:
    node = Map(side.map, position=side.map.position, key_positions=side.map.key_positions)
    for key in ("summary", "description", "servers"):
        if key in item and not node.get(key):
            node.put(key, item[key], item.position_of(key))
    shared = _inherited(side, item)
    if shared:
        own = node.seq("parameters")
        node.put("parameters", Seq([*own, *shared], position=own.position))
    return replace(side, node=node) if len(node) > len(side.map) or shared else side


def _inherited(side: Side, item: Map) -> list[Node]:
    """Return the parameters of a path item that the operation does not override."""
    own = {parameter_name(replace(side, node=node)) for node in side.map.seq("parameters").maps()}
    return [
        node
        for node in item.seq("parameters").maps()
        if parameter_name(replace(side, node=node)) not in own
    ]
