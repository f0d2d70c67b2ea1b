"""Has references lead to what they led to, when parts of a document move or change their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain, count

from generator.document import Map, Position, collected, copied_map
from generator.grammar import OPENAPI, SWAGGER, walk
from generator.references import followed, parts_of, ref_of, reference, references_in, target

from .shared import SECTIONS, carry, common, ensured, rename_keys, replace, without

_Rewritten = tuple[str, Map, str]
"""The kind of what holds a reference, itself, and the reference as it was."""
_BARE = {"schema": "definitions", "parameter": "parameters", "response": "responses"}
_BARE_NAME = re.compile(r"[^/#:?]+")
_FILE_NAME = re.compile(r".*\.(?:json|ya?ml)", re.IGNORECASE | re.DOTALL)
LEGAL = re.compile(r"[A-Za-z0-9._-]+")


def inline_path_items(root: Map) -> None:
    """Replace references to path items with copies of their targets.

    What stands beside the reference wins over what it leads to.
    """
    for _, item in root.map("paths").maps():
        target = followed(root, item)
        if target is not None and target is not item:
            whole = copied_map(target)
            for key in without(item, ("$ref",)):
                carry(item, whole, key)
            replace(item, whole)


def inline_parameters(root: Map) -> None:
    """Replace references to parameters of paths, whose numbers may change, with copies of them."""
    for what, _, node in walk(SWAGGER if "swagger" in root else OPENAPI, root):
        ref = ref_of(node)
        if what == "parameter" and ref is not None and parts_of(ref)[:1] == ["paths"]:
            target = followed(root, node)
            if target is not None:
                replace(node, copied_map(target))


def targets(root: Map) -> dict[str, Position]:
    """Where the target of each reference within a document was written."""
    found = ((ref, _position(root, ref)) for ref in references_in(root))
    return {ref: position for ref, position in found if position is not None}


def follow(root: Map, before: Mapping[str, Position], rewritten: Iterable[_Rewritten]) -> None:
    """Correct the references that no longer lead to what they led to before."""
    lost = [
        (what, node, before[ref])
        for what, node, ref in rewritten
        if ref in before and _position(root, node.text("$ref")) != before[ref]
    ]
    there = walk(OPENAPI, root) if lost else ()
    places = collected(((what, node.position), [*map(str, at)]) for what, at, node in there)
    for what, node, position in lost:
        if found := places.get((what, position)):
            old = parts_of(node.text("$ref"))
            nearest = max(found, key=lambda at: len(common([old, at])))
            node["$ref"] = reference(*nearest)


def _position(root: Map, ref: str) -> Position | None:
    found = target(root, ref)
    return found.position if isinstance(found, Map) else None


def rename(root: Map, moved: Mapping[str, str], *, is_swagger: bool) -> list[_Rewritten]:
    """Rename components whose names are illegal, and rewrite all references of the document.

    References of Swagger 2.0 are translated. Dangling ones go on dangling, those to other
    documents stay as they are. Returns what holds references, with these as they were.
    """
    rewriter = _Rewriter(root.map("components"), moved, is_swagger=is_swagger)
    for what, _, node in walk(OPENAPI, root):
        rewriter.rewrite(what, node)
    rewriter.map_renamed_subtypes(root.map("components").map("schemas"))
    for kind, table in root.map("components").maps():
        if not kind.startswith("x-"):
            rename_keys(table, partial(rewriter.name, kind))
    return rewriter.rewritten


class _Rewriter:
    def __init__(self, components: Map, moved: Mapping[str, str], *, is_swagger: bool) -> None:
        self.rewritten: list[_Rewritten] = []
        self._moved, self._is_swagger = moved, is_swagger
        self._names: dict[str, dict[str, str]] = {}
        for kind, table in components.maps():
            self._names[kind] = {name: name for name in table if LEGAL.fullmatch(name)}
            for name in table:
                self.name(kind, name)

    def name(self, kind: str, name: str) -> str:
        """Return the new name of a component, which need not exist."""
        given = self._names.setdefault(kind, {})
        if name not in given:
            base = re.sub(r"[^A-Za-z0-9._-]+", "_", name)
            base = (base if base == name else base.strip("_")) or "unnamed"
            numbered = (f"{base}_{number}" for number in count(2))
            taken = set(given.values())
            given[name] = next(each for each in chain([base], numbered) if each not in taken)
        return given[name]

    def rewrite(self, what: str, node: Map) -> None:
        if (ref := ref_of(node)) is not None:
            self.rewritten.append((what, node, ref))
            node["$ref"] = self._reference(what, ref)
        if what == "security requirement":
            table = self._names.get("securitySchemes", {})
            rename_keys(node, lambda name: table.get(name, name))
        elif what == "discriminator":
            schemas = self._names.get("schemas", {})
            mapping = node.map("mapping")
            for key, target in mapping.items():
                if isinstance(target, str):
                    mapping[key] = schemas.get(target) or self._reference("schema", target)
        elif what in ("response", "components"):
            for _, link in node.map("links").maps():
                for key in ("$ref", "operationRef"):
                    if link.text(key).startswith("#/"):
                        link[key] = self._reference("link", link.text(key))

    def _reference(self, what: str, ref: str) -> str:
        """Return the new form of a reference."""
        if self._is_swagger and _BARE_NAME.fullmatch(ref) and not _FILE_NAME.fullmatch(ref):
            parts = [_BARE.get(what, "definitions"), ref]
        elif ref.startswith("#/"):
            parts = parts_of(ref)
        else:
            return ref
        if self._is_swagger and parts[0] in SECTIONS:
            parts[:1] = ["components", SECTIONS[parts[0]]]
        if parts[0] == "paths" and len(parts) > 1:
            parts[1] = self._moved.get(parts[1], parts[1])
        if parts[0] == "components" and len(parts) > 2:
            parts[2] = self.name(parts[1], parts[2])
        return reference(*parts)

    def map_renamed_subtypes(self, schemas: Map) -> None:
        """Say what a discriminator's value stands for where that is no longer a schema's name."""
        new = {name: self.name("schemas", name) for name in schemas}
        by_ref = {
            reference("components", "schemas", new[name]): (name, schema)
            for name, schema in schemas.maps()
        }
        for own, (name, _) in by_ref.items():
            kin = [own] if new[name] != name else []
            for ref in kin:  # what it is made of, at any distance
                _, schema = by_ref[ref]
                parts = map(ref_of, schema.seq("allOf").maps())
                kin += [part for part in parts if part in by_ref and part not in kin]
                if "discriminator" in schema and ref != own:
                    ensured(schema.map("discriminator"), "mapping").setdefault(name, own)
