"""Small things of the whole document: its version, and that of the API."""

from __future__ import annotations

from generator.document import Map

from .shared import Log


def put_versions(root: Map, log: Log) -> None:
    """Say that the document is OpenAPI 3.1, and the version of its API as the text it must be."""
    root["openapi"] = "3.1.0"
    info = root.map("info")
    version = info.get("version")
    if isinstance(version, int | float):
        info["version"] = str(version)
        log.warn(info.position_of("version"), "version-not-text", version=version)
