"""What requests, answers and operations are made of."""

from __future__ import annotations

import collections.abc
import dataclasses
import typing

JSON: typing.TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"
"""What JSON can say."""

Effect: typing.TypeAlias = typing.Literal["safe", "idempotent", "spends"]
"""What calling an operation does: it changes nothing, it may be repeated, or it costs money."""

T_co = typing.TypeVar("T_co", covariant=True)


@dataclasses.dataclass(slots=True, frozen=True)
class File:
    """A file within a multipart body."""

    content: bytes = dataclasses.field(repr=False)
    filename: str = "file"
    content_type: str = "application/octet-stream"


@dataclasses.dataclass(slots=True, frozen=True)
class Body:
    """The body of a request."""

    content: bytes = dataclasses.field(repr=False)
    content_type: str


@dataclasses.dataclass(slots=True, frozen=True, kw_only=True)
class Request:
    """A request, ready to be sent: all that is left is the server's address and credentials."""

    method: str
    path: str
    """Percent-encoded; it starts with a slash."""
    query: str = dataclasses.field(default="", repr=False)
    """Percent-encoded, without the question mark."""
    headers: dict[str, str] = dataclasses.field(default_factory=dict, repr=False)
    body: Body | None = None

    @property
    def target(self) -> str:
        """Path and query, percent-encoded."""
        return f"{self.path}?{self.query}" if self.query else self.path


class Response(typing.Protocol):
    """An answer, as whatever sent the request has to show it."""

    @property
    def status(self) -> int:
        """The status code."""
        ...

    @property
    def headers(self) -> collections.abc.Mapping[str, str]:
        """The headers; looked up whatever their case."""
        ...

    @property
    def content(self) -> bytes:
        """The whole body."""
        ...


@dataclasses.dataclass(slots=True, frozen=True)
class Redirect:
    """The server's word that what was asked for is found elsewhere. It has not been followed."""

    status: int
    location: str = dataclasses.field(repr=False)
    """The `Location` header: absolute, or relative to the request. It may carry a signature, so it
    is kept out of the repr."""


@dataclasses.dataclass(slots=True, frozen=True, kw_only=True)
class Operation(typing.Generic[T_co]):
    """An operation of the API."""

    name: str
    """Resource and method, e.g. `downloads.get_downloads`."""
    method: str
    path: str
    """The path with its templates."""
    effect: Effect | None
    """None if the operation changes something and may not be repeated, but costs nothing."""
    may_be_empty: bool
    """Whether a success may come without the body that it usually has."""
    returns_body: bool
    """Whether any success has a body at all."""
    security: tuple[tuple[str, ...], ...]
    """The names of the security schemes needed: alternatives, each of schemes used together."""
    parse_response: collections.abc.Callable[[Response], T_co]
