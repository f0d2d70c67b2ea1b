"""What a fault is, which requests it applies to, and the set of faults in force."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Send

from ._http import OriginName, RequestContext


@dataclass(frozen=True, kw_only=True, eq=False)
class Fault:
    """Something that goes wrong, and when. This base class does no harm, but is counted.

    A fault of your own is a subclass that overrides `before`, `change_response` or `wrap_send`.

    Args:
        origin: Apply to this origin only: `api`, `token`, `delivery` or `mirror`.
        operation: Apply to this operation only: its id in the spec (`Downloads_PostDownloads`), its
            name in Python (`downloads.request_image_download`) or its method with its path
            (`POST /v3/downloads/images/{id}`).
        asset: Apply only to requests about the asset of this id, including those for its file.
        times: Apply this many times; None for always.
        skip: Leave out this many requests first.
        probability: Apply to each request with this probability, according to the seed of `Faults`.
    """

    origin: OriginName | None = None
    operation: str | None = None
    asset: str | None = None
    times: int | None = None
    skip: int = 0
    probability: float = 1

    def matches(self, context: RequestContext) -> bool:
        """Whether the fault may apply to a request."""
        request = context.request
        return (
            self.origin in (None, request.origin)
            and (self.operation is None or self.operation in context.operation_names)
            and self.asset in (None, request.asset)
        )

    async def before(self, context: RequestContext) -> Response | None:
        """Act before the request takes effect; a response returned here prevents the effect."""
        return None

    def change_response(self, context: RequestContext, response: Response) -> Response:
        """Replace the response, after the request took effect."""
        return response

    def wrap_send(self, context: RequestContext, send: Send) -> Send:
        """Replace the function that sends the messages of the response."""
        return send

    def choose(self, context: RequestContext, generator: random.Random) -> Fault:
        """The fault to apply, for a fault that stands for several."""
        return self


@dataclass(frozen=True, kw_only=True, eq=False)
class OneOf(Fault):
    """One of several faults, chosen at random among those that match the request.

    Args:
        faults: The faults to choose from. Their `times`, `skip` and `probability` are ignored.
    """

    faults: tuple[Fault, ...] = ()

    def matches(self, context: RequestContext) -> bool:
        """Whether one of them may apply to a request."""
        return super().matches(context) and bool(self._matching(context))

    def choose(self, context: RequestContext, generator: random.Random) -> Fault:
        """One of the faults that match the request."""
        return generator.choice(self._matching(context)).choose(context, generator)

    def _matching(self, context: RequestContext) -> list[Fault]:
        return [fault for fault in self.faults if fault.matches(context)]


class Faults:
    """The faults in force. They can be added and removed at any time.

    Args:
        faults: The faults in force from the start.
        seed: Seed of the random generator that `probability` and `OneOf` use.
    """

    def __init__(self, *faults: Fault, seed: int = 0) -> None:
        self._faults = list(faults)
        self._generator = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._lock = threading.Lock()
        self._matched: Counter[Fault] = Counter()
        self._applied: Counter[Fault] = Counter()

    def add(self, *faults: Fault) -> None:
        """Put faults in force."""
        with self._lock:
            self._faults.extend(faults)

    def remove(self, *faults: Fault) -> None:
        """Put faults out of force; those that are not in force are ignored."""
        with self._lock:
            self._faults = [fault for fault in self._faults if fault not in faults]

    def clear(self) -> None:
        """Put all faults out of force."""
        with self._lock:
            self._faults.clear()

    def times_applied(self, fault: Fault) -> int:
        """How many times a fault was applied; the choices of `OneOf` are counted as well."""
        with self._lock:
            return self._applied[fault]

    def __iter__(self) -> Iterator[Fault]:
        with self._lock:
            return iter(tuple(self._faults))

    def select(self, context: RequestContext) -> list[Fault]:
        """Choose and count the faults to apply to a request."""
        with self._lock:
            return [found for fault in self._faults if (found := self._apply(fault, context))]

    def _apply(self, fault: Fault, context: RequestContext) -> Fault | None:
        if not fault.matches(context):
            return None
        if fault.times is not None and self._applied[fault] >= fault.times:
            return None
        self._matched[fault] += 1
        if self._matched[fault] <= fault.skip:
            return None
        if fault.probability < 1 and self._generator.random() >= fault.probability:
            return None
        chosen = fault.choose(context, self._generator)
        self._applied.update({fault, chosen})
        return chosen
