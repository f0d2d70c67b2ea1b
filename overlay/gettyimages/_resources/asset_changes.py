"""What is added to the resource `asset_changes`: all change sets of a channel, one by one."""

from __future__ import annotations

import functools
import os
import time
import typing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from gettyimages_rest import models
from gettyimages_rest.api import asset_changes as generated
from gettyimages_rest.api.asset_changes.get_change_set import build_request

from .._calls.arguments import check_journal, invalid
from .._calls.outcome import may_have_executed
from .._calls.request import checked_request
from .._errors import ChangeSetError, GettyImagesError, NotFoundError
from .._process import LazyModule

if typing.TYPE_CHECKING:
    import asyncio
else:
    asyncio = LazyModule("asyncio")  # which takes longer to import than all of this package

_MOST_EMPTY = 100
"""How many change sets without any notification may follow each other."""
_REMEMBERED = 100
"""How many ids of confirmed change sets are kept, to notice one that is delivered again."""


class Reader(typing.Protocol):
    """The right to read a channel alone, which a journal has."""

    def has_turn(self) -> bool: ...
    def close(self) -> None: ...


MakeReader: typing.TypeAlias = Callable[[int, str | os.PathLike[str]], Reader]


class _Delivery:
    """A change set, and whether it has been confirmed."""

    def __init__(self, changes: typing.Any, model: models.ChangeSet, change_set_id: str) -> None:
        self._confirm = functools.partial(changes.confirm_change_set, change_set_id)
        self.model = model
        self.change_set_id = change_set_id
        self.changed_assets: Sequence[models.ChangedAsset] = tuple(model.changed_assets or ())
        self.confirmed = False
        self._may_be_confirmed = False

    def __repr__(self) -> str:
        state = "confirmed" if self.confirmed else "not confirmed"
        count = len(self.changed_assets)
        return f"<{type(self).__name__} {self.change_set_id}, {count} assets, {state}>"

    @contextmanager
    def _confirming(self) -> Iterator[None]:
        """Note whether a confirmation succeeds."""
        try:
            yield
        except NotFoundError as error:
            # After one that may have been carried out, 404 means that it was.
            if not (self._may_be_confirmed or error.response.may_have_executed):
                raise
        except BaseException as error:
            self._may_be_confirmed = self._may_be_confirmed or may_have_executed(error)
            raise
        self.confirmed = True


class ChangeSetDelivery(_Delivery):
    """A change set to be handled. Only `confirm()` confirms it.

    Attributes:
        model: The change set as the API sent it.
        change_set_id: Id of the change set.
        changed_assets: The notifications.
        confirmed: Whether it has been confirmed.
    """

    def confirm(self) -> None:
        """Confirm that all notifications have been handled. A second time does nothing.

        Raises:
            GettyImagesError: It may not be confirmed. Confirming it again is harmless.
        """
        if not self.confirmed:
            with self._confirming():
                self._confirm()


class AsyncChangeSetDelivery(_Delivery):
    """A change set to be handled: see `ChangeSetDelivery`."""

    async def confirm(self) -> None:
        """Confirm that all notifications have been handled: see `ChangeSetDelivery.confirm`."""
        if not self.confirmed:
            with self._confirming():
                await self._confirm()


T = typing.TypeVar("T")
Delivery = typing.TypeVar("Delivery", bound=_Delivery)


