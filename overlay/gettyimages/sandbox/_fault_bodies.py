"""Faults of the body, after the request took effect: empty, not JSON, of another type, endless."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from ._error_responses import page
from ._faults import Fault
from ._http import Exchange, Stream

_PIECE = b'{"id": "' + b"0" * 65_000 + b'"}, '


@dataclass(frozen=True, kw_only=True, eq=False)
class EmptyBody(Fault):
    """A response without its body; status and content type stay.

    Args:
        status: The status to send; None for the one that it has.
    """

    status: int | None = None

    def change(self, exchange: Exchange, response: Response) -> Response:
        """Leave out the body."""
        kept = {k: v for k, v in response.headers.items() if k in ("content-type", "etag")}
        return Response(status_code=self.status or response.status_code, headers=kept)


@dataclass(frozen=True, kw_only=True, eq=False)
class HtmlBody(Fault):
    """An HTML page instead of what was asked for, as a proxy or a delivery network sends it.

    Args:
        status: Its status.
    """

    status: int = 200

    def change(self, exchange: Exchange, response: Response) -> Response:
        """Send a page."""
        return page(self.status, "Please sign in to the network")


@dataclass(frozen=True, kw_only=True, eq=False)
class MalformedJson(Fault):
    """A body that is announced as JSON and is none.

    Args:
        body: The body; None for the first half of the real one.
        status: The status to send; None for the one that it has.
    """

    body: bytes | None = None
    status: int | None = None

    def change(self, exchange: Exchange, response: Response) -> Response:
        """Send it."""
        body = self.body
        if body is None:
            body = bytes(response.body)[: len(response.body) // 2] or b'{"'
        status = self.status or response.status_code
        return Response(body, status, media_type="application/json")


@dataclass(frozen=True, kw_only=True, eq=False)
class WrongContentType(Fault):
    """The right body under a wrong content type.

    Args:
        content_type: What the header says; None leaves it out.
    """

    content_type: str | None = "text/plain"

    def change(self, exchange: Exchange, response: Response) -> Response:
        """Replace the header."""
        if self.content_type is None:
            del response.headers["content-type"]
        else:
            response.headers["content-type"] = self.content_type
        return response


@dataclass(frozen=True, kw_only=True, eq=False)
class HugeBody(Fault):
    """A JSON body of any size, made while it is sent.

    Args:
        size: Its size in bytes, at least; compressed, of what comes out.
        announced: Whether `Content-Length` tells the size. Compressed, it never does.
        compressed: Whether it is sent with `Content-Encoding: gzip`, a thousandth of its size.
        status: Its status.
    """

    size: int = 1 << 30
    announced: bool = False
    compressed: bool = False
    status: int = 200

    def change(self, exchange: Exchange, response: Response) -> Response:
        """Send it."""
        headers = {"content-type": "application/json"}
        if self.compressed:
            headers["content-encoding"] = "gzip"
            return Stream(self._gzipped, None, self.status, headers)
        length = sum(map(len, self._ends())) + self._pieces() * len(_PIECE)
        return Stream(self._plain, length if self.announced else None, self.status, headers)

    def _pieces(self) -> int:
        return -(-self.size // len(_PIECE))

    @staticmethod
    def _ends() -> tuple[bytes, bytes]:
        return b'{"result_count": 1, "downloads": [', b"{}]}"

    def _plain(self) -> Iterator[bytes]:
        first, last = self._ends()
        yield first
        for _ in range(self._pieces()):
            yield _PIECE
        yield last

    def _gzipped(self) -> Iterator[bytes]:
        press = zlib.compressobj(wbits=31)
        for piece in self._plain():
            if pressed := press.compress(piece):
                yield pressed
        yield press.flush()
