"""The report for programs. Its schema is `docs/diff.schema.json`."""

from __future__ import annotations

import json

from generator.diff.differences import Difference, Place

from .comparison import Comparison, by_operation, counted, ordered

SCHEMA = 1
"""The version of the schema; it changes when programs that read reports have to be adapted."""


def as_json(comparison: Comparison) -> str:
    """Return the report as JSON, in ASCII only, so that texts of documents are exact."""
    counts = counted(comparison.differences)
    report = {
        "schema": SCHEMA,
        "old": comparison.old,
        "new": comparison.new,
        "level": next((level for level, count in counts.items() if count), None),
        "counts": counts,
        "differences": [_difference(item) for item in ordered(comparison.differences)],
        "shared": {
            operation: list(methods)
            for operation, found in by_operation(comparison.differences)
            if (methods := comparison.shared(operation, found))
        },
    }
    return json.dumps(report, indent=2) + "\n"


def _difference(difference: Difference) -> dict[str, object]:
    return {
        "level": difference.level,
        "kind": difference.kind.id,
        "operation": difference.operation,
        "python": difference.python,
        "before": difference.before,
        "after": difference.after,
        "old": _place(difference.old),
        "new": _place(difference.new),
    }


def _place(place: Place | None) -> dict[str, str] | None:
    if place is None:
        return None
    return {"pointer": place.pointer, "document": place.document, "line": place.line}
