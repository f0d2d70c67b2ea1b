"""The transfer of one file from its link, piece by piece.

A transfer that breaks is resumed if the file is certainly the same, and begun again if not
(RFC 9110, 13 to 15). Its attempts and its time are bounded.
"""

from __future__ import annotations

import json
import math
import re
import time
import typing
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from .._calls.arguments import resolved
from .._calls.deadline import Deadline, Stop
from .._calls.outcome import Failure, Outcome, reason_of
from .._calls.responses import server_date
from .._calls.retries import Retries
from .._errors import ContentError, LinkLostError, TransferError
from .._response import DownloadLink, RawResponse
from .._transport.blocking import OpenFile
from .._transport.pools import CODINGS, content_coding
from .engine import Engine
from .file_request import MAX_FILE_SIZE
from .files import naming

_OVERLAP = 4096
"""Bytes that a resumed transfer requests again, to compare them with those it has."""
_REDIRECTS = (301, 302, 303, 307, 308)
_REFUSED = (403, 404, 410)
_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
_PAY_AGAIN = "allow_repurchase=True pays for another one"
NO_LINK = "A download was used up, and the API sent the file itself instead of a link"

_NOT_A_FILE = re.compile(
    r"(text|multipart)/.*|(?!image/).*[/+](json|xml)|application/(.*\+)?html(\+.*)?"
)
_PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_RETRIES = 4
_MOST_REDIRECTS = 5
_WINDOW = 300.0
_PROGRESS = 1024 * 1024
"""Bytes that have to arrive in each window."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the headers state about a whole file."""

    size: int | None = None
    content_type: str = ""
    disposition: str | None = None
    validator: str | None = None
    """What `If-Range` takes to ask for the same file; None if nothing sent is reliable enough."""

    def dumped(self, synced: int) -> str:
        """Serialize it for the journal, with the bytes that are certainly on the disk."""
        return json.dumps([asdict(self), synced])


def loaded(text: str | None) -> tuple[Head, int] | None:
    """Parse what the journal has; None if there is nothing that a transfer can resume from."""
    try:
        head, synced = json.loads(text or "")
        return (Head(**head), synced) if head["validator"] and synced > 0 else None
    except (ValueError, TypeError, KeyError):
        return None


class _Deadline(Deadline):
    """The end of a transfer that makes too little progress, or of the call it belongs to.

    Only bytes that have arrived postpone it: not without end, as the size of a file is bounded.
    """

    def __init__(self, asset: str, stop: Stop, until: float | None) -> None:
        super().__init__(asset, _WINDOW, stop)
        self._received = 0
        self._until = math.inf if until is None else until

    def received(self, size: int) -> None:
        self._received += size
        if self._received >= _PROGRESS:
            self._end, self._received = time.monotonic() + _WINDOW, 0

    def paused(self, seconds: float, *, in_order: bool) -> None:
        """Leave out the time of the reader."""
        self._end += seconds
        if in_order:
            self._until += seconds

    def remaining(self) -> float:
        assert self.stop is not None
        self.stop.check()
        now = time.monotonic()
        if now >= self._until:
            raise TransferError(f"{self._operation}: not fetched within the timeout of the call")
        if now >= self._end:
            text = f"or the rest of the file, were not fetched within {_WINDOW:g} seconds"
            raise TransferError(f"{self._operation}: {_PROGRESS // 1024} KiB, {text}")
        return min(self._end, self._until) - now

    def allows(self, seconds: float) -> bool:
        return seconds < self.remaining()


class SentFile(typing.NamedTuple):
    """A file that the API has sent instead of a link. It comes only once."""

    asset_id: str
    file: OpenFile


class Restart:
    """The file begins again: whatever came before it is void."""


