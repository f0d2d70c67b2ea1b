"""Finds the places of a project that state different versions."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from generator.findings import Finding
from generator.project import Project

from .version_places import statements


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
