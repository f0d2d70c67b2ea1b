"""What all reports have in common: the parts of a comparison, and their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.diff.differences import Difference, counted, gravest
from generator.findings import printable
from generator.semver import Level

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


WHOLE_CLIENT = "The whole client"
"""The heading of differences that belong to no operation."""

MEANINGS: dict[Level, str] = {
    "major": "breaks callers",
    "minor": "adds to what callers can do",
    "patch": "breaks no caller and adds nothing",
}


def shown(text: str, longest: int = 300) -> str:
    """Return a text from a document on one line, made harmless and shortened."""
    if len(text) > longest:
        text = f"{text[:longest]}... ({len(text) - longest} more characters)"
    return printable(text).replace("\n", "\\n")


def change(difference: Difference, arrow: str = "->", quote: Callable[[str], str] = shown) -> str:
    """Describe a change of values: `int -> str`, `was int`, `now str`.

    Empty where there is nothing to say, or nothing but the Python name again. `quote` writes a
    value so that it does no harm.
    """
    before, after = difference.before, difference.after
    if before + after in ("", difference.python):
        return ""
    if before and after:
        return f"{quote(before)} {arrow} {quote(after)}"
    return f"was {quote(before)}" if before else f"now {quote(after)}"


def summary(differences: Sequence[Difference]) -> str:
    """Return their numbers and the version needed: `2 major, 1 patch: the next version is ...`."""
    counts = counted(differences)
    levels = ", ".join(f"{count} {level}" for level, count in counts.items() if count)
    return f"{levels or 'no differences'}: {verdict(differences)}"


def verdict(differences: Iterable[Difference]) -> str:
    """Return what differences mean for the next version."""
    level = gravest(differences)
    return f"the next version is a {level} one" if level else "no new version is needed"


def sentence(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
