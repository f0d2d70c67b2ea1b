"""An API and a delivery host at which each image has a fate of its own."""

from __future__ import annotations

import collections
import datetime
import email.utils
import threading
import typing
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.overlay.support.servers import MARK, Action, Origins, Recorded, Reply, Reset, Server

Fate: typing.TypeAlias = typing.Literal["saved", "failed", "refused", "lost", "not executed"]
"""What becomes of a request for an image. `saved`: paid, and the file is delivered. `failed`: paid,
and the file is not. `refused`: 404. `lost`: paid, without a response. `not executed`: not paid,
without a response."""


class Fates:
    """The servers, and what they have charged for.

    Args:
        fate: The fate of an image, by its id.
    """

    def __init__(self, fate: Callable[[str], Fate] = lambda _: "saved") -> None:
        self.fate = fate
        self.origins = Origins()
        self.host = Server(self._deliver)
        self.charged: collections.Counter[str] = collections.Counter()
        self.gate: threading.Barrier | None = None
        """Where requests for downloads wait for each other, if anywhere."""
        self.ahead = datetime.timedelta(0)
        """How far the clocks of the servers are ahead of this machine's."""
        self.instead: Reply | None = None
        """What the API sends instead of a link."""
        self.is_gated: Callable[[str], bool] = lambda _: True
        """Which images wait there."""

    def __enter__(self) -> typing.Self:
        self.origins.api.script(self._respond)
        self.origins.__enter__()
        self.host.listen()
        return self

    def __exit__(self, *_: object) -> None:
        self.host.close()
        self.origins.__exit__()

    def options(self, **changes: object) -> dict[str, typing.Any]:
        """What a client is made with."""
        return self.origins.options(**{"timeout": 30, "max_retries": 0, **changes})

    @property
    def orders(self) -> list[str]:
        """The images that were asked for, in order."""
        requests = [*self.origins.api.requests]
        return [_last(it) for it in requests if it.method == "POST"]

    def content(self, asset: str) -> bytes:
        """The file of an image."""
        return b"\xff\xd8" + f"the file of {asset}".encode()

    def _respond(self, request: Recorded) -> Action:
        if request.method == "GET":
            return self._dated(self._history())
        asset = _last(request)
        fate = self.fate(asset)
        if fate == "refused":
            return self._gated(asset, self._dated(Reply(404, {})))
        if fate == "not executed":
            return Reset()
        self.charged[asset] += 1
        if fate == "lost":
            return Reset()
        if self.instead is not None:
            return self._gated(asset, self.instead)
        location = f"{self.host.url}/files/{asset}?signature={MARK}"
        return self._gated(asset, self._dated(Reply(303, headers={"Location": location})))

    @property
    def now(self) -> datetime.datetime:
        """The time by the clocks of the servers."""
        return datetime.datetime.now(datetime.UTC) + self.ahead

    def _dated(self, reply: Reply) -> Reply:
        reply.headers["Date"] = email.utils.format_datetime(self.now, usegmt=True)
        return reply

    def _history(self) -> Reply:
        """What was charged for, and an old download that shows how far the history reaches."""
        records = [{"id": asset, "date_downloaded": self.now.isoformat()} for asset in self.charged]
        old = self.now - datetime.timedelta(days=60)
        records.append({"id": "old", "date_downloaded": old.isoformat()})
        return Reply(200, {"result_count": len(records), "downloads": records})

    def _gated(self, asset: str, reply: Reply) -> Action:
        if self.gate is None or not self.is_gated(asset):
            return reply
        return Gated(reply, self.gate)

    def _deliver(self, request: Recorded) -> Action:
        asset = _last(request)
        if self.fate(asset) == "failed":
            return self._dated(Reply(400))
        headers = {"Content-Disposition": f"attachment; filename={asset}.jpg"}
        return Reply(200, self.content(asset), headers=headers, content_type="image/jpeg")


class Gated(Action):
    """A response that waits until as many others are due as pass the gate at once."""

    def __init__(self, reply: Reply, gate: threading.Barrier) -> None:
        self.reply = reply
        self.gate = gate

    def play(self, connection: typing.Any) -> None:
        self.gate.wait(60)
        self.reply.play(connection)


def _last(request: Recorded) -> str:
    return urlsplit(request.target).path.rpartition("/")[2]
