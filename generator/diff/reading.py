"""Describes how a response is read: which class the same JSON becomes."""

from __future__ import annotations

import ast
from collections.abc import Mapping

_EXACT = {"text", "integer", "number", "boolean", "binary", "file", "date"}
"""Decoders whose order makes no difference: JSON says which of them fits, or they are ranked."""


def reading(decoder: str, renamed: Mapping[str, str]) -> str:
    """Return a decoder in words that are equal if the same JSON becomes the same classes.

    Args:
        decoder: The expression, as the client model has it.
        renamed: The old name of a class by its new one.
    """
    return _words(ast.parse(decoder, mode="eval").body, renamed)


def _words(node: ast.expr, renamed: Mapping[str, str]) -> str:
    if not isinstance(node, ast.Call):
        assert isinstance(node, ast.Attribute), "a decoder, or a class"
        return renamed.get(node.attr, node.attr)
    assert isinstance(node.func, ast.Attribute), "a function of _decoding"
    kind, arguments = node.func.attr, node.args
    if kind == "tagged":
        name, table, *arguments = arguments
        assert isinstance(table, ast.Dict)
        values = [
            f"{ast.unparse(key)}: {_words(value, renamed)}"
            for key, value in zip(table.keys, table.values, strict=True)
            if key is not None
        ]
        tag = f"by {ast.unparse(name)}, {', '.join(sorted(values))}"
        return f"({', else '.join([tag, *_in_order(arguments, renamed)])})"
    if kind == "one_of":
        return f"({', else '.join(_in_order(arguments, renamed))})"
    (inner,) = arguments
    said = _words(inner, renamed)
    return {"array": f"list of {said}", "mapping": f"mapping of {said}"}.get(kind, said)


def _in_order(nodes: list[ast.expr], renamed: Mapping[str, str]) -> list[str]:
    found = [_words(node, renamed) for node in nodes]
    exact = sorted(said for said in found if said in _EXACT)
    return [*(said for said in found if said not in _EXACT), *exact]
