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
    found = _sections(_lines(text))
    return next(((version, line + 1) for line, version in found if version), None)


def with_release(text: str, version: str, changes: str, file: str) -> str:
    """Return the changelog with a section for a version, which takes over what was unreleased.

    `changes` is more to say of it, as Markdown; may be empty. Messages name the file.

    Raises:
        GeneratorError: It has a section of that version already, or two of what is unreleased.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = _lines(text)
    start, stop = _place(lines, version, file)
    parts = ["\n".join(lines[start + 1 : stop]).strip("\n"), changes.strip("\n")]
    before, after = "\n".join(lines[:start]).rstrip("\n"), "\n".join(lines[stop:])
    made = "\n\n".join(filter(None, [before, f"## {version}", *parts, after]))
    return f"{made}\n".replace("\n", end)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")


def _place(lines: list[str], version: str, file: str) -> tuple[int, int]:
    """Return the lines of the unreleased section, or the place before the newest section."""
    sections = dict(_sections(lines))
    for line, present in sections.items():
        if present == version:
            raise refusal(Position(file, line + 1), "changelog-version-twice", version=version)
    first = next((line for line, present in sections.items() if present), len(lines))
    unreleased = [line for line in sections if _UNRELEASED.fullmatch(lines[line])]
    if len(unreleased) > 1:
        raise refusal(Position(file, unreleased[1] + 1), "changelog-unreleased-twice")
    if unreleased:
        (start,) = unreleased
        if first < start:
            raise refusal(Position(file, start + 1), "changelog-unreleased-late", line=first + 1)
        return start, next((line for line in sections if line > start), len(lines))
    # The section is inserted, so no lines are replaced.
    return first, first


def _sections(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the heading of each section, and its version. Code blocks have no headings."""
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif mark:
            fence = mark[1]
        elif line.startswith("## "):
            match = _RELEASED.fullmatch(line)
            yield number, match[1] if match else ""
