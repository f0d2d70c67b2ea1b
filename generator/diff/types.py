"""How a changed type affects callers: what it accepts, and what the same JSON becomes."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterable, Mapping

from generator.client import Type

_HELD_AS_JSON = ("str", "int", "float", "bool", "none")


def renamed(known: Type, names: Mapping[str, str]) -> Type:
    """Return a type with its classes renamed."""
    if not names:
        return known
    members = frozenset(renamed(member, names) for member in known.members)
    return dataclasses.replace(known, name=names.get(known.name, known.name), members=members)


def accepts(wide: Iterable[Type], narrow: Iterable[Type], *, given: bool) -> bool:
    """Return whether some types can be assigned to others, for checkers and for the server.

    Args:
        wide: The alternatives that are to accept.
        narrow: The alternatives to be accepted.
        given: Whether they are types of arguments, whose lists and dictionaries are only read;
            those of models are exact.
    """
    return all(any(_takes(into, item, given) for into in wide) for item in narrow)


def _takes(wide: Type, narrow: Type, given: bool) -> bool:
    if wide == narrow:
        return True
    if wide.kind == "any":
        return given or narrow.kind in _HELD_AS_JSON
    if wide.kind == narrow.kind and wide.kind in ("list", "dict"):
        (into,), (item,) = wide.members, narrow.members
        return given and accepts(into.alternatives, item.alternatives, given=True)
    if narrow.kind == "values":
        return any(_takes(wide, base, given) for base in narrow.members)
    return wide.kind == "float" and narrow.kind == "int"


_EXACT = {"text", "integer", "number", "boolean", "binary", "file", "date"}
"""Decoders whose order is irrelevant: the JSON determines which one fits, or they are ranked."""


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
    text = _words(inner, renamed)
    return {"array": f"list of {text}", "mapping": f"mapping of {text}"}.get(kind, text)


def _in_order(nodes: list[ast.expr], renamed: Mapping[str, str]) -> list[str]:
    found = [_words(node, renamed) for node in nodes]
    exact = sorted(text for text in found if text in _EXACT)
    return [*(text for text in found if text not in _EXACT), *exact]
