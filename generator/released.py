"""What was released last: the spec in `released.yaml`, which says its version itself."""

from __future__ import annotations

from pathlib import Path

from .document import Map
from .load import load_file

RELEASE = "x-release"
"""The key of a released spec that says what it was released as: `x-release: {version: 1.2.0}`."""


def read_released(specs: Path) -> Map | None:
    """The released spec of a specs folder; None before the first release.

    Raises:
        GeneratorError: The file cannot be read as a document.
    """
    path = specs / "released.yaml"
    return next(iter(load_file(path)), None) if path.is_file() else None


def released_version(released: Map) -> str:
    """The version that a released spec was released as; empty where it does not say so."""
    return released.map(RELEASE).text("version")
