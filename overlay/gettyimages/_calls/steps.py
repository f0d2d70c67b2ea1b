"""What a call asks of the outside world.

Calls are generators: they yield one of these and are sent what came of it. Two drivers carry them
out, one blocking and one asynchronous; everything else is written once, without I/O.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Generator, Mapping

from .._auth.grants import Token
from .._response import RawResponse

T = typing.TypeVar("T")


class Send:
    """Send a request. Comes back with a `RawResponse` or a `Failure`."""

    __slots__ = ("content", "fresh", "headers", "method", "remaining", "timeout", "url")

    def __init__(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        content: bytes | None,
        *,
        timeout: float,
        remaining: Callable[[], float],
        fresh: bool,
    ) -> None:
        self.method = method
        self.url = url
        self.headers = headers
        self.content = content
        self.timeout = timeout
        """Seconds for each step: connecting, writing, each read."""
        self.remaining = remaining
        """The seconds left for all of it; raises when there are none."""
        self.fresh = fresh
        """Whether to open a connection for this request alone."""


class Failure:
    """No answer came."""

    __slots__ = ("final", "reason", "sent", "timed_out")

    def __init__(
        self, reason: str, *, sent: bool, timed_out: bool = False, final: bool = False
    ) -> None:
        self.final = final
        """Whether another attempt would only fail in the same way."""
        self.reason = reason
        """What happened, in words without any secret."""
        self.sent = sent
        """Whether anything of the request may have reached the server."""
        self.timed_out = timed_out


class Sleep:
    """Wait."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


class Renew:
    """Run a generator while no other call does; wait for one that does. Comes back with a token."""

    __slots__ = ("passed", "remaining", "renewal")

    def __init__(
        self,
        renewal: Callable[[], Call[Token]],
        remaining: Callable[[], float],
        passed: Callable[[], Exception],
    ) -> None:
        self.renewal = renewal
        self.remaining = remaining
        """The seconds left for waiting; raises when there are none."""
        self.passed = passed
        """Makes the error for a wait that took longer."""


class Do:
    """Call a function of the user's, or one that reads or writes a file."""

    __slots__ = ("function", "offline", "slow")

    def __init__(
        self, function: Callable[[], object], *, slow: bool = False, offline: bool = False
    ) -> None:
        self.function = function
        self.slow = slow
        """Whether an event loop must not wait for it. It is always run to its end."""
        self.offline = offline
        """Whether the call has no more need of the network."""


class Open:
    """Ask a delivery host for a file, without credentials. Comes back with an `Opened` or a
    `Failure`.
    """

    __slots__ = ("headers", "remaining", "timeout", "url")

    def __init__(
        self, url: str, headers: dict[str, str], *, timeout: float, remaining: Callable[[], float]
    ) -> None:
        self.url = url
        self.headers = headers
        self.timeout = timeout
        """Seconds for each step: connecting, writing, each read."""
        self.remaining = remaining
        """The seconds left for all of it, reading included; raises when there are none."""


class Opened:
    """An answer whose body has yet to be read. It is closed with the call that opened it."""

    __slots__ = ("asked", "body", "ends", "headers", "response", "status")

    def __init__(
        self,
        asked: Open,
        status: int,
        headers: Mapping[str, str],
        *,
        response: object,
        body: object,
        ends: bool,
    ) -> None:
        self.asked = asked
        self.status = status
        self.headers = headers
        self.response = response
        """The driver's own."""
        self.body = body
        """The driver's own."""
        self.ends = ends
        """Whether the body says where it ends, so that a broken one shows."""


class Read:
    """Read on. Comes back with bytes, none of them at the end, or with a `Failure`."""

    __slots__ = ("opened",)

    def __init__(self, opened: Opened) -> None:
        self.opened = opened


class Close:
    """Close what was opened."""

    __slots__ = ("opened",)

    def __init__(self, opened: Opened) -> None:
        self.opened = opened


Effect: typing.TypeAlias = Send | Sleep | Renew | Do | Open | Read | Close
Call: typing.TypeAlias = Generator[Effect, typing.Any, T]


def send(effect: Send) -> Call[RawResponse | Failure]:
    """Send a request."""
    outcome: RawResponse | Failure = yield effect
    return outcome


def sleep(seconds: float) -> Call[None]:
    """Wait, if there is anything to wait for."""
    if seconds > 0:
        yield Sleep(seconds)


def renew(effect: Renew) -> Call[Token]:
    """Get a token, or wait for another call to get it."""
    token: Token = yield effect
    return token


def do(function: Callable[[], object]) -> Call[object]:
    """Call a function."""
    result: object = yield Do(function)
    return result


def work(function: Callable[[], T], *, offline: bool = False) -> Call[T]:
    """Call a function of our own that waits for a disk."""
    result: T = yield Do(function, slow=True, offline=offline)
    return result


def open_(effect: Open) -> Call[Opened | Failure]:
    """Ask a delivery host for a file."""
    outcome: Opened | Failure = yield effect
    return outcome


def read(opened: Opened) -> Call[bytes | Failure]:
    """Read on."""
    outcome: bytes | Failure = yield Read(opened)
    return outcome


def close(opened: Opened) -> Call[None]:
    """Close what was opened."""
    yield Close(opened)
