"""Reports of what changed: for a terminal, a pull request, a program or a browser."""

from __future__ import annotations

from collections.abc import Callable

from .as_json import as_json
from .comparison import Comparison, summary
from .html import html
from .markdown import changelog, markdown
from .text import show, text

__all__ = ["FORMATS", "Comparison", "changelog", "report", "show", "summary"]

FORMATS: dict[str, Callable[[Comparison], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
    "html": html,
}


def report(comparison: Comparison, form: str = "text") -> str:
    """Return a report in one of the forms of `FORMATS`, as text that ends with a line break."""
    return FORMATS[form](comparison)
