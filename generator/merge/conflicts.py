"""Says of each conflict where it is, what differs, and which overlay would cure it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from generator.document import plain
from generator.findings import Finding

from .cures import Action, agreeing, overlay, replaced
from .notes import Conflict
from .sides import MISSING, Home, Keys, Side, Value

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Contradiction(Finding):
    """A finding that overlays for the source documents cure, with what it takes to write them."""

    conflict: Conflict | None = field(default=None, compare=False)
    agree: Callable[[Side, Side], list[Action]] = field(default=agreeing, compare=False)
    """The actions that make the second side's document say what the first one's says."""
    cures: tuple[tuple[Home, Action], ...] = field(default=(), compare=False)
    """The actions for each document, where there is nothing to choose."""


def findings(conflicts: Sequence[Conflict]) -> list[Finding]:
    """One finding for each place of each document that contradicts another.

    What lies within a place that another finding's cure replaces is cured with it.
    """
    first: dict[tuple[Home, Keys, Keys], Conflict] = {}
    for conflict in conflicts:
        missing = conflict.other.node is MISSING
        beside = conflict.reference.at if missing else ()
        first.setdefault((conflict.other.home, replaced(conflict.other), beside), conflict)
    areas = {(home, at) for home, at, beside in first if not beside}
    return [
        finding(conflict)
        for (home, at, _), conflict in first.items()
        if not any((home, at[:length]) in areas for length in range(len(at)))
    ]


def finding(conflict: Conflict) -> Finding:
    """What a conflict is, and what to do about it."""
    other, reference = conflict.other, conflict.reference
    problem = (
        f"{conflict.subject}: {other.pointer} is {_shown(other)} in {other.position},"
        f" but {_shown(reference)} in {reference.position}"
    )
    if reference.pointer != other.pointer:
        problem += f" ({reference.pointer})"
    if conflict.inner is not None:
        inner = conflict.inner
        problem += (
            f"; they lead to {_shown(inner.other)} at {inner.other.position}"
            f" and {_shown(inner.reference)} at {inner.reference.position}"
        )
    homes = [other.home, *other.twins]
    if len(homes) > 1:
        problem += f"; {len(homes) - 1} more documents say the same as {other.home.name}"
    text = cure(homes, agreeing(reference, other))
    return Contradiction(other.position, problem, text, conflict)


def cure(homes: Sequence[Home], actions: list[Action]) -> str:
    """What to put into the overlays: the same actions for each of several documents."""
    names = dict.fromkeys(home.name for home in homes)
    texts = [overlay(name, f"Agreement of {name} with the others", actions) for name in names]
    return (
        "Put this into a file of the overlays folder, or the opposite if that is the truth:\n"
        + "---\n".join(texts)
    )


def _shown(side: Side) -> str:
    return shortened(side.node)


def shortened(value: Value) -> str:
    """A value for a message."""
    if value is MISSING:
        return "missing"
    text = json.dumps(plain(value), ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
