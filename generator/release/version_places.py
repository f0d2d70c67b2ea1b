"""The places of a project that state its version: whether they agree, and how to write another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.config import Project, exact_text
from generator.document import Position
from generator.findings import Finding, refusal
from generator.released import RELEASE, read_released, released_version

from .changelog import newest

_VERSION = re.compile(r"""^(?:__version__|VERSION) *= *(["'])(.+?)\1""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A place that states a version."""

    where: Position
    version: str


def statements(project: Project) -> Iterator[Statement]:
    """Yield the version of a project, then that of its changelog and of its released spec.

    Nothing for a folder whose specs belong to no project.

    Raises:
        GeneratorError: A file cannot be read, or does not state its version once.
    """
    if project.version_file is None:
        return
    yield stated(project.version_file)
    released = read_released(project.specs)
    found = newest(exact_text(project.changelog)) if project.changelog.is_file() else None
    if found or released is not None:
        version, line = found or ("", 1)
        yield Statement(Position(str(project.changelog), line), version)
    if released is not None:
        yield Statement(released.map(RELEASE).position_of("version"), released_version(released))


def stated(file: Path) -> Statement:
    """Return the version of the project, as stated in its file.

    Raises:
        GeneratorError: The file cannot be read, or does not state the version once.
    """
    text, match = _found(file)
    return Statement(Position(str(file), text.count("\n", 0, match.start()) + 1), match[2])


def with_version(file: Path, version: str) -> bytes:
    """Return the content of the file with another version, and not another byte changed."""
    text, match = _found(file)
    return f"{text[: match.start(2)]}{version}{text[match.end(2) :]}".encode()


def _found(file: Path) -> tuple[str, re.Match[str]]:
    text = exact_text(file) if file.is_file() else ""
    matches = list(_VERSION.finditer(text))
    if len(matches) != 1:
        raise refusal(file, "version-not-once", count=len(matches))
    return text, matches[0]


def disagreements(specs: Path) -> list[Finding]:
    """Return the places that state another version than most; empty for specs without a project.

    Raises:
        GeneratorError: A place cannot be read, or does not state its version clearly.
    """
    said = list(statements(Project(specs)))
    if not said:
        return []
    counted = Counter(statement.version for statement in said)
    # If both are stated equally often, the last release decides.
    usual = max(counted, key=lambda version: (counted[version], version == said[-1].version))
    model = next(statement for statement in reversed(said) if statement.version == usual)
    values = {"expected": usual, "place": f"{model.where.file}:{model.where.line}"}
    return [
        Finding(each.where, "version-differs", found=each.version or "none", **values)
        for each in said
        if each.version != usual
    ]
