"""The bounds of values: which of two lets more pass."""

from __future__ import annotations

from generator.document import Node

_LOWEST = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_HIGHEST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
BOUNDS = (*_LOWEST, *_HIGHEST)


def is_narrower(key: str, value: Node, other: Node) -> bool:
    """Whether a bound lets less pass than another one."""
    if not isinstance(value, int | float) or not isinstance(other, int | float):
        return False
    return value < other if key in _HIGHEST else key in _LOWEST and value > other