class _ChangeSets(typing.Generic[Delivery]):
    """The change sets of a channel: one at a time, and none of them twice."""

    _kind: type[Delivery]

    def __init__(
        self,
        changes: typing.Any,
        channel_id: int,
        batch_size: int | None,
        follow: bool,
        poll: float,
        reader: Reader | None,
    ) -> None:
        if not isinstance(channel_id, int):
            raise invalid("channel_id", "an integer", channel_id)
        if not isinstance(batch_size, int | None):
            raise invalid("batch_size", "an integer", batch_size)
        checked_request(build_request, channel_id=channel_id, batch_size=batch_size)
        if not isinstance(poll, int | float) or not 1 <= poll <= 86_400:
            raise invalid("poll", "from 1 to 86400 seconds", poll)
        self._changes = changes
        self._ask = functools.partial(
            changes.get_change_set, channel_id=channel_id, batch_size=batch_size
        )
        self._channel_id = channel_id
        self._follow = follow
        self._poll = poll
        self._has_ended = False
        self._reader = reader
        self._last: Delivery | None = None
        self._seen: deque[str] = deque(maxlen=_REMEMBERED)
        self._empty = 0

    def stop(self) -> None:
        """End the iteration, and a wait within a second. Any thread and signal handler may do it.

        A change set that has been handed out can still be confirmed.
        """
        self._has_ended = True

    def _may_ask(self, *, has_turn: bool) -> bool:
        """Whether to ask for a change set; refuse it if another process reads the channel."""
        if not (has_turn or self._follow):
            raise ChangeSetError(f"channel {self._channel_id} is being read by another process")
        return has_turn and not self._has_ended

    def _goes_on(self) -> bool:
        """Whether to ask for another change set; refuse it until the last one is confirmed."""
        if self._last is not None and not self._last.confirmed:
            raise ChangeSetError(
                f"change set {self._last.change_set_id} has not been confirmed: call its confirm()"
                " when its notifications have been handled, before taking the next one"
            )
        return not self._has_ended

    def _waits(self) -> Iterator[float]:
        """Yield how long to wait each time, until it is time to ask again."""
        end = time.monotonic() + self._poll
        while not self._has_ended and (left := end - time.monotonic()) > 0:
            yield min(left, 1.0)  # the end of the iteration is noticed within a second

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Ignore an error of a request under way once the iteration has ended, by `close()` too."""
        try:
            yield
        except GettyImagesError:
            if not self._has_ended:
                raise

    def _delivered(self, model: models.ChangeSet | None) -> Delivery | None:
        """Return a change set to be handed out, if it can be; None at the end."""
        if model is None or self._has_ended:  # unconfirmed, it is delivered again the next time
            self._has_ended = self._has_ended or not self._follow
            self._empty = 0
            return None
        self._empty = 0 if model.changed_assets else self._empty + 1
        name = f"channel {self._channel_id}: change set {model.change_set_id}"
        if not model.change_set_id:
            raise ChangeSetError(f"{name} is without an id, so that it cannot be confirmed")
        if _is_unreadable(model):
            text = f"{name} holds notifications that cannot be read: see `raw` of get_change_set()"
            raise ChangeSetError(text)
        if model.change_set_id in self._seen:
            raise ChangeSetError(f"{name} was delivered again after it was confirmed")
        if self._empty > _MOST_EMPTY:
            raise ChangeSetError(f"{name}: {self._empty} change sets without a notification")
        self._seen.append(model.change_set_id)
        self._last = self._kind(self._changes, model, model.change_set_id)
        return self._last


class ChangeSets(_ChangeSets[ChangeSetDelivery]):
    """The change sets of a channel, one after the other."""

    _kind = ChangeSetDelivery

    def __iter__(self) -> typing.Self:
        return self

    def __next__(self) -> ChangeSetDelivery:
        try:
            while self._goes_on():
                model = None
                if self._may_ask(has_turn=self._reader is None or self._reader.has_turn()):
                    with self._asking():
                        model = self._ask()
                if (delivery := self._delivered(model)) is not None:
                    return delivery
                for seconds in self._waits():
                    time.sleep(seconds)
            raise StopIteration
        except BaseException:
            self._release()
            raise

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._release()

    def _release(self) -> None:
        """Let another process read the channel, or another loop of this one."""
        if self._reader is not None:
            self._reader.close()


class AsyncChangeSets(_ChangeSets[AsyncChangeSetDelivery]):
    """The change sets of a channel, one after the other."""

    _kind = AsyncChangeSetDelivery

    def __aiter__(self) -> typing.Self:
        return self

    async def __anext__(self) -> AsyncChangeSetDelivery:
        try:
            while self._goes_on():
                model, reader = None, self._reader
                if self._may_ask(has_turn=reader is None or await _in_thread(reader.has_turn)):
                    with self._asking():
                        model = await self._ask()
                if (delivery := self._delivered(model)) is not None:
                    return delivery
                for seconds in self._waits():
                    await asyncio.sleep(seconds)
            raise StopAsyncIteration
        except BaseException:  # a cancellation, too, which waits for no database that hangs
            await asyncio.wait([asyncio.ensure_future(self._release())], timeout=1)
            raise

    async def __aenter__(self) -> typing.Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.stop()
        await self._release()

    async def _release(self) -> None:
        """Let another process read the channel, or another loop of this one."""
        if self._reader is not None:
            await _in_thread(self._reader.close)


async def _in_thread(function: Callable[[], T]) -> T:
    from .._transport.asynchronous import in_thread  # which the blocking client does without

    return await in_thread(function)


def _is_unreadable(model: models.ChangeSet) -> bool:
    """Whether the response may hold notifications that are not in the model."""
    if model.changed_assets:
        return False
    if (model.raw or {}).get("changed_assets") not in (None, []):
        return True
    others = model.additional_properties.values()
    return any(isinstance(value, list | dict) and value for value in others)


Sets = typing.TypeVar("Sets", bound=_ChangeSets[typing.Any])


class _Iterating(typing.Generic[Sets]):
    """What is added to the resource for both clients."""

    _sets: type[Sets]

    def __init__(
        self, client: typing.Any, stop_on_close: Callable[[Sets], object], make_reader: MakeReader
    ) -> None:
        self._client = client
        self._stop_on_close = stop_on_close
        self._make_reader = make_reader

    def change_sets(
        self,
        channel_id: int,
        *,
        batch_size: int | None = None,
        follow: bool = False,
        poll: float = 60,
        journal: str | os.PathLike[str] | None = None,
    ) -> Sets:
        """Return an iterator over the change sets of a channel.

            for change_set in client.asset_changes.change_sets(channel_id):
                for asset in change_set.changed_assets: ...
                change_set.confirm()

        With `AsyncGettyImages`: `async for`, and `await change_set.confirm()`.

        Only `confirm()` confirms a change set. One that is not confirmed is delivered again the
        next time, and the next one cannot be taken before.

        Args:
            channel_id: Id of the channel.
            batch_size: How many notifications a change set may hold, as for `get_change_set`.
            follow: Whether to wait for more when the channel is empty, instead of ending. The
                iteration then ends normally after `stop()` or when the client is closed.
            poll: Seconds between two looks at an empty channel, from 1 to 86,400 (a day).
            journal: The file of a journal, or the address of a database, in which the channel is
                locked, so that one process at a time reads it: until the iteration, a `with` block
                around it or the process ends. Others wait with `follow`, or get a `ChangeSetError`.

        Raises:
            InvalidArgumentError: An argument is out of bounds; nothing has been sent.
        """
        if journal is not None:
            check_journal("journal", journal)
        reader = None if journal is None else self._make_reader(channel_id, journal)
        change_sets = self._sets(self, channel_id, batch_size, follow, poll, reader)
        self._stop_on_close(change_sets)
        return change_sets


class AssetChanges(_Iterating[ChangeSets], generated.AssetChanges):
    """Notifications of new, updated and deleted assets."""

    _sets = ChangeSets


class AsyncAssetChanges(_Iterating[AsyncChangeSets], generated.AsyncAssetChanges):
    """Notifications of new, updated and deleted assets."""

    _sets = AsyncChangeSets
