"""The steps of which a call consists.

A call of the API is a generator without I/O: it yields steps and receives their results. Two thin
drivers carry them out, one blocking and one with asyncio (`_transport`): calls are written once.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Generator, Mapping

from .._log import Secret
from .deadline import Deadline

T = typing.TypeVar("T")

Purpose: typing.TypeAlias = typing.Literal["api", "spending", "file"]
"""What connections are for. `spending`: each is used for one request, so that none is stale."""

FileTest: typing.TypeAlias = Callable[[int, Mapping[str, str]], bool]
"""Tells from status code and headers whether a response is a file."""


class Send(typing.NamedTuple):
    """Send a request. The result is a `RawResponse` or a `Failure`."""

    method: str
    url: str
    headers: Secret[Mapping[str, str]]
    content: Secret[bytes | None]
    step_timeout: float
    deadline: Deadline
    max_size: int
    """Bytes of the body, decompressed, from which on the response is refused."""
    purpose: Purpose = "api"
    is_file: FileTest | None = None
    """Whether a response is a file. The body of a file is left unread."""

    def __repr__(self) -> str:
        return f"<Send {self.method}>"  # the headers and the body hold credentials


class Sleep(typing.NamedTuple):
    seconds: float


class Lock(typing.NamedTuple):
    """Run a call while no other one does, and wait for one that does. The result is its own."""

    call: Callable[[], Call[object]]
    deadline: Deadline


class Callback(typing.NamedTuple):
    """Call a function of the user's. It may be a coroutine function where calls are awaited."""

    function: Callable[[], object]


class Blocking(typing.NamedTuple):
    """Call a function that waits for a disk or a database. The result is its own."""

    function: Callable[[], object]


Step: typing.TypeAlias = Send | Sleep | Lock | Callback | Blocking
Call: typing.TypeAlias = Generator[Step, typing.Any, T]
