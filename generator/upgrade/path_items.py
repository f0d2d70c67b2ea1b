"""Writes out path items that stand elsewhere in the document, so that no operation hides."""

from __future__ import annotations

from generator.document import Map, copied_map
from generator.references import followed

from .shared import carry, replace


def inline(root: Map) -> None:
    """Replace references to path items with copies of their targets.

    What stands beside the reference wins over what it leads to.
    """
    for _, item in root.map("paths").maps():
        target = followed(root, item)
        if target is None or target is item:
            continue
        whole = copied_map(target)
        whole.position = item.position
        for key in item:
            if key != "$ref":
                carry(item, whole, key)
        replace(item, whole)
