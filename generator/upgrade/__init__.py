"""Turns a Swagger 2.0 or OpenAPI 3.x document into one canonical form of OpenAPI 3.1."""

from __future__ import annotations

from generator.document import Document, Map, copied_map
from generator.findings import Finding, GeneratorError
from generator.grammar import OPENAPI, misshapen

from . import (
    moved_references,
    schemas,
    security,
    servers,
    source_stamps,
    versions,
)
from .shared import Log
from .swagger import converted

__all__ = ["upgrade"]


def upgrade(document: Document) -> tuple[Document, list[Finding]]:
    """Return the same API as an OpenAPI 3.1 document, and what was decided by rule on the way.

    Raises:
        GeneratorError: The document says something that OpenAPI 3.1 cannot express.
    """
    log = Log()
    root = _upgraded(document, log)
    errors = log.errors or misshapen(OPENAPI, root)
    if errors:
        raise GeneratorError(errors)
    return Document(document.name, root), log.warnings


def _upgraded(document: Document, log: Log) -> Map:
    is_swagger = "swagger" in document.root
    root = copied_map(document.root)
    source_stamps.stamp(document.name, root)
    moved_references.inline_path_items(root)
    moved_references.inline_parameters(root)
    source_stamps.stamp(document.name, root, again=True)
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
    versions.put_versions(root, log)
    source_stamps.strip(root)
    return root
