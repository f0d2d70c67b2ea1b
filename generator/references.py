"""References: the target of a `$ref` within its document."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, unquote

from .document import Map, Node, nodes, pointer, pointer_parts, value_at

_URI_SAFE = "/~!$&'()*+,;=:@-._"


def reference(*parts: str) -> str:
    """Return a `$ref` to a place in the same document."""
    return "#" + quote(pointer(*parts), safe=_URI_SAFE, errors="surrogatepass")


def parts_of(ref: str) -> list[str]:
    """Return the keys that a `$ref` to a place in the same document consists of."""
    return pointer_parts(unquote(ref.removeprefix("#")))


def target(root: Map, ref: str) -> Node:
    """Return what a reference leads to within its document; None if it dangles."""
    fragment = unquote(ref[1:])
    if ref[:1] != "#" or fragment[:1] not in ("", "/"):
        return None
    try:
        return value_at(root, pointer_parts(fragment))
    except KeyError:
        return None


def references_in(node: Node) -> set[str]:
    """Return all references in a node, at any depth, however far it nests."""
    return {ref for part in nodes(node) if (ref := ref_of(part))}


def reached(root: Map, *nodes: Node) -> set[str]:
    """Return all references in some nodes and in what these refer to, at any distance."""
    found: set[str] = set()
    waiting = set().union(*map(references_in, nodes))
    while waiting:
        found.add(ref := waiting.pop())
        waiting |= references_in(target(root, ref)) - found
    return found


def ref_of(node: object) -> str | None:
    """Return the reference that an object is, whatever stands beside it."""
    ref = node.get("$ref") if isinstance(node, Map) else None
    return ref if isinstance(ref, str) else None


def chain(root: Map, ref: str | None, section: str = "") -> Iterator[tuple[str, Node]]:
    """Yield each reference of a chain with its target.

    Ends without an error at what does not exist or leads back. A bare name, an old form of
    reference, is looked up in the section.
    """
    seen: set[str] = set()
    while ref is not None and ref not in seen:
        seen.add(ref)
        node = root.map(section)[ref] if ref in root.map(section) else target(root, ref)
        if node is None:
            return
        yield ref, node
        ref = ref_of(node)


def followed(root: Map, node: Map, section: str = "") -> Map | None:
    """Return the object itself or, for a reference, its final target.

    None where nothing is found, or where references lead in a circle.
    """
    *_, found = [node, *(target for _, target in chain(root, ref_of(node), section))]
    return found if isinstance(found, Map) and "$ref" not in found else None
