"""References: what a `$ref` leads to within its document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

from .document import Map, Node, pointer, pointer_parts, resolve

_URI_SAFE = "/~!$&'()*+,;=:@-._"


def reference(*parts: str) -> str:
    """A `$ref` to a place in the same document."""
    return "#" + quote(pointer(*parts), safe=_URI_SAFE, errors="surrogatepass")


def parts_of(ref: str) -> list[str]:
    """The keys that a `$ref` to a place in the same document consists of."""
    return pointer_parts(unquote(ref.removeprefix("#")))


def ref_of(node: object) -> str | None:
    """The reference that an object is, whatever stands beside it."""
    ref = node.get("$ref") if isinstance(node, Map) else None
    return ref if isinstance(ref, str) else None


def chain(
    root: Map, ref: str | None, section: str = "", onward: Callable[[Node], str | None] = ref_of
) -> Iterator[tuple[str, Node]]:
    """Each reference in turn with what it leads to, as far as references lead to references.

    Ends without an error at what does not exist or leads back. A bare name, an old form of
    reference, is looked up in the section. `onward` decides what counts as a reference.
    """
    seen: set[str] = set()
    while ref is not None and ref not in seen:
        seen.add(ref)
        try:
            node = root.map(section)[ref] if ref in root.map(section) else resolve(root, ref)
        except KeyError:
            return
        yield ref, node
        ref = onward(node)


def followed(root: Map, node: Map, section: str = "") -> Map | None:
    """The object itself or, where it is a reference, what that leads to in the end.

    None where nothing is found, or where references lead in a circle.
    """
    *_, found = [node, *(target for _, target in chain(root, ref_of(node), section))]
    return found if isinstance(found, Map) and "$ref" not in found else None
