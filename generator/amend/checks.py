"""Which mappings are overlays, and which actions: the rules of the Overlay standard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.document import Map
from generator.findings import Finding, GeneratorError, Phrase, kind

from .queries import Query

BEFORE = "x-before"
UPGRADE = "upgrade"
"""`x-before: upgrade` in an overlay that extends a source document: its actions see the document
as it is written, before it becomes OpenAPI 3.1."""

_VERSION = re.compile(r"1\.[01]\.\d+")
_FIELDS = ("overlay", "info", "extends", "actions")
_INFO_FIELDS = ("title", "version", "description")
_ACTION_FIELDS = ("target", "description", "update", "remove", "copy")


def root_findings(root: Map) -> Iterator[Finding]:
    """Yield findings about an overlay, apart from its actions and `extends`."""
    version = root.get("overlay")
    if "overlay" not in root:
        yield Finding(root.position, "overlay-unmarked")
    elif not isinstance(version, str) or not _VERSION.fullmatch(version):
        yield Finding(root.position_of("overlay"), "overlay-version", found=version)
    yield from _unknown(root, _FIELDS, "an overlay")
    if BEFORE in root and (root[BEFORE] != UPGRADE or "extends" not in root):
        yield Finding(
            root.position_of(BEFORE),
            "overlay-before",
            key=BEFORE,
            expected=UPGRADE,
            found=root[BEFORE],
            unextended="" if "extends" in root else Phrase("overlay-unextended", {}),
        )
    info = root.get("info")
    if not isinstance(info, Map):
        yield misfit(root, "info", "a mapping with title and version", "an overlay")
        return
    yield from _unknown(info, _INFO_FIELDS, "info")
    for key in _INFO_FIELDS:
        if not isinstance(info.get(key, "" if key == "description" else None), str):
            yield misfit(info, key, "a string", "info")


def _unknown(node: Map, fields: tuple[str, ...], what: str) -> Iterator[Finding]:
    for key in node:
        if key not in fields and not key.startswith("x-"):
            where = node.position_of(key)
            yield Finding(where, "overlay-field", owner=what, key=key, known=fields)


def misfit(node: Map, key: str, expected: str, what: str) -> Finding:
    """Return the finding that a field is missing or has a wrong value."""
    found = kind(node[key]) if node.get(key) is not None else "none"
    where = node.position_of(key)
    return Finding(where, "overlay-shape", key=key, owner=what, expected=expected, found=found)


def action_findings(node: Map, before_1_1: bool) -> Iterator[Finding]:
    """Yield findings about an action, apart from the others."""
    yield from _unknown(node, _ACTION_FIELDS, "an action")
    if "target" not in node:
        yield misfit(node, "target", "a JSONPath expression", "an action")
    for key in ("target", "copy"):
        if key not in node:
            continue
        if not isinstance(node[key], str):
            yield misfit(node, key, "a JSONPath expression", "an action")
            continue
        try:
            Query(node.text(key), node.position_of(key)).check()
        except GeneratorError as error:
            yield from error.findings
    if "description" in node and not isinstance(node["description"], str):
        yield misfit(node, "description", "a string", "an action")
    if not isinstance(node.get("remove", False), bool):
        yield misfit(node, "remove", "true or false", "an action")
    yield from _effect_findings(node, before_1_1)


def _effect_findings(node: Map, before_1_1: bool) -> Iterator[Finding]:
    if "copy" in node and before_1_1:
        yield Finding(node.position_of("copy"), "action-copies-early")
    if node.get("remove", False) is False and "update" in node and "copy" in node:
        yield Finding(node.position_of("copy"), "action-twofold")
