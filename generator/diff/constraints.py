"""Compares schema keywords that Python types do not express: bounds, values, defaults, prose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.document import Node
from generator.grammar import PROSE
from generator.semver import LEVELS

from .bounds import Direction, described, differ, direction, moved, shown
from .canonical import EXAMPLES
from .kinds import level
from .schema_keywords import Facts

_PROSE = {*PROSE, "externalDocs", "$comment", "xml"}
_ONE_LINE_EACH = ("null", "deprecated", "writeOnly", "default")
_BOUNDS = {
    "narrowed": "bounds-narrowed",
    "widened": "bounds-widened",
    "changed": "bounds-changed",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A difference, the kind of which depends on whether the value is sent or returned."""

    sent: str
    """The id of its kind where the value is sent; empty if senders are not concerned."""
    returned: str
    before: str = ""
    after: str = ""

    def kind(self, *, sent: bool, returned: bool) -> str:
        """Return the id of the graver kind for an operation; empty if it is not concerned."""
        kinds = [self.sent] * sent + [self.returned] * returned
        return min(filter(None, kinds), key=lambda kind: LEVELS.index(level(kind)), default="")


def compare_facts(before: Facts, after: Facts, *, subject: str) -> Iterator[Found]:
    """Yield the differences of two schemas.

    Args:
        before: The keywords of the old one.
        after: The keywords of the new one.
        subject: `argument`, `property`, or empty for any other schema.
    """
    seen: set[str] = set()
    keys = before.keys() | after.keys()
    for at, keyword in sorted(keys):
        old, new = before.get((at, keyword)), after.get((at, keyword))
        if not differ(old, new):
            continue
        summed_up = _summed_up(keyword)
        if summed_up:
            if summed_up not in seen:
                yield Found(
                    summed_up, summed_up, described(at, keyword, old), described(at, keyword, new)
                )
            seen.add(summed_up)
        elif keyword == "enum":
            yield from values(old, new)
        elif keyword in _ONE_LINE_EACH:
            yield _marked(keyword, at, old, new, subject)
        else:
            yield _bounded(keyword, at, old, new)


def _summed_up(keyword: str) -> str:
    """Return the kind that is reported once for all keywords of a group; empty for others."""
    if keyword in _PROSE:
        return "prose-changed"
    if keyword in EXAMPLES:
        return "example-changed"
    return "metadata-changed" if keyword.startswith("x-") or keyword == "discriminator" else ""


def _marked(keyword: str, at: str, old: Node, new: Node, subject: str) -> Found:
    if keyword == "deprecated" and subject and not at:
        kind = f"{subject}-deprecated" if new else f"{subject}-undeprecated"
        return Found(kind, kind)
    sides = described(at, keyword, old), described(at, keyword, new)
    if keyword == "null":
        sides = ("null" if old else "", "null" if new else "")
        sent = "null-accepted" if new else "null-rejected"
        # In a list or mapping it is part of the type.
        return Found("nullability-changed" if at else sent, "nullability-changed", *sides)
    if keyword == "default":
        sent = "default-added" if old is None else "default-changed"
        return Found(sent, "metadata-changed", *sides)
    if keyword == "writeOnly":
        returned = "property-write-only" if new else "property-readable"
        return Found("metadata-changed", returned, *sides)
    return Found("metadata-changed", "metadata-changed", *sides)


def _bounded(keyword: str, at: str, old: Node, new: Node) -> Found:
    sides = described(at, keyword, old), described(at, keyword, new)
    if keyword == "format":  # without those that make a type of their own
        return Found("format-changed", "format-changed", *sides)
    return Found(_BOUNDS[_direction(keyword, old, new)], "response-bounds-changed", *sides)


def _direction(keyword: str, old: Node, new: Node) -> Direction:
    if keyword == "additionalProperties" and (old is False or new is False):
        return "narrowed" if new is False else "widened"
    return direction(keyword, old, new)


def values(before: Node, after: Node) -> Iterator[Found]:
    """Yield the values that have been added to an enumeration or removed from it."""
    if before is None or after is None:
        turned = direction("enum", before, after)
        sides = described("", "enum", before), described("", "enum", after)
        yield Found(_BOUNDS[turned], "response-bounds-changed", *sides)
        return
    gone, come = moved(before, after)
    if gone:
        yield Found("value-rejected", "response-value-removed", ", ".join(map(shown, gone)), "")
    if come:
        yield Found("value-accepted", "response-value-added", "", ", ".join(map(shown, come)))
