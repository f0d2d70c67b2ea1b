"""Writes a page for the docs that lists every operation: its names, its effect, its document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from .client import Operation, read_client
from .diff.reports.markdown import code
from .document import Map
from .phrases import shown

_EFFECTS = {
    "safe": "It changes nothing, so that it may be repeated.",
    "idempotent": "Twice is the same as once, so that it may be repeated.",
    "spends": "Each request costs something. One that may have been carried out is not repeated.",
    "unknown": "It changes something and costs nothing. One that may have been carried out is not"
    " repeated.",
}
_COLUMNS = ("method", "what it does", "request", "effect", "iterator", "document")


def api_page(spec: Map) -> str:
    """Return the page of a valid spec, as Markdown."""
    found = sorted(read_client(spec).operations, key=lambda each: (each.resource, each.method))
    lines = [
        "# The operations",
        "",
        "Written by `python -m generator build`, which overwrites changes. Each operation is a"
        " method of both clients; where an iterator is named, it is the method that fetches page"
        " after page. The effect is what it costs to call the operation, and to repeat a call:",
        "",
        *_table(("effect", "meaning"), ([code(key), text] for key, text in _EFFECTS.items())),
    ]
    for resource, group in groupby(found, key=lambda each: each.resource):
        lines += ["", f"## {resource}", "", *_table(_COLUMNS, map(_row, group))]
    return "\n".join([*lines, ""])


def _row(operation: Operation) -> list[str]:
    iterator = operation.pagination
    return [
        _code(f"client.{operation.name}"),
        _prose(operation.summary),
        _code(operation.label),
        operation.effect or "unknown",
        _code(f"client.{operation.resource}.{iterator.name}") if iterator else "",
        _code(operation.source.partition(",")[0]) if operation.source else "an overlay",
    ]


def _table(columns: tuple[str, ...], rows: Iterator[list[str]]) -> Iterator[str]:
    for row in (columns, ["---"] * len(columns), *rows):
        yield f"| {' | '.join(row)} |"


def _code(text: str) -> str:
    """Return a text from a document as code in a table, where only a bar needs an escape."""
    return code(text).replace("|", "\\|")


def _prose(text: str) -> str:
    """Return a text from a document so that neither Markdown nor HTML in it is interpreted."""
    return re.sub(r"([\\`*_~\[\]<>&|$@#:])", r"\\\1", shown(text))
