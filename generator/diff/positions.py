"""The positions of the parts of a spec: pointer, source document, line."""

from __future__ import annotations

from generator.document import METHODS, Map, Node, Seq, pointer

from .differences import Place


class Places:
    """Finds the mappings of one spec by their identity."""

    def __init__(self, spec: Map) -> None:
        self._spec = spec
        self._found: dict[int, tuple[str | int, ...]] = {}
        waiting: list[tuple[tuple[str | int, ...], Node]] = [((), spec)]
        while waiting:
            path, node = waiting.pop()
            if isinstance(node, Map):
                # Components go before what merely names them, should both be one object.
                if self._found.setdefault(id(node), path) == path:
                    waiting += [((*path, key), value) for key, value in node.items()]
            elif isinstance(node, Seq):
                waiting += [((*path, index), value) for index, value in enumerate(node)]

    def place(self, *nodes: Map | None) -> Place | None:
        """Return the place of the first of some mappings that is part of the spec; else None."""
        for node in nodes:
            if node is not None and id(node) in self._found:
                path = self._found[id(node)]
                return Place(pointer(*path), self._document(path), str(node.position))
        return None

    def _document(self, path: tuple[str | int, ...]) -> str:
        """Return the source that the nearest operation or component records."""
        holder = self._spec
        for part in map(str, path[:3]):
            holder = holder.map(part)
        if path[:1] == ("paths",) and (len(path) < 3 or path[2] not in METHODS):
            return ""
        origin = holder.map("x-source")
        if document := origin.text("document"):
            return f"{document}#{origin.text('pointer')}"
        overlays = origin.seq("overlays").texts()
        return overlays[0] if overlays else ""
