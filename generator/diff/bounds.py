"""Whether a changed constraint allows more values than before, fewer, or different ones."""

from __future__ import annotations

import json
from typing import Literal, TypeAlias

from generator.client.safe_text import one_line
from generator.document import Node, Seq

Direction: TypeAlias = Literal["narrowed", "widened", "changed"]

_LOWEST = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"}
_HIGHEST = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
_LONGEST = 80


def direction(keyword: str, before: Node, after: Node) -> Direction:
    """Return how a changed keyword affects the values; None is a keyword that is absent."""
    if after is None:
        return "widened"
    if before is None:
        return "narrowed"
    if _is_number(before) and _is_number(after):
        return _number_direction(keyword, float(str(before)), float(str(after)))
    return "changed"


def _number_direction(keyword: str, before: float, after: float) -> Direction:
    if keyword in _LOWEST:
        return "narrowed" if after > before else "widened"
    if keyword in _HIGHEST:
        return "narrowed" if after < before else "widened"
    if keyword == "multipleOf" and before > 0 < after:
        if after % before == 0:
            return "narrowed"
        return "widened" if before % after == 0 else "changed"
    return "changed"


def _is_number(value: Node) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def differ(before: Node, after: Node) -> bool:
    """Return whether two values differ; unlike Python, JSON distinguishes true from 1."""
    return _exact(before) != _exact(after)


def _exact(value: Node) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True)


def moved(before: Node, after: Node) -> tuple[list[Node], list[Node]]:
    """Return the values that were removed from an enumeration, and those that were added."""
    old = {_exact(value): value for value in (before if isinstance(before, Seq) else ())}
    new = {_exact(value): value for value in (after if isinstance(after, Seq) else ())}
    gone: list[Node] = [value for key, value in old.items() if key not in new and value is not None]
    come: list[Node] = [value for key, value in new.items() if key not in old and value is not None]
    return gone, come


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
