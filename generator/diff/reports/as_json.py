"""The report for programs. Its schema is `docs/diff.schema.json`."""

from __future__ import annotations

import json
from dataclasses import asdict

from generator.diff.differences import by_operation, counted, gravest, ordered

from .comparison import Comparison

SCHEMA = 1
"""The version of the schema; it changes when programs that read reports have to be adapted."""


def as_json(comparison: Comparison) -> str:
    """Return the report as JSON, in ASCII only, so that texts of documents are exact."""
    report = {
        "schema": SCHEMA,
        "old": comparison.old,
        "new": comparison.new,
        "level": gravest(comparison.differences),
        "counts": counted(comparison.differences),
        "differences": [
            {"level": item.level, **asdict(item), "kind": item.kind.id}
            for item in ordered(comparison.differences)
        ],
        "shared": {
            operation: list(methods)
            for operation, found in by_operation(comparison.differences)
            if (methods := comparison.shared(operation, found))
        },
    }
    return json.dumps(report, indent=2) + "\n"
