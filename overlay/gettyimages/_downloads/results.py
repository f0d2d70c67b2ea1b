"""How many downloads a batch may use up, a result for each, and a summary of all."""

from __future__ import annotations

import contextlib
import datetime
import json
import threading
import time
import typing
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

from gettyimages_rest import types

from .._calls.deadline import Stop
from .._errors import GettyImagesError, JournalError, TransferError

if typing.TYPE_CHECKING:
    from .file_request import SaveOptions
    from .journal.journal import Store

_MOST_UNSAVED = 3

Outcome: typing.TypeAlias = typing.Literal[
    "saved", "skipped", "failed", "link_lost", "outcome_unknown", "not_requested", "would_save"
]


@dataclass(frozen=True, slots=True)
class _Plain:
    """A result that can be written as JSON."""

    def to_dict(self) -> dict[str, types.JSON]:
        """Return the attributes as plain values of JSON. An error is its class and its text."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def _plain(value: object) -> types.JSON:
    if isinstance(value, _Plain):
        return typing.cast("types.JSON", value.to_dict())
    if isinstance(value, Exception):
        return {"type": type(value).__name__, "text": str(value)}
    return value if isinstance(value, int | float | None) else str(value)


@dataclass(frozen=True, slots=True)
class SavedFile(_Plain):
    """A file that is in place, whole and verified.

    Attributes:
        target: Where it is: the path of a file, or the URL of an object in a store.
        size: Its size in bytes.
        sha256: Its digest, hexadecimal.
        content_type: Its content type as announced, such as `image/jpeg`.
        download_used: Whether this call used up a download.
        skipped: Whether it was there already.
    """

    target: Path | str
    size: int
    sha256: str
    content_type: str
    download_used: bool
    skipped: bool

    @property
    def path(self) -> Path:
        """The path of the file.

        Raises:
            GettyImagesError: It is an object in a store.
        """
        if isinstance(self.target, Path):
            return self.target
        raise GettyImagesError(f"{self.target} is an object in a store and has no path: use url")

    @property
    def url(self) -> str:
        """The URL of the file, such as `file:///photos/1.jpg` or `s3://bucket/photos/1.jpg`."""
        return self.target.absolute().as_uri() if isinstance(self.target, Path) else self.target

    def to_dict(self) -> dict[str, types.JSON]:
        """Return the attributes as plain values of JSON. `path` is None for an object."""
        values = _Plain.to_dict(self)
        target = values.pop("target")
        path = target if isinstance(self.target, Path) else None
        return {"path": path, "url": self.url, **values}


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """What was written into a file of the caller's, whole. See `SavedFile`."""

    size: int
    sha256: str
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadResult(_Plain):
    """The result for one id.

    Attributes:
        id: Id of the asset.
        outcome: `saved`; `skipped`: the file was there; `failed`: see `error`; `link_lost`: paid
            for, but its link is lost or has expired; `outcome_unknown`: it is not known whether a
            download was used up; `not_requested`: a limit was reached, or the batch has stopped
            paying. In a dry run, the outcome that is expected, and `would_save` for `saved`.
        file: The file, if there is one.
        error: Why there is none.
        download_used: Whether a download was used up; in a dry run, whether one would be.
    """

    id: str
    outcome: Outcome
    file: SavedFile | None = None
    error: Exception | None = None
    download_used: bool = False

    @property
    def link_valid_until(self) -> datetime.datetime | None:
        """If the delivery host refused the link: when it expires. The next run tries it again."""
        return self.error.link_valid_until if isinstance(self.error, TransferError) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadSummary(_Plain):
    """The results for all ids so far.

    Attributes:
        saved: How many files were saved.
        skipped: How many were there already.
        failed: How many failed.
        link_lost: How many are paid for, but their links are lost or have expired.
        outcome_unknown: For how many it is not known whether a download was used up.
        not_requested: How many were not requested: a limit was reached, or paying has stopped.
        would_save: How many a dry run would save.
        downloads_used: How many downloads were used up, including files that were not saved.
        bytes: How many bytes were saved.
        seconds: How long it took.
        stopped_because: Why the batch has stopped paying before `max_downloads`, if it has.
    """

    saved: int = 0
    skipped: int = 0
    failed: int = 0
    link_lost: int = 0
    outcome_unknown: int = 0
    not_requested: int = 0
    would_save: int = 0
    downloads_used: int = 0
    bytes: int = 0
    seconds: float = 0.0
    stopped_because: str | None = None


