"""A small JPEG encoder: baseline, three components, one even colour for each block of 8 by 8.

Of ITU-T T.81, https://www.w3.org/Graphics/JPEG/itu-t81.pdf, no more than that needs.
"""

from __future__ import annotations

import struct

_COLUMNS, _ROWS = 30, 20
# Code lengths of the differences' categories: 0 to 8 bits of 4 bits each; nothing else occurs,
# for one quantum is a whole step of brightness.
_CATEGORIES = 10
_END_OF_BLOCK = "0"


def _marker(code: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, code, len(content) + 2) + content


def comment(length: int) -> bytes:
    """The start of a comment segment that is so many bytes long in all."""
    return struct.pack(">BBH", 0xFF, 0xFE, length - 2)


HEAD = b"\xff\xd8" + _marker(0xE0, b"JFIF\0" + struct.pack(">BBBHHBB", 1, 1, 0, 1, 1, 0, 0))


def picture(seed: bytes) -> bytes:
    """All of a picture that follows `HEAD`: a mosaic that the seed determines."""
    frame = struct.pack(">BHHB", 8, _ROWS * 8, _COLUMNS * 8, 3) + bytes(
        [1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]
    )
    lengths = bytes([0, 0, 0, _CATEGORIES] + [0] * 12)
    differences = b"\0" + lengths + bytes(range(_CATEGORIES))
    others = b"\x10" + bytes([1] + [0] * 15) + b"\0"
    scan = bytes([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])
    return b"".join(
        (
            _marker(0xDB, b"\0" + bytes([8] * 64)),
            _marker(0xC0, frame),
            _marker(0xC4, differences),
            _marker(0xC4, others),
            _marker(0xDA, scan),
            _entropy(seed),
            b"\xff\xd9",
        )
    )


def _entropy(seed: bytes) -> bytes:
    """The coded blocks: per component the difference to the block before, and nothing more."""
    bits: list[str] = []
    before = [0, 0, 0]
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            for index, value in enumerate(_colour(seed, row, column)):
                bits.append(_coded(value - before[index]))
                before[index] = value
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big").replace(b"\xff", b"\xff\0")


def _colour(seed: bytes, row: int, column: int) -> tuple[int, int, int]:
    """Brightness and two chromas, each from -128 to 127: stripes, slopes and a dark frame."""
    tile = seed[(row // 5 * 6 + column // 5) % len(seed)]
    shade = (seed[0] + row * 5 + column * 3 + tile // 2) % 160 - 70
    if row in (0, _ROWS - 1) or column in (0, _COLUMNS - 1):
        shade = -100
    return shade, tile // 3 - 42, seed[-1 - tile % 7] // 3 - 42


def _coded(difference: int) -> str:
    size = abs(difference).bit_length()
    if difference < 0:
        difference += (1 << size) - 1
    return f"{size:04b}" + (f"{difference:0{size}b}" if size else "") + _END_OF_BLOCK
