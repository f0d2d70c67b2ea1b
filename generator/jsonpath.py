"""Writes the RFC 9535 queries that overlays name their targets by."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from .document import Map, Node, Seq, child

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def jsonpath(root: Map, at: Sequence[str | int]) -> str:
    """Return the RFC 9535 query for the node at some keys. Parameters are found by name."""
    text = "$"
    node: Node = root
    for key in at:
        name = str(key)
        if isinstance(node, Seq) and isinstance(key, int) and key < len(node):
            text += f"[{_selector(node, key)}]"
        else:
            text += f".{name}" if _PLAIN.fullmatch(name) else f"[{quoted(name)}]"
        try:
            node = child(node, name)
        except KeyError:
            node = None
    return text


def _selector(listed: Seq, index: int) -> str:
    item = listed[index]
    for keys in ({"name": "@.name", "in": "@.in"}, {"$ref": "@['$ref']"}):
        if isinstance(item, Map) and all(isinstance(item.get(key), str) for key in keys):
            alike = [other for other in listed.maps() if all(other.get(k) == item[k] for k in keys)]
            if len(alike) == 1:
                tests = (f"{member}=={quoted(item.text(key))}" for key, member in keys.items())
                return f"?{' && '.join(tests)}"
    return str(index)


def quoted(name: str) -> str:
    """Return a name as a string of JSONPath, in single quotes."""
    inner = json.dumps(name)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"'{inner}'"
