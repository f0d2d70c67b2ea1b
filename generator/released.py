"""The last release: the spec in `released.yaml`, which contains its version."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator
from pathlib import Path

from .document import Map, Position, operations
from .findings import Finding, GeneratorError, refusal
from .grammar import OPENAPI, misshapen
from .load import load_file

RELEASE = "x-release"
"""The key of a released spec that contains its version: `x-release: {version: 1.2.0}`."""


def read_released(specs: Path) -> Map | None:
    """Return the released spec of a specs folder; None before the first release.

    A file that is damaged is not taken for one that is missing: callers would lose their names.

    Raises:
        GeneratorError: The file is there, but holds something else than one spec with names.
    """
    path = specs / "released.yaml"
    if not path.exists() and not path.is_symlink():
        return None
    try:
        roots = load_file(path)
    except GeneratorError as error:
        raise GeneratorError(
            each.advised("released-conflict", file=path) if each.code == "merge-conflict" else each
            for each in error.findings
        ) from None
    if not roots:
        raise refusal(Position(str(path)), "released-empty")
    if len(roots) > 1:
        raise refusal(roots[1].position, "released-several", found=len(roots))
    if findings := list(_damages(roots[0])):
        raise GeneratorError(restorable(findings))
    return roots[0]


def released_version(released: Map) -> str:
    """Return the version that a released spec was released as; empty where it does not say so."""
    return released.map(RELEASE).text("version")


def restorable(findings: Iterable[Finding]) -> list[Finding]:
    """Findings about a released spec, with the cure that it has: overlays do not reach it."""
    return [finding.advised("restore") for finding in findings]


def _damages(root: Map) -> Iterator[Finding]:
    """Yield findings about a released spec whose operations or names cannot be read."""
    version = root.text("openapi")
    if not version.startswith("3.1."):
        yield Finding(root.position_of("openapi"), "released-version", found=version or "none")
        return
    if findings := misshapen(OPENAPI, root):
        yield from findings
        return
    owners: dict[tuple[str, ...], str] = {}
    for path, method, operation in operations(root):
        label = f"{method.upper()} {path}"
        called = {key: operation.text(key) for key in ("x-resource", "x-method")}
        for key, name in called.items():
            if not name.isidentifier() or keyword.iskeyword(name):
                code = "released-misnamed" if name else "released-unnamed"
                where = operation.position_of(key)
                yield Finding(where, code, key=key, operation=label, found=name)
        owner = owners.setdefault(tuple(called.values()), label)
        if owner != label:
            where = operation.position_of("x-method")
            yield Finding(where, "released-name-shared", operation=label, other=owner)
    if not owners:
        yield Finding(root.position_of("paths"), "released-empty-paths")
