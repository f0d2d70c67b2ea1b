"""Reads OpenAPI Overlay documents: the corrections to the API's own documents, as data."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.document import Map, Node, Position, Seq, copied, plain, position_at
from generator.findings import Finding, GeneratorError, Phrase, kind, refusal, together
from generator.load import SUFFIXES, load_file
from generator.yaml_output import to_yaml

from .queries import Query

BEFORE = "x-before"
UPGRADE = "upgrade"
"""`x-before: upgrade` in an overlay that extends a source document: its actions see the document
as it is written, before it becomes OpenAPI 3.1."""

_VERSION = re.compile(r"1\.[01]\.\d+")
_SHAPES: dict[str, dict[str, tuple[type, str, bool]]] = {
    "an overlay": {
        "overlay": (object, "", False),
        "info": (Map, "a mapping with title and version", True),
        "extends": (str, "a URI reference", False),
        "actions": (Seq, "a list of at least one action", True),
    },
    "info": {
        "title": (str, "a string", True),
        "version": (str, "a string", True),
        "description": (str, "a string", False),
    },
    "an action": {
        "target": (str, "a JSONPath expression", True),
        "description": (str, "a string", False),
        "update": (object, "", False),
        "remove": (bool, "true or false", False),
        "copy": (str, "a JSONPath expression", False),
    },
}
"""What the standard has in each field, and whether it demands the field."""


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

    def value(self, root: Map) -> tuple[Node, Position]:
        """Return the value that it sets in a document, and its position."""
        if self.copy is None:
            return self.node.get("update"), self.node.position_of("update")
        found = self.copy.matches(root)
        places = [position_at(root, match.parts) for match in found]
        if len(found) != 1:
            selected = Phrase("action-copied", {"places": places[:5]}) if places else ""
            values = {"target": self.copy.text, "found": len(found), "selected": selected}
            raise refusal(self.copy.position, "action-copies", **values)
        return copied(found[0].node), places[0]


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
    read = together(lambda path: _read(path, names), _files(folder))
    return [overlay for overlays in read for overlay in overlays]


def _files(folder: Path) -> list[Path]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise refusal(folder, "overlays-unreadable", reason=error.strerror) from None
    return [path for path in entries if not path.name.startswith(".")]


def _read(path: Path, sources: list[str]) -> list[Overlay]:
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        raise refusal(path, "overlay-file", suffixes=SUFFIXES)
    read = [overlay_of(path.name, root, sources) for root in load_file(path)]
    if not read:
        raise refusal(path, "overlay-empty")
    if findings := [finding for _, found in read for finding in found]:
        raise GeneratorError(findings)
    return [overlay for overlay, _ in read]


def overlay_of(name: str, root: Map, sources: list[str]) -> tuple[Overlay, list[Finding]]:
    """Return one overlay of a file, and what is wrong with it."""
    findings = list(_root_findings(root))
    document, unknown = _extended(root, sources)
    actions: list[Action] = []
    first: dict[str, int] = {}
    listed = root.seq("actions")
    for index, node in enumerate(listed):
        if not isinstance(node, Map):
            findings.append(Finding(listed.position, "action-shape", index=index, found=node))
            continue
        target, source = (
            Query(node.text(key), node.position_of(key), f"actions[{index}].{key}")
            for key in ("target", "copy")
        )
        action = Action(index, node, target, source if "copy" in node else None)
        findings += _action_findings(action, root.text("overlay").startswith("1.0."))
        same = first.setdefault(json.dumps(plain(node), sort_keys=True), index)
        if same != index:
            findings.append(Finding(node.position, "action-twice", index=index, first=same))
        actions.append(action)
    early = root.get(BEFORE) == UPGRADE
    overlay = Overlay(name, document, tuple(actions), root.text("overlay"), early)
    return overlay, [*findings, *unknown]


def file_text(path: Path, roots: Sequence[Mapping[str, object]]) -> str:
    """Return the text of a file of overlays: JSON if its name ends in .json, else YAML."""
    if path.suffix.lower() == ".json" and len(roots) == 1:
        return json.dumps(roots[0], indent=2, ensure_ascii=False) + "\n"
    return "---\n".join(map(to_yaml, roots))


def _root_findings(root: Map) -> Iterator[Finding]:
    """Yield findings about an overlay, apart from its actions and what it extends."""
    yield from _misshapen(root, "an overlay")
    if isinstance(info := root.get("info"), Map):
        yield from _misshapen(info, "info")
    version = root.get("overlay")
    if "overlay" not in root:
        yield Finding(root.position, "overlay-unmarked")
    elif not isinstance(version, str) or not _VERSION.fullmatch(version):
        yield Finding(root.position_of("overlay"), "overlay-version", found=version)
    if BEFORE in root and (root[BEFORE] != UPGRADE or "extends" not in root):
        values: dict[str, object] = {"key": BEFORE, "expected": UPGRADE, "found": root[BEFORE]}
        values["unextended"] = "" if "extends" in root else Phrase("overlay-unextended", {})
        yield Finding(root.position_of(BEFORE), "overlay-before", **values)


def _misshapen(node: Map, what: str) -> Iterator[Finding]:
    shapes = _SHAPES[what]
    for key in node:
        if key not in shapes and not key.startswith("x-"):
            where, known = node.position_of(key), tuple(shapes)
            yield Finding(where, "overlay-field", owner=what, key=key, known=known)
    for key, (form, expected, demanded) in shapes.items():
        value = node.get(key)
        empty = form is Seq and not value
        if (key in node or demanded) and (empty or not isinstance(value, form)):
            values: dict[str, object] = {"key": key, "owner": what, "expected": expected}
            values["found"] = kind(value) if value is not None else "none"
            yield Finding(node.position_of(key), "overlay-shape", **values)


def _action_findings(action: Action, before_1_1: bool) -> Iterator[Finding]:
    node = action.node
    yield from _misshapen(node, "an action")
    for key, query in (("target", action.target), ("copy", action.copy)):
        try:
            if query and isinstance(node.get(key), str):
                query.check()
        except GeneratorError as error:
            yield from error.findings
    if "copy" in node and before_1_1:
        yield Finding(node.position_of("copy"), "action-copies-early")
    if node.get("remove", False) is False and "update" in node and "copy" in node:
        yield Finding(node.position_of("copy"), "action-twofold")


def _extended(root: Map, sources: list[str]) -> tuple[str | None, list[Finding]]:
    """Return the name of the source document that an overlay extends; None for any other thing."""
    text = root.text("extends")
    where = root.position_of("extends")
    try:
        parts = urlsplit(text)
    except ValueError as error:
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
    return None, [Finding(where, "overlay-source", found=text, known=sources)]
