"""What comes of many downloads: a result for each, and a summary of all."""

from __future__ import annotations

import threading
import time
import typing
from dataclasses import dataclass

if typing.TYPE_CHECKING:
    from .save import SavedFile

Outcome: typing.TypeAlias = typing.Literal[
    "saved", "skipped", "failed", "stranded", "unsettled", "not asked"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """What came of one id.

    Attributes:
        id: Id of the asset.
        outcome: `saved`; `skipped`, as it was there already; `failed`, with its error; `stranded`:
            paid, but its link is lost or has expired; `unsettled`: nobody knows yet whether it is
            paid; `not asked`, as the limit was reached. In a dry run, what it would be.
        file: The file, if there is one.
        error: Why there is none.
        download_used: Whether a download was used up; in a dry run, whether one would be.
    """

    id: str
    outcome: Outcome
    file: SavedFile | None = None
    error: Exception | None = None
    download_used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSummary:
    """What came of all ids so far.

    Attributes:
        saved: How many files were saved.
        skipped: How many were there already.
        failed: How many failed.
        stranded: How many are paid, but their links are lost or have expired.
        unsettled: Of how many nobody knows yet whether they are paid.
        not_asked: How many were not asked for, as the limit was reached.
        downloads_used: How many downloads were used up, also for what could not be saved then.
        bytes: How many bytes were saved.
        seconds: How long it took.
    """

    saved: int = 0
    skipped: int = 0
    failed: int = 0
    stranded: int = 0
    unsettled: int = 0
    not_asked: int = 0
    downloads_used: int = 0
    bytes: int = 0
    seconds: float = 0.0


class Tally:
    """Counts results. Safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}
        self._used = 0
        self._bytes = 0
        self._started: float | None = None
        self._ended: float | None = None

    def start(self) -> None:
        """The first id is about to be taken."""
        self._started = time.monotonic()

    def end(self) -> None:
        """No more results will come."""
        self._ended = self._ended or time.monotonic()

    def use(self) -> None:
        """A download is used up."""
        with self._lock:
            self._used += 1

    def add(self, result: BatchResult) -> None:
        """Count a result; what it used is counted apart."""
        with self._lock:
            self._counts[result.outcome] = self._counts.get(result.outcome, 0) + 1
            if result.file is not None and result.outcome == "saved":
                self._bytes += result.file.size

    @property
    def summary(self) -> BatchSummary:
        """All so far."""
        with self._lock:
            counts = {name.replace(" ", "_"): count for name, count in self._counts.items()}
            seconds = 0.0
            if self._started is not None:
                seconds = (self._ended or time.monotonic()) - self._started
            return BatchSummary(
                **counts, downloads_used=self._used, bytes=self._bytes, seconds=seconds
            )
