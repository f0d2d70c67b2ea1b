"""What is added to the resource `asset_registrations`: any number of ids, in batches."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from gettyimages_rest.api import asset_registrations as generated

from .._calls.arguments import check_ids, invalid, plain_id
from .._errors import InvalidArgumentError, RegistrationError

_BATCH_SIZE = 100


@dataclass
class RegistrationProgress:
    """How far a `register_all` is, or was when it ended, whatever ended it.

    Attributes:
        registered: The ids that were registered.
        uncertain: The ids of the batch that is under way, or failed: they may be registered.
        taken: The ids that were taken from the iterable, and not sent.
    """

    registered: list[str] = field(default_factory=list)
    uncertain: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)


class AssetRegistrations(generated.AssetRegistrations):
    """The assets that the account has stored."""

    def register_all(
        self,
        ids: Iterable[str | int],
        *,
        batch_size: int = _BATCH_SIZE,
        progress: RegistrationProgress | None = None,
    ) -> int:
        """Register any number of assets, in batches.

        Args:
            ids: Ids of assets; taken as they are needed.
            batch_size: How many ids to send in one request.
            progress: Filled during the call, to be read when Ctrl-C or the cancellation of the task
                ended it, or while it runs. Pass a new one to each call.

        Returns:
            How many ids were registered.

        Raises:
            InvalidArgumentError: The ids are one string, an id in a collection is not valid, or the
                batch size is not positive; nothing has been sent.
            RegistrationError: A batch failed, or the iterable did, as by an id that is not valid.
                It has the ids of each kind.
        """
        batches = _Batches(batch_size, progress, ids, Iterable)
        with batches.explaining():
            for batch in batches.of(ids):
                self.register(asset_ids=batch)
        return len(batches.progress.registered)


class AsyncAssetRegistrations(generated.AsyncAssetRegistrations):
    """The assets that the account has stored."""

    async def register_all(
        self,
        ids: Iterable[str | int] | AsyncIterable[str | int],
        *,
        batch_size: int = _BATCH_SIZE,
        progress: RegistrationProgress | None = None,
    ) -> int:
        """Register any number of assets, in batches: see `AssetRegistrations.register_all`."""
        batches = _Batches(batch_size, progress, ids, Iterable, AsyncIterable)
        with batches.explaining():
            async for batch in batches.of_async(ids):
                await self.register(asset_ids=batch)
        return len(batches.progress.registered)


class _Batches:
    """Takes ids, hands them out in batches, and notes in `progress` what became of each.

    An interrupt at any point leaves every id that was taken in one of its lists, at worst in two.
    """

    def __init__(
        self, size: int, progress: RegistrationProgress | None, ids: object, *kinds: type
    ) -> None:
        check_ids(ids, *kinds)
        if not isinstance(size, int) or size < 1:
            raise invalid("batch_size", "an integer from 1", size)
        if progress is not None and progress != RegistrationProgress():
            raise InvalidArgumentError("progress must be a RegistrationProgress of no other call")
        for one in ids if isinstance(ids, Collection) else ():
            plain_id(one)
        self.progress = RegistrationProgress() if progress is None else progress
        self._size = size
        self._count = 0

    def of(self, ids: Iterable[str | int]) -> Iterator[list[str]]:
        for one in ids:
            self.progress.taken.append(plain_id(one))
            yield from self._batch(self._size)
        yield from self._batch(1)

    async def of_async(
        self, ids: Iterable[str | int] | AsyncIterable[str | int]
    ) -> AsyncIterator[list[str]]:
        if isinstance(ids, AsyncIterable):
            async for one in ids:
                self.progress.taken.append(plain_id(one))
                for batch in self._batch(self._size):
                    yield batch
            ids = ()
        for batch in self.of(ids):
            yield batch

    def _batch(self, least: int) -> Iterator[list[str]]:
        """Yield the ids that were taken, if they are so many. Then they are registered."""
        progress = self.progress
        if len(progress.taken) >= least:
            progress.uncertain, progress.taken = progress.taken, []
            self._count += 1
            yield progress.uncertain
            progress.registered += progress.uncertain
            progress.uncertain = []

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Add to an exception what has been registered; a stop stays the exception that it is."""
        done = self.progress
        try:
            yield
        except Exception as error:
            ids = done.registered, done.uncertain, done.taken
            raise RegistrationError(self._count, *ids, error) from error
        except BaseException as error:
            error.add_note(
                f"register_all: {len(done.registered)} ids were registered, {len(done.uncertain)}"
                f" may be, {len(done.taken)} were taken and not sent"
            )
            raise
