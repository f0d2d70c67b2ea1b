"""The transfer of one file from its link, piece by piece, without I/O.

A transfer that breaks is resumed where the file is still the same, and begun again where that
cannot be known. Its tries and its time have an end.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from .._calls.retries import delay
from .._calls.steps import Call, Failure, Open, Opened, close, open_, read, sleep
from .._errors import ContentError, StrandedError, TransferError
from . import transfer_rules as rules
from .redirect import resolved

_TRIES = 5
_REDIRECTS = 5
_GRACE = 300.0
_SLOWEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are fetched.

    Attributes:
        user_agent: The User-Agent header.
        timeout: Seconds that each step may take: connecting, each read.
        in_order: Whether pieces are handed on for good. A file that has to be begun again is
            then skipped up to where it was, if it is certain to be the same.
    """

    user_agent: str
    timeout: float
    in_order: bool = False


class Transfer:
    """A file on its way. `next` is called until it comes back with no bytes."""

    def __init__(self, asset: str, uri: str, manner: Manner) -> None:
        self.asset = asset
        self.done = 0
        """Bytes that `next` has handed out since the beginning of the file."""
        self.head: rules.Head | None = None
        """What is known of the file; something once `next` has come back."""
        self._uri = uri
        self._manner = manner
        self._begun = time.monotonic()
        self._away: float | None = None
        self._opened: Opened | None = None
        self._from_zero = False  # a range did not fit
        self._tail = b""
        self._expected = b""  # what an overlap should repeat
        self._skip = 0
        self._best = 0
        self._tries = 0

    def __repr__(self) -> str:
        return f"<Transfer {self.asset}, {self.done} bytes>"

    @property
    def total(self) -> int | None:
        """The size of the file, where it is announced."""
        return self.head.size if self.head else None

    def remaining(self) -> float:
        """The seconds left. Five minutes, and more for each byte that is on its way or has come.

        Raises:
            TransferError: There are none.
        """
        allowed = _GRACE + (self.total or self.done) / _SLOWEST
        left = self._begun + allowed - time.monotonic()
        if left <= 0:
            raise TransferError(f"{self.asset}: not fetched within {allowed:.0f} seconds")
        return left

    def next(self) -> Call[bytes | None]:
        """Get the next piece; no bytes at the end. The time until it is called does not count.

        Returns:
            None if the file begins again, and everything before is to be forgotten.

        Raises:
            StrandedError: The link has expired.
            TransferError: It cannot be fetched.
            ContentError: It is not the file that was paid for.
        """
        if self._away is not None:
            self._begun += time.monotonic() - self._away
        try:
            return (yield from self._next())
        finally:
            self._away = time.monotonic()

    def _next(self) -> Call[bytes | None]:
        while True:
            if self._opened is None and (yield from self._open()):
                return None
            assert self._opened is not None
            outcome = yield from read(self._opened)
            if isinstance(outcome, bytes) and outcome:
                piece = self._taken(outcome)
                if piece is None:
                    yield from self._again("a range did not fit", from_zero=True)
                elif piece:
                    return piece
                continue
            yield from close(self._opened)
            self._opened = None
            if self._is_whole(outcome):
                return b""
            reason = outcome.reason if isinstance(outcome, Failure) else "the file was cut off"
            yield from self._pause(reason)

    def _is_whole(self, outcome: bytes | Failure) -> bool:
        """Whether the end has been reached, however it came."""
        if self._expected or self._skip:
            return False
        if self.total is None:
            if isinstance(outcome, bytes) and self.done == 0:
                raise ContentError(f"{self.asset}: the delivery host sent an empty file")
            return isinstance(outcome, bytes)
        return self.done == self.total

    def _taken(self, piece: bytes) -> bytes | None:
        """What is new of a piece; None if it does not go with what came before."""
        if self._expected:
            size = min(len(self._expected), len(piece))
            if piece[:size] != self._expected[:size]:
                return None
            self._expected, piece = self._expected[size:], piece[size:]
        if self._skip:
            size = min(self._skip, len(piece))
            self._skip, piece = self._skip - size, piece[size:]
        if self.done == 0:
            rules.check_start(self.asset, piece)
        self.done += len(piece)
        enough = len(piece) >= rules.OVERLAP
        self._tail = (piece if enough else self._tail + piece)[-rules.OVERLAP :]
        return piece

    def _open(self) -> Call[bool]:
        """Open the file where it is to go on; whether it begins again."""
        while True:
            start = 0 if self._from_zero else rules.range_start(self.done, self.head)
            opened = yield from self._followed(start)
            if isinstance(opened, Failure):
                if opened.final:
                    raise TransferError(f"{self.asset}: {opened.reason}")
                yield from self._pause(opened.reason)
                continue
            self._opened = opened
            status, headers = opened.status, opened.headers
            if start and self.head and rules.continues(status, headers, start, self.head):
                self._expected = self._tail[-(self.done - start) :]
                return False
            if status == 200:
                return self._begins(opened)
            if status in rules.DEAD:
                raise StrandedError(
                    f"{self.asset}: its link has expired, the delivery host answered with {status}."
                    " allow_second_download=True pays for it again"
                )
            if status in (206, 416):
                yield from self._again("the delivery host sent another range", from_zero=True)
            elif status >= 500 or status in rules.PASSING:
                after = headers.get("retry-after")
                yield from self._again(f"the delivery host answered with {status}", after)
            else:
                raise TransferError(f"{self.asset}: the delivery host answered with {status}")

    def _begins(self, opened: Opened) -> bool:
        """Take in the head of a whole file; whether it is one that had begun before."""
        before, had = self.head, self.done
        self.head = rules.head_of(self.asset, opened.headers, ends=opened.ends)
        self._from_zero = False
        self._expected = b""
        self._skip = 0
        if not had:
            return False
        if not self._manner.in_order:
            self.done, self._tail = 0, b""
            return True
        if before is None or before.validator is None or before != self.head:
            raise TransferError(f"{self.asset}: the file changed while it was read")
        self._skip = had
        return False

    def _followed(self, start: int) -> Call[Opened | Failure]:
        """Ask for the file, redirect by redirect."""
        headers = {
            "User-Agent": self._manner.user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
        }
        if start and self.head and self.head.validator:
            headers |= {"Range": f"bytes={start}-", "If-Range": self.head.validator}
        url = self._uri
        for _ in range(_REDIRECTS + 1):
            opened = yield from open_(
                Open(url, headers, timeout=self._manner.timeout, remaining=self.remaining)
            )
            if isinstance(opened, Failure) or opened.status not in rules.REDIRECTS:
                return opened
            location = opened.headers.get("location", "")
            yield from read(opened)  # a body that is empty frees the connection
            yield from close(opened)
            try:
                url = resolved(url, location)
            except TransferError as error:
                raise TransferError(f"{self.asset}: a redirect is not followed: {error}") from None
        raise TransferError(f"{self.asset}: more than {_REDIRECTS} redirects")

    def _again(
        self, reason: str, retry_after: str | None = None, *, from_zero: bool = False
    ) -> Call[None]:
        """Give this answer up."""
        if self._opened is not None:
            yield from close(self._opened)
            self._opened = None
        self._from_zero = self._from_zero or from_zero
        yield from self._pause(reason, retry_after)

    def _pause(self, reason: str, retry_after: str | None = None) -> Call[None]:
        """Wait before the next try.

        Raises:
            TransferError: There is none.
        """
        if self.done > self._best:
            self._best, self._tries = self.done, 0
        self._tries += 1
        if self._tries >= _TRIES:
            raise TransferError(f"{self.asset}: {reason}, and {_TRIES} tries brought nothing more")
        pause = delay(self._tries, retry_after)
        if pause >= self.remaining():
            raise TransferError(f"{self.asset}: {reason}, and there is no time for another try")
        yield from sleep(pause)