class Transfer:
    """A file on its way, which has to be over `until`, on the monotonic clock.

    If pieces are handed on for good (`in_order`), and the file has to be begun again, what was
    handed on is skipped, if it is certainly the same file. The time of the reader does not count.
    """

    def __init__(
        self,
        engine: Engine,
        source: DownloadLink | SentFile,
        stop: Stop,
        max_size: int = MAX_FILE_SIZE,
        until: float | None = None,
        *,
        in_order: bool = False,
    ) -> None:
        self.asset = source.asset_id
        self.head = Head()
        """What is known of the file; nothing before the first piece is there."""
        self.done = 0
        """Bytes that were handed out since the beginning of the file."""
        self._engine = engine
        self._link = source if isinstance(source, DownloadLink) else None
        self.is_resumable = self._link is not None
        """Whether the file can be requested again."""
        self._stop = stop
        self._in_order = in_order
        self._max_size = max_size
        self._deadline = _Deadline(self.asset, stop, until)
        self._given = source.file if isinstance(source, SentFile) else None
        if self._given is not None:
            self._given.deadline = self._deadline
        self._file: OpenFile | None = None
        self._tail = b""  # what a range should repeat; empty if none is to be requested
        self._expected = b""  # what is left of that
        self._skip = 0  # bytes of a file that began again
        self._continues = False
        self._best = -1
        self._retries = Retries("safe", _RETRIES, self._deadline.allows)

    def __repr__(self) -> str:
        return f"<Transfer {self.asset}, {self.done} bytes>"

    @property
    def filename(self) -> str:
        """The server's name for the file, made safe, or one made of the asset's id."""
        return naming.file_name(self.head.disposition, self.head.content_type, self.asset)

    def resume(self, head: Head, done: int, tail: bytes) -> None:
        """Go on with a file of which another process has fetched the beginning."""
        self.head, self.done, self._tail = head, done, tail[-_OVERLAP:]

    def pieces(self) -> Iterator[bytes | Restart]:
        """Yield the file piece by piece.

        Raises:
            LinkLostError: The link has expired, or there is none and the file did not arrive.
            TransferError: The file cannot be fetched, or its link is refused before it expires.
            ContentError: It is not the file that was paid for.
            Stopped: The transfer was stopped.
        """
        try:
            while True:
                if self._file is None and self._opened():
                    yield Restart()
                assert self._file is not None
                piece = self._file.read()
                if isinstance(piece, bytes) and piece:
                    new = self._taken(piece)
                    if new is None:
                        self._tail = b""
                        self._retry(Failure("a range did not fit", sent=True))
                    elif new:
                        paused = time.monotonic()
                        yield new
                        self._deadline.paused(time.monotonic() - paused, in_order=self._in_order)
                elif self._is_whole(piece):
                    return
                else:
                    cut_off = Failure("the file was cut off", sent=True)
                    self._retry(piece if isinstance(piece, Failure) else cut_off)
        except (TransferError, ContentError) as error:
            if self.is_resumable:
                raise
            raise LinkLostError(f"{error}. {NO_LINK}") from None
        finally:
            self.close()

    def close(self) -> None:
        for file in (self._file, self._given):
            if file is not None:
                file.close()
        self._file = self._given = None

    def _is_whole(self, piece: bytes | Failure) -> bool:
        """Whether the end has been reached, even if the connection broke there."""
        size = self.head.size
        has_ended = isinstance(piece, bytes) if size is None else self.done == size
        if self._expected or self._skip or not has_ended:
            return False
        if self.done == 0:
            raise ContentError(f"{self.asset}: the delivery host sent an empty file")
        return True

    def _taken(self, piece: bytes) -> bytes | None:
        """Return what is new in a piece; None if it does not continue what came before."""
        if self._expected:
            size = min(len(self._expected), len(piece))
            if piece[:size] != self._expected[:size]:
                return None
            self._expected, piece = self._expected[size:], piece[size:]
        self._deadline.received(len(piece))
        if self._skip:
            size = min(self._skip, len(piece))
            self._skip, piece = self._skip - size, piece[size:]
        if self.head.size is not None and self.done + len(piece) > self.head.size:
            return None
        self._check_size(self.done + len(piece))
        if self.done == 0 and _PAGE.match(piece):
            text = "the delivery host sent an HTML page instead of the file"
            raise ContentError(f"{self.asset}: {text}")
        self.done += len(piece)
        self._tail = (self._tail + piece[-_OVERLAP:])[-_OVERLAP:]
        return piece

    def _check_size(self, size: int) -> None:
        if size > self._max_size:
            text = f"the file is larger than {self._max_size} bytes, which is max_file_size"
            raise TransferError(f"{self.asset}: {text}")

    def _opened(self) -> bool:
        """Open the file where it is to go on. Whether it begins again."""
        while True:
            start = self.done - len(self._tail) if self.head.validator and self._tail else 0
            self._retries.begin()
            file = self._followed(start) if self._given is None else self._given
            self._given = None
            if isinstance(file, Failure):
                self._retry(file)
                continue
            self._file, status_code = file, file.status_code
            span = _span(file, self.head, start)
            if span is not None:
                self._check_size(span.total or 0)
                if span.start == 0:
                    return self._begins(file, span)
                self.head = replace(self.head, size=span.total)
                self._expected, self._skip, self._continues = self._tail, 0, True
                return False
            if status_code in (200, 206, 416):
                self._tail = b""
                self._retry(Failure("the delivery host sent another range", sent=True))
            elif status_code in _REFUSED:
                raise self._refused(file)
            else:
                self._retry(RawResponse(status_code, file.headers, b""))

    def _refused(self, file: OpenFile) -> LinkLostError | TransferError:
        """Return the error for a refused link: firewalls refuse too, so a server's date decides."""
        assert self._link is not None
        expires_at = self._link.expires_at
        date = server_date(file.headers)
        now = self._engine.server_time.now() if date is None else date.timestamp()
        text = f"{self.asset}: the delivery host refused its link with status {file.status_code}"
        if now is not None and now >= expires_at.timestamp():
            return LinkLostError(f"{text}, as it has expired. {_PAY_AGAIN}")
        until = f"{expires_at:%Y-%m-%d %H:%M:%S} UTC"
        text = f"{text}, though it is valid until {until}. It is kept, and the next call uses it"
        return TransferError(f"{text}; {_PAY_AGAIN}", link_valid_until=expires_at)

    def _begins(self, file: OpenFile, span: _Span) -> bool:
        """Take in the head of a whole file. Whether it begins again."""
        before, had = self.head, self.done
        self.head = _head(self.asset, span, file)
        self._expected, self._skip, self._continues = b"", 0, False
        if not had:
            return False
        if not self._in_order:
            self.done, self._tail = 0, b""
            return True
        same = replace(before, size=before.size or self.head.size)
        if not before.validator or same != self.head:
            raise TransferError(f"{self.asset}: the file changed while it was read")
        self._skip = had
        return False

    def _followed(self, start: int) -> OpenFile | Failure:
        """Request the file, and follow redirects."""
        headers = {
            "User-Agent": self._engine.settings.user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
        }
        if start and self.head.validator:
            headers |= {"Range": f"bytes={start}-", "If-Range": self.head.validator}
        assert self._link is not None
        url, step_timeout = self._link.uri, self._engine.settings.step_timeout
        for _ in range(_MOST_REDIRECTS + 1):
            file = self._engine.files().open_file(url, headers, step_timeout, self._deadline)
            if isinstance(file, Failure) or file.status_code not in _REDIRECTS:
                return file
            location = file.headers.get("location", "")
            file.read()  # an empty body frees the connection for the next request
            file.close()
            try:
                url = resolved(url, location)
            except TransferError as error:
                raise TransferError(f"{self.asset}: a redirect is not followed: {error}") from None
        raise TransferError(f"{self.asset}: more than {_MOST_REDIRECTS} redirects")

    def _retry(self, outcome: Outcome) -> None:
        """Wait before the next attempt, or raise a `TransferError` if there is none left."""
        self.close()
        # Attempts are counted anew after progress, unless all has to be fetched again for it.
        if self._continues and self.done > self._best:
            self._best, self._retries.count = self.done, 1
        pause = self._retries.pause(outcome) if self.is_resumable else None
        if pause is None:
            reason, attempts = reason_of(outcome), self._retries.count
            if isinstance(outcome, RawResponse):
                reason = f"the delivery host responded with {reason}"
            text = f"{self.asset}: {reason}, after {attempts} attempt{'s' * (attempts > 1)}"
            raise TransferError(text) from getattr(outcome, "cause", None)
        self._stop.sleep(pause)


