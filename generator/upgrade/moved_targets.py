"""Has references follow what they lead to when the upgrade moves it.

In a body, a schema goes below a media type; form fields become properties, and other parameters get
a schema; what may be null may go into a choice. Where each part was written tells where it is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from generator.document import Map, Node, Position, Seq, copied_map, resolve
from generator.grammar import OPENAPI, SWAGGER, walk
from generator.references import followed, parts_of, ref_of, reference

from .shared import replace

Rewritten = tuple[str, Map, str]
"""The kind of what holds a reference, itself, and the reference as it was."""


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
    found = ((ref, _position(root, ref)) for ref in set(_references(root)))
    return {ref: position for ref, position in found if position is not None}


def follow(root: Map, before: Mapping[str, Position], rewritten: Iterable[Rewritten]) -> None:
    """Correct the references that no longer lead to what they led to before."""
    lost = [
        (what, node, before[ref])
        for what, node, ref in rewritten
        if ref in before and _position(root, node.text("$ref")) != before[ref]
    ]
    places: dict[tuple[str, Position], list[tuple[str, ...]]] = {}
    for what, at, node in walk(OPENAPI, root) if lost else ():
        places.setdefault((what, node.position), []).append(at)
    for what, node, position in lost:
        near = partial(_shared, parts_of(node.text("$ref")))
        if found := places.get((what, position)):
            node["$ref"] = reference(*max(found, key=near))


def _references(node: Node) -> Iterator[str]:
    ref = ref_of(node)
    if ref is not None:
        yield ref
    if isinstance(node, Map | Seq):
        for item in node.values() if isinstance(node, Map) else node:
            yield from _references(item)


def _position(root: Map, ref: str) -> Position | None:
    try:
        found = resolve(root, ref)
    except KeyError:
        return None
    return found.position if isinstance(found, Map) else None


def _shared(parts: Sequence[str], others: Sequence[str]) -> int:
    """How many parts two pointers begin with together."""
    pairs = list(zip(parts, others, strict=False))
    return next((index for index, (one, two) in enumerate(pairs) if one != two), len(pairs))
