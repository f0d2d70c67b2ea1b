"""Writes what a run has made: all of it, or nothing.

Everything is made in a folder beside its place and then moved there. A run that fails changes
nothing. A run that is killed leaves each output old or new, or a package that is missing until
the next run; which outputs belong together is written in the package (see `manifest`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from .atomic_writes import folders_for, sweep
from .config import Settings
from .findings import refusal


@contextmanager
def workshop(out: Path) -> Iterator[Path]:
    """A temporary folder on the disk of an output, removed in the end whatever happens."""
    prefix = f".{out.name}-"
    with folders_for([out]):
        sweep(out.parent, prefix)
        with TemporaryDirectory(".tmp", prefix, out.parent, ignore_cleanup_errors=True) as folder:
            yield Path(folder)


def check_replaceable(out: Path) -> None:
    """Refuse a folder that this generator has not written: replacing it would delete it.

    Raises:
        GeneratorError: There is something else.
    """
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise refusal(out, "output-not-folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file():
        raise refusal(out, "output-not-ours")


MANIFEST = "generation.json"


def manifest(specs: Path, templates: Path, settings: Settings, spec: str) -> str:
    """Return the digests of all inputs of a package, and of the merged spec beside it."""
    content = {
        "note": "Generated. What this package was made from, as SHA-256 digests.",
        "inputs": dict(_inputs(specs, templates, settings)),
        "spec": _digest(spec.encode()),
        "tools": _tools(),
    }
    return json.dumps(content, indent=1) + "\n"


@cache
def _tools() -> dict[str, str]:
    """Return the versions of the programs that shape a package."""
    return {tool: version(tool) for tool in ("openapi-python-client", "ruff")}


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
    folders = {name: specs / name for name in ("sources", "overlays")} | {"templates": templates}
    for label, folder in folders.items():
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                yield f"{label}/{inside.as_posix()}", _digest(path.read_bytes())
    yield "settings", _digest(json.dumps(settings.rendered, sort_keys=True).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
