"""What both clients do before a request is sent and after an answer has come. No I/O."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from gettyimages_rest import types

from ._errors import APIError, GettyImagesError


class Answer:
    """An answer of the API, as the generated code reads it."""

    __slots__ = ("content", "headers", "status")

    def __init__(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        self.status = status
        self.headers = headers
        self.content = content


class Origin:
    """The server that credentials belong to, and the credentials."""

    __slots__ = ("base_url", "credentials")

    def __init__(self, base_url: str, credentials: Mapping[str, str]) -> None:
        self.base_url = base_url
        self.credentials = credentials

    @property
    def encrypted(self) -> bool:
        """Whether the connection is; it may only not be on this machine."""
        return self.base_url.startswith("https:")


def origin(base_url: str, api_key: str, access_token: str | None) -> Origin:
    """Check where credentials may go.

    Raises:
        GettyImagesError: There is no key, or the URL would give the credentials away.
    """
    if not api_key:
        raise GettyImagesError("api_key is empty: it is the key of your Getty Images account")
    url = urlsplit(base_url)
    if url.scheme != "https" and not (url.scheme == "http" and _is_loopback(url.hostname)):
        raise GettyImagesError(f"base_url must start with https://, found {url.scheme or 'none'}")
    if url.path.strip("/") or url.query or url.fragment or url.username is not None:
        raise GettyImagesError("base_url must be a scheme and a host only, e.g. https://host")
    credentials = {"Api-Key": api_key}
    if access_token:
        credentials["Authorization"] = f"Bearer {access_token}"
    return Origin(base_url.rstrip("/"), credentials)


def _is_loopback(host: str | None) -> bool:
    import ipaddress  # only for tests and sandboxes

    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def request_headers(
    origin: Origin, request: types.Request, more: Mapping[str, str] | None
) -> dict[str, str]:
    """All headers of a request; the caller's win over the operation's, not over credentials."""
    merged = {**request.headers, **(more or {})}
    if request.body is not None:
        merged.setdefault("Content-Type", request.body.content_type)
    return {**merged, **origin.credentials}


def refuse_failures(operation: types.Operation[object], answer: Answer) -> None:
    """Raise what an answer that is no success, and no redirect, stands for.

    Raises:
        APIError: The answer says that the call has failed.
    """
    if answer.status < 400:
        return
    code, message = _error_body(answer.content)
    raise APIError(operation.name, answer.status, code, message)


def _error_body(content: bytes) -> tuple[str | None, str]:
    """Code and message; the gateway in front of the API sends a message only."""
    try:
        body = json.loads(content)
    except ValueError:
        return None, ""
    if not isinstance(body, dict):
        return None, ""
    code, message = body.get("ErrorCode"), body.get("ErrorMessage") or body.get("message")
    return (str(code) if code else None), str(message or "")
