"""How a changed type affects callers: what it accepts, and what the same JSON becomes."""

from __future__ import annotations

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
    """Return whether narrow types can be assigned to wide ones, for checkers and for the server.

    Lists and dictionaries that are given, as arguments, are only read; those of models are exact.
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


_EXACT = {"text", "integer", "number", "boolean", "binary", "date"}
"""Decoders whose order is irrelevant: the JSON determines which one fits, or they are ranked."""


def reading(known: Type, renamed: Mapping[str, str]) -> str:
    """Return how a type is read, in words that are equal if the same JSON becomes the same classes.

    `renamed` has the old name of a class by its new one.
    """
    if known.kind == "model":
        return renamed.get(known.name, known.name)
    if known.kind == "union":
        words = [reading(each, renamed) for each in known.ranked]
        exact = sorted(text for text in words if text in _EXACT)
        words = [*(text for text in words if text not in _EXACT), *exact]
        if known.tag:
            values = (f"{value!r}: {reading(each, renamed)}" for value, each in known.tagged)
            words = [f"by {known.tag!r}, {', '.join(sorted(values))}", *words]
        return f"({', else '.join(words)})"
    if not known.options:
        return known.decoder.removeprefix("_decoding.")
    inner = reading(known.options[0], renamed)
    return {"list": f"list of {inner}", "dict": f"mapping of {inner}"}.get(known.kind, inner)
