"""Makes the names of components valid, and adapts every reference to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from generator.document import Map, Node, pointer, pointer_parts
from generator.grammar import OPENAPI, walk
from generator.references import reference

from .moved_targets import Rewritten
from .shared import rename_keys

_SECTIONS = {
    "definitions": "schemas",
    "parameters": "parameters",
    "responses": "responses",
    "securityDefinitions": "securitySchemes",
}
_BARE = {"schema": "definitions", "parameter": "parameters", "response": "responses"}
_BARE_NAME = re.compile(r"[^/#:?]+")
_FILE_NAME = re.compile(r".*\.(?:json|ya?ml)", re.IGNORECASE | re.DOTALL)
LEGAL = re.compile(r"[A-Za-z0-9._-]+")


def rename(root: Map, moved: Mapping[str, str], *, is_swagger: bool) -> list[Rewritten]:
    """Rename components whose names are illegal, and rewrite all references of the document.

    References of Swagger 2.0 are translated. Dangling ones go on dangling, those to other
    documents stay as they are. Returns what holds references, with these as they were.
    """
    names = _Names(root.map("components"))
    rewriter = _Rewriter(names, moved, is_swagger=is_swagger)
    for what, _, node in walk(OPENAPI, root):
        rewriter.rewrite(what, node)
    _map_renamed_subtypes(root, names)
    for kind, table in root.map("components").maps():
        if not kind.startswith("x-"):
            rename_keys(table, lambda name, kind=kind: names.new(kind, name))  # type: ignore[misc]
    return rewriter.rewritten


class _Names:
    """Return the new names of the components of each kind."""

    def __init__(self, components: Map) -> None:
        self.given: dict[str, dict[str, str]] = {}
        for kind, table in components.maps():
            self.given[kind] = {name: name for name in table if LEGAL.fullmatch(name)}
            for name in table:
                self.new(kind, name)

    def new(self, kind: str, name: str) -> str:
        """Return the new name of a component, which need not exist."""
        given = self.given.setdefault(kind, {})
        if name not in given:
            taken = set(given.values())
            base = re.sub(r"[^A-Za-z0-9._-]+", "_", name)
            if base != name:
                base = base.strip("_")
            candidate = base = base or "unnamed"
            number = 2
            while candidate in taken:
                candidate, number = f"{base}_{number}", number + 1
            given[name] = candidate
        return given[name]


class _Rewriter:
    def __init__(self, names: _Names, moved: Mapping[str, str], *, is_swagger: bool) -> None:
        self.rewritten: list[Rewritten] = []
        self.names = names
        self.moved = moved
        self.is_swagger = is_swagger

    def rewrite(self, what: str, node: Map) -> None:
        ref = node.get("$ref")
        if isinstance(ref, str):
            self.rewritten.append((what, node, ref))
            node["$ref"] = self.reference(what, ref)
        if what == "security requirement":
            table = self.names.given.get("securitySchemes", {})
            rename_keys(node, lambda name: table.get(name, name))
        elif what == "discriminator":
            self._rewrite_mapping(node.map("mapping"))
        elif what == "response" or what == "components":
            for _, link in node.map("links").maps():
                self._rewrite_link(link)

    def reference(self, what: str, ref: str) -> str:
        """Return the new form of a reference."""
        if self.is_swagger and _is_bare(ref):
            ref = "#" + pointer(_BARE.get(what, "definitions"), ref)
        elif ref.startswith("#/"):
            ref = "#" + unquote(ref[1:])
        else:
            return ref
        parts = pointer_parts(ref[1:])
        if self.is_swagger and parts[0] in _SECTIONS:
            parts[:1] = ["components", _SECTIONS[parts[0]]]
        if parts[0] == "paths" and len(parts) > 1:
            parts[1] = self.moved.get(parts[1], parts[1])
        if parts[0] == "components" and len(parts) > 2:
            parts[2] = self.names.new(parts[1], parts[2])
        return reference(*parts)

    def _rewrite_mapping(self, mapping: Map) -> None:
        schemas = self.names.given.get("schemas", {})
        for key, target in list(mapping.items()):
            if isinstance(target, str):
                mapping[key] = schemas.get(target) or self.reference("schema", target)

    def _rewrite_link(self, link: Map) -> None:
        for key in ("$ref", "operationRef"):
            target = link.get(key)
            if isinstance(target, str) and target.startswith("#/"):
                link[key] = self.reference("link", target)


def _is_bare(ref: str) -> bool:
    return bool(_BARE_NAME.fullmatch(ref)) and not _FILE_NAME.fullmatch(ref)


def _map_renamed_subtypes(root: Map, names: _Names) -> None:
    """Say what a discriminator's value stands for where that is no longer a schema's name."""
    schemas = root.map("components").map("schemas")
    parents = {
        reference("components", "schemas", names.new("schemas", name)): schema.map("discriminator")
        for name, schema in schemas.maps()
        if isinstance(schema.get("discriminator"), Map)
    }
    for name, schema in schemas.maps():
        new = names.new("schemas", name)
        refs = [item.get("$ref") for item in schema.seq("allOf").maps()]
        for ref in refs if new != name else []:
            discriminator = parents.get(ref) if isinstance(ref, str) else None
            if discriminator is not None:
                _put_mapping(discriminator, name, reference("components", "schemas", new))


def _put_mapping(discriminator: Map, value: str, ref: Node) -> None:
    if not isinstance(discriminator.get("mapping"), Map):
        discriminator["mapping"] = Map(position=discriminator.position)
    discriminator.map("mapping").setdefault(value, ref)
