"""Collects what is found while one document is upgraded."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.document import Position
from generator.findings import Finding


@dataclass(slots=True)
class Log:
    """Errors, which refuse the document, and warnings, which say what was decided by rule."""

    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def error(self, where: Position, code: str, /, **values: object) -> None:
        """Something that OpenAPI 3.1 cannot express."""
        self.errors.append(Finding(where, code, **values))

    def warn(self, where: Position, code: str, /, **values: object) -> None:
        """Something that was decided by rule."""
        self.warnings.append(Finding(where, code, **values))