class NotRequestedError(GettyImagesError):
    """A download would be used up, which the batch does not allow any more."""


class Budget:
    """How many downloads may be used up, and what they have brought so far. Safe for threads.

    A download is reserved before it is requested, and given back if it was not used up. No more are
    allowed once several files in a row that were paid for could not be saved.
    """

    def __init__(self, max_downloads: int | None) -> None:
        self._max = float("inf") if max_downloads is None else max_downloads
        self._used = 0
        self._reserved = 0
        self._unsaved = 0
        self._closed_because: str | None = None
        self._shared: SharedBudget | None = None
        self._changed = threading.Condition()
        self._counts = Counter[str]()
        self._started, self._ended = time.monotonic(), 0.0

    def share(self, store: Store, options: SaveOptions) -> None:
        """Count downloads together with all others that share a journal, and name a budget."""
        if options.budget is None or options.max_downloads is None:
            return
        shared = SharedBudget(store, options.budget, options.max_downloads)
        if options.dry_run:
            self._max = min(self._max, shared.left())
        else:
            self._shared = shared

    def reserve(self, stop: Stop, key: str = "", *, is_further: bool = False) -> None:
        """Reserve a download, or raise a `NotRequestedError` if no more may be used up.

        Waits while one that is reserved may be given back. `key` and `is_further` are those of
        `SharedBudget.reserve`, whose errors are raised as well.
        """
        while not self._is_reserved(key, is_further=is_further):
            with self._changed:
                if self._reserved == 0 or self._used >= self._max:
                    stop.check()
                    raise NotRequestedError("no more downloads may be used up")
                self._changed.wait(0.5)
            stop.check()

    def _is_reserved(self, key: str, *, is_further: bool) -> bool:
        shared = self._shared if self._max > 0 else None  # not closed
        is_left = shared is not None and shared.reserve(key, is_further=is_further)
        with self._changed:
            if shared is None:
                is_left = self._used + self._reserved < self._max
            self._reserved += is_left
        return is_left

    def settle(self, key: str = "", *, used: bool | None) -> None:
        """Count a download that was reserved. One that is unknown counts as used up."""
        if self._shared is not None:
            with contextlib.suppress(JournalError):  # what stays reserved counts as used up
                self._shared.settle(key, used=used is not False)
        with self._changed:
            self._reserved -= 1
            self._used += used is not False
            self._changed.notify_all()

    def close(self, because: str | None = None) -> None:
        """Allow no more downloads."""
        with self._changed:
            self._max = 0
            self._closed_because = self._closed_because or because
            self._changed.notify_all()

    def add(self, result: DownloadResult, *, is_paid: bool) -> None:
        """Count a result. `is_paid` is whether its file is paid for."""
        with self._changed:
            self._counts[result.outcome] += 1
            self._counts["downloads_used"] += result.download_used
            if result.outcome == "saved":
                self._counts["bytes"] += result.file.size if result.file else 0
                self._unsaved = 0
            elif result.error is not None and is_paid:
                self._unsaved += 1
                if self._unsaved >= _MOST_UNSAVED:
                    text = "files in a row that were paid for could not be saved. The last error"
                    self.close(f"{self._unsaved} {text}: {result.error}")

    def end(self) -> None:
        self._ended = self._ended or time.monotonic()

    @property
    def summary(self) -> DownloadSummary:
        seconds = (self._ended or time.monotonic()) - self._started
        with self._changed:
            because = self._closed_because
            return DownloadSummary(**self._counts, seconds=seconds, stopped_because=because)


class SharedBudget:
    """How many downloads all who share a journal may use up together under a name.

    A download is reserved by the key of its entry. Whoever reserves has claimed that entry, so a
    reservation that is there has been left by a process that died, and is taken over. The errors
    are those of `Store`.
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
            others = used - 1 if is_left_behind else used
            is_reserved = others < self._max
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
