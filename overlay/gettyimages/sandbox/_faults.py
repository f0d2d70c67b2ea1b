"""What a fault is, which requests it strikes, and the list of those in force."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Send

from ._http import Exchange, OriginName


@dataclass(frozen=True, kw_only=True, eq=False)
class Fault:
    """Something that goes wrong, and when. The base of all faults; strikes, but does no harm.

    Args:
        origin: Strike only here: `api`, `token`, `delivery` or `mirror`; None for everywhere.
        operation: Strike only this operation: its id in the spec (`Downloads_PostDownloads`), its
            name in Python (`downloads.request_image_download`) or its place
            (`POST /v3/downloads/images/{id}`).
        asset: Strike only requests about the asset of this id, delivery included.
        times: Strike so many times; None for always.
        skip: Spare the first so many requests that it would strike.
        probability: Strike each request with this probability, by the seed of `Faults`.
    """

    origin: OriginName | None = None
    operation: str | None = None
    asset: str | None = None
    times: int | None = None
    skip: int = 0
    probability: float = 1

    def concerns(self, exchange: Exchange) -> bool:
        """Whether it may strike this request."""
        record = exchange.record
        return (
            self.origin in (None, record.origin)
            and (self.operation is None or self.operation in exchange.names)
            and self.asset in (None, record.asset)
        )

    async def before(self, exchange: Exchange) -> Response | None:
        """Act before the request takes effect; a response keeps it from taking any."""
        return None

    def change(self, exchange: Exchange, response: Response) -> Response:
        """Answer something else, after the request took effect."""
        return response

    def sending(self, exchange: Exchange, send: Send) -> Send:
        """Interfere with the sending of the response."""
        return send

    def chosen(self, exchange: Exchange, dice: random.Random) -> Fault:
        """The fault that strikes."""
        return self


@dataclass(frozen=True, kw_only=True, eq=False)
class OneOf(Fault):
    """One of several faults, drawn by lot each time among those that concern the request.

    Args:
        faults: The faults to draw from. Their `times`, `skip` and `probability` do not matter.
    """

    faults: tuple[Fault, ...] = ()

    def concerns(self, exchange: Exchange) -> bool:
        """Whether one of them may strike this request."""
        return super().concerns(exchange) and bool(self._possible(exchange))

    def chosen(self, exchange: Exchange, dice: random.Random) -> Fault:
        """One of the faults that concern the request."""
        return dice.choice(self._possible(exchange)).chosen(exchange, dice)

    def _possible(self, exchange: Exchange) -> list[Fault]:
        return [fault for fault in self.faults if fault.concerns(exchange)]


class Faults:
    """The faults in force. Add and remove them at any time.

    Args:
        faults: Those that are in force from the start.
        seed: Seed of all that is left to chance.
    """

    def __init__(self, *faults: Fault, seed: int = 0) -> None:
        self._faults = list(faults)
        self._dice = random.Random(seed)  # noqa: S311 - the same each time is what is wanted
        self._lock = threading.Lock()
        self._seen: Counter[Fault] = Counter()
        self._struck: Counter[Fault] = Counter()

    def add(self, *faults: Fault) -> None:
        """Put faults in force."""
        with self._lock:
            self._faults.extend(faults)

    def remove(self, *faults: Fault) -> None:
        """Put these faults out of force; those that are not in force are ignored."""
        with self._lock:
            self._faults = [fault for fault in self._faults if fault not in faults]

    def clear(self) -> None:
        """Put all faults out of force."""
        with self._lock:
            self._faults.clear()

    def struck(self, fault: Fault) -> int:
        """How many times a fault has struck; those that `OneOf` drew have counts of their own."""
        with self._lock:
            return self._struck[fault]

    def __iter__(self) -> Iterator[Fault]:
        with self._lock:
            return iter(tuple(self._faults))

    def striking(self, exchange: Exchange) -> list[Fault]:
        """The faults that strike this request, each one counted."""
        with self._lock:
            return [found for fault in self._faults if (found := self._strike(fault, exchange))]

    def _strike(self, fault: Fault, exchange: Exchange) -> Fault | None:
        if not fault.concerns(exchange):
            return None
        if fault.times is not None and self._struck[fault] >= fault.times:
            return None
        self._seen[fault] += 1
        if self._seen[fault] <= fault.skip:
            return None
        if fault.probability < 1 and self._dice.random() >= fault.probability:
            return None
        self._struck[fault] += 1
        chosen = fault.chosen(exchange, self._dice)
        if chosen is not fault:
            self._struck[chosen] += 1
        return chosen
