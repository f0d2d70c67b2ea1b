"""Describes each conflict: its place, the difference, and the overlay that resolves it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.document import plain
from generator.findings import Finding, GeneratorError, Phrase, order

from .log import Conflict
from .occurrences import MISSING, Home, Keys, Side, Value, text_of
from .proposed_overlays import Action, agreeing, overlay, replaced

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A finding that overlays for the source documents cure, with what it takes to write them."""

    finding: Finding
    cures: tuple[tuple[Home, tuple[Action, ...]], ...]
    """The actions for each document, if the one that is measured by is right; nothing if there is
    no such overlay."""
    conflict: Conflict | None = None
    """The values of all sides, if there is a choice."""
    agree: Callable[[Side, Side], list[Action]] = agreeing
    """The actions that make the second side's document agree with the first one's."""


class MergeError(GeneratorError):
    """Documents contradict each other. One overlay for each document settles all that is found."""

    def __init__(self, contradictions: Sequence[Contradiction]) -> None:
        super().__init__(_with_overlays(contradictions))
        self.contradictions = sorted(contradictions, key=lambda each: order(each.finding))


def _with_overlays(contradictions: Sequence[Contradiction]) -> Iterator[Finding]:
    """Yield the findings. The last one that an overlay cures has it as its advice."""
    actions: dict[str, dict[str, Action]] = {}
    last: dict[str, Contradiction] = {}
    for each in contradictions:
        for home, added in each.cures:
            actions.setdefault(home.name, {}).update({text_of(action): action for action in added})
    for each in sorted(contradictions, key=lambda each: order(each.finding)):
        last.update((home.name, each) for home, _ in each.cures)
    for each in contradictions:
        if not each.cures:
            yield each.finding.advised("cure-none")
            continue
        names = dict.fromkeys(home.name for home, _ in each.cures)
        here = [name for name in names if last[name] is each]
        overlays = [
            overlay(name, f"Agreement of {name} with the others", [*actions[name].values()])
            for name in here
        ]
        yield (
            each.finding.advised("cure-here", overlays="---\n".join(overlays))
            if here
            else each.finding.advised("cure-below", documents=[*names])
        )


def contradictions(conflicts: Sequence[Conflict]) -> list[Contradiction]:
    """Return one for each place of each document that contradicts another.

    What lies within a place that the cure of another replaces is cured with it.
    """
    first: dict[tuple[Home, Keys, Keys], Conflict] = {}
    for conflict in conflicts:
        missing = conflict.other.node is MISSING
        beside = conflict.reference.at if missing else ()
        first.setdefault((conflict.other.home, replaced(conflict.other), beside), conflict)
    areas = {(home, at) for home, at, beside in first if not beside}
    return [
        _contradiction(conflict)
        for (home, at, _), conflict in first.items()
        if not any((home, at[:length]) in areas for length in range(len(at)))
    ]


def _contradiction(conflict: Conflict) -> Contradiction:
    other, reference, inner = conflict.other, conflict.reference, conflict.inner
    homes = {home.name: home for home in (other.home, *other.twins)}
    twins = len(other.twins)
    elsewhere = reference.pointer != other.pointer
    finding = Finding(
        other.position,
        "conflict",
        subject=conflict.subject,
        pointer=other.pointer,
        elsewhere=Phrase("conflict-elsewhere", {"pointer": reference.pointer}) if elsewhere else "",
        inside=Phrase("conflict-inside", _sides(inner)) if inner else "",
        twins=Phrase("conflict-twins", {"count": twins, "document": other.home.name})
        if twins
        else "",
        **_sides(conflict),
    )
    actions = tuple(agreeing(reference, other))
    return Contradiction(finding, tuple((home, actions) for home in homes.values()), conflict)


def _sides(conflict: Conflict) -> dict[str, object]:
    other, reference = conflict.other, conflict.reference
    return {
        "found": shortened(other.node),
        "place": other.position,
        "expected": shortened(reference.node),
        "other": reference.position,
    }


def shortened(value: Value) -> str:
    """Return a value for a message."""
    if value is MISSING:
        return "missing"
    text = json.dumps(plain(value), ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
