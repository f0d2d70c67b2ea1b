"""No local variable of a traceback shows a secret, whatever goes wrong.

Error trackers and `traceback.TracebackException(capture_locals=True)` show the local variables of
all frames of an error, and of the errors that led to it. Those of the caller are the caller's.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import typing
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from gettyimages import AsyncGettyImages, GettyImages
from tests.overlay.downloads.support.delivery_host import Broken, Cut, DeliveryHost, Stalled
from tests.overlay.downloads.support.seams import (
    break_files,
    limit_journal_waits,
    limit_transfers,
)

from ..support import secrecy
from ..support.servers import (
    ACCESS_TOKEN,
    API_KEY,
    API_SECRET,
    MARK,
    PASSWORD,
    PROXY_PASSWORD,
    REFRESH_TOKEN,
    SIGNED_URI,
    USERNAME,
    Action,
    Origins,
    Reply,
    Reset,
    Server,
    Stall,
    Truncated,
    token_reply,
    until,
)
from ..support.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]

USER: dict[str, object] = {
    "username": USERNAME,
    "password": PASSWORD,
    "refresh_token": REFRESH_TOKEN,
}
PROXY = f"http://me:{PROXY_PASSWORD}@127.0.0.1"


@dataclass
class Trial:
    """What a trial works with."""

    world: World
    origins: Origins
    folder: Path
    patch: pytest.MonkeyPatch

    def client(self, **options: object) -> typing.Any:
        return self.world.client(
            **self.origins.options(**{**USER, "max_retries": 0, "timeout": 20, **options})
        )

    def read(self, **options: object) -> None:
        """Read the download history."""
        self.world.do(self.client(**options).downloads.get_downloads)

    def respond(self, *actions: Action) -> None:
        """Call with these responses of the API."""
        self.origins.api.script(*actions)
        client = self.client()
        with contextlib.suppress(Exception):  # each of the two is looked at
            self.world.do(client.downloads.get_downloads)
        self.world.do(client.downloads.request_image_download, "1", auto_download=False)

    def grant(self, action: Action, **options: object) -> None:
        """Call with this response of the token endpoint."""
        self.origins.tokens.script(action)
        self.read(**options)

    def link(self, action: Action) -> None:
        """Ask for a link, with this response of the API."""
        self.origins.api.script(action)
        self.world.do(self.client().downloads.request_link, "1")

    def save(self, host: DeliveryHost, **options: object) -> None:
        """Save an image from a delivery host, alone and in a batch, and read it."""
        self.origins.api.script(Reply(303, headers={"Location": host.uri}))
        downloads = self.client().downloads
        for result in self.world.items(downloads.save_images(["2"], self.folder)):
            secrecy.look_at(result.error)
        with contextlib.suppress(Exception):
            self.read_opened()
        self.world.do(downloads.save_image, "1", self.folder, **options)

    def read_opened(self) -> None:
        with self.world.inside(self.client().downloads.open_image("3")) as image:
            for _ in self.world.items(image):
                pass

    def deliver(self, *faults: typing.Any, **headers: typing.Any) -> None:
        """Save an image from a delivery host with these faults, each of them for ever."""
        with DeliveryHost(*faults * 20, **headers) as host:
            self.save(host)


def made_with(**options: typing.Any) -> Callable[[Trial], None]:
    return lambda it: it.client(**options)


def responding(*actions: Action) -> Callable[[Trial], None]:
    return lambda it: it.respond(*actions)


def granted(action: Action, **options: object) -> Callable[[Trial], None]:
    return lambda it: it.grant(action, **options)


def linked(location: str, status: int = 303) -> Callable[[Trial], None]:
    return lambda it: it.link(Reply(status, headers={"Location": location}))


def slow_api(it: Trial) -> None:
    it.origins.api.script(Stall())
    it.read(timeout=0.5)


def redirected(it: Trial) -> None:
    it.origins.api.script(Reply(302, headers={"Location": SIGNED_URI}))
    it.read()


def delivered(*faults: object, **headers: typing.Any) -> Callable[[Trial], None]:
    return lambda it: it.deliver(*faults, **headers)


def positional(it: Trial) -> None:
    kind: typing.Any = it.world.kind
    kind(API_KEY, PASSWORD)


def closed_client(it: Trial) -> None:
    client = it.client(proxy=f"{PROXY}:1")
    it.world.do(client.close)
    it.world.do(client.downloads.get_downloads)


def closed_while_saving(it: Trial) -> None:
    client = it.client()

    def close(*_: object) -> None:
        client.close()

    with DeliveryHost(Broken(500_000)) as host:
        it.origins.api.script(Reply(303, headers={"Location": host.uri}))
        if it.world.is_async:
            it.world.do(client.close)
        it.world.do(client.downloads.save_image, "1", it.folder, on_progress=close)


def token_endpoint_down(it: Trial) -> None:
    away = Server()
    away.close()
    it.read(token_url=f"{away.url}/t")


def api_down(it: Trial) -> None:
    away = Server()
    away.close()
    it.read(base_url=away.url)


def delivery_down(it: Trial) -> None:
    host = DeliveryHost()
    host.server.close()
    it.save(host)


def unreadable_certificates(it: Trial) -> None:
    it.read(base_url="https://127.0.0.1:1", verify=str(it.folder / "missing"), proxy=f"{PROXY}:1")


def proxy_down(it: Trial) -> None:
    away = Server()
    away.close()
    proxy = away.url.replace("//", f"//me:{PROXY_PASSWORD}@")
    it.read(proxy=proxy, base_url="https://api.example")


def proxy_refuses(it: Trial) -> None:
    with Server(Reply(407, close=True)) as proxy:
        address = proxy.url.replace("//", f"//me:{PROXY_PASSWORD}@")
        it.read(proxy=address, base_url="https://api.example")


class Failing(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport of the user's that fails."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if MARK in str(request.url) or request.method != "POST":
            raise self.error
        if "token" in str(request.url):
            return httpx.Response(200, json={"access_token": f"{MARK}-token"})
        return httpx.Response(303, headers={"Location": SIGNED_URI})

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


def own_transport(error: Exception) -> Callable[[Trial], None]:
    def call(it: Trial) -> None:
        downloads = it.client(transport=Failing(error), file_transport=Failing(error)).downloads
        with contextlib.suppress(type(error), Exception):
            it.world.do(downloads.get_downloads)
        it.world.do(downloads.save_image, "1", it.folder)

    return call


def callback(error: Exception) -> Callable[[Trial], None]:
    def call(it: Trial) -> None:
        def fail(_: str) -> None:
            raise error

        it.origins.tokens.script(token_reply(1, refresh_token=f"{MARK}-next"))
        it.read(on_refresh_token=fail)

    return call


def interrupted(it: Trial) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with DeliveryHost() as host:
        it.save(host, on_progress=interrupt)


def disk_full(method: str, after: int = 0) -> Callable[[Trial], None]:
    def call(it: Trial) -> None:
        break_files(it.patch, method, errno.ENOSPC, after)
        it.deliver()

    return call


def journal_is_locked(it: Trial) -> None:
    """Another program keeps the journal from the moment at which its link is recorded."""
    import sqlite3

    limit_journal_waits(it.patch, 0.1)
    with DeliveryHost(Reply(500)) as host, contextlib.closing(sqlite3.connect(":memory:")) as other:
        it.origins.api.script(Reply(303, headers={"Location": host.uri}))
        downloads = it.client().downloads
        with contextlib.suppress(Exception):
            it.world.do(downloads.save_image, "1", it.folder)
        path = it.folder / ".gettyimages-journal.sqlite"
        other.execute("ATTACH ? AS kept", (str(path),))
        other.execute("BEGIN EXCLUSIVE")
        it.world.do(downloads.save_image, "1", it.folder)


def journal_is_damaged(it: Trial) -> None:
    with DeliveryHost() as host:
        it.origins.api.script(Reply(303, headers={"Location": host.uri}))
        downloads = it.client().downloads
        break_files(it.patch, "write", errno.ENOSPC)
        with contextlib.suppress(Exception):
            it.world.do(downloads.save_image, "1", it.folder)
        path = it.folder / ".gettyimages-journal.sqlite"
        content = bytearray(path.read_bytes())
        content[-4000:-3000] = b"\xff" * 1000
        path.write_bytes(content)
        it.world.do(downloads.save_image, "1", it.folder)


def slow_transfer(it: Trial) -> None:
    limit_transfers(it.patch, 0.2)
    it.deliver(Stalled(1000))


def link_has_expired(it: Trial) -> None:
    it.origins.api.script(Reply(303, headers={"Location": SIGNED_URI}))
    downloads = it.client().downloads
    link = it.world.do(downloads.request_link, "1")
    with DeliveryHost(*[Reply(410)] * 5) as host:
        link.uri = host.uri
        it.world.do(downloads.save_link, link, it.folder)


JSON = f'{{"uri": "{SIGNED_URI}"'.encode()
TRIALS: dict[str, Callable[[Trial], None]] = {
    "no password": made_with(password=None, refresh_token=None),
    "no API key": made_with(api_key=None),
    "a password that cannot be typed": made_with(password=f"{PASSWORD}\udcff"),
    "an API key with a line break": made_with(api_key=f"{API_KEY}\n"),
    "contradictory credentials": made_with(access_token=ACCESS_TOKEN),
    "an address with a password": made_with(base_url=f"https://me:{PASSWORD}@api.example"),
    "a malformed proxy": made_with(proxy=f"{PROXY}:port"),
    "a bound that cannot be": made_with(proxy=PROXY, timeout=-1),
    "an unknown argument": made_with(proxy=PROXY, unknown=1),
    "positional arguments": positional,
    "a transport of the wrong kind": lambda it: it.read(proxy=PROXY, transport=object()),
    "a wrong password": granted(Reply(400, {"error": "invalid_grant"})),
    "a client that may not": granted(Reply(401, {"error": "unauthorized_client"})),
    "a token endpoint that is down": token_endpoint_down,
    "a token endpoint that fails": granted(Reply(503)),
    "a token endpoint that stalls": granted(Stall(), timeout=0.5),
    "a token endpoint that hangs up": granted(Reset()),
    "no token": granted(Reply(200, {"token": MARK})),
    "a token that no header carries": granted(Reply(200, {"access_token": f"{MARK}\n"})),
    "half a token": granted(Truncated(200, b'{"access_token": "' + MARK.encode())),
    "400": responding(Reply(400, {"ErrorCode": API_SECRET, "ErrorMessage": SIGNED_URI})),
    "401": responding(Reply(401)),
    "403": responding(Reply(403)),
    "404": responding(Reply(404)),
    "429": responding(Reply(429, headers={"Retry-After": "1000"})),
    "500": responding(Reply(500)),
    "a redirect of a call": redirected,
    "a reset": responding(Reset()),
    "nonsense": responding(Reset(f"HTTP/1.1 200 OK\r\n{SIGNED_URI}\x00\r\n\r\n".encode())),
    "half a response": responding(Truncated(200, JSON)),
    "no JSON": responding(Reply(200, JSON)),
    "JSON of another shape": responding(Reply(200, [SIGNED_URI])),
    "an encoding not asked for": responding(Reply(200, JSON, headers={"Content-Encoding": "br"})),
    "no gzip": responding(Reply(200, JSON, headers={"Content-Encoding": "gzip"})),
    "a timeout": slow_api,
    "an API that is down": api_down,
    "a proxy that is down": proxy_down,
    "a proxy that refuses": proxy_refuses,
    "certificates that cannot be read": unreadable_certificates,
    "a closed client": closed_client,
    "a callback that fails": callback(OSError("disk full")),
    "a transport with an error of its own": own_transport(ValueError("own")),
    "a transport without a connection": own_transport(httpx.ConnectError("down")),
    "a link to plain http": linked(f"http://files.example/?s={MARK}"),
    "a link with a password": linked(f"https://{MARK}@files.example/"),
    "a link with a line of its own": linked(f"https://files.example/\x01{MARK}"),
    "a link with a malformed port": linked(f"https://files.example:{MARK}/"),
    "a link without a host": linked(f"https://[{MARK}"),
    "a delivery host that is down": delivery_down,
    "a delivery host that fails": delivered(Reply(500)),
    "a delivery host that hangs up": delivered(Reset()),
    "a link that is refused": delivered(Reply(403)),
    "a link that has expired": link_has_expired,
    "a malformed redirect": delivered(Reply(302, headers={"Location": f"//[{MARK}"})),
    "a redirect to a malformed port": delivered(
        Reply(302, headers={"Location": f"https://x:{MARK}/"})
    ),
    "a redirect to plain http": delivered(Reply(302, headers={"Location": f"http://x/?{MARK}"})),
    "redirects without end": delivered(Reply(302, headers={"Location": f"/files/1?s={MARK}"})),
    "a page": delivered(Reply(200, b"<html>" + MARK.encode(), content_type="text/html")),
    "a file that is cut off": delivered(Broken(0), ETag=None),
    "a file without a size": delivered(Cut(b"HTTP/1.0 200 OK\r\n\r\nxx")),
    "a transfer that stalls": slow_transfer,
    "a client closed while saving": closed_while_saving,
    "an interrupt while saving": interrupted,
    "a full disk": disk_full("write", after=1),
    "a full disk at the end": disk_full("sync"),
    "a directory that cannot be made": disk_full("make_directory"),
    "a locked journal": journal_is_locked,
    "a damaged journal": journal_is_damaged,
}


@pytest.fixture
def trial(world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    return Trial(world, origins, tmp_path, monkeypatch)


@pytest.mark.parametrize("name", TRIALS)
def test_local_variables_of_an_error_show_no_secret(trial: Trial, name: str) -> None:
    before = secrecy.looked_at["locals"]
    error: BaseException | None = None
    try:
        TRIALS[name](trial)
    except (Exception, KeyboardInterrupt) as raised:  # noqa: BLE001 - whatever a caller gets
        error = raised
        secrecy.look_at_error(raised)
    assert error is not None or name == "a damaged journal"
    assert not secrecy.leaks
    assert secrecy.looked_at["locals"] > before or error is None


def test_local_variables_of_a_cancelled_task_show_no_secret(
    origins: Origins, tmp_path: Path
) -> None:
    async def main() -> None:
        async with AsyncGettyImages(**origins.options(**USER)) as client:
            origins.api.script(Reply(303, headers={"Location": host.uri}))
            for call in (
                lambda: client.downloads.save_image("1", tmp_path),
                client.downloads.get_downloads,
            ):
                requests = len(stalling)
                task = asyncio.create_task(call())
                await asyncio.to_thread(until, lambda: len(stalling) > requests)  # noqa: B023
                task.cancel()
                with pytest.raises(asyncio.CancelledError) as caught:
                    await task
                secrecy.look_at_error(caught.value)
                origins.api.script(stall)

    stalling: list[object] = []

    def stall(*request: object) -> Action:
        stalling.append(request)
        return Stall()

    with DeliveryHost(*[stall] * 9) as host:
        asyncio.run(main())
    assert not secrecy.leaks


def test_local_variables_of_what_the_caller_was_handling_are_kept(origins: Origins) -> None:
    def fail() -> None:
        response = 42
        assert response
        raise OSError

    origins.api.script(Reply(404))
    with GettyImages(**origins.options()) as client:
        try:
            fail()
        except OSError as error:
            with pytest.raises(Exception, match="404"):
                client.downloads.get_downloads()
            traceback = error.__traceback__
    assert traceback is not None
    assert traceback.tb_next is not None
    assert traceback.tb_next.tb_frame.f_locals == {"response": 42}
