"""Sides with a value and sides without one: the former win."""

from __future__ import annotations

from generator.document import Map, Node
from generator.grammar import PROSE
from generator.references import ref_of

from .equality import Leaves, default
from .occurrences import MISSING, Home, Side, Value

_LEAVES = Leaves({})
_ASIDE = frozenset({"example", "examples", "externalDocs", "bearerFormat"})
"""Fields that only explain: their absence contradicts no other document."""

_TYPED = {
    "parameter": ("schema", "content"),
    "header": ("schema", "content"),
    "media type": ("schema",),
    "response": ("content",),
    "request body": ("content",),
}
"""The fields that give an object its type, and with them what depends on it."""

_ELSEWHERE = {
    "parameter": frozenset({"style", "explode", "allowReserved", "schema", "content"}),
    "header": frozenset({"style", "explode", "schema", "content"}),
    "media type": frozenset({"schema", "encoding"}),
    "response": frozenset({"headers", "links", "content"}),
    "request body": frozenset({"content"}),
}


def is_unspecified(what: str, key: str, side: Side) -> bool:
    """Return whether a document does not specify a field of an object."""
    node = side.map
    absent = key not in node
    if key in _ASIDE or (what == "operation" and key in ("security", "operationId")):
        return absent
    if key not in _ELSEWHERE.get(what, ()):
        return False
    typed = any(specifies(side.home, field, node.get(field, MISSING)) for field in _TYPED[what])
    return not typed and (absent or key in _TYPED[what])


def specifies(home: Home, field: str, value: Value) -> bool:
    """Return whether the value of `schema` or `content` specifies a type."""
    if value is MISSING:
        return False
    if field == "content":
        tables = value.maps() if isinstance(value, Map) else ()
        return any(specifies(home, "schema", item.get("schema", MISSING)) for _, item in tables)
    return not empty_schema(home, value)


def empty_schema(home: Home, node: Value) -> bool:
    """Return whether a schema allows any value and does not describe it."""
    if node is True:
        return True
    if not isinstance(node, Map):
        return False
    ref = ref_of(node)
    if ref is not None:
        found = home.target(ref)
        if found is not None and found[0] is not node and empty_schema(home, _unref(found[0])):
            found = None
        return found is None and all(_idle(key, node) for key in node if key != "$ref")
    return all(_idle(key, node) for key in node)


def _unref(node: Node) -> Node:
    # A reference with something beside it, at the end of references: it does say something.
    return False if ref_of(node) is not None else node


def _idle(key: str, node: Map) -> bool:
    if key in PROSE or key in _ASIDE or key.startswith("x-"):
        return True
    nothing = Map(position=node.position)
    known = default("schema", key, node) is not MISSING
    return known and _LEAVES.text("schema", key, node) == _LEAVES.text("schema", key, nothing)
