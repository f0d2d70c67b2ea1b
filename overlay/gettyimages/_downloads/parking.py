"""Runs a call so that it can be broken off where nothing is lost by it. No I/O."""

from __future__ import annotations

import time
import typing
from collections.abc import Callable

from .._calls.steps import Call, Do, Open, Read, Sleep
from .._errors import GettyImagesError

if typing.TYPE_CHECKING:
    from .._calls.steps import Effect

T = typing.TypeVar("T")

_NAP = 0.2


class Parked(GettyImagesError):
    """A file is left as it is, because the batch is over. What is paid for stays known."""


class Watched:
    """Runs a call so that it can be parked: where nothing is lost by it, and nowhere else.

    A request that may be paid for is always waited for, and its link recorded.
    """

    def __init__(
        self, is_over: Callable[[], bool], on_offline: Callable[[], object] = lambda: None
    ) -> None:
        self._is_over = is_over
        self._on_offline = on_offline
        self._effect: Effect | None = None

    @property
    def is_parkable(self) -> bool:
        """Whether the effect under way may be broken off."""
        return isinstance(self._effect, Open | Read | Sleep)

    def run(self, call: Call[T]) -> Call[T]:
        """Run a call.

        Raises:
            Parked: The batch is over.
        """
        try:
            effect = next(call)
            while True:
                try:
                    outcome = yield from self._carried_out(effect)
                except Parked:
                    raise
                except Exception as error:
                    effect = call.throw(error)
                else:
                    effect = call.send(outcome)
        except StopIteration as stop:
            result: T = stop.value
            return result
        finally:
            self._effect = None
            call.close()

    def _carried_out(self, effect: Effect) -> Call[object]:
        self._effect = effect
        if isinstance(effect, Do) and effect.offline:
            self._on_offline()
        until = time.monotonic() + effect.seconds if isinstance(effect, Sleep) else 0.0
        while True:
            if self.is_parkable and self._is_over():
                raise Parked("the batch is over")
            if not isinstance(effect, Sleep):
                outcome: object = yield effect
                return outcome
            rest = until - time.monotonic()
            if rest <= 0:
                return None
            yield Sleep(min(rest, _NAP))