class _Span(typing.NamedTuple):
    """The bytes of a file that a response holds: from a position to the end."""

    start: int
    total: int | None
    """The size of the whole file, if it is known."""


def _span(file: OpenFile, known: Head, requested: int) -> _Span | None:
    """Return the bytes of the file that a response holds; None if anything contradicts that.

    Status, Content-Range, and the position from which on it was requested have to agree. Some
    servers resume with status 200, so Content-Range counts whatever the status is. Others send the
    rest with status 200 alone, so that the response to a range is the whole file only if its size
    is right.
    """
    headers, size = file.headers, known.size
    announced, content_range = headers.get("content-length", ""), headers.get("content-range")
    length = int(announced) if announced.isascii() and announced.isdigit() else None
    if file.status_code not in (200, 206) or (file.status_code == 206 and content_range is None):
        return None
    if content_coding(headers):
        return None if content_range is not None else _Span(0, None)
    if content_range is None:
        is_whole = not requested or (length is not None and length == size)
        return _Span(0, length) if is_whole else None
    found = _CONTENT_RANGE.fullmatch(content_range.strip())
    if found is None or headers.get("content-type", "").lower().startswith("multipart/"):
        return None
    start, end = int(found[1]), int(found[2]) + 1
    total = size if found[3] == "*" else int(found[3])
    if start >= end or end != total or length not in (None, end - start):
        return None
    if start == 0:
        return _Span(0, total) if not requested or total == size else None
    continues = start == requested and size in (None, total)
    return _Span(start, total) if continues and _validator(headers) == known.validator else None


