"""Tells when the places of a project that say its version disagree."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from generator.findings import Finding
from generator.project import Project

from .version_places import statements


def disagreements(specs: Path) -> list[Finding]:
    """The places that say another version than most; none for specs that belong to no project.

    Raises:
        GeneratorError: A place cannot be read, or does not say its version clearly.
    """
    said = list(statements(Project(specs)))
    if not said:
        return []
    counted = Counter(statement.version for statement in said)
    # Where as many say one as the other, what was released last is what counts.
    usual = max(counted, key=lambda version: (counted[version], version == said[-1].version))
    model = next(statement for statement in reversed(said) if statement.version == usual)
    return [
        Finding(
            statement.where,
            "version-differs",
            expected=usual,
            place=f"{model.where.file}:{model.where.line}",
            found=statement.version or "none",
        )
        for statement in said
        if statement.version != usual
    ]
