"""Writes drafted overlays: all files, or none."""

from __future__ import annotations

from pathlib import Path

from generator.atomic_writes import replaced
from generator.findings import Finding, GeneratorError

from .iteration import Drafted


def write(specs: Path, drafted: Drafted) -> None:
    """Write the drafted overlays into a specs folder.

    Raises:
        GeneratorError: A file has changed since the draft was made. Nothing has been written.
    """
    if not drafted.files:
        return
    folder = specs / "overlays"
    contents = {folder / name: text.encode() for name, text in drafted.files.items()}
    if changed := [path for path in contents if _text(path) != drafted.read[path.name].encode()]:
        raise GeneratorError(Finding(path, "draft-outdated") for path in changed)
    with replaced(contents):
        pass


def _text(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
