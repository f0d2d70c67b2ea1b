"""What many downloads at once have in common, whoever drives them: the budget, and one item."""

from __future__ import annotations

import contextlib
import threading
import typing
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterable, Iterator

from .._calls.steps import Call, do, work
from .._errors import (
    DownloadInProgressError,
    DownloadOutcomeUnknown,
    GettyImagesError,
    PermissionDeniedError,
    StrandedError,
    UnsettledError,
)
from .parking import Parked, Watched
from .results import BatchResult, Outcome, Tally

if typing.TYPE_CHECKING:
    from .save import SavedFile

Reply: typing.TypeAlias = typing.Literal["yes", "no", "wait"]


class NeedsPermit(GettyImagesError):
    """A download would be used up, and nothing is set aside for it."""


class Budget:
    """How many downloads may be used up. Safe for threads.

    One is set aside before it is asked for, and given back when nothing was charged.
    """

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._used = 0
        self._aside = 0
        self._closed = False
        self._lock = threading.Lock()
        self.changed: Callable[[], object] = lambda: None
        """Called when another answer may be given."""

    def set_aside(self) -> Reply:
        """Set one aside; `wait` if one may be given back."""
        with self._lock:
            if self._closed or (self._most is not None and self._used >= self._most):
                return "no"
            if self._most is not None and self._used + self._aside >= self._most:
                return "wait"
            self._aside += 1
            return "yes"

    def settle(self, *, charged: bool) -> None:
        """What came of one that was set aside."""
        with self._lock:
            self._aside -= 1
            self._used += charged
        self.changed()

    def close(self) -> None:
        """Give out no more."""
        self._closed = True
        self.changed()

    @property
    def is_closed(self) -> bool:
        """Whether it gives out no more."""
        return self._closed


class Lane:
    """A place among those that use the network at the same time."""

    def __init__(self, release: Callable[[], object]) -> None:
        self._release: Callable[[], object] | None = release

    def leave(self) -> None:
        """Let another one have it. A second time does nothing."""
        release, self._release = self._release, None
        if release is not None:
            release()


def workers_for(lanes: int) -> int:
    """How many work at once: more than use the network, as the others put files in place."""
    return lanes if lanes == 1 else 2 * lanes


class Item(typing.Protocol):
    """One asset, to be saved."""

    def save(self, before_asking: Callable[[], object]) -> Call[SavedFile | None]:
        """Save it. `before_asking` is called before a download is used up, and may raise."""
        ...

    def charges(self) -> tuple[int, bool]:
        """How many downloads it is known to have used up, and whether there is a doubt."""
        ...


class Shared:
    """What the workers of a batch share."""

    def __init__(
        self, most: int | None, reserve: Callable[[Budget], object], item: Callable[[str], Item]
    ) -> None:
        self.budget = Budget(most)
        self.tally = Tally()
        self.is_over = False
        self._reserve = reserve
        self._item = item

    def stop(self) -> None:
        """Ask for nothing any more, and park what is under way."""
        self.is_over = True
        self.budget.close()

    def result(self, asset: str, watched: Watched) -> Call[BatchResult]:
        """Save one asset.

        Raises:
            Parked: The batch is over.
        """
        attempt = _Attempt(self.budget, self.tally)
        outcome: Outcome = "saved"
        file, failure = None, None
        try:
            file = yield from self._saved(self._item(asset), attempt, watched)
            outcome = "skipped" if file is not None and file.skipped else "saved"
        except Parked:
            raise
        except NeedsPermit:
            outcome = "not asked"
        except Exception as error:
            if isinstance(error, PermissionDeniedError) and error.code == "OverageLimitReached":
                self.budget.close()
            outcome, failure = attempt.outcome(error), error
        result = BatchResult(
            id=asset, outcome=outcome, file=file, error=failure, download_used=attempt.charged
        )
        self.tally.add(result)
        return result

    def _saved(self, item: Item, attempt: _Attempt, watched: Watched) -> Call[SavedFile | None]:
        """Save an item; if it turns out to need a download, set one aside and begin again."""
        budget = self.budget
        try:
            return (yield from watched.run(item.save(attempt.before_asking)))
        except NeedsPermit:
            if not (yield from do(lambda: self._reserve(budget))):
                raise
        try:
            attempt.has_permit = True
            attempt.before, _ = yield from work(item.charges)
            file = yield from watched.run(item.save(attempt.before_asking))
            attempt.succeeded(file)
            return file
        finally:
            attempt.end(item)


class _Attempt:
    """The permit of one asset, and what became of it."""

    def __init__(self, budget: Budget, tally: Tally) -> None:
        self._budget = budget
        self._tally = tally
        self._asked = False
        self._known = False
        self.before = 0
        """The downloads that it had used up before."""
        self.has_permit = False
        self.charged = False
        self.doubtful = False

    def before_asking(self) -> None:
        """Refuse to use up a download without a permit."""
        if not self.has_permit or self._budget.is_closed:
            raise NeedsPermit("nothing is set aside for another download")
        self._asked = True

    def succeeded(self, file: SavedFile | None) -> None:
        """It is saved; in a dry run, it would be."""
        self._known = True
        self.charged = self._asked if file is None else file.download_used

    def end(self, item: Item) -> None:
        """Settle the permit. What cannot be found out counts as used up."""
        if self._asked and not self._known:
            self.doubtful = True
            with contextlib.suppress(GettyImagesError):
                after, self.doubtful = item.charges()
                self.charged = after > self.before
        if self.charged:
            self._tally.use()
        self._budget.settle(charged=self.charged or self.doubtful)

    def outcome(self, error: Exception) -> Outcome:
        """What an error means for the asset."""
        if isinstance(error, StrandedError):
            return "stranded"
        if isinstance(error, DownloadInProgressError):
            return "failed"
        if isinstance(error, UnsettledError | DownloadOutcomeUnknown) or self.doubtful:
            return "unsettled"
        return "failed"


def distinct(ids: Iterable[str]) -> Iterator[str]:
    """Each id once, as they are needed."""
    seen: set[str] = set()
    for one in ids:
        if one not in seen:
            seen.add(one)
            yield one


async def distinct_async(ids: Iterable[str] | AsyncIterable[str]) -> AsyncGenerator[str, None]:
    """Each id once, as they are needed."""
    if not isinstance(ids, AsyncIterable):
        for one in distinct(ids):
            yield one
        return
    seen: set[str] = set()
    async for one in ids:
        if one not in seen:
            seen.add(one)
            yield one
