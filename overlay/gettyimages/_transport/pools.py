"""What the blocking and the asynchronous connections have in common. Loads httpx."""

from __future__ import annotations

import functools
import logging
import ssl
import typing
import urllib.request
from urllib.parse import urlsplit

import httpx

from .._calls.steps import Open, Opened, Send
from .._calls.urls import checked_proxy
from .._errors import GettyImagesError
from .failures import RefusedError
from .network import FILE_PIECE, sending

MAX_BODY = 64 * 1024 * 1024
"""Answers of the API that are larger are refused: they are no answers."""

POOLED = httpx.Limits(max_connections=100, max_keepalive_connections=100, keepalive_expiry=30.0)
_LARGE = 4 * 1024 * 1024
FRESH = httpx.Limits(max_connections=None, max_keepalive_connections=0)

_CODINGS = frozenset(("", "identity", "gzip", "x-gzip", "deflate"))


Purpose: typing.TypeAlias = typing.Literal["api", "spending", "file"]
"""What connections are for. Those for files have never seen a credential."""


class Route(typing.NamedTuple):
    """How requests of one kind reach a server: what a pool of connections is made for."""

    encrypted: bool
    proxy: str | None
    purpose: Purpose

    @property
    def limits(self) -> httpx.Limits:
        """How many connections its pool may have and keep."""
        return FRESH if self.purpose == "spending" else POOLED

    @property
    def piece(self) -> int:
        """Bytes to read at once; 0 for as many as httpcore wants."""
        return FILE_PIECE if self.purpose == "file" else 0


class Wiring:
    """What the user said of proxies and certificates."""

    def __init__(self, proxy: str | None, verify: ssl.SSLContext | str | bool) -> None:
        self._proxy = proxy
        self._verify = verify
        self._routes: dict[tuple[str, str, Purpose], Route] = {}

    def route(self, url: str, purpose: Purpose) -> Route:
        """The route to a URL. The environment is asked once for each origin."""
        scheme, _, rest = url.partition("://")
        authority = rest.partition("/")[0]
        key = (scheme, authority, purpose)
        if key not in self._routes:
            proxy = self._proxy or _environment_proxy(scheme, authority)
            self._routes[key] = Route(scheme == "https", proxy, purpose)
        return self._routes[key]

    def context(self, route: Route) -> ssl.SSLContext:
        """The certificates to trust."""
        return self._trusted if route.encrypted else _trusting_nobody()

    @functools.cached_property
    def _trusted(self) -> ssl.SSLContext:
        try:
            if isinstance(self._verify, str):
                return ssl.create_default_context(cafile=self._verify)
            return httpx.create_ssl_context(verify=self._verify)
        except OSError as error:  # ssl.SSLError is one too
            raise GettyImagesError(f"verify: the certificates cannot be read: {error}") from None


def _environment_proxy(scheme: str, authority: str) -> str | None:
    """The proxy that the environment names, for https only: plain http stays on this machine."""
    if scheme != "https" or urllib.request.proxy_bypass(urlsplit(f"//{authority}").hostname or ""):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get("https") or proxies.get("all")
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    try:
        return checked_proxy(proxy or None)
    except GettyImagesError as error:
        raise GettyImagesError(f"the environment variable HTTPS_PROXY: {error}") from None


@functools.cache
def _trusting_nobody() -> ssl.SSLContext:
    """For plain http, where loading certificates would only take time."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def request(send: Send) -> httpx.Request:
    """A request with its timeouts. Waiting for a connection of the pool has all the time left."""
    url = _parsed_url(send.url)
    # With a stream, httpx leaves these headers to its caller, which is much faster.
    headers = {"Host": url.netloc.decode("ascii"), **send.headers}
    content = send.content or b""
    if content or send.method in ("POST", "PUT", "PATCH"):
        headers["Content-Length"] = str(len(content))
    made = httpx.Request(
        send.method,
        url,
        headers=headers,
        stream=httpx.ByteStream(content),
        extensions={"timeout": _timeouts(send)},
    )
    made.read()  # a transport of the user's may look at the content
    return made


def file_request(asked: Open) -> httpx.Request:
    """A request for a file, with the headers that are given and no others."""
    url = httpx.URL(asked.url)
    made = httpx.Request(
        "GET",
        url,
        headers={"Host": url.netloc.decode("ascii"), **asked.headers},
        stream=httpx.ByteStream(b""),
        extensions={"timeout": _timeouts(asked)},
    )
    made.read()
    return made


def opened(asked: Open, response: httpx.Response, body: object) -> Opened:
    """An answer to a request for a file."""
    headers = response.headers
    version = response.extensions.get("http_version", b"HTTP/1.1")
    return Opened(
        asked,
        response.status_code,
        headers,
        response=response,
        body=body,
        ends="content-length" in headers
        or "chunked" in headers.get("transfer-encoding", "").lower()
        or not version.startswith(b"HTTP/1"),
    )


def rest(response: httpx.Response, first: bytes) -> int:
    """How much of a large file can be read past httpcore, whose parser copies everything thrice.

    After its first piece the parser holds nothing back. The connection is of no use afterwards.
    """
    headers = response.headers
    length = headers.get("content-length", "")
    if (
        response.extensions.get("http_version") != b"HTTP/1.1"
        or "network_stream" not in response.extensions
        or "transfer-encoding" in headers
        or not (length.isascii() and length.isdigit())
    ):
        return 0
    left = int(length) - len(first)
    return left if first and left >= _LARGE else 0


def cut_off() -> httpx.RemoteProtocolError:
    """The error for a body that is shorter than announced."""
    return httpx.RemoteProtocolError("the server closed the connection")


def _timeouts(asked: Send | Open) -> dict[str, float]:
    remaining = asked.remaining()
    step = min(asked.timeout, remaining)
    return {"connect": step, "read": step, "write": step, "pool": remaining}


_parsed_url = functools.lru_cache(maxsize=64)(httpx.URL)


class Body:
    """A body as it comes in, which has an end: in size and in time."""

    def __init__(self, response: httpx.Response, send: Send) -> None:
        """Look at the headers.

        Raises:
            RefusedError: It is encoded in a way that was not asked for.
        """
        if response.headers.get("content-encoding", "").strip().lower() not in _CODINGS:
            raise RefusedError("the answer is encoded in a way that was not asked for")
        self._send = send
        self._chunks: list[bytes] = []
        self._size = 0

    def add(self, chunk: bytes) -> None:
        """Take in what has come.

        Raises:
            RefusedError: It is too much.
            APITimeoutError: It takes too long.
        """
        self._chunks.append(chunk)
        self._size += len(chunk)
        if self._size > MAX_BODY:
            raise RefusedError(f"the answer is larger than {MAX_BODY // 1024 // 1024} MB")
        self._send.remaining()

    @property
    def content(self) -> bytes:
        """All of it."""
        return b"".join(self._chunks)


class quiet:  # noqa: N801  # used like a function
    """Keep httpcore's own log quiet: at DEBUG it shows headers, and so signed addresses."""

    __slots__ = ("_send", "_token")

    def __init__(self, send: Send | Open) -> None:
        self._send = send

    def __enter__(self) -> None:
        self._token = sending.set(self._send)

    def __exit__(self, *_: object) -> None:
        sending.reset(self._token)


def _not_ours(record: logging.LogRecord) -> bool:
    return sending.get() is None


for _name in ("connection", "http11", "http2", "proxy", "socks"):
    logging.getLogger(f"httpcore.{_name}").addFilter(_not_ours)
