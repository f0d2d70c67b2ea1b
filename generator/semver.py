"""Computes the next version by the rules of semantic versioning.

Versions are three numbers, `X.Y.Z`. While X is 0, a major change moves Y and all else moves Z.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

from .findings import refusal

Level: TypeAlias = Literal["major", "minor", "patch"]
"""The level of a difference: callers break, callers gain, or callers hardly notice."""

LEVELS: tuple[Level, ...] = ("major", "minor", "patch")
"""The levels, the gravest first."""

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")


class Version(NamedTuple):
    """Three numbers, which compare as versions do."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return ".".join(map(str, self))


def parsed(text: str) -> Version | None:
    """Return a version from its text; None where the text is no `X.Y.Z`."""
    match = _VERSION.fullmatch(text)
    return Version(*map(int, match.groups())) if match else None


def following(version: Version, level: Level) -> Version:
    """Return the version after one, for a change of some level."""
    major, minor, patch = version
    if level == "major":
        return Version(major + 1, 0, 0) if major else Version(0, minor + 1, 0)
    if level == "minor" and major:
        return Version(major, minor + 1, 0)
    return Version(major, minor, patch + 1)


def chosen(current: Version, needed: Level | None, bump: str) -> Version:
    """Return the version of the next release.

    `needed` is the level of the gravest change since the current one, None where nothing has
    changed. `bump` is a level or a version that was asked for, or nothing.

    Raises:
        GeneratorError: There is nothing to release, or what was asked for is too little.
    """
    if not bump:
        if needed is None:
            raise refusal("release", "nothing-to-release", current=current)
        return following(current, needed)
    asked_by = f"--bump {bump}"
    levels: dict[str, Level] = {level: level for level in LEVELS}
    level = levels.get(bump)
    version = following(current, level) if level else parsed(bump)
    if version is None:
        raise refusal(asked_by, "bump-unknown")
    if version <= current:
        patch = following(current, "patch")
        raise refusal(asked_by, "bump-not-later", current=current, patch=patch)
    if needed:
        least = following(current, needed)
        if version < least or (level and LEVELS.index(level) > LEVELS.index(needed)):
            raise refusal(asked_by, "bump-too-little", current=current, needed=needed, least=least)
    return version
