"""Finds the codes of what goes wrong between the generator and a package index."""

from __future__ import annotations

import ssl
from http import HTTPStatus

import httpx

from generator.findings import Finding

from .credentials import Credentials


def refused(status: int, url: str, who: Credentials | None) -> Finding:
    """Return the finding about a status other than success, in response to a reader."""
    shown = f"{status} {_phrase(status)}"
    if status in (401, 403):
        if who is None:
            return Finding(url, "index-refuses-anonymous", status=shown)
        name, source = who.username, who.source
        return Finding(url, "index-refuses-user", status=shown, name=name, source=source)
    again = status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500
    return Finding(url, "index-fault" if again else "index-status", status=shown)


def broken(error: Exception, url: str) -> Finding:
    """Return the finding about a missing response."""
    cause = _system_error(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Finding(url, "index-certificate", reason=cause.verify_message)
    reason = (cause and cause.strerror) or type(error).__name__
    return Finding(url, _code(error), reason=reason)


def _code(error: Exception) -> str:
    match error:
        case httpx.ProxyError():
            return "index-proxy"
        case httpx.ReadTimeout():
            return "index-timeout"
        case httpx.ConnectError() | httpx.ConnectTimeout():
            return "index-unreachable"
        case httpx.NetworkError() | httpx.RemoteProtocolError():
            return "index-cut"
        case _:
            return "index-unusable"


def _phrase(status: int) -> str:
    """Return the words of the standard: those of the server may be anything."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "(a status that is not in the standard)"


def _system_error(error: BaseException | None) -> OSError | None:
    """Return the error of the operating system: the messages of httpx repeat its numbers."""
    while error and not isinstance(error, OSError):
        error = error.__cause__ or error.__context__
    return error if isinstance(error, OSError) else None
