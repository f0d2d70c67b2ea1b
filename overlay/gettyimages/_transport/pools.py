"""The connection pools of a client, and what passes through them: requests, bodies, failures.

Pools for files never see a credential.
"""

from __future__ import annotations

import functools
import os
import socket
import ssl
import threading
import typing
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from urllib.parse import urlsplit

import httpcore
import httpx

from .._calls.arguments import checked_proxy, invalid
from .._calls.outcome import Failure
from .._calls.steps import Purpose, Send
from .._errors import APITimeoutError, GettyImagesError, InvalidArgumentError
from .._log import SecretURL, log
from .._process import OfProcess, generation
from .._response import RawResponse

_MOST_CONNECTIONS = 100
_KEEP_ALIVE = 30.0
CODINGS = ("gzip", "x-gzip", "deflate")
"""The encodings that a body is decoded from."""

Verify: typing.TypeAlias = ssl.SSLContext | str | os.PathLike[str] | bool
Transport = typing.TypeVar("Transport")


class RefusedError(Exception):
    """A response is not acceptable. The text may be shown."""


class Pools(OfProcess, typing.Generic[Transport]):
    """The transport of the user's, or a pool for each kind of connection, made when needed."""

    kind: type[Transport]
    pool: Callable[..., typing.Any]
    """The class of httpcore's pools."""
    backend: Callable[[Callable[[], bool]], object]
    """The class of what makes their connections, until the client is closed."""

    def __init__(self, proxy: SecretURL, verify: Verify, own: object, name: str) -> None:
        if own is not None and not isinstance(own, self.kind):
            raise invalid(name, f"an httpx.{self.kind.__name__}", own)
        self._own = own
        self._generation = generation()
        self._proxy = proxy
        self._verify = verify
        self._proxies: dict[str, str | None] = {}
        self.is_closed = False
        super().__init__()

    def _begin(self) -> None:
        self._lock = threading.RLock()  # `taken` may come from a signal handler
        self._pools: dict[tuple[str, str | None, Purpose], Transport] = {}
        vars(self).pop("_trusted", None)  # made anew in a child

    def transport(self, url: str, purpose: Purpose) -> Transport:
        """Return the transport for a URL. The environment is read once for each origin."""
        with self._lock:
            if self.is_closed:
                raise GettyImagesError("the client is closed: make a new one")
            if self._own is not None:
                if self._generation != generation():
                    text = "transport= and file_transport= belong to one process: make new ones"
                    raise GettyImagesError(text)
                return self._own
            scheme, _, rest = url.partition("://")
            scheme = scheme.lower()  # else neither the proxy nor the certificates would apply
            authority, proxy = rest.partition("/")[0], None
            if scheme == "https":  # plain http stays on this machine, as it shows what it carries
                if authority not in self._proxies:
                    self._proxies[authority] = self._proxy.value or _environment_proxy(authority)
                proxy = self._proxies[authority]
            key = scheme, proxy, purpose
            if key not in self._pools:
                self._pools[key] = typing.cast("Transport", PoolTransport(self._pool(*key)))
            return self._pools[key]

    def taken(self) -> list[Transport]:
        """Refuse later requests, and return the transports, to be closed."""
        with self._lock:
            self.is_closed = True
            pools = [*self._pools.values()]
            self._pools.clear()
        return pools if self._own is None or self._generation != generation() else [self._own]

    def _pool(self, scheme: str, proxy: str | None, purpose: Purpose) -> object:
        keeps = purpose != "spending"
        return self.pool(
            network_backend=self.backend(lambda: self.is_closed),
            ssl_context=self._trusted if scheme == "https" else None,
            proxy=None if proxy is None else self._proxy_of(proxy),
            max_connections=_MOST_CONNECTIONS if keeps else None,
            max_keepalive_connections=_MOST_CONNECTIONS if keeps else 0,
            keepalive_expiry=_KEEP_ALIVE,
        )

    def _proxy_of(self, url: str) -> httpcore.Proxy:
        proxy = httpx.Proxy(url)
        context = self._trusted if proxy.url.scheme == "https" else None
        return httpcore.Proxy(str(proxy.url), auth=proxy.raw_auth, ssl_context=context)

    @functools.cached_property
    def _trusted(self) -> ssl.SSLContext:
        try:
            if isinstance(self._verify, bool | ssl.SSLContext):
                return httpx.create_ssl_context(verify=self._verify)
            return ssl.create_default_context(cafile=self._verify)
        except (OSError, TypeError) as error:  # ssl.SSLError is one too
            text = f"verify: the certificates cannot be read: {error}"
            raise InvalidArgumentError(text) from None


class PoolTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A pool of httpcore's, of one of the two kinds. httpx's own takes no network backend."""

    def __init__(self, pool: typing.Any) -> None:
        self._pool = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return _response(self._pool.handle_request(_core_request(request)))

    def close(self) -> None:
        self._pool.close()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return _response(await self._pool.handle_async_request(_core_request(request)))

    async def aclose(self) -> None:
        await self._pool.aclose()


class PoolStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body of httpcore's, which is of one of the two kinds."""

    def __init__(self, stream: typing.Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def close(self) -> None:
        self._stream.close()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._stream)

    async def aclose(self) -> None:
        await self._stream.aclose()


