"""Whatever a delivery host responds to a range, the file that is saved is the whole right one."""

from __future__ import annotations

import random
import typing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gettyimages import AsyncGettyImages, DownloadError, GettyImages
from tests.overlay.downloads.support.delivery_host import Broken, Cut, DeliveryHost, client_of, save
from tests.overlay.support.servers import Action, Origins, Recorded, Reply
from tests.overlay.support.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]

CONTENT = b"\xff\xd8" + random.Random(9).randbytes(30_000)
SIZE = len(CONTENT)
BROKEN_AT = 20_000
START = BROKEN_AT - 4096

RANGES: dict[str, str | None] = {
    "none": None,
    "right": f"bytes {START}-{SIZE - 1}/{SIZE}",
    "whole": f"bytes 0-{SIZE - 1}/{SIZE}",
    "rest as a whole": f"bytes 0-{SIZE - START - 1}/{SIZE - START}",
    "earlier": f"bytes {START - 500}-{SIZE - 1}/{SIZE}",
    "later": f"bytes {START + 500}-{SIZE - 1}/{SIZE}",
    "not to the end": f"bytes {START}-{SIZE - 2}/{SIZE}",
    "reversed": f"bytes {SIZE - 1}-{START}/{SIZE}",
    "another total": f"bytes {START}-{SIZE}/{SIZE + 1}",
    "a smaller total": f"bytes {START}-{SIZE - 2}/{SIZE - 1}",
    "unknown total": f"bytes {START}-{SIZE - 1}/*",
    "unknown total, shorter": f"bytes {START}-{SIZE - 2}/*",
    "another unit": f"pages {START}-{SIZE - 1}/{SIZE}",
    "unsatisfied": f"bytes */{SIZE}",
}
BODIES = {
    "rest": CONTENT[START:],
    "whole": CONTENT,
    "earlier": CONTENT[START - 500 :],
    "later": CONTENT[START + 500 :],
    "after what is there": CONTENT[BROKEN_AT:],
    "too little": CONTENT[START:-1],
    "too much": CONTENT[START:] + b"more",
    "empty": b"",
}
TAGS = {"same": '"first"', "another": '"second"', "weak": 'W/"first"', "missing": None}
LENGTHS = ("right", "missing", "chunked", "too small", "too large", "of the whole")


@dataclass
class Strange:
    """A response to a range, in which anything may be wrong."""

    status: int
    range: str
    body: str
    tag: str
    length: str
    multipart: bool
    kept: float
    """How much of the body arrives."""

    def __call__(self, host: DeliveryHost, request: Recorded) -> Action:
        if request.header("Range") is None:  # nothing to get wrong
            return host.whole(request)
        body = BODIES[self.body]
        reply = Reply(self.status, body, headers=host.headers(), content_type=None)
        del reply.headers["ETag"]
        changes = {
            "Content-Range": RANGES[self.range],
            "ETag": TAGS[self.tag],
            "Content-Type": "multipart/byteranges; boundary=x" if self.multipart else None,
        }
        reply.headers |= {name: value for name, value in changes.items() if value is not None}
        announced = {"right": len(body), "too small": len(body) - 7, "too large": len(body) + 7}
        reply.headers["Content-Length"] = str(max(announced.get(self.length, SIZE), 0))
        if self.length in ("missing", "chunked"):
            del reply.headers["Content-Length"]
        if self.length == "chunked":
            reply.headers["Transfer-Encoding"] = "chunked"
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
        return Cut(reply.head() + body[: round(len(body) * self.kept)])


STRANGE = st.builds(
    Strange,
    st.sampled_from([200, 206]),
    st.sampled_from([*RANGES]),
    st.sampled_from([*BODIES]),
    st.sampled_from([*TAGS]),
    st.sampled_from(LENGTHS),
    st.booleans(),
    st.sampled_from([1.0, 1.0, 0.9, 0.5, 0.0]),
)


@given(st.lists(STRANGE, min_size=1, max_size=3))
@example([Strange(200, "right", "rest", "same", "right", False, 1.0)])
@example([Strange(200, "none", "rest", "same", "right", False, 1.0)])
@example([Strange(206, "rest as a whole", "rest", "same", "right", False, 1.0)])
@example([Strange(206, "right", "rest", "missing", "right", False, 1.0)])
@pytest.mark.parametrize("kind", [GettyImages, AsyncGettyImages])
def test_a_file_is_saved_as_it_is_or_an_error_is_raised(
    kind: type[GettyImages | AsyncGettyImages], strange: list[Strange]
) -> None:
    world = World(kind)
    faults: list[typing.Any] = [Broken(BROKEN_AT), *strange]
    with (
        TemporaryDirectory() as folder,
        Origins() as origins,
        DeliveryHost(*faults, content=CONTENT) as host,
    ):
        client = client_of(world, origins, host.uri)
        try:
            saved = save(world, client, Path(folder))
        except DownloadError:
            return
        finally:
            world.end()
        assert saved.path.read_bytes() == CONTENT
