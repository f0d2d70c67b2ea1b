"""Checks that every reference leads to an object of the right kind in the same document."""

from __future__ import annotations

from collections.abc import Iterator

from generator.references import chain, parts_of

from .spec import Keys, Object, Problem, Spec, quoted

SECTIONS = {
    "schema": "schemas",
    "response": "responses",
    "parameter": "parameters",
    "example": "examples",
    "request body": "requestBodies",
    "header": "headers",
    "security scheme": "securitySchemes",
    "callback": "callbacks",
    "path item": "pathItems",
}


def check(spec: Spec) -> Iterator[Problem]:
    """References that dangle, leave the document, turn in circles or lead to something else."""
    for item in spec.objects:
        # Path items that are references are refused as a whole where paths are checked.
        refused = item.kind == "path item" and item.at[0] == "paths"
        if "$ref" in item.node and item.kind in SECTIONS and not refused:
            yield from _reference(spec, item, item.node.text("$ref"), (*item.at, "$ref"))
        if item.kind == "discriminator":
            schema = Object("schema", item.at, item.node)
            for name, ref in item.node.map("mapping").items():
                if isinstance(ref, str) and "#" in ref:
                    yield from _reference(spec, schema, ref, (*item.at, "mapping", name))


def _reference(spec: Spec, item: Object, ref: str, at: Keys) -> Iterator[Problem]:
    text = _fault(spec, item, ref)
    if text:
        section = SECTIONS[item.kind]
        cure = f"Declare it under components/{section} by an overlay, or replace the reference:\n"
        action = f"update: {{{_last(at)}: '#/components/{section}/...'}}"
        yield Problem(at, text, cure + spec.cure(at[:-1], action, "actions:"))


def _last(at: Keys) -> str:
    name = str(at[-1])
    return name if name.isascii() and name.strip("$").isalnum() else "..."


def _fault(spec: Spec, item: Object, ref: str) -> str:
    what = f"expected a {item.kind} behind the reference {quoted(ref)}"
    if not ref.startswith("#"):
        document, hash_mark, rest = ref.partition("#")
        if hash_mark and "/" not in document and ":" not in document:
            return (
                f"{what}, found none: {quoted('#' + rest)} leads nowhere in the source document"
                f" {quoted(document)}, and references across documents are not followed"
            )
        return f"{what} in this document, found one that leaves it"
    target = spec.target(ref)
    if target is None:
        return f"{what}, found nothing there"
    kind = spec.kinds.get(tuple(parts_of(ref)))
    circular = any(node is item.node for _, node in chain(spec.root, ref))
    if kind == item.kind or (item.kind == "schema" and isinstance(target, bool)):
        return f"{what}, found that it leads back to itself" if circular else ""
    return f"{what}, found {f'a {kind}' if kind else 'something that is none'}"
