"""Notes on operations and components where they stand in the source document (`x-source`)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.document import Map, placed, pointer
from generator.grammar import OPENAPI, SWAGGER, walk

_SWAGGER_SECTIONS = ("definitions", "parameters", "responses", "securityDefinitions")


def stamp(document: str, root: Map, *, again: bool = False) -> None:
    """Note its origin on every operation, component and parameter.

    Parameters need one because some of them become components. A reference can hold no note.
    Done again, it leaves alone what has a note already.
    """
    for what, at, node in _marked(root):
        if ("$ref" in node and what != "schema") or (again and "x-source" in node):
            continue
        node["x-source"] = placed({"document": document, "pointer": pointer(*at)}, node.position)
        node.key_positions.pop("x-source", None)


def strip(root: Map) -> None:
    """Remove the notes from all but operations and components, where they become the last field."""
    noted = {id(node) for _, _, node in _components(root)}
    for what, _, node in walk(OPENAPI, root):
        source = node.pop("x-source", None)
        node.key_positions.pop("x-source", None)
        if source is not None and (what == "operation" or id(node) in noted):
            node["x-source"] = source


def _marked(root: Map) -> Iterator[tuple[str, tuple[str, ...], Map]]:
    yield from _components(root)
    for what, at, node in walk(SWAGGER if "swagger" in root else OPENAPI, root):
        shared = at[:1] in (("parameters",), ("components",))
        if what == "operation" or (what == "parameter" and not shared):
            yield what, at, node


def _components(root: Map) -> Iterator[tuple[str, tuple[str, ...], Map]]:
    sections: list[tuple[tuple[str, ...], Map]]
    if "swagger" in root:
        sections = [((name,), root.map(name)) for name in _SWAGGER_SECTIONS]
    else:
        sections = [(("components", kind), table) for kind, table in root.map("components").maps()]
    for at, table in sections:
        what = "schema" if at[-1] in ("definitions", "schemas") else "component"
        for name, node in table.maps():
            if not at[-1].startswith("x-"):
                yield what, (*at, name), node
