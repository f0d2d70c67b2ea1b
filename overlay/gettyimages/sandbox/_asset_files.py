"""The files that the sandbox delivers: JPEG pictures of any size, produced while they are read."""

from __future__ import annotations

import base64
import functools
import hashlib
import struct
from collections.abc import Iterator

# A picture of 240 x 160 pixels: its first 20 bytes, and the rest.
_PICTURE = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI//////////////////////"
    "//////////////////////////////wAALCACgAPABAREA/8QAFwABAQEBAAAAAAAAAAAAAAAAAAQCA//EABQQAQAA"
    "AAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8A0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAoATgAAAAAAACgBOAAAAA"
    "AAAKAE4AAAAAAAAoATgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAOQAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAP//Z"
)
_HEAD, _TAIL = _PICTURE[:20], _PICTURE[20:]
_SMALLEST_PICTURE = 4096
_SEGMENT = 2 + 0xFFFF  # the longest comment segment: a marker, and as much as its length counts
_CHUNK = 16 * _SEGMENT


class AssetFile:
    """A file of the delivery host.

    All pictures look alike. They are filled up to their size with comment segments, whose content
    depends on the key. Each segment starts with its number, so that no two parts of a file are
    equal. A file smaller than 4096 bytes is no picture, but filling only.
    """

    def __init__(self, key: str, size: int, content_type: str = "image/jpeg") -> None:
        self.size = size
        self.content_type = content_type
        self.etag = '"' + hashlib.sha256(f"{key}/{size}".encode()).hexdigest()[:32] + '"'
        self._key = key
        is_picture = content_type == "image/jpeg" and size >= _SMALLEST_PICTURE
        self._head, self._tail = (_HEAD, _TAIL) if is_picture else (b"", b"")
        self._padding = size - len(self._head) - len(self._tail)

    @functools.cached_property
    def _filler(self) -> bytes:
        seed = hashlib.sha256(self._key.encode()).digest()
        return hashlib.shake_128(seed).digest(_SEGMENT - 12)

    def _segment(self, number: int) -> bytes:
        """A comment segment; or fill bytes, where there is too little room for one."""
        length = min(_SEGMENT, self._padding - number * _SEGMENT)
        if length < 4:
            return b"\xff" * length
        marker = struct.pack(">BBH", 0xFF, 0xFE, length - 2)
        return (marker + number.to_bytes(8, "big") + self._filler)[:length]

    def read(self, start: int, stop: int) -> bytes:
        """The bytes from one position up to another."""
        after_head, after_padding = len(self._head), len(self._head) + self._padding
        parts = (
            self._head[start:stop],
            self._read_padding(max(0, start - after_head), min(self._padding, stop - after_head)),
            self._tail[max(0, start - after_padding) : max(0, stop - after_padding)],
        )
        return b"".join(filter(None, parts))

    def _read_padding(self, start: int, stop: int) -> bytes:
        if start >= stop:
            return b""
        first, last = start // _SEGMENT, (stop - 1) // _SEGMENT
        segments = b"".join([self._segment(number) for number in range(first, last + 1)])
        return segments[start - first * _SEGMENT : stop - first * _SEGMENT]

    def chunks(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from one position up to another, in chunks of at most 1 MiB."""
        end = self.size if stop is None else min(stop, self.size)
        while start < end:
            position = max(0, start - len(self._head))
            edge = len(self._head) + (position // _CHUNK + 1) * _CHUNK
            yield self.read(start, min(edge, end))
            start = min(edge, end)

    def sha256(self) -> str:
        """The hexadecimal SHA-256 of the whole file."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()
