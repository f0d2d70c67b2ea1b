"""The two sides of a comparison: a valid merged spec of each, from a folder or a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from . import names
from .config import Project, Settings
from .document import Map, operations
from .findings import GeneratorError, refusal
from .load import load_document
from .merge import merge
from .pipeline import build_spec, tidy, upgraded
from .released import read_released, released_version, restorable
from .validate import validate


@dataclass(frozen=True, slots=True)
class Side:
    """A spec, and what to call it in a report."""

    title: str
    spec: Map


def released(specs: Path) -> Side:
    """Return the released spec.

    Raises:
        GeneratorError: Nothing was, or the released spec is none.
    """
    spec = read_released(specs)
    if spec is None:
        raise refusal(specs / "released.yaml", "released-nothing")
    name = Project(specs).table("project").get("name") or spec.map("info").text("title")
    words = (str(name), released_version(spec), "as released")
    if findings := validate(spec):
        raise GeneratorError(restorable(findings))
    return Side(" ".join(filter(None, words)), spec)


def current(specs: Path, before: Side | None) -> Side:
    """Return the current result of a folder. `before` is what it has released, if that was read.

    Raises:
        GeneratorError: They give no valid spec.
    """
    spec = build_spec(specs, before.spec if before else None).spec
    folders = (specs / name for name in ("sources", "overlays"))
    return Side(f"{' and '.join(str(each) for each in folders if each.is_dir())} now", spec)


def named(path: Path, before: Side | None = None) -> Side:
    """Return the spec at a path: a folder of specs, a merged spec, or any document of an API.

    Its operations keep the names of what it is compared with, if that was released.

    Raises:
        GeneratorError: It cannot be read, or gives no valid spec.
    """
    if path.is_dir():
        return Side(str(path), build_spec(path).spec)
    documents, _ = load_document(path)
    spec = documents[0].root
    called = [name for _, _, each in operations(spec) for name in names.name_of(each)]
    if len(documents) > 1 or not called or not all(called):  # It is no merged spec.
        spec = merge(upgraded(documents)[0], Settings()).spec
        names.assign(spec, before.spec if before and released_version(before.spec) else None)
        tidy(spec)
    version = released_version(spec)
    if findings := validate(spec):
        raise GeneratorError(findings)
    return Side(f"{path} ({version} as released)" if version else str(path), spec)
