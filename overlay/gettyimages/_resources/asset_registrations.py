"""What is added to the resource `asset_registrations`: any number of ids, in batches."""

from __future__ import annotations

import itertools
import types
from collections.abc import AsyncIterable, AsyncIterator, Collection, Iterable, Iterator

from gettyimages_rest.api import asset_registrations as generated

from .._errors import GettyImagesError, RegistrationError

_BATCH_SIZE = 100


class AssetRegistrations(generated.AssetRegistrations):
    """The assets that the account has stored."""

    def register_all(self, ids: Iterable[str], *, batch_size: int = _BATCH_SIZE) -> int:
        """Register any number of assets, in batches.

        Args:
            ids: Ids of assets; taken as they are needed.
            batch_size: How many ids to send in one request.

        Returns:
            How many ids were registered.

        Raises:
            GettyImagesError: The ids are one string, an id in a collection is not valid, or the
                batch size is not positive; nothing has been sent.
            RegistrationError: A batch failed. It has the ids of the batch, and how many were
                registered before.
        """
        _check(ids, batch_size, Iterable)
        registered = 0
        for number, batch in enumerate(_batches(ids, batch_size), 1):
            try:
                _check_ids(batch)
                self.register(asset_ids=batch)
            except GettyImagesError as error:
                raise RegistrationError(number, registered, batch) from error
            registered += len(batch)
        return registered


class AsyncAssetRegistrations(generated.AsyncAssetRegistrations):
    """The assets that the account has stored."""

    async def register_all(
        self, ids: Iterable[str] | AsyncIterable[str], *, batch_size: int = _BATCH_SIZE
    ) -> int:
        """Register any number of assets, in batches: see `AssetRegistrations.register_all`."""
        _check(ids, batch_size, Iterable | AsyncIterable)
        registered = number = 0
        async for batch in _async_batches(ids, batch_size):
            number += 1
            try:
                _check_ids(batch)
                await self.register(asset_ids=batch)
            except GettyImagesError as error:
                raise RegistrationError(number, registered, batch) from error
            registered += len(batch)
        return registered


def _check(ids: object, batch_size: object, kind: type | types.UnionType) -> None:
    if isinstance(ids, str | bytes) or not isinstance(ids, kind):
        found = "one string" if isinstance(ids, str | bytes) else type(ids).__name__
        raise GettyImagesError(f"ids must be an iterable of ids, found {found}")
    if not isinstance(batch_size, int) or batch_size < 1:
        raise GettyImagesError(f"batch_size must be an integer from 1, found {batch_size!r}")
    if isinstance(ids, Collection):
        _check_ids(ids)


def _check_ids(ids: Iterable[object]) -> None:
    for item in ids:
        if not isinstance(item, str) or item.strip() in ("", ".", ".."):
            raise GettyImagesError(f"an id must be a string that is not empty, found {item!r}")


def _batches(ids: Iterable[str], batch_size: int) -> Iterator[list[str]]:
    iterator = iter(ids)
    while batch := list(itertools.islice(iterator, batch_size)):
        yield batch


async def _async_batches(
    ids: Iterable[str] | AsyncIterable[str], batch_size: int
) -> AsyncIterator[list[str]]:
    if not isinstance(ids, AsyncIterable):
        for batch in _batches(ids, batch_size):
            yield batch
        return
    gathered: list[str] = []
    async for item in ids:
        gathered.append(item)
        if len(gathered) == batch_size:
            yield gathered
            gathered = []
    if gathered:
        yield gathered
