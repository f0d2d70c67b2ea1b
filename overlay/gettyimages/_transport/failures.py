"""What an error of the wire means: whether anything was sent, and whether trying again may help."""

from __future__ import annotations

import os
import socket
import ssl

import httpx

from .._calls.steps import Failure
from .._errors import APITimeoutError

_WORDS = {
    "ConnectError": "no connection could be made",
    "ConnectTimeout": "connecting took too long",
    "DecodingError": "the answer is not encoded as it says",
    "PoolTimeout": "all connections stayed in use",
    "ProxyError": "the proxy refused",
    "ReadError": "the connection broke while reading",
    "ReadTimeout": "the server stopped answering",
    "RemoteProtocolError": "the server closed the connection or broke the protocol",
    "WriteError": "the connection broke while writing",
    "WriteTimeout": "the server stopped reading",
}


class RefusedError(Exception):
    """The answer is none that the API would give. Its text may be shown."""


def failure(error: Exception) -> Failure:
    """What an error of the wire means. Its own text is not passed on: it may hold an address.

    Raises:
        Exception: The error is none of the wire.
    """
    if isinstance(error, APITimeoutError):
        return Failure("it took longer than its total timeout", sent=True, timed_out=True)
    if isinstance(error, RefusedError):
        return Failure(str(error), sent=True, final=True)
    if not isinstance(error, httpx.HTTPError | httpx.InvalidURL):
        raise error
    not_sent = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
    hopeless = (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError)
    cause = _cause(error)
    return Failure(
        _described(error, cause),
        sent=not isinstance(error, not_sent + hopeless),
        timed_out=isinstance(error, httpx.TimeoutException),
        final=isinstance(error, hopeless) or isinstance(cause, ssl.SSLCertVerificationError),
    )


def _cause(error: BaseException) -> OSError | None:
    """What the operating system or the encryption said, which holds no address."""
    seen: BaseException | None = error
    for _ in range(10):
        if isinstance(seen, BaseExceptionGroup):
            seen = seen.exceptions[0]  # several addresses of one host were tried
        if seen is None or (isinstance(seen, OSError) and seen.errno is not None):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None


def _described(error: Exception, cause: OSError | None) -> str:
    name = type(error).__name__
    text = _WORDS.get(name, name)
    if not isinstance(error, httpx.ConnectError):
        return text
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the server's certificate is not trusted: {cause.verify_message}"
    detail = _detail(cause) if cause is not None else None
    return f"{text}: {detail}" if detail else text


def _detail(cause: OSError) -> str | None:
    """What the error number says: the text may have been made up of more than that."""
    if isinstance(cause, ssl.SSLError):
        return cause.reason
    if isinstance(cause, socket.gaierror):
        return cause.strerror
    return os.strerror(cause.errno) if cause.errno else None
