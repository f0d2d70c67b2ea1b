"""Downloads go right or are reported, whatever goes wrong; and no credential leaves home."""

from __future__ import annotations

import contextlib
import hashlib
import random
import typing
from collections.abc import Callable
from pathlib import Path

import pytest

from gettyimages import ContentError, TransferError
from gettyimages.sandbox import Faults, Sandbox, Truncated
from tests.overlay.downloads.support.delivery_host import Broken, DeliveryHost, client_of, names
from tests.overlay.support.servers import Action, Origins, Recorded, Reply
from tests.overlay.support.worlds import World
from tests.overlay.torture.faulting import Trial
from tests.overlay.torture.watching import Cookies, check_no_credentials

pytestmark = pytest.mark.slow


@pytest.mark.slow
@pytest.mark.usefixtures("at_once")
def test_every_file_is_right_or_reported_when_responses_are_faulty(
    world: World, tmp_path: Path
) -> None:
    figures = Trial(world, tmp_path / "photos", assets=50, seed=7).run()
    print(f"\n{world.kind.__name__}, {figures}")
    assert figures.faulty > figures.responses * 0.2


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("relative", [False, True], ids=["absolute", "relative"])
def test_no_credential_reaches_a_delivery_host(
    world: World, tmp_path: Path, status: int, relative: bool
) -> None:
    sandbox = Sandbox(
        redirect_status=status,
        relative_location=relative,
        delivery_redirects=3,
        delivery_redirect_status=status,
        faults=Faults(Cookies(), Truncated(operation="delivery", times=1, skip=3)),
    )
    with sandbox:
        client = world.client(
            api_key=sandbox.api_key,
            api_secret=sandbox.api_secret,
            username=sandbox.username,
            password=sandbox.password,
            base_url=sandbox.base_url,
            token_url=sandbox.token_url,
        )
        saved = world.do(client.downloads.save_image, "11", tmp_path)
        asked = world.do(client.downloads.save_image, "12", tmp_path, auto_download=False)
        for asset, file in (("11", saved), ("12", asked)):
            digest = hashlib.sha256(Path(file.path).read_bytes()).hexdigest()
            assert digest == sandbox.sha256(asset)
        assert check_no_credentials(sandbox) > 8  # redirects, and one resumed transfer
        assert {it.origin for it in sandbox.requests} >= {"api", "delivery", "mirror"}
        assert not sandbox.problems


FILE = b"\xff\xd8" + random.Random(9).randbytes(120_000)
OTHER = b"\xff\xd8" + random.Random(10).randbytes(120_000)
Response: typing.TypeAlias = Callable[[DeliveryHost, int], Reply]


def ranged(
    host: DeliveryHost,
    start: int,
    *,
    body: bytes | None = None,
    shown: str | None = None,
    status: int = 206,
    headers: dict[str, str] | None = None,
) -> Reply:
    """The response of a good host to a request for a range, but for what is given."""
    size = len(host.content)
    body = host.content[start:] if body is None else body
    shown = f"bytes {start}-{size - 1}/{size}" if shown is None else shown
    extra = {"Content-Range": shown} if shown else {}
    return host.reply(status, body, {**extra, **(headers or {})})


def changed(host: DeliveryHost, _: int) -> Reply:
    """Another file has taken its place."""
    host.content, host.changes["ETag"] = OTHER, '"second"'
    return host.reply(200, OTHER)


LAST = len(FILE) - 1
WRONG: dict[str, Response] = {
    "other bytes": lambda host, start: ranged(host, start, body=OTHER[start:]),
    "bytes from further on": lambda host, start: ranged(host, start, body=FILE[start + 1 :]),
    "bytes from the beginning": lambda host, start: ranged(host, start, body=FILE[:-start]),
    "a start that is later": lambda host, start: ranged(
        host, start, body=FILE[start + 7 :], shown=f"bytes {start + 7}-{LAST}/{LAST + 1}"
    ),
    "a start at zero": lambda host, start: ranged(
        host, start, body=FILE, shown=f"bytes 0-{LAST}/{LAST + 1}"
    ),
    "an end that is earlier": lambda host, start: ranged(
        host, start, body=FILE[start:-9], shown=f"bytes {start}-{LAST - 9}/{LAST + 1}"
    ),
    "another size": lambda host, start: ranged(
        host, start, shown=f"bytes {start}-{LAST + 5}/{LAST + 6}"
    ),
    "no size": lambda host, start: ranged(host, start, shown=f"bytes {start}-{LAST}/*"),
    "another unit": lambda host, start: ranged(
        host, start, shown=f"pages {start}-{LAST}/{LAST + 1}"
    ),
    "no Content-Range": lambda host, start: ranged(host, start, shown=""),
    "nonsense": lambda host, start: ranged(host, start, shown="bytes -1-2/x"),
    "two ranges": lambda host, start: ranged(
        host, start, shown="", headers={"Content-Type": "multipart/byteranges; boundary=x"}
    ),
    "another ETag": lambda host, start: ranged(host, start, headers={"ETag": '"second"'}),
    "an encoding": lambda host, start: ranged(host, start, headers={"Content-Encoding": "br"}),
    "416": lambda host, start: ranged(host, start, body=b"", status=416, shown="bytes */9"),
    "the whole file": lambda host, _: host.reply(200, host.content),
    "a changed file": changed,
    "a page": lambda host, _: host.reply(200, b"<html>Sorry", {"Content-Type": "text/html"}),
    "nothing": lambda host, start: ranged(host, start, body=b""),
}


class Breaking:
    """The file breaks off every time, and the responses to resumptions are wrong."""

    def __init__(self, kind: str, dice: random.Random) -> None:
        self.respond = WRONG[kind]
        self.dice = dice
        self.resumed = 0
        self.wrong = 3

    def __call__(self, host: DeliveryHost, request: Recorded) -> Action:
        host.faults.append(self)
        wanted = request.header("Range")
        if wanted is None:
            return Broken(self.dice.randrange(1, 110_000))(host, request)
        self.resumed += 1
        if self.resumed > self.wrong:
            return host.whole(request)
        return self.respond(host, int(wanted.removeprefix("bytes=").removesuffix("-")))


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("kind", WRONG)
def test_every_file_is_right_or_reported_when_every_range_is_wrong(
    world: World, tmp_path: Path, kind: str
) -> None:
    dice = random.Random(kind)
    resumed = 0
    for number in range(6):
        folder = tmp_path / str(number)
        breaking = Breaking(kind, dice)
        with DeliveryHost(breaking, content=FILE) as host, Origins() as origins:
            client = client_of(world, origins, host.uri)
            for _ in range(6):
                with contextlib.suppress(TransferError, ContentError):
                    saved = world.do(client.downloads.save_image, "1", folder)
                    assert saved.path.read_bytes() == host.content
                    break
                assert names(folder) == []
            else:
                pytest.fail("never saved, although it went right in the end")
            assert len(origins.api.requests) == 1
            assert not any(
                header in dict(request.headers)
                for request in host.requests
                for header in ("Api-Key", "Authorization")
            )
        resumed += min(breaking.resumed, breaking.wrong)
        assert names(folder) == ["picture.jpg"]
    assert resumed >= 5
