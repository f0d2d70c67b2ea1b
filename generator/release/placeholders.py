"""Finds the addresses that are still to be filled in before anything is released."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.document import Position
from generator.findings import Finding
from generator.project import exact_text

_FILES = ("pyproject.toml", "SECURITY.md")
# RFC 2606 reserves the top-level domain, so a real address never has it.
_PLACEHOLDER = re.compile(r"[\w.@-]+\.invalid\b")


def placeholders(root: Path) -> Iterator[Finding]:
    """Yield a finding for each line that states an address below `.invalid`."""
    for path in (root / name for name in _FILES):
        if path.is_file():
            for number, line in enumerate(exact_text(path).splitlines(), 1):
                if found := _PLACEHOLDER.search(line):
                    where = Position(str(path), number, found.start() + 1)
                    yield Finding(where, "placeholder", found=found[0])
