"""Records in a package what it was generated from, so that `check` can name what has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from .config import Settings

MANIFEST = "generation.json"

_TOOLS = ("openapi-python-client", "ruff")


def manifest(specs: Path, templates: Path, settings: Settings, spec: str) -> str:
    """Return the digests of all inputs of a package, and of the merged spec beside it."""
    content = {
        "note": "Generated. What this package was made from, as SHA-256 digests.",
        "inputs": dict(_inputs(specs, templates, settings)),
        "spec": _digest(spec.encode()),
        "tools": {tool: version(tool) for tool in _TOOLS},
    }
    return json.dumps(content, indent=1) + "\n"


def changed_inputs(before: str, after: str) -> list[str]:
    """Return the inputs that differ between two manifests: added, removed or changed.

    Without a manifest that can be read before, it is unknown which have changed.
    """
    old, new = _recorded(before), _recorded(after)
    if not old:
        return []
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def _recorded(text: str) -> dict[str, object]:
    try:
        content = json.loads(text)
        return {**content["inputs"], **content["tools"]}
    except (ValueError, LookupError, TypeError):
        return {}


def _inputs(specs: Path, templates: Path, settings: Settings) -> Iterator[tuple[str, str]]:
    for label, folder in (
        ("sources", specs / "sources"),
        ("overlays", specs / "overlays"),
        ("templates", templates),
    ):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            inside = path.relative_to(folder)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                name = inside.as_posix()
                yield f"{label}/{name}", _digest(path.read_bytes())
    yield "settings", _digest(json.dumps(settings.rendered, sort_keys=True).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
