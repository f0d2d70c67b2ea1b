"""What an answer of a delivery host means. The rules, without I/O (RFC 9110, 13 to 15)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .._errors import ContentError, TransferError

OVERLAP = 4096
"""Bytes that a resumed transfer asks for again, to see that they are the same as before."""

REDIRECTS = (301, 302, 303, 307, 308)
DEAD = (403, 404, 410)
PASSING = (408, 425, 429)

_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
_NO_FILE = re.compile(r"text/.*|.*[/+](json|xml)|application/(.*\+)?html(\+.*)?")
_PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What the headers say of a file.

    Attributes:
        size: Its size in bytes; None if it is not announced.
        content_type: As it is announced; empty if it is not.
        disposition: The Content-Disposition header.
        validator: What `If-Range` takes to see that a file is still the same; None if there is
            nothing that is sure enough.
    """

    size: int | None
    content_type: str
    disposition: str | None
    validator: str | None


def head_of(asset: str, headers: Mapping[str, str], *, ends: bool) -> Head:
    """The head of a whole file.

    Raises:
        ContentError: It is not the file that was paid for.
        TransferError: Nobody could tell the whole of it from a part.
    """
    length = headers.get("content-length")
    size = int(length) if length is not None and length.isascii() and length.isdigit() else None
    content_type = headers.get("content-type", "").strip()
    kind = content_type.partition(";")[0].strip().lower()
    coding = headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity"):
        raise ContentError(f"{asset}: the file came encoded, which was not asked for")
    if _NO_FILE.fullmatch(kind) and not kind.startswith("image/"):
        shown = kind if kind.isascii() and len(kind) < 60 else "something else"
        raise ContentError(f"{asset}: the delivery host sent {shown} instead of the file")
    if size == 0:
        raise ContentError(f"{asset}: the delivery host sent an empty file")
    if size is None and not ends:
        raise TransferError(
            f"{asset}: the delivery host announces no size, so that nobody could tell whether the"
            " file is whole"
        )
    return Head(size, content_type, headers.get("content-disposition"), _validator(headers))


def check_start(asset: str, piece: bytes) -> None:
    """Look at how a file begins.

    Raises:
        ContentError: It is an HTML page, whatever it was announced as.
    """
    if _PAGE.match(piece):
        raise ContentError(f"{asset}: the delivery host sent an HTML page instead of the file")


def _validator(headers: Mapping[str, str]) -> str | None:
    tag = headers.get("etag", "")
    if re.fullmatch(r'"[\x21\x23-\x7e]*"', tag):
        return tag
    return headers.get("last-modified") if not tag else None


def range_start(done: int, head: Head | None) -> int:
    """Where to resume, with an overlap; 0 where the file has to be fetched from its beginning."""
    if head is None or head.validator is None:
        return 0
    return max(0, done - OVERLAP)


def continues(status: int, headers: Mapping[str, str], start: int, head: Head) -> bool:
    """Whether an answer is the rest of a file from a place on."""
    found = _RANGE.fullmatch(headers.get("content-range", "").strip())
    if status != 206 or found is None or "content-encoding" in headers:
        return False
    first, last = int(found[1]), int(found[2])
    total = None if found[3] == "*" else int(found[3])
    length = headers.get("content-length")
    tag = headers.get("etag")
    return (
        first == start
        and (head.size is None or last == head.size - 1)
        and (total is None or last == total - 1)
        and (length is None or length == str(last - first + 1))
        and (tag is None or not (head.validator or "").startswith('"') or tag == head.validator)
    )
