"""Whether one type can be assigned to another."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from generator.client import Type

_HELD_AS_JSON = ("str", "int", "float", "bool", "none")


def renamed(known: Type, names: dict[str, str]) -> Type:
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
