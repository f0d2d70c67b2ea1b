"""What all who share a journal keep together: a rate of requests, and budgets of downloads."""

from __future__ import annotations

import json
import typing
from collections.abc import Callable

if typing.TYPE_CHECKING:
    from .journal import Store

_NEXT_SLOT = "next slot"
_LONGEST_QUEUE = 3600.0
"""Seconds ahead at which a slot cannot be right: the clock of the store was set back."""


def take_slot(
    store: Store, interval: float, is_acceptable: Callable[[float], bool]
) -> float | None:
    """Take the next slot of all who share a journal, by the clock of its store.

    Args:
        store: The store of the journal.
        interval: Seconds between two slots.
        is_acceptable: Whether a wait of so many seconds is. If not, the slot is left to others.

    Returns:
        Seconds until the slot; None if that is not acceptable.
    """
    wait: float | None = None

    def change(value: str | None, now: float) -> str | None:
        nonlocal wait
        slot = max(now, float(value or 0.0))
        slot = now if slot > now + _LONGEST_QUEUE else slot
        wait = slot - now if is_acceptable(slot - now) else None
        return None if wait is None else repr(slot + interval)

    store.update_fact(_NEXT_SLOT, change)
    return wait


class SharedBudget:
    """How many downloads all who share a journal may use up together under a name.

    A download is reserved by the key of its entry. Whoever reserves has claimed that entry, so a
    reservation that is there has been left by a process that died, and is taken over.

    Raises (all methods):
        JournalError: The journal cannot be read or written.
    """

    def __init__(self, store: Store, name: str, max_downloads: int) -> None:
        self._store, self._max = store, max_downloads
        self._fact = f"budget {name}"

    def reserve(self, key: str, *, is_further: bool) -> bool:
        """Reserve a download; False if there is none left.

        `is_further` is whether the entry may have used up a download already, which a reservation
        that was left behind stands for.
        """
        is_reserved = False

        def change(value: str | None, _: float) -> str | None:
            nonlocal is_reserved
            used, reserved = _parsed(value)
            is_left_behind = key in reserved and not is_further
            is_reserved = is_left_behind or used < self._max
            if is_left_behind or not is_reserved:
                return None
            return _dumped(used + 1, {*reserved, key})

        self._store.update_fact(self._fact, change)
        return is_reserved

    def settle(self, key: str, *, used: bool) -> None:
        """Count a download that was reserved, or give it back."""

        def change(value: str | None, _: float) -> str | None:
            total, reserved = _parsed(value)
            is_reserved = key in reserved  # else this was done before the connection was lost
            return _dumped(total - (is_reserved and not used), reserved - {key})

        self._store.update_fact(self._fact, change)

    def left(self) -> int:
        """Return how many downloads may still be used up."""
        return self._max - _parsed(self._store.fact(self._fact))[0]


def _parsed(value: str | None) -> tuple[int, set[str]]:
    """Return how many downloads are used up or reserved, and the keys of those reserved."""
    used, reserved = json.loads(value or "[0, []]")
    return int(used), set(reserved)


def _dumped(used: int, reserved: set[str]) -> str:
    return json.dumps([used, sorted(reserved)])
