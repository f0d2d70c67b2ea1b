"""Says in plain words what goes wrong between us and a package index."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from http.client import RemoteDisconnected

import requests

from generator.findings import Finding

from .credentials import Credentials

AGAIN = "Run the same command again: files that are there already are accepted."


def refused(status: int, url: str, who: Credentials | None, *, uploading: str = "") -> Finding:
    """What a status other than success means.

    Args:
        status: The status.
        url: What answered.
        who: The credentials that were sent, if any.
        uploading: The file that was on its way to the index, if any.
    """
    answer = f"the index answers {status} {_phrase(status)}"
    if uploading:
        answer += f" to the upload of {uploading}"
    if status in (401, 403):
        return Finding(url, f"{answer}: it refuses {_whom(who)}", _credentials_cure(who, uploading))
    if 300 <= status < 400:
        return Finding(url, f"{answer}: it is elsewhere", "Give its own address, by --upload-url.")
    if status in (404, 405) and uploading:
        return Finding(url, answer, "Give the address that takes files by --upload-url.")
    if status in (400, 409):
        cure = "An index keeps what it has of a version. If that is other content, release anew."
        return Finding(url, answer, cure)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        cure = "Ask those who run the index, or a proxy before it, to allow larger uploads."
        return Finding(url, answer, cure)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500:
        return Finding(url, f"{answer}: it, or a proxy before it, has a fault", AGAIN)
    return Finding(url, answer, "Check the address of the index.")


def broken(error: Exception, url: str, *, uploading: str = "") -> Finding:
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
        doing = f" while {uploading} was on its way" if uploading else ""
        return Finding(url, f"the connection to the index was cut{doing}: {reason}", AGAIN)
    return Finding(url, f"the index cannot be used: {reason}", "Check the address of the index.")


def _whom(who: Credentials | None) -> str:
    return f"the credentials of {who.username} (from {who.source})" if who else "unknown callers"


def _credentials_cure(who: Credentials | None, uploading: str) -> str:
    if who is None:
        return "Set TWINE_USERNAME and TWINE_PASSWORD, or add its host to ~/.netrc."
    cure = f"Check name and password in {who.source}"
    return f"{cure}, and whether that user may upload." if uploading else f"{cure}."


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
