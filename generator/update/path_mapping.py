"""Rewrites paths of a copy to those of the original."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from generator.diff.differences import Difference, Place
from generator.findings import Finding


class Relocation:
    """Replaces the paths of copies by those of their originals, longer ones first."""

    def __init__(self, places: Mapping[Path, Path]) -> None:
        pairs = [(str(copy), str(original)) for copy, original in places.items()]
        self._pairs = sorted(pairs, key=lambda pair: -len(pair[0]))

    def text(self, text: str) -> str:
        """Return a text with the paths of the originals."""
        for copy, original in self._pairs:
            text = text.replace(copy, original)
        return text

    def findings(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the same of each finding."""
        return [finding.rewritten(self.text) for finding in findings]

    def differences(self, differences: Iterable[Difference]) -> list[Difference]:
        """Return the same of the places of each difference."""
        return [
            replace(item, old=self._place(item.old), new=self._place(item.new))
            for item in differences
        ]

    def _place(self, place: Place | None) -> Place | None:
        return replace(place, line=self.text(place.line)) if place else None
