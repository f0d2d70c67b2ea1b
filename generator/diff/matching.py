"""Matches the items of two lists, and the models of one spec with those of another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeAlias, TypeVar

from generator.client import Model, Operation, Type

from .surface import Surface

T = TypeVar("T")


def matched(
    old: Iterable[T], new: Iterable[T], *keys: Callable[[T], Hashable]
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """Return the pairs of equal keys, and the old and the new items without a counterpart.

    The first key pairs what it can, the second key the rest, and so on. None matches nothing.
    """
    old, new, pairs = list(old), list(new), []
    for key in keys:
        found = {key(item): item for item in new}
        found.pop(None, None)
        for item in old.copy():
            other = found.pop(key(item), None)
            if other is not None:
                pairs.append((item, other))
                old.remove(item)
                new.remove(other)
    return pairs, old, new


Pairs: TypeAlias = dict[str, str]
"""The name of a model in the new surface, by its name in the old one."""


def pair(old: Surface, new: Surface, operations: list[tuple[Operation, Operation]]) -> Pairs:
    """Pair the models of equal names, then those that stand in the same places and are alike."""
    pairs = {name: name for name in old.models if name in new.models}
    while found := sorted(_candidates(old, new, operations, pairs)):
        for _, before, after in found:
            if before not in pairs and after not in pairs.values():
                pairs[before] = after
    return pairs


def _candidates(
    old: Surface, new: Surface, operations: list[tuple[Operation, Operation]], pairs: Pairs
) -> Iterator[tuple[tuple[float, list[str]], str, str]]:
    """Yield unpaired models that stand in the same place, each with its rank."""
    taken = set(pairs.values())
    for before, after in set(_places(old, new, operations, pairs)):
        if before not in pairs and after not in taken:
            alike = _likeness(old.models[before], new.models[after])
            if alike >= 0.5:
                yield (-alike, sorted([before, after])), before, after


def _places(
    old: Surface, new: Surface, operations: list[tuple[Operation, Operation]], pairs: Pairs
) -> Iterator[tuple[str, str]]:
    """Yield the models that stand in the same places: arguments, responses, and fields of pairs."""
    for before, after in operations:
        types = {(item.place, item.wire): item.type for item in after.arguments}
        for item in before.arguments:
            yield from _aligned(item.type, types.get((item.place, item.wire)))
        types_after = _response_types(after)
        for status, known in _response_types(before).items():
            yield from _aligned(known, types_after.get(status))
        if before.spread and after.spread:
            yield before.spread, after.spread
        mentioned = new.uses(after).mentioned
        for name in old.uses(before).mentioned - pairs.keys():
            yield from ((name, other) for other in mentioned)
    for name, other in pairs.items():
        fields = {item.wire: item.type for item in new.models[other].fields}
        for own in old.models[name].fields:
            yield from _aligned(own.type, fields.get(own.wire))


def _response_types(operation: Operation) -> dict[str, Type]:
    return {
        "200" if item.status == "default" else item.status.upper(): item.type
        for item in operation.bodies
    }


def _aligned(old: Type, new: Type | None) -> Iterator[tuple[str, str]]:
    """Yield the classes that two types name in the same place."""
    if new is None:
        return
    if old.name and new.name:
        yield old.name, new.name
    elif old.kind == new.kind:
        for before in old.members:
            for after in new.members:
                yield from _aligned(before, after)


def _likeness(old: Model, new: Model) -> float:
    """How much two models have in common: 1 if everything, 0 if nothing."""
    if bool(old.values) != bool(new.values):
        return 0.0
    before = {str(value) for value in old.values} or {item.wire for item in old.fields}
    after = {str(value) for value in new.values} or {item.wire for item in new.fields}
    return len(before & after) / len(before | after) if before | after else 1.0
