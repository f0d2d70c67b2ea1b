"""Conflicts, differences settled by a rule, and the overlays that resolve conflicts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.document import collected, plain, pointer
from generator.findings import Finding, GeneratorError, Keys, Phrase, order
from generator.yaml_output import to_yaml

from .equality import rough
from .occurrences import MISSING, Home, Side, Value, text_of
from .proposed_overlays import Action, agreeing, overlay, replaced

BETTER_TEXT = "settled-prose"
UNITED_TAGS = "settled-tags"
SPECIFIED = "settled-absent"
"""The rules that settle differences, by the codes of their findings."""

_SHOWN = 5
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Note:
    """A difference settled by a rule."""

    rule: str
    winners: tuple[Side, ...]
    losers: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A difference that no rule settles: the value in most documents, and in another one."""

    subject: str
    reference: Side
    other: Side
    inner: Conflict | None = None
    """The exact place at which the targets of two references differ."""
    group: tuple[tuple[str, Side], ...] = ()
    """All values there, each with a text that is equal for equal values."""


@dataclass(slots=True)
class Ledger:
    """Collects what is found about one operation or component at a time."""

    subject: str = ""
    notes: list[Note] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def note(self, rule: str, winners: Sequence[Side], losers: Sequence[Side]) -> None:
        """Add a difference that was settled."""
        self.notes.append(Note(rule, tuple(winners), tuple(losers)))

    def clash(
        self, sides: Sequence[Side], forms: Sequence[str] = (), inner: Conflict | None = None
    ) -> None:
        """Add a conflict between the value in most documents and each different one.

        `forms` are equal for equal values; by default they are the values' own.
        """
        forms = forms or [rough(side.node) for side in sides]
        group = tuple(zip(forms, sides, strict=True))
        weights = collected((form, 1 + len(side.twins)) for form, side in group)
        most = max(weights, key=lambda form: sum(weights[form]))
        reference = sides[forms.index(most)]
        for form, side in group:
            if form != most:
                self.conflicts.append(Conflict(self.subject, reference, side, inner, group))

    def warnings(self, at: Keys) -> Iterator[Finding]:
        """Yield one warning for each rule that settled something within a place."""
        for rule, notes in collected((note.rule, note) for note in self.notes).items():
            places = [_place(note, pointer(*at)) for note in notes[:_SHOWN]]
            if len(notes) > _SHOWN:
                places.append(Phrase("settled-more", {"count": len(notes) - _SHOWN}))
            among = sorted(s.position for note in notes for s in (*note.winners, *note.losers))
            yield Finding(among[0], rule, subject=self.subject, places=places, among=among)


def _place(note: Note, around: str) -> Phrase:
    winner = note.winners[0]
    where = winner.pointer.removeprefix(around) or around
    if note.rule == UNITED_TAGS:
        documents = [side.position for side in note.winners]
        return Phrase("settled-tags-place", {"pointer": where, "documents": documents})
    losers = [side.position for side in note.losers]
    return Phrase("settled-place", {"pointer": where, "winner": winner.position, "losers": losers})


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
    for each in contradictions:
        for home, added in each.cures:
            actions.setdefault(home.name, {}).update({text_of(action): action for action in added})
    ordered = sorted(contradictions, key=lambda each: order(each.finding))
    last = {home.name: each for each in ordered for home, _ in each.cures}
    for each in contradictions:
        if not each.cures:
            yield each.finding.advised("cure-none")
            continue
        names = list(dict.fromkeys(home.name for home, _ in each.cures))
        overlays = [
            to_yaml(overlay(f"Agreement of {name} with the others", actions[name].values(), name))
            for name in names
            if last[name] is each
        ]
        if overlays:
            yield each.finding.advised("cure-here", overlays="---\n".join(overlays))
        else:
            yield each.finding.advised("cure-below", documents=names)


def contradictions(conflicts: Sequence[Conflict]) -> list[Contradiction]:
    """Return one for each place of each document that contradicts another.

    What lies within a place that the cure of another replaces is cured with it.
    """
    first: dict[tuple[Home, Keys, Keys], Conflict] = {}
    for conflict in conflicts:
        beside = conflict.reference.at if conflict.other.node is MISSING else ()
        first.setdefault((conflict.other.home, replaced(conflict.other), beside), conflict)
    areas = {(home, at) for home, at, beside in first if not beside}
    return [
        _contradiction(conflict)
        for (home, at, _), conflict in first.items()
        if not any((home, at[:length]) in areas for length in range(len(at)))
    ]


def _contradiction(conflict: Conflict) -> Contradiction:
    other, reference, inner = conflict.other, conflict.reference, conflict.inner
    values = {"elsewhere": "", "inside": "", "twins": "", **_sides(conflict)}
    if reference.pointer != other.pointer:
        values["elsewhere"] = Phrase("conflict-elsewhere", {"pointer": reference.pointer})
    if inner:
        values["inside"] = Phrase("conflict-inside", _sides(inner))
    if count := len(other.twins):
        twins = {"count": count, "document": other.home.name}
        values["twins"] = Phrase("conflict-twins", twins)
    subject, pointer = conflict.subject, other.pointer
    finding = Finding(other.position, "conflict", subject=subject, pointer=pointer, **values)
    homes = {home.name: home for home in (other.home, *other.twins)}
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
