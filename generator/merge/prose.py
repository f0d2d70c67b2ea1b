"""Text for people: when two texts are the same, and which is the better of two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SPACE = re.compile(r"\s+")
_LOST = re.compile("\\?\\?\\?|\ufffd|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def normal_text(text: str) -> str:
    """Return the comparable form of a text: one space between words, composed letters."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def best_text(texts: Sequence[str]) -> int:
    """Return the index of the best text: undamaged, then the longest, then the first.

    Damaged is what has lost characters on its way: `???`, U+FFFD and control characters say so.
    """
    return min(
        range(len(texts)),
        key=lambda index: (
            bool(_LOST.search(texts[index])),
            -len(normal_text(texts[index])),
            index,
        ),
    )
