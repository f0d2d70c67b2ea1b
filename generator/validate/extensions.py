"""Checks the extensions by which overlays speak to the renderer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.document import Node
from generator.names import FORMER

from .spec import Problem, Spec, quoted

EFFECTS = ("safe", "idempotent", "spends")
"""What sending a request may do, as `x-effect` says it."""

_EXPECTED: dict[str, tuple[str, Callable[[Node], bool], str]] = {
    "x-effect": ("one of safe, idempotent, spends", lambda value: value in EFFECTS, "spends"),
    "x-may-be-empty": ("true or false", lambda value: isinstance(value, bool), "true"),
    "x-resource": ("a string", lambda value: isinstance(value, str), "a_name"),
    "x-method": ("a string", lambda value: isinstance(value, str), "a_name"),
}


def check(spec: Spec) -> Iterator[Problem]:
    """Extensions that stand in the wrong place or hold what they cannot."""
    for item in spec.objects:
        if FORMER in item.node and item.kind != "operation":
            at = (*item.at, FORMER)
            text = f"expected no {FORMER} on a {item.kind}: the generator writes it, on operations"
            yield Problem(at, text, spec.remove(at))
        for key in (key for key in _EXPECTED if key in item.node):
            at = (*item.at, key)
            expected, holds, example = _EXPECTED[key]
            if item.kind != "operation":
                text = f"expected {key} on an operation, found it on a {item.kind}"
                yield Problem(at, text, spec.remove(at, "Move it to the operation, by an overlay:"))
            elif not holds(item.node[key]):
                yield Problem(
                    at,
                    f"expected {key} of {spec.describe(item.at)} to be {expected},"
                    f" found {quoted(item.node[key])}",
                    spec.cure(item.at, f"update: {{{key}: {example}}}"),
                )
