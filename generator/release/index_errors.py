"""Says in plain words what goes wrong between us and a package index."""

from __future__ import annotations

import ssl
from http import HTTPStatus

import httpx

from generator.findings import Finding

from .credentials import Credentials

AGAIN = "Run the same command again: files that are there already are accepted."


def refused(status: int, url: str, who: Credentials | None) -> Finding:
    """What a status other than success means, as a response to whoever reads."""
    answer = f"the index answers {status} {_phrase(status)}"
    if status in (401, 403):
        whom = (
            f"the credentials of {who.username} (from {who.source})" if who else "unknown callers"
        )
        cure = "Set TWINE_USERNAME and TWINE_PASSWORD, or add its host to ~/.netrc."
        cure = f"Check name and password in {who.source}." if who else cure
        return Finding(url, f"{answer}: it refuses {whom}", cure)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500:
        return Finding(url, f"{answer}: it, or a proxy before it, has a fault", AGAIN)
    return Finding(url, answer, "Check the address of the index.")


def broken(error: Exception, url: str) -> Finding:
    """What it means that there was no response."""
    cause = _system_error(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        problem = f"the index has no certificate that can be trusted: {cause.verify_message}"
        cure = "If a private authority has signed its certificate, name that by REQUESTS_CA_BUNDLE."
        return Finding(url, problem, cure)
    reason = (cause and cause.strerror) or type(error).__name__
    if isinstance(error, httpx.ProxyError):
        problem = f"the proxy on the way to the index does not answer: {reason}"
        return Finding(url, problem, "Check HTTPS_PROXY and NO_PROXY.")
    if isinstance(error, httpx.ReadTimeout):
        return Finding(url, "the index does not answer in time", AGAIN)
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        cure = "Check the address, and whether the index is running and can be reached from here."
        return Finding(url, f"the index cannot be reached: {reason}", cure)
    if isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError):
        return Finding(url, f"the connection to the index was cut: {reason}", AGAIN)
    return Finding(url, f"the index cannot be used: {reason}", "Check the address of the index.")


def _phrase(status: int) -> str:
    """The words of the standard: those of the server may be anything."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "(a status that is not in the standard)"


def _system_error(error: BaseException | None) -> OSError | None:
    """What the operating system says: the messages of httpx repeat its numbers."""
    while error and not isinstance(error, OSError):
        error = error.__cause__ or error.__context__
    return error if isinstance(error, OSError) else None
