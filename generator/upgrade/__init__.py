"""Turns a Swagger 2.0 or OpenAPI 3.x document into one canonical form of OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Iterator

from generator.document import Document, Map, copied_map, placed, pointer
from generator.findings import Finding, GeneratorError, Keys
from generator.grammar import OPENAPI, SWAGGER, misshapen, walk

from . import moved_references, schemas, security, servers
from .shared import SECTIONS, Log
from .swagger import converted

__all__ = ["upgrade"]


def upgrade(document: Document) -> tuple[Document, list[Finding]]:
    """Return the same API as an OpenAPI 3.1 document, and what was decided by rule on the way.

    Raises:
        GeneratorError: The document says something that OpenAPI 3.1 cannot express.
    """
    log, root = Log(), copied_map(document.root)
    is_swagger = "swagger" in root
    _stamp(document.name, root)
    moved_references.inline_path_items(root)
    moved_references.inline_parameters(root)
    _stamp(document.name, root, again=True)
    targets = moved_references.targets(root)
    if is_swagger:
        root = converted(root, log)
    schemas.upgrade_all(root, keep_siblings=not is_swagger and document.version >= "3.1")
    moved = servers.fold(root, log)
    rewritten = moved_references.rename(root, moved, is_swagger=is_swagger)
    moved_references.follow(root, targets, rewritten)
    security.secure_urls(root, log)
    security.push_down(root)
    security.lift(root, log)
    _put_versions(root, log)
    _strip(root)
    errors = log.errors or misshapen(OPENAPI, root)
    if errors:
        raise GeneratorError(errors)
    return Document(document.name, root), log.warnings


def _stamp(document: str, root: Map, *, again: bool = False) -> None:
    """Note its origin on every operation, component and parameter.

    Parameters need one because some of them become components. A reference can hold no note.
    Done again, it leaves alone what has a note already.
    """
    for what, at, node in _marked(root):
        if ("$ref" in node and what != "schema") or (again and "x-source" in node):
            continue
        node["x-source"] = placed({"document": document, "pointer": pointer(*at)}, node.position)
        node.key_positions.pop("x-source", None)


def _strip(root: Map) -> None:
    """Remove the notes from all but operations and components, where they become the last field."""
    noted = {id(node) for _, _, node in _components(root)}
    for what, _, node in walk(OPENAPI, root):
        source = node.pop("x-source", None)
        node.key_positions.pop("x-source", None)
        if source is not None and (what == "operation" or id(node) in noted):
            node["x-source"] = source


def _marked(root: Map) -> Iterator[tuple[str, Keys, Map]]:
    yield from _components(root)
    for what, at, node in walk(SWAGGER if "swagger" in root else OPENAPI, root):
        shared = at[:1] in (("parameters",), ("components",))
        if what == "operation" or (what == "parameter" and not shared):
            yield what, at, node


def _components(root: Map) -> Iterator[tuple[str, Keys, Map]]:
    is_swagger = "swagger" in root
    holder, around = (root, ()) if is_swagger else (root.map("components"), ("components",))
    for kind in SECTIONS if is_swagger else [each for each in holder if each[:2] != "x-"]:
        what = "schema" if kind in ("definitions", "schemas") else "component"
        for name, node in holder.map(kind).maps():
            yield what, (*around, kind, name), node


def _put_versions(root: Map, log: Log) -> None:
    """Say that the document is OpenAPI 3.1, and the version of its API as the text it must be."""
    root["openapi"] = "3.1.0"
    info = root.map("info")
    version = info.get("version")
    if isinstance(version, int | float):
        info["version"] = str(version)
        log.warn(info.position_of("version"), "version-not-text", version=version)
