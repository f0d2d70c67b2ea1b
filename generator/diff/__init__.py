"""Compares two merged specs as the Python caller of the generated client sees them."""

from __future__ import annotations

from generator.document import Map

from .collector import Collector
from .differences import KINDS, Difference, Place, gravest, ordered
from .matching import pair
from .models import Models
from .operations import compare_client, compare_operation
from .security import compare_token_endpoints
from .surface import Surface


def compare(old: Map, new: Map) -> list[Difference]:
    """Return the differences of two specs: the gravest first, then by operation and Python name.

    Args:
        old: A merged spec, each of its operations with its names.
        new: The same, later.
    """
    before, after = Surface(old), Surface(new)
    whole = Collector(before, after)
    compare_client(whole)
    same = sorted(before.operations.keys() & after.operations.keys())
    both = [(before.operations[key], after.operations[key]) for key in same]
    compare_token_endpoints(whole, both)
    found = whole.found
    models = Models(before, after, pair(before, after, both))
    for left, right in both:
        found += compare_operation(models, left, right)
    for key in before.operations.keys() ^ after.operations.keys():
        gone, come = before.operations.get(key), after.operations.get(key)
        collector = Collector(before, after, gone, come)
        kind = "operation-removed" if gone else "operation-added"
        collector.add(kind, (gone.name if gone else "", come.name if come else ""))
        found += collector.found
    return ordered(set(found))


__all__ = ["KINDS", "Difference", "Place", "compare", "gravest"]
