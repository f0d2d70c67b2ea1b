"""Checks the extensions by which overlays speak to the renderer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.document import Node
from generator.findings import Finding
from generator.names import FORMER

from .spec import Spec

EFFECTS = ("safe", "idempotent", "spends")
"""What sending a request may do, as `x-effect` says it."""

_EXPECTED: dict[str, tuple[str, Callable[[Node], bool], str]] = {
    "x-effect": ("one of safe, idempotent, spends", lambda value: value in EFFECTS, "spends"),
    "x-may-be-empty": ("true or false", lambda value: isinstance(value, bool), "true"),
    "x-resource": ("a string", lambda value: isinstance(value, str), "a_name"),
    "x-method": ("a string", lambda value: isinstance(value, str), "a_name"),
}


def check(spec: Spec) -> Iterator[Finding]:
    """Extensions that stand in the wrong place or hold what they cannot."""
    for item in spec.objects:
        if FORMER in item.node and item.kind != "operation":
            at = (*item.at, FORMER)
            yield spec.finding("former-names-misplaced", at, key=FORMER, owner=item.kind)
        for key in (key for key in _EXPECTED if key in item.node):
            at = (*item.at, key)
            expected, holds, example = _EXPECTED[key]
            if item.kind != "operation":
                yield spec.finding("extension-misplaced", at, key=key, owner=item.kind)
            elif not holds(item.node[key]):
                yield spec.finding(
                    "extension-value",
                    at,
                    target=item.at,
                    key=key,
                    owner=spec.describe(item.at),
                    expected=expected,
                    example=example,
                    found=item.node[key],
                )
