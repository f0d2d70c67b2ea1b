"""Reads OpenAPI Overlay documents: the corrections to the API's own documents, as data."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.document import Map, Position, Seq, plain
from generator.findings import Finding, GeneratorError, Phrase, kind, refusal
from generator.load import SUFFIXES, load_file

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


@dataclass(frozen=True, slots=True)
class Action:
    """One step of an overlay: the nodes that it targets, and their change."""

    index: int
    """Its place among the actions of its overlay, from 0."""
    node: Map
    target: Query
    copy: Query | None

    @property
    def position(self) -> Position:
        """Where it is written."""
        return self.node.position

    @property
    def reason(self) -> str:
        """Its description, which gives the reason for it."""
        return self.node.text("description")

    @property
    def removes(self) -> bool:
        """Whether it removes its targets, which excludes any other effect."""
        return self.node.get("remove") is True

    @property
    def acts(self) -> bool:
        """Whether it has an effect: the standard allows actions without one."""
        return self.removes or "update" in self.node or self.copy is not None


@dataclass(frozen=True, slots=True)
class Overlay:
    """One Overlay document."""

    name: str
    """Its file's name, without the folder."""
    document: str | None
    """The source document that it amends; None for the merged spec."""
    actions: tuple[Action, ...]
    version: str = "1.1.0"
    before_upgrade: bool = False
    """Whether it amends its source document as written, before the upgrade to OpenAPI 3.1."""

    @property
    def before_1_1(self) -> bool:
        """Whether it has version 1.0, which has neither `copy` nor primitive targets."""
        return self.version.startswith("1.0.")


def read_overlays(folder: Path, sources: Iterable[str]) -> list[Overlay]:
    """Return the overlays of a folder in file-name order; an empty list without the folder.

    `sources` are the names of the files that overlays may extend.

    Raises:
        GeneratorError: A file is no overlay, or an overlay breaks the standard.
    """
    names = sorted(sources)
    overlays: list[Overlay] = []
    findings: list[Finding] = []
    for path in _files(folder):
        try:
            roots = _roots(path)
        except GeneratorError as error:
            findings += error.findings
            continue
        for root in roots:
            overlay, faults = overlay_of(path.name, root, names)
            findings += faults
            overlays.append(overlay)
    if findings:
        raise GeneratorError(findings)
    return overlays


def overlay_of(name: str, root: Map, sources: list[str]) -> tuple[Overlay, list[Finding]]:
    """Return one overlay of a file, and what is wrong with it."""
    findings = list(root_findings(root))
    actions, faults = _actions(root)
    document, unknown = _extended(root, sources)
    early = root.get(BEFORE) == UPGRADE
    overlay = Overlay(name, document, actions, root.text("overlay"), early)
    return overlay, [*findings, *faults, *unknown]


def _files(folder: Path) -> list[Path]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise refusal(folder, "overlays-unreadable", reason=error.strerror) from None
    return [path for path in entries if not path.name.startswith(".")]


def _roots(path: Path) -> list[Map]:
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        raise refusal(path, "overlay-file", suffixes=SUFFIXES)
    roots = load_file(path)
    if not roots:
        raise refusal(path, "overlay-empty")
    return roots


def _actions(root: Map) -> tuple[tuple[Action, ...], list[Finding]]:
    listed = root.get("actions")
    if not isinstance(listed, Seq) or not listed:
        fault = misfit(root, "actions", "a list of at least one action", "an overlay")
        return (), [fault]
    actions: list[Action] = []
    findings: list[Finding] = []
    first: dict[str, int] = {}
    for index, node in enumerate(listed):
        if not isinstance(node, Map):
            findings.append(Finding(listed.position, "action-shape", index=index, found=node))
            continue
        findings += action_findings(node, root.text("overlay").startswith("1.0."))
        same = first.setdefault(json.dumps(plain(node), sort_keys=True), index)
        if same != index:
            findings.append(Finding(node.position, "action-twice", index=index, first=same))
        target, source = (
            Query(node.text(key), node.position_of(key), f"actions[{index}].{key}")
            for key in ("target", "copy")
        )
        actions.append(Action(index, node, target, source if "copy" in node else None))
    return tuple(actions), findings


def _extended(root: Map, sources: list[str]) -> tuple[str | None, list[Finding]]:
    if "extends" not in root:
        return None, []
    text = root["extends"]
    if not isinstance(text, str):
        return None, [misfit(root, "extends", "a URI reference", "an overlay")]
    try:
        parts = urlsplit(text)
    except ValueError as error:
        where = root.position_of("extends")
        return None, [Finding(where, "overlay-uri", found=text, reason=error)]
    if parts.scheme or parts.netloc or not parts.path:
        return None, []
    path = unquote(parts.path)
    if path in sources:
        return path, []
    folder, _, name = posixpath.normpath(posixpath.join("overlays", path)).partition("/")
    if folder != "sources":
        return None, []
    if name in sources:
        return name, []
    where = root.position_of("extends")
    return None, [Finding(where, "overlay-source", found=text, known=sources)]
