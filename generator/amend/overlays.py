"""Reads OpenAPI Overlay documents: the corrections to the API's own documents, as data."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.document import Map, Position, Seq, plain
from generator.findings import Finding, GeneratorError, refusal
from generator.load import SUFFIXES, load_file

from .checks import BEFORE, UPGRADE, action_findings, misfit, root_findings
from .queries import Query


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
