"""Reduces a spec to what the official schema of OpenAPI looks at, so that checking it is fast."""

from __future__ import annotations

from generator.document import Map, Node, Seq, plain
from generator.grammar import OPENAPI, PROSE


def outline(root: Map) -> dict[str, object]:
    """Return the spec as plain data, without what the official schema lets pass in any case.

    That is all there is in schemas, in extensions and in prose, and the names of parameters that
    are not in the path. What is left is the same in many places.
    """
    return _object("document", root)


def _object(what: str, node: Map) -> dict[str, object]:
    if what == "schema":
        return {}
    table = OPENAPI[what]
    result: dict[str, object] = {}
    for key, value in node.items():
        if key.startswith("x-"):
            continue
        if key in PROSE and isinstance(value, str):
            result[key] = ""
        else:
            result[key] = _value(table.get(key) or table.get("*", "any"), value)
    if what == "parameter" and "name" in result and result.get("in") != "path":
        result["name"] = ""
    return result


def _value(rule: str, value: Node) -> object:
    for option in rule.split("|"):
        inner = option.strip("[]{}")
        if inner not in OPENAPI:
            continue
        if option.startswith("[") and isinstance(value, Seq):
            return [_item(inner, item) for item in value]
        if option.startswith("{") and isinstance(value, Map):
            return {key: _item(inner, item) for key, item in value.items()}
        if option == inner and isinstance(value, Map):
            return _object(inner, value)
    return plain(value)


def _item(inner: str, item: Node) -> object:
    return _object(inner, item) if isinstance(item, Map) else plain(item)
