"""The results of merging: differences settled by a rule, and conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.document import Position, pointer
from generator.findings import Finding, Phrase

from .occurrences import MISSING, Home, Side

BETTER_TEXT = "settled-prose"
UNITED_TAGS = "settled-tags"
SPECIFIED = "settled-absent"
"""The rules that settle differences, by the codes of their findings."""

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Note:
    """A difference settled by a rule."""

    rule: str
    winners: tuple[Side, ...]
    losers: tuple[Side, ...]

    def homes(self) -> set[Home]:
        """Return the documents whose value was taken."""
        return {side.home for side in self.winners}


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

    def open(self, subject: str) -> None:
        """Begin with another operation or component. Conflicts are kept, notes are not."""
        self.subject, self.notes = subject, []

    def note(self, rule: str, winners: Sequence[Side], losers: Sequence[Side]) -> None:
        """Add a difference that was settled."""
        self.notes.append(Note(rule, tuple(winners), tuple(losers)))

    def clash(
        self, sides: Sequence[Side], forms: Sequence[str], inner: Conflict | None = None
    ) -> None:
        """Add a conflict between the value in most documents and each different one.

        `forms` are equal for equal values.
        """
        weights: dict[str, int] = {}
        for side, form in zip(sides, forms, strict=True):
            weights[form] = weights.get(form, 0) + 1 + len(side.twins)
        most = max(weights, key=lambda form: weights[form])
        reference = sides[forms.index(most)]
        group = tuple(zip(forms, sides, strict=True))
        for form, side in group:
            if form != most:
                self.conflicts.append(Conflict(self.subject, reference, side, inner, group))

    def clash_of_presence(self, sides: Sequence[Side]) -> None:
        """Add the conflict that some documents have something and others do not."""
        self.clash(sides, ["" if side.node is MISSING else "something" for side in sides])

    def warnings(self, at: Sequence[str | int]) -> list[Finding]:
        """Return one warning for each rule that settled something within a place."""
        grouped: dict[str, list[Note]] = {}
        for note in self.notes:
            grouped.setdefault(note.rule, []).append(note)
        return [self._warning(rule, notes, pointer(*at)) for rule, notes in grouped.items()]

    def _warning(self, rule: str, notes: list[Note], around: str) -> Finding:
        places = [_place(note, around) for note in notes[:_SHOWN]]
        if len(notes) > _SHOWN:
            places.append(Phrase("settled-more", {"count": len(notes) - _SHOWN}))
        among = sorted(_positions(notes))
        return Finding(among[0], rule, subject=self.subject, places=places, among=among)


def _place(note: Note, around: str) -> Phrase:
    winner = note.winners[0]
    where = winner.pointer.removeprefix(around) or around
    if note.rule == UNITED_TAGS:
        documents = [side.position for side in note.winners]
        return Phrase("settled-tags-place", {"pointer": where, "documents": documents})
    losers = [side.position for side in note.losers]
    return Phrase("settled-place", {"pointer": where, "winner": winner.position, "losers": losers})


def _positions(notes: list[Note]) -> list[Position]:
    return [side.position for note in notes for side in (*note.winners, *note.losers)]
