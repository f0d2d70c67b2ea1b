"""The content of a report: the differences between two specs, and their titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.diff.differences import Difference, Place
from generator.semver import LEVELS, Level

_WITH_OPTIONS = ("operation-removed", "operation-renamed")
SHARED = "Hand-written methods with the same options"
"""What stands before their names."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two specs and the differences between them."""

    old: str
    """The title of the old one: `shop-client 1.4.2 as released`."""
    new: str
    differences: Sequence[Difference]
    sharing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The hand-written methods that take the options of an operation, by the operation."""

    def shared(self, operation: str, differences: Iterable[Difference]) -> Sequence[str]:
        """Return the hand-written methods whose options change with those of an operation."""
        changes = any(
            item.python.endswith(")") or item.kind.id in _WITH_OPTIONS for item in differences
        )
        return self.sharing.get(operation, ()) if changes else ()


def ordered(differences: Iterable[Difference]) -> list[Difference]:
    """Return them sorted: the gravest first, then by operation and Python name."""
    return sorted(differences, key=_order)


def counted(differences: Iterable[Difference]) -> dict[Level, int]:
    """Return the number of differences of each level, zero included."""
    counts = dict.fromkeys(LEVELS, 0)
    for difference in differences:
        counts[difference.level] += 1
    return counts


def by_level(differences: Iterable[Difference]) -> list[tuple[Level, list[Difference]]]:
    """Return the levels that occur, each with its differences in order."""
    found: dict[Level, list[Difference]] = {level: [] for level in LEVELS}
    for difference in ordered(differences):
        found[difference.level].append(difference)
    return [(level, group) for level, group in found.items() if group]


def by_operation(differences: Iterable[Difference]) -> list[tuple[str, list[Difference]]]:
    """Return the operations concerned, those with the gravest difference first."""
    found: dict[str, list[Difference]] = {}
    for difference in ordered(differences):
        found.setdefault(difference.operation, []).append(difference)
    return list(found.items())


def _order(difference: Difference) -> tuple[int | str, ...]:
    return (
        LEVELS.index(difference.level),
        difference.operation,
        difference.python,
        difference.kind.id,
        difference.before,
        difference.after,
        *_place_order(difference.old),
        *_place_order(difference.new),
    )


def _place_order(place: Place | None) -> tuple[str, str, str]:
    return (place.pointer, place.document, place.line) if place else ("", "", "")