def _core_request(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


def _response(core: httpcore.Response) -> httpx.Response:
    headers, extensions = core.headers, core.extensions
    stream = PoolStream(core.stream)
    return httpx.Response(core.status, headers=headers, stream=stream, extensions=extensions)


def _environment_proxy(authority: str) -> str | None:
    """Return the environment's proxy for https."""
    if urllib.request.proxy_bypass(urlsplit(f"//{authority}").hostname or ""):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get("https") or proxies.get("all")
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    try:
        return checked_proxy(proxy or None)
    except InvalidArgumentError as error:
        raise InvalidArgumentError(f"the environment variable HTTPS_PROXY: {error}") from None


_parsed_url = functools.lru_cache(maxsize=64)(httpx.URL)


def http_request(send: Send) -> httpx.Request:
    """Build a request with its timeouts. Waiting for a free connection has all the time left."""
    parsed, content = _parsed_url(send.url), send.content.value or b""
    # If a stream is given, httpx leaves these headers to its caller, which is much faster.
    sent = {"Host": parsed.netloc.decode("ascii")}
    # White space around a value does not belong to it (RFC 9110, 5.5); httpcore refuses it.
    sent |= {name: value.strip(" \t") for name, value in send.headers.value.items()}
    if content or send.method in ("POST", "PUT", "PATCH"):
        sent["Content-Length"] = str(len(content))
    remaining = send.deadline.remaining()
    step = min(send.step_timeout, remaining)
    timeouts = {"timeout": {"connect": step, "read": step, "write": step, "pool": remaining}}
    stream = httpx.ByteStream(content)
    request = httpx.Request(send.method, parsed, headers=sent, stream=stream, extensions=timeouts)
    request.read()  # a transport of the user's may look at the content
    return request


def content_coding(headers: Mapping[str, str]) -> str:
    """Return the encoding of a body; empty if it has none."""
    coding = headers.get("content-encoding", "").strip().lower()
    return "" if coding == "identity" else coding


class Body:
    """Collects the body of a response of the API, bounded in size and time."""

    def __init__(self, send: Send, response: httpx.Response) -> None:
        # The headers have the link: a body that breaks off must not leave the outcome unknown.
        self.is_needed = send.is_file is None or not response.has_redirect_location
        coding = content_coding(response.headers)
        if self.is_needed and coding not in ("", *CODINGS):
            raise RefusedError("the response has an encoding that was not requested")
        if coding == "x-gzip":  # which httpx does not know
            response.headers["content-encoding"] = "gzip"
        self._send = send
        self._response = response
        self._content = bytearray()

    def add(self, chunk: bytes) -> None:
        """Add a chunk of the body. A body that is too large is refused with `RefusedError`."""
        self._content += chunk
        if len(self._content) > (limit := self._send.max_size):
            raise RefusedError(f"the response is larger than max_response_size, {limit} bytes")
        self._send.deadline.remaining()

    def complete(self) -> RawResponse:
        """Return the response after the last chunk."""
        status_code = self._response.status_code
        url = self._send.url.partition("?")[0]  # the query may be a signature
        log.debug("%s %s: %d, %d bytes", self._send.method, url, status_code, len(self._content))
        return RawResponse(status_code, self._response.headers, bytes(self._content))


# httpx and httpcore give their errors the same names.
_REASONS = {
    "ConnectError": "no connection could be made",
    "ConnectTimeout": "connecting took too long",
    "DecodingError": "the response is not encoded as its headers say",
    "PoolTimeout": "all connections remained in use",
    "ProxyError": "the proxy refused the connection",
    "ReadError": "the connection broke while reading",
    "ReadTimeout": "the server stopped responding",
    "RemoteProtocolError": "the server closed the connection or broke the protocol",
    "WriteError": "the connection broke while writing",
    "WriteTimeout": "the server stopped reading",
}
_NEVER_SENT = ("UnsupportedProtocol", "InvalidURL")
_NOT_SENT = (*_NEVER_SENT, "ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError")
_FINAL = (*_NEVER_SENT, "LocalProtocolError")  # HTTP/2 raises that for responses as well
_ERRORS = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


def failure(error: Exception) -> Failure:
    """Return what an error of the network means, or raise it if it has another origin."""
    if isinstance(error, APITimeoutError):
        return Failure("the call took longer than its timeout", sent=True, timed_out=True)
    if isinstance(error, RefusedError):
        return Failure(str(error), sent=True, final=True)
    if not isinstance(error, _ERRORS):
        raise error
    name = type(error).__name__
    cause, reason = _cause(error), _REASONS.get(name, name)
    is_untrusted = isinstance(cause, ssl.SSLCertVerificationError)
    if cause is not None and name == "ConnectError":
        if is_untrusted:
            reason = "the server's certificate is not trusted"
        reason = ": ".join(filter(None, (reason, cause.strerror)))
    return Failure(
        reason,
        sent=name not in _NOT_SENT,
        timed_out=isinstance(error, httpx.TimeoutException | httpcore.TimeoutException),
        final=name in _FINAL or is_untrusted,
        cause=cause,
    )


def _cause(error: BaseException) -> OSError | None:
    """Return the error of the operating system or of TLS, made anew: its text may hold an address.

    It has the same kind, its number, and what that means.
    """
    seen: BaseException | None = error
    while not (seen is None or (isinstance(seen, OSError) and seen.errno is not None)):
        if isinstance(seen, BaseExceptionGroup):  # several addresses of one host were tried
            seen = seen.exceptions[0]
        else:
            seen = seen.__cause__ or seen.__context__
    match seen:
        case ssl.SSLCertVerificationError():
            return ssl.SSLCertVerificationError(seen.errno, seen.verify_message)
        case ssl.SSLError():
            return ssl.SSLError(seen.errno, seen.reason or "")
        case socket.gaierror():
            return socket.gaierror(seen.errno, seen.strerror or "")
        case OSError():
            return OSError(seen.errno, os.strerror(seen.errno) if seen.errno else "")
    return None
