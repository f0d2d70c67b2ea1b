"""Reads and edits the changelog: a section `## X.Y.Z` for each version, the newest first.

What has not been released yet may stand before them, under `## Unreleased`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.document import Position
from generator.findings import refusal

_RELEASED = re.compile(r"## +\[?v?([0-9]+\.[0-9]+\.[0-9]+)\]?(\(\S*\))?(\s.*)?")
_UNRELEASED = re.compile(r"## +\[?unreleased\]?\s*([-(:].*)?", re.IGNORECASE)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def newest(text: str) -> tuple[str, int] | None:
    """Return the version of the first section that has one, and its line, counted from 1."""
    return next(_versions(_lines(text)), None)


def with_release(text: str, version: str, changes: str, file: str) -> str:
    """Return the changelog with a section for a version, which takes over what was unreleased.

    Args:
        text: The changelog before.
        version: The version.
        changes: More to say of it, as Markdown; may be empty.
        file: The path of the changelog, for messages.

    Raises:
        GeneratorError: It has a section of that version already, or two of what is unreleased.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = _lines(text)
    for present, line in _versions(lines):
        if present == version:
            raise refusal(Position(file, line), "changelog-version-twice", version=version)
    start, stop = _place(lines, file)
    parts = ["\n".join(lines[start + 1 : stop]).strip("\n"), changes.strip("\n")]
    before, after = "\n".join(lines[:start]).rstrip("\n"), "\n".join(lines[stop:])
    made = "\n\n".join(filter(None, [before, f"## {version}", *parts, after]))
    return f"{made}\n".replace("\n", end)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")


def _place(lines: list[str], file: str) -> tuple[int, int]:
    """Return the lines of the unreleased section, or the place before the newest section."""
    headings = list(_headings(lines))
    unreleased = [number for number in headings if _UNRELEASED.fullmatch(lines[number])]
    if len(unreleased) > 1:
        raise refusal(Position(file, unreleased[1] + 1), "changelog-unreleased-twice")
    first = next((line - 1 for _, line in _versions(lines)), len(lines))
    if unreleased:
        start = unreleased[0]
        if first < start:
            where = Position(file, start + 1)
            raise refusal(where, "changelog-unreleased-late", line=first + 1)
        return start, next((number for number in headings if number > start), len(lines))
    # The section is inserted, so no lines are replaced.
    return first, first


def _versions(lines: list[str]) -> Iterator[tuple[str, int]]:
    for number in _headings(lines):
        if match := _RELEASED.fullmatch(lines[number]):
            yield match[1], number + 1


def _headings(lines: list[str]) -> Iterator[int]:
    """Yield the lines that begin a section; those in blocks of code do not."""
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif mark:
            fence = mark[1]
        elif line.startswith("## "):
            yield number
