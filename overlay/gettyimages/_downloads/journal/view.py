"""A journal as it is, read without a change to any file."""

from __future__ import annotations

import threading
from pathlib import Path

from .entry import Entry, entry_of
from .file import opened_to_read, translated
from .journal import NAME
from .sql import ROWS


class JournalView:
    """What the journal of a folder says, if there is one.

    Raises (all methods):
        JournalError: The journal cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._lock = threading.Lock()
        with translated(self.path):
            self._connection = opened_to_read(self.path)

    def entry(self, key: str) -> Entry | None:
        """What is known of a request."""
        if self._connection is None:
            return None
        with translated(self.path), self._lock:
            row = self._connection.execute(f"{ROWS} WHERE e.key = ?", (key,)).fetchone()
            return None if row is None else entry_of(row)

    def entries(self, *, open_only: bool = False) -> list[Entry]:
        """All that is known, or only the requests with an open outcome."""
        if self._connection is None:
            return []
        query = f"{ROWS} WHERE e.asking OR e.open_since IS NOT NULL" if open_only else ROWS
        with translated(self.path), self._lock:
            return [entry_of(row) for row in self._connection.execute(query)]

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
