"""Matches the items of two lists."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def matched(
    old: Iterable[T], new: Iterable[T], *keys: Callable[[T], Hashable]
) -> Iterator[tuple[T | None, T | None]]:
    """Yield items of equal keys in pairs: by the first key, the rest by the second, and so on.

    A key of None matches nothing. Items without a counterpart come last.
    """
    old, new = list(old), list(new)
    for key in keys:
        found = {key(item): item for item in new}
        found.pop(None, None)
        for item in old.copy():
            other = found.pop(key(item), None)
            if other is not None:
                yield item, other
                old.remove(item)
                new.remove(other)
    yield from ((item, None) for item in old)
    yield from ((None, item) for item in new)