def is_file(status_code: int, headers: Mapping[str, str]) -> bool:
    """Whether a response to a paid request is the file itself, and neither JSON nor a page."""
    is_named = headers.get("content-type") or "content-disposition" in headers
    is_empty = headers.get("content-length") == "0"
    return bool(status_code == 200 and is_named and not is_empty and _misfit(headers) is None)


def _misfit(headers: Mapping[str, str]) -> str | None:
    """Return why a response cannot be the file; None if its headers do not rule that out."""
    if content_coding(headers) not in ("", *CODINGS):
        return "the file arrived with an encoding that was not requested"
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if _NOT_A_FILE.fullmatch(kind):
        shown = kind if kind.isascii() and len(kind) < 60 else "something else"
        return f"the delivery host sent {shown} instead of the file"
    return None


def _head(asset: str, span: _Span, file: OpenFile) -> Head:
    """Return the head of a response that holds a file from its beginning, if it can be the file."""
    headers, misfit = file.headers, _misfit(file.headers)
    if misfit is not None:
        raise ContentError(f"{asset}: {misfit}")
    if span.total is None and not file.has_end:
        text = "the delivery host announces no size, so that one cut off could look whole"
        raise TransferError(f"{asset}: {text}")
    content_type, disposition = headers.get("content-type", ""), headers.get("content-disposition")
    # Positions in a file that is encoded are not those of the file.
    validator = None if content_coding(headers) else _validator(headers)
    return Head(span.total, content_type.strip(), disposition, validator)


def _validator(headers: Mapping[str, str]) -> str | None:
    """Return the strong tag, or the date of a file that has no tag at all."""
    tag, date = headers.get("etag", ""), headers.get("last-modified", "")
    if re.fullmatch(r'"[\x21\x23-\x7e]*"', tag):
        return tag
    # It is sent back in a header, which must be ASCII.
    return date if date and date.isascii() and not tag else None
