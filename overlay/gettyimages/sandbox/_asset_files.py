"""Files of any size: JPEG pictures that are made as they are read, the same ones every time."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator

from ._jpeg import HEAD, comment, picture

_SEGMENT = 2 + 0xFFFF  # the longest comment segment: a marker and what its length counts
_SMALLEST_PICTURE = 4096
_CHUNK = 16 * _SEGMENT


class File:
    """A file of the delivery host.

    A picture, after as many comments as the size calls for; every comment starts with its number,
    so that no two places of the file are alike. Below the size of a picture, bytes without meaning.
    """

    def __init__(self, key: str, size: int, content_type: str = "image/jpeg") -> None:
        self.size = size
        self.content_type = content_type
        self.etag = '"' + hashlib.sha256(f"{key}/{size}".encode()).hexdigest()[:32] + '"'
        self._seed = hashlib.sha256(key.encode()).digest()
        is_picture = content_type == "image/jpeg"
        self._tail = picture(self._seed) if is_picture and size >= _SMALLEST_PICTURE else b""
        self._head = HEAD if self._tail else b""
        self._padding = size - len(self._head) - len(self._tail)

    @functools.cached_property
    def _filler(self) -> bytes:
        return hashlib.shake_128(self._seed).digest(_SEGMENT - 12)

    def _segment(self, number: int) -> bytes:
        """A comment of the padding; what is too short for one is filled up as JPEG allows it."""
        length = min(_SEGMENT, self._padding - number * _SEGMENT)
        if length < 4:
            return b"\xff" * length
        return (comment(length) + number.to_bytes(8, "big") + self._filler)[:length]

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
        """The bytes from one position up to another, in chunks of 1 MiB or less."""
        end = self.size if stop is None else min(stop, self.size)
        while start < end:
            position = max(0, start - len(self._head))
            edge = len(self._head) + (position // _CHUNK + 1) * _CHUNK
            yield self.read(start, min(edge, end))
            start = min(edge, end)

    def sha256(self) -> str:
        """The hexadecimal digest of the whole file."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()
