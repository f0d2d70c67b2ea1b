"""The words that the reports for people share: one line each, without control characters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from generator.diff.differences import Difference, Kind, Place
from generator.phrases import printable
from generator.semver import LEVELS, Level

from .comparison import counted

WHOLE_CLIENT = "The whole client"
"""The heading of differences that belong to no operation."""

MEANINGS: dict[Level, str] = {
    "major": "breaks callers",
    "minor": "adds to what callers can do",
    "patch": "breaks no caller and adds nothing",
}

_LONGEST = 300


def shown(text: str, longest: int = _LONGEST) -> str:
    """Return a text from a document on one line, made harmless and shortened."""
    if len(text) > longest:
        text = f"{text[:longest]}... ({len(text) - longest} more characters)"
    return printable(text).replace("\n", "\\n")


def title(kind: Kind) -> str:
    """Return the name of a kind of difference in a sentence: `argument removed`."""
    return kind.id.replace("-", " ")


def change(difference: Difference, arrow: str = "->", quote: Callable[[str], str] = shown) -> str:
    """Describe a change of values: `int -> str`, `was int`, `now str`.

    Empty where there is nothing to say, or nothing but the Python name again.

    Args:
        difference: The difference.
        arrow: What stands between the two.
        quote: Writes a value so that it does no harm.
    """
    if difference.before + difference.after == difference.python:
        return ""
    before, after = (
        quote(value) if value else "" for value in (difference.before, difference.after)
    )
    if before and after:
        return f"{before} {arrow} {after}"
    if before or after:
        return f"was {before}" if before else f"now {after}"
    return ""


def places(difference: Difference) -> list[tuple[str, Place]]:
    """Return its places: `in` if both sides have the same place, else `old` and `new`."""
    old, new = difference.old, difference.new
    if old and new and (old.pointer, old.document) == (new.pointer, new.document):
        return [("in", new)]
    return [(side, place) for side, place in (("old", old), ("new", new)) if place]


def summary(differences: Iterable[Difference]) -> str:
    """Return their numbers and the version needed: `2 major, 1 patch: the next version is ...`."""
    counts = counted(differences)
    told = ", ".join(f"{count} {level}" for level, count in counts.items() if count)
    return f"{told or 'no differences'}: {verdict(counts)}"


def verdict(counts: Mapping[Level, int]) -> str:
    """Return what the numbers of differences mean for the next version."""
    for level in LEVELS:
        if counts[level]:
            return f"the next version is a {level} one"
    return "no new version is needed"


def sentence(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
