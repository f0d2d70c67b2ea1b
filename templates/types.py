"""What requests, responses and operations are made of.

Plain classes, as making dataclasses would take much of the time of a first call.
"""

from __future__ import annotations

import collections.abc
import enum
import typing

if typing.TYPE_CHECKING:
    JSON: typing.TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"
    """What JSON can say."""
else:  # without its own name, which `typing.get_type_hints` cannot look up in other modules
    JSON = dict[str, object] | list[object] | str | int | float | bool | None

QueryValue: typing.TypeAlias = str | int | float | bool | None
Query: typing.TypeAlias = collections.abc.Mapping[
    str, QueryValue | collections.abc.Sequence[QueryValue]
]
"""Query parameters by name. A list repeats its name; None is left out."""

Effect: typing.TypeAlias = typing.Literal["safe", "idempotent", "spends"]
"""What calling an operation does: it changes nothing, it may be repeated, or it costs money."""

T_co = typing.TypeVar("T_co", covariant=True)


class Null(enum.Enum):
    """The type of `NULL`."""

    NULL = None

    def __repr__(self) -> str:
        return "NULL"


NULL: typing.Final = Null.NULL
"""Sends null where a request may have it: None means that nothing is given."""


class _NoProperties(collections.abc.Mapping[str, JSON]):
    """An empty mapping that all models without further properties can share."""

    __slots__ = ()

    def __getitem__(self, key: str) -> JSON:
        raise KeyError(key)

    def __iter__(self) -> collections.abc.Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "{}"


NO_PROPERTIES: typing.Final = _NoProperties()


class Readable(typing.Protocol):
    """A file that is open for reading, in binary mode."""

    def read(self) -> bytes:
        """Read all that is left."""
        ...


def read(content: bytes | Readable) -> bytes:
    """The bytes of what is sent: a file is read at once, from where it stands.

    Raises:
        TypeError: It is neither bytes nor a file in binary mode.
    """
    found: object = content if isinstance(content, bytes) else content.read()
    if not isinstance(found, bytes):
        raise TypeError(
            f"expected bytes, or a file open in binary mode, found {type(found).__name__}"
        )
    return found


class File:
    """A file within a multipart body. By default it is called as the file that it is read from."""

    __slots__ = ("content", "content_type", "filename")

    CONTENT_TYPE: typing.Final = "application/octet-stream"

    def __init__(
        self,
        content: bytes | Readable,
        filename: str | None = None,
        content_type: str = CONTENT_TYPE,
    ) -> None:
        name = getattr(content, "name", None)
        self.content = read(content)
        own = name.replace("\\", "/").rpartition("/")[2] if isinstance(name, str) else ""
        self.filename = filename or own or "file"
        self.content_type = content_type

    def __repr__(self) -> str:
        return f"File(<{len(self.content)} bytes>, {self.filename!r}, {self.content_type!r})"


class Body:
    """The body of a request."""

    __slots__ = ("content", "content_type")

    def __init__(self, content: bytes, content_type: str) -> None:
        self.content = content
        self.content_type = content_type

    def __repr__(self) -> str:
        return f"Body(<{len(self.content)} bytes>, {self.content_type!r})"


class Request:
    """A request, ready to be sent: all that is left is the server's address and credentials.

    Attributes:
        method: The HTTP method.
        path: Percent-encoded; it starts with a slash.
        query: Percent-encoded, without the question mark.
        headers: What the operation sends besides the headers of the body and of the client.
        body: What is sent, if anything.
        server: The server of this operation, if it is another than that of the API; it has no
            slash at its end.
    """

    __slots__ = ("body", "headers", "method", "path", "query", "server")

    def __init__(
        self,
        *,
        method: str,
        path: str,
        query: str = "",
        headers: dict[str, str] | None = None,
        body: Body | None = None,
        server: str | None = None,
    ) -> None:
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers or {}
        self.body = body
        self.server = server

    @property
    def target(self) -> str:
        """Path and query, percent-encoded."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.path}>"


class Response(typing.Protocol):
    """A response, as whatever sent the request has to present it."""

    @property
    def status_code(self) -> int:
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


class Redirect:
    """The server's word that what was asked for is found elsewhere. It has not been followed.

    Attributes:
        status_code: The status code: 301, 302, 303, 307 or 308.
        location: The `Location` header: absolute, or relative to the request. It may carry a
            signature, so it is kept out of the repr.
    """

    __slots__ = ("location", "status_code")

    def __init__(self, status_code: int, location: str) -> None:
        self.status_code = status_code
        self.location = location

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Redirect):
            return NotImplemented
        return (self.status_code, self.location) == (other.status_code, other.location)

    def __hash__(self) -> int:
        return hash((self.status_code, self.location))

    def __repr__(self) -> str:
        return f"<Redirect {self.status_code}>"


class Operation(typing.Generic[T_co]):
    """An operation of the API.

    Attributes:
        name: Resource and method, e.g. `orders.get_orders`.
        method: The HTTP method.
        path: The path with its templates.
        effect: What calling it does. None if it changes something and may not be repeated, but
            costs nothing.
        may_be_empty: Whether a success may come without the body that it usually has.
        returns_body: Whether any success has a body at all.
        identifies_file: If it hands over a file, by a redirect or by the address in a body: the
            query parameters that make another file of the same asset. Empty otherwise.
        security: What lets a caller in: alternatives, each of security schemes used together,
            with their types: `apiKey`, `http`, `oauth2`, `openIdConnect` or `mutualTLS`.
        bounds: The lowest and the highest value of arguments that are numbers, where the documents
            state any; None for a bound that they leave open.
        parse_response: Turns a response into what the method returns.
    """

    __slots__ = (
        "bounds",
        "effect",
        "identifies_file",
        "may_be_empty",
        "method",
        "name",
        "parse_response",
        "path",
        "returns_body",
        "security",
    )

    def __init__(
        self,
        *,
        name: str,
        method: str,
        path: str,
        effect: Effect | None,
        may_be_empty: bool,
        returns_body: bool,
        security: tuple[dict[str, str], ...],
        bounds: dict[str, tuple[float | None, float | None]],
        parse_response: collections.abc.Callable[[Response], T_co],
        identifies_file: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.method = method
        self.path = path
        self.effect: Effect | None = effect
        self.may_be_empty = may_be_empty
        self.returns_body = returns_body
        self.security = security
        self.bounds = bounds
        self.identifies_file = identifies_file
        self.parse_response = parse_response

    def __repr__(self) -> str:
        return f"<Operation {self.name}: {self.method} {self.path}>"
