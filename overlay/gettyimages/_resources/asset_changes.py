"""Adds to asset changes: change sets one after the other, each confirmed when it is dealt with."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from gettyimages_rest import models
from gettyimages_rest.api.asset_changes import AssetChanges as _AssetChanges
from gettyimages_rest.api.asset_changes import AsyncAssetChanges as _AsyncAssetChanges

from .._errors import (
    APIConnectionError,
    APIError,
    ChangeSetError,
    GettyImagesError,
    NotFoundError,
)

_LARGEST = 2200
_MOST_EMPTY = 100
"""How many change sets without a notification may follow each other."""


class AssetChanges(_AssetChanges):
    """Notifications of new, updated and deleted assets."""

    def change_sets(self, channel_id: int, *, batch_size: int | None = None) -> ChangeSets:
        """Take the change sets of a channel, until it holds no more.

            for change_set in client.asset_changes.change_sets(channel_id):
                with change_set:
                    for asset in change_set.changed_assets: ...

        A change set is confirmed by the normal end of its own `with` block or by `confirm()`, and
        by nothing else. `break` and `return` end a block normally too: to leave it unconfirmed,
        raise. A change set that is not confirmed is delivered again the next time.

        Args:
            channel_id: Id of the channel.
            batch_size: How many notifications a change set may hold, from 1 to 2200.

        Returns:
            An iterator of change sets.

        Raises:
            GettyImagesError: An argument is out of bounds; nothing has been sent.
        """
        _check(channel_id, batch_size)
        return ChangeSets(self, _Turn(channel_id, batch_size))


class AsyncAssetChanges(_AsyncAssetChanges):
    """Notifications of new, updated and deleted assets."""

    def change_sets(self, channel_id: int, *, batch_size: int | None = None) -> AsyncChangeSets:
        """Take the change sets of a channel, until it holds no more.

            async for change_set in client.asset_changes.change_sets(channel_id):
                async with change_set:
                    for asset in change_set.changed_assets: ...

        A change set is confirmed by the normal end of its own `with` block or by `confirm()`, and
        by nothing else. `break` and `return` end a block normally too: to leave it unconfirmed,
        raise. A change set that is not confirmed is delivered again the next time.

        Args:
            channel_id: Id of the channel.
            batch_size: How many notifications a change set may hold, from 1 to 2200.

        Returns:
            An asynchronous iterator of change sets.

        Raises:
            GettyImagesError: An argument is out of bounds; nothing has been sent.
        """
        _check(channel_id, batch_size)
        return AsyncChangeSets(self, _Turn(channel_id, batch_size))


class _Delivered:
    """A change set as it was delivered, and whether it has been confirmed."""

    def __init__(self, model: models.ChangeSet, change_set_id: str) -> None:
        self.model = model
        """The answer as it came."""
        self.change_set_id = change_set_id
        """Id of the change set."""
        self.changed_assets: Sequence[models.ChangedAsset] = tuple(model.changed_assets or ())
        """The notifications."""
        self.confirmed = False
        """Whether the API knows that it has been dealt with."""
        self._doubtful = False

    def __repr__(self) -> str:
        state = "confirmed" if self.confirmed else "not confirmed"
        count = len(self.changed_assets)
        return f"<{type(self).__name__} {self.change_set_id}, {count} assets, {state}>"

    @contextmanager
    def _confirming(self) -> Iterator[None]:
        """Judge what comes of a confirmation.

        A 404 means that it is confirmed if an earlier confirmation may have been carried out.
        """
        try:
            yield
        except NotFoundError as error:
            if not (self._doubtful or error.response.doubtful):
                raise
        except BaseException as error:
            self._doubtful = self._doubtful or _is_doubtful(error)
            raise
        self.confirmed = True


class DeliveredChangeSet(_Delivered):
    """A change set, which the normal end of its `with` block confirms."""

    def __init__(self, changes: AssetChanges, model: models.ChangeSet, change_set_id: str) -> None:
        super().__init__(model, change_set_id)
        self._changes = changes

    def confirm(self) -> None:
        """Tell the API that all notifications have been dealt with. A second time does nothing.

        Raises:
            GettyImagesError: It is not confirmed, or nobody knows: confirming again is harmless.
        """
        if not self.confirmed:
            with self._confirming():
                self._changes.confirm_change_set(self.change_set_id)

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.confirm()


class AsyncDeliveredChangeSet(_Delivered):
    """A change set, which the normal end of its `async with` block confirms."""

    def __init__(
        self, changes: AsyncAssetChanges, model: models.ChangeSet, change_set_id: str
    ) -> None:
        super().__init__(model, change_set_id)
        self._changes = changes

    async def confirm(self) -> None:
        """Tell the API that all notifications have been dealt with. A second time does nothing.

        Raises:
            GettyImagesError: It is not confirmed, or nobody knows: confirming again is harmless.
        """
        if not self.confirmed:
            with self._confirming():
                await self._changes.confirm_change_set(self.change_set_id)

    async def __aenter__(self) -> typing.Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            await self.confirm()


class _Turn:
    """Whose turn it is: one change set at a time, and none of them twice."""

    def __init__(self, channel_id: int, batch_size: int | None) -> None:
        self.channel_id = channel_id
        self.batch_size = batch_size
        self.ended = False
        self._last: _Delivered | None = None
        self._seen: set[str] = set()
        self._empty = 0

    def check(self) -> None:
        """Refuse to go on while a change set is not confirmed."""
        if self._last is not None and not self._last.confirmed:
            raise ChangeSetError(
                f"change set {self._last.change_set_id} has not been confirmed: end its `with`"
                " block, or call its confirm(), before asking for the next one"
            )

    def identified(self, model: models.ChangeSet) -> str:
        """The id of a change set that has just been delivered, if it can be handed out."""
        if not model.change_set_id:
            raise ChangeSetError(
                f"channel {self.channel_id}: the API delivered a change set without an id; it is"
                " not handed out, as it could not be confirmed"
            )
        if _is_unreadable(model):
            raise ChangeSetError(
                f"change set {model.change_set_id} holds notifications that cannot be read: it is"
                " not handed out, so that none of them is lost. get_change_set() shows them in"
                " `raw`"
            )
        if model.change_set_id in self._seen:
            raise ChangeSetError(
                f"change set {model.change_set_id} was delivered again after it was confirmed"
            )
        self._empty = 0 if model.changed_assets else self._empty + 1
        if self._empty > _MOST_EMPTY:
            raise ChangeSetError(
                f"channel {self.channel_id}: {self._empty} change sets without a notification"
                " followed each other; the API should have said that there are no more"
            )
        return model.change_set_id

    def take(self, delivered: _Delivered) -> None:
        """Note that a change set has been handed out."""
        self._last = delivered
        self._seen.add(delivered.change_set_id)


def _is_unreadable(model: models.ChangeSet) -> bool:
    """Whether there may be notifications in an answer that are not in its model."""
    if model.changed_assets is not None:
        return False
    if (model.raw or {}).get("changed_assets") is not None:
        return True
    others = model.additional_properties.values()
    return any(isinstance(value, list | dict) and value for value in others)


def _is_doubtful(error: BaseException) -> bool:
    """Whether a call that ended with an error may have been carried out all the same."""
    if isinstance(error, APIError):
        return error.response.doubtful or error.status == 408 or error.status >= 500
    if isinstance(error, APIConnectionError):
        return error.doubtful
    return not isinstance(error, GettyImagesError)  # an interrupt, or a task that is cancelled


class ChangeSets:
    """The change sets of a channel, one after the other."""

    def __init__(self, changes: AssetChanges, turn: _Turn) -> None:
        self._changes = changes
        self._turn = turn

    def __iter__(self) -> typing.Self:
        return self

    def __next__(self) -> DeliveredChangeSet:
        turn = self._turn
        if turn.ended:
            raise StopIteration
        turn.check()
        model = self._changes.get_change_set(channel_id=turn.channel_id, batch_size=turn.batch_size)
        if model is None:
            turn.ended = True
            raise StopIteration
        delivered = DeliveredChangeSet(self._changes, model, turn.identified(model))
        turn.take(delivered)
        return delivered


class AsyncChangeSets:
    """The change sets of a channel, one after the other."""

    def __init__(self, changes: AsyncAssetChanges, turn: _Turn) -> None:
        self._changes = changes
        self._turn = turn

    def __aiter__(self) -> typing.Self:
        return self

    async def __anext__(self) -> AsyncDeliveredChangeSet:
        turn = self._turn
        if turn.ended:
            raise StopAsyncIteration
        turn.check()
        model = await self._changes.get_change_set(
            channel_id=turn.channel_id, batch_size=turn.batch_size
        )
        if model is None:
            turn.ended = True
            raise StopAsyncIteration
        delivered = AsyncDeliveredChangeSet(self._changes, model, turn.identified(model))
        turn.take(delivered)
        return delivered


def _check(channel_id: object, batch_size: object) -> None:
    if not isinstance(channel_id, int):
        raise GettyImagesError(f"channel_id must be a whole number, found {channel_id!r}")
    if batch_size is None:
        return
    if not isinstance(batch_size, int) or not 1 <= batch_size <= _LARGEST:
        raise GettyImagesError(f"batch_size must be from 1 to {_LARGEST}, found {batch_size!r}")
