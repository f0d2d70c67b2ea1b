"""Says in plain words what goes wrong between us and a package index."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from http.client import RemoteDisconnected

import requests

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
    """What it means that there was no answer."""
    reason = _reason(error)
    if isinstance(error, requests.exceptions.SSLError):
        cure = "If a private authority has signed its certificate, name that by REQUESTS_CA_BUNDLE."
        return Finding(url, f"the index has no certificate that can be trusted: {reason}", cure)
    if isinstance(error, requests.exceptions.ProxyError):
        problem = f"the proxy on the way to the index does not answer: {reason}"
        return Finding(url, problem, "Check HTTPS_PROXY and NO_PROXY.")
    if isinstance(error, requests.exceptions.ReadTimeout):
        return Finding(url, "the index does not answer in time", AGAIN)
    if isinstance(error, requests.exceptions.ConnectTimeout) or _unreached(error):
        cure = "Check the address, and whether the index is running and can be reached from here."
        return Finding(url, f"the index cannot be reached: {reason}", cure)
    if isinstance(
        error, requests.exceptions.ConnectionError | requests.exceptions.ChunkedEncodingError
    ):
        return Finding(url, f"the connection to the index was cut: {reason}", AGAIN)
    return Finding(url, f"the index cannot be used: {reason}", "Check the address of the index.")


def _phrase(status: int) -> str:
    """The words of the standard: those of the server may be anything."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "(a status that is not in the standard)"


def _unreached(error: BaseException) -> bool:
    return any(type(cause).__name__ == "NewConnectionError" for cause in _causes(error))


def _reason(error: BaseException) -> str:
    """What the operating system says, or the kind of error: whole messages repeat addresses."""
    causes = list(_causes(error))
    if any(isinstance(cause, RemoteDisconnected) for cause in causes):
        return "it closed the connection without an answer"
    for cause in causes:
        if isinstance(cause, OSError) and not isinstance(cause, requests.RequestException):
            reason = getattr(cause, "verify_message", None) or cause.strerror
            if reason:
                return str(reason)
    return type(causes[-1]).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and those that led to it, as requests and urllib3 wrap them."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop(0)
        if isinstance(cause, BaseException) and cause not in seen:
            seen.append(cause)
            yield cause
            waiting += [
                getattr(cause, "reason", None),
                *cause.args,
                cause.__cause__,
                cause.__context__,
            ]
