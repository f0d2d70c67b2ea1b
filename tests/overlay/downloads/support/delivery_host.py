"""A delivery host that follows a script, and an API that hands out links to it."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import random
import re
import typing
from collections.abc import Callable
from pathlib import Path

from tests.overlay.support.servers import (
    MARK,
    Action,
    HangupError,
    Origins,
    Recorded,
    Reply,
    Reset,
    Server,
    Stall,
)
from tests.overlay.support.worlds import World

CONTENT = b"\xff\xd8" + random.Random(4).randbytes(2_500_000)
GZIPPED = gzip.compress(CONTENT, 1)  # it gets no smaller by any level
SHA256 = hashlib.sha256(CONTENT).hexdigest()
TAG = '"first"'
Fault: typing.TypeAlias = Action | Callable[["DeliveryHost", Recorded], Action]


class DeliveryHost:
    """Serves one file, in ranges too, once the faults that it was given have been played."""

    def __init__(self, *faults: Fault, content: bytes = CONTENT, **headers: str | None) -> None:
        self.faults = [*faults]
        self.content = content
        self.changes = {name.replace("_", "-"): value for name, value in headers.items()}
        self.server = Server(self.respond)

    def __enter__(self) -> typing.Self:
        self.server.listen()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.close()

    @property
    def uri(self) -> str:
        return f"{self.server.url}/files/1?signature={MARK}"

    @property
    def requests(self) -> list[Recorded]:
        return self.server.requests

    @property
    def ranges(self) -> list[str | None]:
        return [request.header("Range") for request in self.requests]

    def respond(self, request: Recorded) -> Action:
        if self.faults:
            fault = self.faults.pop(0)
            return fault if isinstance(fault, Action) else fault(self, request)
        return self.whole(request)

    def whole(self, request: Recorded) -> Reply:
        """The response of a good host."""
        found = re.fullmatch(r"bytes=(\d+)-", request.header("Range") or "")
        if found is None or request.header("If-Range") != self.headers()["ETag"]:
            return self.reply(200, self.content)
        start = int(found[1])
        size = len(self.content)
        return self.reply(
            206, self.content[start:], {"Content-Range": f"bytes {start}-{size - 1}/{size}"}
        )

    def headers(self) -> dict[str, str]:
        headers = {
            "Content-Disposition": "attachment; filename=picture.jpg",
            "Content-Type": "image/jpeg",
            "ETag": TAG,
        }
        given = {name: value for name, value in self.changes.items() if value is not None}
        kept = {name: value for name, value in headers.items() if name not in self.changes}
        return {**kept, **given}

    def reply(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> Reply:
        return Reply(status, body, headers={**self.headers(), **(headers or {})}, content_type=None)


class Broken:
    """A good response that breaks off after so many bytes of its body."""

    def __init__(self, size: int, *, reset: bool = False) -> None:
        self.size = size
        self.reset = reset

    def __call__(self, host: DeliveryHost, request: Recorded) -> Action:
        reply = host.whole(request)
        first = reply.head() + reply.body[: self.size]
        return Reset(first) if self.reset else Cut(first)


class Stalled:
    """A good response that stops after so many bytes of its body, and keeps the connection."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __call__(self, host: DeliveryHost, request: Recorded) -> Action:
        reply = host.whole(request)
        return Stall(reply.head() + reply.body[: self.size])


class Cut(Action):
    """Some bytes, and the end of the connection."""

    def __init__(self, first: bytes) -> None:
        self.first = first

    def play(self, connection: typing.Any) -> None:
        connection.sendall(self.first)
        raise HangupError


def client_of(world: World, origins: Origins, uri: str, **options: object) -> typing.Any:
    """A client of an API that responds to every request for a download with this link."""
    origins.api.script(Reply(303, headers={"Location": uri}))
    return world.client(**origins.options(**{"timeout": 30, **options}))


def history(
    *assets: str,
    date: datetime.datetime | None = None,
    asset_type: str | None = None,
    **headers: str,
) -> Reply:
    """The API's download history, with these assets; downloaded now unless a date is given."""
    downloaded = (date or datetime.datetime.now(datetime.UTC)).isoformat()
    same = {"date_downloaded": downloaded, "asset_type": asset_type}
    records = [{"id": asset, **same} for asset in assets]
    return Reply(200, {"result_count": len(records), "downloads": records}, headers=headers)


def save(world: World, client: typing.Any, folder: Path, **options: object) -> typing.Any:
    """Save the image 1."""
    return world.do(client.downloads.save_image, "1", folder, **options)


def names(folder: Path) -> list[str]:
    """What is in a folder, apart from the client's own files."""
    return sorted(path.name for path in folder.iterdir() if path.name not in own_files(folder))


def own_files(folder: Path) -> list[str]:
    """The files that the client keeps for itself: the journal, and what is not whole yet."""
    return sorted(path.name for path in folder.glob(".gettyimages-*"))


def parts(folder: Path) -> list[str]:
    """What is not whole yet."""
    return [name for name in own_files(folder) if name.endswith(".part")]


def methods(origins: Origins) -> list[str]:
    """The methods of all requests to the API so far: POST uses up a download, GET looks it up."""
    return [request.method for request in origins.api.requests]
