"""Checks that every reference has a target of the right kind in the same document."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings import Finding, Keys
from generator.references import chain, parts_of

from .spec import Object, Spec

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


def check(spec: Spec) -> Iterator[Finding]:
    """Yield findings about dangling, external, circular and mistargeted references."""
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


def _reference(spec: Spec, item: Object, ref: str, at: Keys) -> Iterator[Finding]:
    code = _fault(spec, item, ref)
    if not code:
        return
    document, _, rest = ref.partition("#")
    name = str(at[-1])
    finding = spec.finding(
        code,
        at,
        target=at[:-1],
        expected=item.kind,
        ref=ref,
        found=spec.kinds.get(tuple(parts_of(ref))),
        document=document,
        rest=f"#{rest}",
        key=name if name.isascii() and name.strip("$").isalnum() else "...",
        section=SECTIONS[item.kind],
    )
    yield finding.advised("declare-component")


def _fault(spec: Spec, item: Object, ref: str) -> str:
    """Return the code of the fault of a reference; empty if it is valid."""
    if not ref.startswith("#"):
        document, hash_mark, _ = ref.partition("#")
        merged = hash_mark and "/" not in document and ":" not in document
        return "reference-unfollowed" if merged else "reference-outside"
    target = spec.target(ref)
    if target is None:
        return "reference-dangling"
    kind = spec.kinds.get(tuple(parts_of(ref)))
    if kind != item.kind and not (item.kind == "schema" and isinstance(target, bool)):
        return "reference-misled" if kind else "reference-to-value"
    circular = any(node is item.node for _, node in chain(spec.root, ref))
    return "reference-circular" if circular else ""
