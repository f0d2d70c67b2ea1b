"""A request that is paid for: what happens before it is sent, and whether it is open after it."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping

from gettyimages_rest import types

from .._calls.request import wanted_operation
from .._calls.responses import parsed
from .._calls.steps import Call, Effect, Failure, Send, work
from .._errors import GettyImagesError
from .._exchange import Exchanger
from .._response import RawResponse
from .._settings import Settings

T = typing.TypeVar("T")


class Paid(typing.NamedTuple):
    """An operation that spends, and the request that is to be made."""

    operation: types.Operation[typing.Any]
    request: types.Request
    timeout: float | None
    headers: Mapping[str, str] | None


class Asking:
    """One call of an operation that spends."""

    def __init__(self, paid: Paid, exchanger: Exchanger, settings: Settings) -> None:
        self._paid = paid
        self._exchanger = exchanger
        self._settings = settings
        self._wanted = wanted_operation(paid.operation, paid.request, paid.headers)
        self.is_open = False
        """Whether the request may have been carried out."""

    def answer(self, before: Callable[[], object], again: Callable[[], object]) -> Call[typing.Any]:
        """Make the call.

        Args:
            before: Called once, just before the request is sent for the first time.
            again: Called before each repetition, which may come a long time later; may raise.
        """
        call = self._exchanger.call(self._wanted, self._settings, self._paid.timeout)
        response = yield from self._watched(call, before, again)
        return parsed(self._paid.operation, response)

    def _watched(
        self, call: Call[T], before: Callable[[], object], again: Callable[[], object]
    ) -> Call[T]:
        told = False
        try:
            effect = next(call)
            while True:
                paid = self._is_paid(effect)
                if paid:
                    yield from work(again if told else before)
                    told = True
                self.is_open = self.is_open or paid
                try:
                    outcome = yield effect
                except Exception as error:
                    if paid and isinstance(error, GettyImagesError):
                        self.is_open = False  # what goes wrong on the wire is never raised
                    effect = call.throw(error)
                else:
                    self.is_open = _may_be_done(outcome) if paid else self.is_open
                    effect = call.send(outcome)
        except StopIteration as stop:
            result: T = stop.value
            return result
        finally:
            call.close()

    def _is_paid(self, effect: Effect) -> bool:
        return (
            isinstance(effect, Send)
            and effect.method == self._wanted.method
            and effect.url == self._settings.base_url + self._wanted.target
        )


def _may_be_done(outcome: RawResponse | Failure) -> bool:
    """Whether a request may have been carried out, by what came of it."""
    if isinstance(outcome, Failure):
        return outcome.sent
    return outcome.status < 400 or outcome.status == 408 or outcome.status >= 500
