"""Which model of one spec is which of the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.render.views import Model

from .shapes import key_of
from .surface import Operation, Surface


@dataclass(slots=True)
class Pairs:
    """The models of two surfaces, side by side."""

    both: dict[str, str] = field(default_factory=dict)
    """The key of a model in the new surface, by its key in the old one."""
    renamed: dict[str, str] = field(default_factory=dict)
    """The old name of a class by its new one, where they differ."""


def pair(old: Surface, new: Surface, operations: Iterable[tuple[Operation, Operation]]) -> Pairs:
    """Pair the models of equal names, then those that stand in the same places and are alike."""
    pairs = Pairs()
    names = {model.name: key for key, model in new.models.items() if not model.mapping}
    for key, model in old.models.items():
        if not model.mapping and model.name in names:
            pairs.both[key] = names[model.name]
    both = list(operations)
    while found := _candidates(old, new, both, pairs):
        for _, before, after in sorted(found):
            if before not in pairs.both and after not in pairs.both.values():
                pairs.both[before] = after
                pairs.renamed[new.models[after].name] = old.models[before].name
    return pairs


def _candidates(
    old: Surface, new: Surface, operations: list[tuple[Operation, Operation]], pairs: Pairs
) -> list[tuple[tuple[float, list[str]], str, str]]:
    """Unpaired models that stand in the same place, the most alike first."""
    taken = set(pairs.both.values())
    found = []
    for before, after in set(_places(old, new, operations, pairs)):
        if before in pairs.both or after in taken:
            continue
        models = old.models[before], new.models[after]
        if any(model.mapping for model in models) or (alike := _likeness(*models)) < 0.5:
            continue
        found.append(((-alike, sorted(model.name for model in models)), before, after))
    return found


def _places(
    old: Surface, new: Surface, operations: list[tuple[Operation, Operation]], pairs: Pairs
) -> Iterator[tuple[str, str]]:
    """The models that stand in the same places: of arguments, answers, and fields of pairs."""
    for before, after in operations:
        types = {(item.view.place, item.view.wire): item.lowered for item in after.arguments}
        for given in before.arguments:
            yield from _aligned(given.lowered, types.get((given.view.place, given.view.wire)))
        for status, lowered in before.lowered.items():
            yield from _aligned(lowered, after.lowered.get(status))
        if before.spread and after.spread:
            yield before.spread, after.spread
        for key in before.mentioned - pairs.both.keys():
            yield from ((key, other) for other in after.mentioned)
    for key, other in pairs.both.items():
        fields = {item.wire: item.key for item in new.models[other].fields}
        for item in old.models[key].fields:
            if item.wire in fields:
                lowered = new.shapes.lowered_field(other, fields[item.wire])
                yield from _aligned(old.shapes.lowered_field(key, item.key), lowered)


def _aligned(old: object, new: object) -> Iterator[tuple[str, str]]:
    """The classes that two lowered schemas name in the same place."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return
    if "$ref" in old and "$ref" in new:
        yield key_of(old), key_of(new)
    yield from _aligned(old.get("items"), new.get("items"))
    options = old.get("anyOf"), new.get("anyOf")
    if isinstance(options[0], list) and isinstance(options[1], list):
        for before in options[0]:
            for after in options[1]:
                yield from _aligned(before, after)


def _likeness(old: Model, new: Model) -> float:
    """How much two models have in common: 1 if everything, 0 if nothing."""
    if bool(old.values) != bool(new.values):
        return 0.0
    before = {str(value) for value in old.values} or {item.wire for item in old.fields}
    after = {str(value) for value in new.values} or {item.wire for item in new.fields}
    return len(before & after) / len(before | after) if before | after else 1.0
