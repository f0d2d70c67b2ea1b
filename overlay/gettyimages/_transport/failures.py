"""What errors of httpx and httpcore mean: whether anything was sent, and whether to try again."""

from __future__ import annotations

import os
import socket
import ssl

import httpcore
import httpx

from .._calls.outcome import Failure
from .._errors import APITimeoutError
from .pools import RefusedError

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
_NOT_SENT = frozenset(("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError"))
_FINAL = frozenset(("UnsupportedProtocol", "InvalidURL", "LocalProtocolError"))
_NEVER_SENT = _FINAL - {"LocalProtocolError"}  # HTTP/2 raises that for responses as well
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
    cause = _cause(error)
    reason = _REASONS.get(name, name)
    if cause is not None and name == "ConnectError":
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = "the server's certificate is not trusted"
        reason = ": ".join(filter(None, (reason, _detail(cause))))
    return Failure(
        reason,
        sent=name not in _NOT_SENT | _NEVER_SENT,
        timed_out=isinstance(error, httpx.TimeoutException | httpcore.TimeoutException),
        final=name in _FINAL or isinstance(cause, ssl.SSLCertVerificationError),
        cause=None if cause is None else _anew(cause),
    )


def _cause(error: BaseException) -> OSError | None:
    """Return the error of the operating system or of TLS, which holds no address."""
    seen: BaseException | None = error
    while not (seen is None or (isinstance(seen, OSError) and seen.errno is not None)):
        if isinstance(seen, BaseExceptionGroup):  # several addresses of one host were tried
            seen = seen.exceptions[0]
        else:
            seen = seen.__cause__ or seen.__context__
    return seen


def _detail(cause: OSError) -> str | None:
    """Return what an error means. Its own text may hold an address."""
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message
    if isinstance(cause, ssl.SSLError):
        return cause.reason
    if isinstance(cause, socket.gaierror):
        return cause.strerror
    return os.strerror(cause.errno) if cause.errno else None


def _anew(cause: OSError) -> OSError:
    """Return an error of the same kind, with nothing but its number and what that means."""
    known = (ssl.SSLCertVerificationError, ssl.SSLError, socket.gaierror)
    kind = next((kind for kind in known if isinstance(cause, kind)), OSError)
    return kind(cause.errno, _detail(cause) or "")
