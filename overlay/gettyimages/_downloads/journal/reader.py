"""One reader for each channel, among all processes that share a journal."""

from __future__ import annotations

import contextlib
import os
import threading
import typing

from .location import Location

if typing.TYPE_CHECKING:
    from .journal import Store


class SoleReader:
    """The right to read a channel alone: a lock in the journal, which ends with its process.

    Raises (all methods but `close`):
        JournalError: The journal cannot be used, or the connection to its database was lost and
            another process reads the channel meanwhile.
    """

    def __init__(self, channel_id: int, journal: str | os.PathLike[str]) -> None:
        self._name = f"channel {channel_id}"
        self._journal = journal
        self._held = contextlib.ExitStack()
        self._store: Store | None = None
        self._mutex = threading.Lock()  # `close` may come from another thread

    def has_turn(self) -> bool:
        """Take the right, or make sure that it is still there. False if another process has it."""
        with self._mutex:
            if self._store is not None:
                self._store.check_lock(self._name)
                return True
            with contextlib.ExitStack() as opening:
                store = Location("", self._journal).open(check=False)
                opening.callback(store.close)
                if not opening.enter_context(store.locked(self._name)):
                    return False
                self._held, self._store = opening.pop_all(), store
            return True

    def close(self) -> None:
        """Give the right up. A second time does nothing."""
        with self._mutex:
            self._store = None
            self._held.close()
