"""The information on which guesses about the merged spec are based."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.config import Settings
from generator.document import Map
from generator.findings import Keys
from generator.names import class_name, method_name, module_key
from generator.validate.spec import Operation, Spec

from .naming import free_id, group_of
from .proposals import Proposal, Step, node_at, remove, update
from .type_guesses import Evidence


@dataclass(slots=True)
class Folder:
    """What is known about a specs folder in all rounds."""

    released: Collection[tuple[str, str]]
    """Canonical path and method of the operations that have names that callers use."""
    before: tuple[Map, ...]
    """The merged and the released spec on the disk: the operations that callers know."""
    forms: dict[str, str]
    """The version that each source document is written in."""
    settings: Settings
    arrived: frozenset[str]
    """The names of the source documents that are new."""
    repeated: set[tuple[str, str]] = field(default_factory=set)
    """Canonical path and method of operations that a new document has and another place, too."""


@dataclass
class Context:
    """One merged spec, amended and named, with its context."""

    spec: Spec
    evidence: Evidence
    folder: Folder
    new: frozenset[str]
    """The files whose words are those of new documents: these, and what agrees with them."""
    nameless: set[tuple[str, str]]
    """Path and method of the operations without an operation id or another name."""
    moved: set[str] = field(default_factory=set)
    """The canonical form of the paths that others move to in this round."""
    places: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    """For a name of their queries: the paths by the canonical form of what they are, or would be
    without it."""
    _owners: dict[str, dict[str, Keys]] = field(default_factory=dict)
    """By kind, whose the name of a component is; that of the spec itself has no owner."""

    @cached_property
    def at(self) -> dict[Keys, Operation]:
        """Every operation, by its keys."""
        return {operation.at: operation for operation in self.spec.operations}

    @cached_property
    def ids(self) -> set[str]:
        """The operation ids in use."""
        return {operation.node.text("operationId") for operation in self.spec.operations}

    @cached_property
    def methods(self) -> set[tuple[str, str]]:
        """The resources and methods in use."""
        return {
            (each.node.text("x-resource"), each.node.text("x-method").rstrip("_"))
            for each in self.spec.operations
            if (each.path, each.method) not in self.nameless
        }

    def node_at(self, at: Keys) -> Map:
        """Return the object at a place, or an empty one."""
        return node_at(self.spec.root, at)

    def update(self, at: Keys, value: Mapping[str, object], reason: str) -> Step:
        """Merge fields into the object at a place."""
        return update(self.spec.root, at, value, reason)

    def remove(self, at: Keys, reason: str) -> Step:
        """Remove the node at a place."""
        return remove(self.spec.root, at, reason)

    def updated(self, at: Keys, value: Mapping[str, object], reason: str) -> Proposal:
        """Merge fields into the object at a place, and nothing else."""
        return self.proposal(at, self.update(at, value, reason))

    def removed(self, at: Keys, reason: str) -> Proposal:
        """Remove the node at a place, and nothing else."""
        return self.proposal(at, self.remove(at, reason))

    def proposal(self, at: Keys, *steps: Step) -> Proposal:
        """Return steps, filed under the document that a place comes from."""
        return Proposal(self.node_at(at[:3]).map("x-source").text("document"), steps)

    def new_id(self, operation: Operation, *, grouped: bool | None = None) -> str:
        """Return a readable operation id that no other operation has."""
        resource = operation.node.text("x-resource")
        if grouped is None:
            document = operation.node.map("x-source").text("document")
            grouped = self.folder.forms.get(document, "") == "2.0"
        group = group_of(resource) if grouped else ""

        def is_free(found: str) -> bool:
            name = (resource, method_name(found).rstrip("_"))
            return found not in self.ids and name not in self.methods

        prefixes = self.folder.settings.prefixes
        found = free_id(operation.path, operation.method, group, prefixes, is_free)
        self.ids.add(found)
        self.methods.add((resource, method_name(found).rstrip("_")))
        return found

    def new_component(self, kind: str, wanted: str, owner: Keys) -> str:
        """Return an unused component name, which is the same for the same owner."""
        if kind not in self._owners:
            names = self.spec.root.map("components").map(kind)
            self._owners[kind] = {module_key(class_name(name)): () for name in names}
        number, name = 1, wanted
        while self._owners[kind].setdefault(module_key(class_name(name)), owner) != owner:
            number += 1
            name = f"{wanted}{number}"
        return name
