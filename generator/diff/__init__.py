"""Compares two merged specs as the Python caller of the generated client sees them."""

from __future__ import annotations

from collections.abc import Iterable

from generator.document import Map
from generator.semver import LEVELS, Level

from .collector import Collector
from .differences import KINDS, Difference, Place
from .matching import pair
from .models import Models
from .operations import compare_operation
from .security import compare_token_endpoints
from .surface import Surface
from .whole_client import compare_client


def compare(old: Map, new: Map) -> list[Difference]:
    """Return the differences of two specs: the gravest first, then by operation and Python name.

    Args:
        old: A merged spec, each of its operations with its names.
        new: The same, later.
    """
    before, after = Surface(old), Surface(new)
    found = compare_client(before, after)
    same = sorted(before.operations.keys() & after.operations.keys())
    both = [(before.operations[key], after.operations[key]) for key in same]
    found += compare_token_endpoints(before, after, both)
    pairs = pair(before, after, both)
    models = Models(before, after, pairs)
    for left, right in both:
        found += compare_operation(before, after, left, right, pairs, models)
    for key in before.operations.keys() - after.operations.keys():
        operation = before.operations[key]
        collector = Collector(before, after, before=operation)
        collector.add("operation-removed", (operation.name, ""))
        found += collector.found
    for key in after.operations.keys() - before.operations.keys():
        operation = after.operations[key]
        collector = Collector(before, after, after=operation)
        collector.add("operation-added", ("", operation.name))
        found += collector.found
    return sorted(set(found), key=_rank)


def _rank(item: Difference) -> tuple[int, str, str, str, str, str, str]:
    places = "".join(place.pointer for place in (item.old, item.new) if place)
    level = LEVELS.index(item.level)
    words = (item.operation, item.python, item.kind.id, item.before, item.after)
    return level, *words, places


def gravest(differences: Iterable[Difference]) -> Level | None:
    """Return the gravest level among differences; None without differences."""
    levels = {item.level for item in differences}
    return next((level for level in LEVELS if level in levels), None)


__all__ = ["KINDS", "Difference", "Place", "compare", "gravest"]
