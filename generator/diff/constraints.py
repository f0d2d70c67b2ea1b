"""Whether a changed keyword of a schema allows more values, fewer, or different ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.client.safe_text import one_line
from generator.document import Node, Seq, is_number
from generator.grammar import PROSE

from .differences import KINDS
from .schema_keywords import EXAMPLES, Facts

_LOWEST = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"}
_HIGHEST = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
_LONGEST = 80


def direction(keyword: str, before: Node, after: Node) -> str:
    """Return whether values are `narrowed`, `widened` or `changed`; None is an absent keyword."""
    if after is None:
        return "widened"
    if before is None:
        return "narrowed"
    if keyword == "additionalProperties" and (before is False or after is False):
        return "narrowed" if after is False else "widened"
    if not is_number(before) or not is_number(after):
        return "changed"
    if keyword in _LOWEST or keyword in _HIGHEST:
        return "narrowed" if (after > before) == (keyword in _LOWEST) else "widened"
    if keyword == "multipleOf" and before > 0 < after:
        if after % before == 0:
            return "narrowed"
        return "widened" if before % after == 0 else "changed"
    return "changed"


def _exact(value: Node) -> str:
    """Return a value as text: unlike Python, JSON distinguishes true from 1."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True)


def described(at: str, keyword: str, value: Node) -> str:
    """Return a keyword as text: `minimum 1`, `items: pattern ^a`; empty if it is absent."""
    if value is None:
        return ""
    where = at.partition(":")[0].replace("[]", "items ").replace("{}", "values ").strip()
    return shortened(f"{where}: {keyword} {shown(value)}" if where else f"{keyword} {shown(value)}")


def shown(value: Node) -> str:
    """Return a value as JSON; a string unchanged."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def shortened(text: str) -> str:
    """Return text on one line of limited length."""
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 3]}..."


_SUMMED_UP = {
    **dict.fromkeys((*PROSE, "externalDocs", "$comment", "xml"), "prose-changed"),
    **dict.fromkeys(EXAMPLES, "example-changed"),
    "discriminator": "metadata-changed",
}
"""The kinds that are reported once for all their keywords."""


@dataclass(frozen=True, slots=True)
class Found:
    """A difference, the kind of which depends on whether the value is sent or returned."""

    sent: str
    """The id of its kind where the value is sent; empty if senders are not concerned."""
    returned: str
    sides: tuple[str, str] = ("", "")
    """The old and the new value."""

    def kind(self, *, sent: bool, returned: bool) -> str:
        """Return the id of the graver kind for an operation; empty if it is not concerned."""
        kinds = [self.sent] * sent + [self.returned] * returned
        return min(filter(None, kinds), key=list(KINDS).index, default="")


def compare_facts(before: Facts, after: Facts, *, subject: str) -> Iterator[Found]:
    """Yield the differences of two schemas of a subject: `argument`, `property`, or none."""
    seen: set[str] = set()
    for at, keyword in sorted(before.keys() | after.keys()):
        old, new = before.get((at, keyword)), after.get((at, keyword))
        summed_up = "metadata-changed" if keyword.startswith("x-") else _SUMMED_UP.get(keyword)
        if _exact(old) == _exact(new) or summed_up in seen:
            continue
        where = "" if keyword == "enum" else at
        sides = described(where, keyword, old), described(where, keyword, new)
        if summed_up:
            seen.add(summed_up)
            yield Found(summed_up, summed_up, sides)
        elif keyword == "enum" and isinstance(old, Seq) and isinstance(new, Seq):
            yield from values(old, new)
        elif keyword == "deprecated" and subject and not at:
            kind = f"{subject}-deprecated" if new else f"{subject}-undeprecated"
            yield Found(kind, kind)
        elif keyword == "null":
            # In a list or mapping it is part of the type.
            sent = "nullability-changed" if at else f"null-{'accepted' if new else 'rejected'}"
            sides = ("null" if old else "", "null" if new else "")
            yield Found(sent, "nullability-changed", sides)
        else:
            yield Found(*_kinds(keyword, old, new), sides)


def _kinds(keyword: str, old: Node, new: Node) -> tuple[str, str]:
    """Return the kinds of a difference where the value is sent, and where it is returned."""
    if keyword == "default":
        return "default-added" if old is None else "default-changed", "metadata-changed"
    if keyword == "writeOnly":
        return "metadata-changed", "property-write-only" if new else "property-readable"
    if keyword == "deprecated":
        return "metadata-changed", "metadata-changed"
    if keyword == "format":  # without those that make a type of their own
        return "format-changed", "format-changed"
    return f"bounds-{direction(keyword, old, new)}", "response-bounds-changed"


def values(before: Iterable[Node], after: Iterable[Node]) -> Iterator[Found]:
    """Yield the values that have been added to an enumeration or removed from it."""
    old, new = (
        {_exact(value): shown(value) for value in side if value is not None}
        for side in (before, after)
    )
    if gone := [text for key, text in old.items() if key not in new]:
        yield Found("value-rejected", "response-value-removed", (", ".join(gone), ""))
    if come := [text for key, text in new.items() if key not in old]:
        yield Found("value-accepted", "response-value-added", ("", ", ".join(come)))
