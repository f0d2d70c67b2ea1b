"""The stages in a row: from a specs folder to the merged, amended and valid spec."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from . import names
from .amend import Change, Overlay, amend, read_overlays
from .config import Settings, read_settings
from .diff import compare, gravest
from .document import Document, Map, Seq, operations, value_at
from .findings import Finding, GeneratorError, together
from .grammar import OPENAPI, PROSE, walk
from .load import load_documents, refuse_misshapen, source_names
from .merge import merge
from .names import FORMER, by_identity, former_names, put_former_names
from .released import read_released
from .upgrade import upgrade
from .validate import judged


@dataclass(slots=True)
class Built:
    """A valid spec, and what happened on the way to it."""

    spec: Map
    settings: Settings
    warnings: list[Finding] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    stages: list[tuple[str, str]] = field(default_factory=list)
    """Each stage with a few words on what it did."""

    @property
    def operations(self) -> int:
        """How many operations the spec has."""
        return sum(1 for _ in operations(self.spec))


def build_spec(specs: Path, released: Map | None = None) -> Built:
    """Run every stage but rendering. `released` is the released spec, if it was read already.

    Raises:
        GeneratorError: A stage refuses its input.
    """
    settings = read_settings(specs)
    overlays = read_overlays(specs / "overlays", source_names(specs / "sources"))
    early = [each for each in overlays if each.before_upgrade]
    sources, notes = load_documents(specs / "sources", {each.document for each in early})
    changes = amend_documents(sources, early)
    if early:
        refuse_misshapen(sources)
    documents, warnings = upgraded(sources)
    changes += amend_documents(documents, [each for each in overlays if not each.before_upgrade])
    merged = merge(documents, settings)
    spec = merged.spec
    changes += amend([spec], [overlay for overlay in overlays if overlay.document is None])
    released = released or read_released(specs)
    notes += names.assign(spec, released, settings.prefixes)
    record_overlays(spec, changes)
    tidy(spec)
    findings, unused = judged(spec)
    if findings:
        raise GeneratorError(findings)
    retire(spec, released)
    once = dict.fromkeys([*notes, *warnings, *merged.warnings, *unused])
    built = Built(spec, settings, list(once), changes)
    files = len({document.name for document in documents})
    found = sum(1 for document in documents for _ in operations(document.root))
    actions = len({(change.overlay, change.action) for change in changes})
    built.stages = [
        ("load", f"{files} files, {len(documents)} documents"),
        ("upgrade", f"{found} operations, now OpenAPI 3.1"),
        ("amend", f"{len(overlays)} overlays, {actions} actions, {len(changes)} changes"),
        ("merge", f"{merged.collapsed} repeats collapsed"),
        ("validate", f"{built.operations} operations, no findings"),
    ]
    return built


def upgraded(sources: list[Document]) -> tuple[list[Document], list[Finding]]:
    """Return the documents as OpenAPI 3.1, and what was decided by rule on the way.

    Raises:
        GeneratorError: Some cannot be expressed so.
    """
    found = together(upgrade, sources)
    return [document for document, _ in found], [note for _, notes in found for note in notes]


def amend_documents(documents: Sequence[Document], overlays: Sequence[Overlay]) -> list[Change]:
    """Apply overlays, in place, to the documents that they extend.

    An overlay that extends none is for the document without a name: the merged spec.

    Raises:
        GeneratorError: An action matches nothing, or does not fit what it matches.
    """

    def amended(name: str) -> list[Change]:
        roots = [document.root for document in documents if document.name == name]
        return amend(roots, [overlay for overlay in overlays if (overlay.document or "") == name])

    names = sorted({document.name for document in documents})
    return [change for changes in together(amended, names) for change in changes]


def tidy(spec: Map) -> None:
    """Give prose plain line ends, without white space at the ends of lines."""
    for _, _, node in walk(OPENAPI, spec):
        for key in PROSE & node.keys():
            if text := node.text(key):
                lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
                node[key] = "\n".join(line.rstrip() for line in lines).strip()


def retire(spec: Map, released: Map | None) -> None:
    """Drop the former names that have been released, if the next version is a major one anyway.

    The spec must be valid, and have the former names that `assign` writes.
    """
    before = by_identity(released)
    carried = [
        (operation, former_names(before[identity]))
        for identity, operation in by_identity(spec).items()
        if identity in before and FORMER in operation and FORMER in before[identity]
    ]
    if released is None or not carried or gravest(compare(released, spec)) != "major":
        return
    for operation, old in carried:
        put_former_names(operation, [name for name in former_names(operation) if name not in old])


PartPath = tuple[str, ...]
"""The three keys that lead from the root of a spec to an operation or component."""


def record_overlays(spec: Map, changes: Iterable[Change]) -> None:
    """Add the actions that changed them to the `x-source` of operations and components."""
    parts: dict[PartPath, Map] = {}
    for path, method, operation in operations(spec):
        parts["paths", path, method] = operation
    for kind, components in spec.map("components").maps():
        for name, component in components.maps():
            if "$ref" not in component:  # Nothing may stand beside a reference.
                parts["components", kind, name] = component
    actions: dict[PartPath, dict[str, None]] = defaultdict(dict)
    for change in changes:
        within = change.pointer[:3]
        for at in parts.keys() & {within} if len(within) == 3 else parts:
            if touches(change, at):
                actions[at][action(change)] = None
    for at, found in actions.items():
        node = parts[at]
        origin = node.map("x-source")
        origin["overlays"] = Seq(found, position=node.position)
        node.put("x-source", origin)


def action(change: Change) -> str:
    """Return the name of an overlay action: file and pointer."""
    return f"{change.overlay}#/actions/{change.action}"


def touches(change: Change, path: PartPath) -> bool:
    """Return whether a change concerns a part of the spec, something in it, or around it."""
    if change.pointer[: len(path)] == path:
        return True
    if path[: len(change.pointer)] != change.pointer:
        return False
    rest = path[len(change.pointer) :]
    for value in (change.before, change.after):
        with suppress(KeyError):
            value_at(value, rest)
            return True
    return False
