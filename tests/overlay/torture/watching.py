"""Watches a sandbox from inside: what is in flight, when it came, which credentials came along."""

from __future__ import annotations

import collections
import threading
import time
from dataclasses import dataclass, field

from starlette.responses import Response
from starlette.types import Message, Send

from gettyimages.sandbox import Fault, RecordedRequest, RequestContext, Sandbox

CREDENTIALS = ("api-key", "authorization", "cookie", "proxy-authorization")


@dataclass(eq=False)
class Seen:
    """A request for a download or for a file, from its arrival to the last byte of its response."""

    context: RequestContext
    is_order: bool
    arrived: float
    ended: float | None = None

    @property
    def asset(self) -> str | None:
        return self.context.request.asset

    @property
    def in_flight(self) -> bool:
        return self.ended is None and not self.context.connection.closed


@dataclass(frozen=True, kw_only=True, eq=False)
class Watch(Fault):
    """Does no harm: notes requests for downloads and files. Has to be the first of the faults."""

    seen: list[Seen] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    happened: collections.Counter[str] = field(default_factory=collections.Counter)
    """How often a download was `ordered`, that was `served`, and a file `fetched`."""

    def matches(self, context: RequestContext) -> bool:
        record = context.request
        is_order = record.method == "POST" and record.operation == "Downloads_PostDownloads"
        return is_order or record.operation == "delivery"

    async def before(self, context: RequestContext) -> Response | None:
        is_order = context.request.operation != "delivery"
        with self.lock:
            self.seen.append(Seen(context, is_order, time.monotonic()))
            self.happened["ordered"] += is_order
        return None

    def wrap_send(self, context: RequestContext, send: Send) -> Send:
        async def forward(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self._end(context)

        return forward

    def _end(self, context: RequestContext) -> None:
        with self.lock:
            for one in reversed(self.seen):
                if one.context is context:
                    one.ended = time.monotonic()
                    self.happened["served" if one.is_order else "fetched"] += 1
                    return

    def in_flight(self, *, since: float) -> list[Seen]:
        """What came after a moment and is without its whole response."""
        found = []
        with self.lock:
            for one in reversed(self.seen):
                if one.arrived < since:
                    break
                if one.in_flight:
                    found.append(one)
        return found

    def orders(self, asset: str) -> list[Seen]:
        """The requests that may have used up a download for an asset."""
        with self.lock:
            return [one for one in self.seen if one.is_order and one.asset == asset]

    def files(self, asset: str) -> list[Seen]:
        """The requests for the file of an asset."""
        with self.lock:
            return [one for one in self.seen if not one.is_order and one.asset == asset]


@dataclass(frozen=True, kw_only=True, eq=False)
class Cookies(Fault):
    """Every response tries to leave a cookie behind, for all of this machine."""

    def change_response(self, context: RequestContext, response: Response) -> Response:
        response.headers["set-cookie"] = "trap=1; Path=/; Max-Age=86400"
        return response


def fetches(sandbox: Sandbox) -> list[RecordedRequest]:
    """The requests for files, on whatever origin."""
    return [
        it
        for it in sandbox.requests
        if it.origin in ("delivery", "mirror") or it.operation == "delivery"
    ]


def check_no_credentials(sandbox: Sandbox) -> int:
    """No request for a file had a credential; how many there were."""
    found = fetches(sandbox)
    shown = [(it.origin, name) for it in found for name in CREDENTIALS if name in it.headers]
    assert not shown
    return len(found)
