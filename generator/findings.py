"""How the generator speaks of what is wrong: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .document import Position


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with an input, or worth knowing."""

    where: Position | str
    """A position, or the path of a file or folder."""
    problem: str
    """What was expected and what was found."""
    cure: str = ""
    """What to do about it. May have several lines, e.g. an overlay to copy."""

    def __str__(self) -> str:
        text = f"{self.where}: {self.problem}"
        if self.cure:
            text += "\n" + "\n".join(f"    {line}" for line in self.cure.splitlines())
        return printable(text)


class GeneratorError(Exception):
    """A stage refuses its input. Carries all the findings of that stage."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(set(findings), key=lambda finding: (_order(finding), str(finding)))
        super().__init__("\n".join(map(str, self.findings)))


def _order(finding: Finding) -> Position:
    where = finding.where
    return where if isinstance(where, Position) else Position(where, 0, 0)


def printable(text: str) -> str:
    """Text from a document, made harmless for a terminal: no control or bidi characters."""
    return "".join(
        char if char == "\n" or char.isprintable() else char.encode("unicode_escape").decode()
        for char in text
    )


def kind(value: object) -> str:
    """What a value is called in a message: `a mapping`, `a list`, `a string`, ..."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "a boolean"
    return "a string" if isinstance(value, str) else "a number"
