"""The report for pull requests, and its short form for the changelog.

Every text from a document is put in a code span, where neither Markdown nor HTML is interpreted
and no mention, link or issue number becomes active.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from generator.diff.differences import Difference, by_level, by_operation, counted, ordered
from generator.semver import Level

from .comparison import MEANINGS, SHARED, WHOLE_CLIENT, Comparison, change, sentence, shown, summary

LIMIT = 60_000
"""Bytes of a report. A pull request takes 65,536 characters; a person may have to add some."""

_ELSEWHERE = "`python -m generator diff` shows everything."


def markdown(comparison: Comparison) -> str:
    """Return the report for the body of a pull request, or for a comment on one."""
    whole = _body(comparison, comparison.differences, with_places=True)
    if _fits(whole):
        return whole
    without = _body(comparison, comparison.differences, with_places=False)
    return without if _fits(without) else _cut(comparison)


def changelog(differences: Sequence[Difference]) -> str:
    """Return the changes by level for a section of the changelog; empty without changes."""
    return "\n".join(
        line
        for level, group in by_level(differences)
        for line in (*_heading(level), *_bullets(group), "")
    )


def code(text: str) -> str:
    """Return a text from a document as a code span of CommonMark, which is never interpreted."""
    text = shown(text)
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    # One space at each end is not shown, and keeps the backticks of the text from the fence's.
    padded = f" {text} " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else text
    return f"{fence}{padded}{fence}" if text.strip() else "(nothing)"


def _fits(report: str) -> bool:
    return len(report.encode()) <= LIMIT


def _cut(comparison: Comparison) -> str:
    """Return as many of the gravest differences as fit."""
    found = ordered(comparison.differences)

    def body(count: int) -> str:
        return _body(comparison, found[:count], with_places=False)

    too_many = bisect_left(range(len(found)), True, key=lambda count: not _fits(body(count)))
    return body(too_many - 1)


def _body(comparison: Comparison, kept: Sequence[Difference], *, with_places: bool) -> str:
    left_out = len(comparison.differences) - len(kept)
    lines = [
        f"## {sentence(summary(comparison.differences))}",
        "",
        f"{code(comparison.old)} → {code(comparison.new)}",
        "",
    ]
    for level, group in by_level(kept):
        lines += [*_heading(level), *_bullets(group, comparison), ""]
        if with_places:
            lines += [*_details(group), ""]
    if left_out:
        there, counts = counted(kept), counted(comparison.differences)
        rest = {level: counts[level] - there[level] for level in counts}
        missing = ", ".join(f"{count} {level}" for level, count in rest.items() if count)
        lines += [f"**{left_out} more are left out here** ({missing}).", ""]
    if kept and not with_places:
        lines += [f"Their places in the documents are left out, too. {_ELSEWHERE}", ""]
    return "\n".join(lines)


def _heading(level: Level) -> tuple[str, str]:
    return f"### {level.capitalize()}: {MEANINGS[level]}", ""


def _bullets(
    differences: Sequence[Difference], comparison: Comparison | None = None
) -> Iterator[str]:
    for operation, group in by_operation(differences):
        yield f"- {_operation(operation)}"
        for difference in group:
            changed = change(difference, "→", code)
            yield f"  - {_what(difference)}{f', {changed}' if changed else ''}"
        if methods := comparison.shared(operation, group) if comparison else ():
            yield f"  - {SHARED}: {', '.join(map(code, methods))}"


def _details(differences: Sequence[Difference]) -> Iterator[str]:
    yield "<details><summary>Where they stand in the documents</summary>"
    yield ""
    for operation, group in by_operation(differences):
        yield f"- {_operation(operation)}"
        for difference in group:
            found = "; ".join(f"{side} {each.described(code)}" for side, each in difference.places)
            yield f"  - {_what(difference)}: {found or 'nowhere'}"
    yield ""
    yield "</details>"


def _operation(operation: str) -> str:
    return code(operation) if operation else WHOLE_CLIENT


def _what(difference: Difference) -> str:
    kind = difference.kind.title
    return f"{kind}: {code(difference.python)}" if difference.python else kind
