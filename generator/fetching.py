"""Fetches a document by its address; whether an address can be trusted with what is sent there."""

from __future__ import annotations

import ipaddress
import re
import time
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin, urlsplit

import httpx

from .findings import refusal
from .load import MAX_BYTES, SUFFIXES


def origin(url: str) -> tuple[str, str, int | None]:
    """Return the origin that credentials belong to: scheme, host and port."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, (parts.hostname or "").lower(), port


def is_safe(url: str) -> bool:
    """Return whether a connection to the URL cannot be read by others."""
    scheme, host, _ = origin(url)
    return scheme == "https" or (scheme == "http" and _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_SECONDS = 120
_MOST_REDIRECTS = 5


def fetched(url: str, folder: Path, name: str = "") -> Path:
    """Fetch a document into a folder, which need not be there, and return its path.

    The address has https, or leads to this machine. It also names the file, unless `name` does.

    Raises:
        GeneratorError: The address cannot be used, or the server sends no document of that size.
    """
    shown = re.sub("//.*@", "//...@", url.partition("?")[0])  # what is left out may be a secret
    _checked(url, shown)
    name = name or PurePosixPath(urlsplit(url).path).name
    if PurePosixPath(name).suffix.lower() not in SUFFIXES or PurePosixPath(name).name != name:
        raise refusal(shown, "fetch-name", found=name, suffixes=SUFFIXES)
    try:
        content = _content(url, shown, time.monotonic() + _SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise refusal(shown, "fetch-failed", reason=str(error) or type(error).__name__) from None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def _content(url: str, shown: str, end: float) -> bytes:
    for _ in range(_MOST_REDIRECTS + 1):
        # A proxy would read what is sent to this machine by plain http.
        with (
            httpx.Client(timeout=15, trust_env=url.startswith("https:")) as client,
            client.stream("GET", url) as response,
        ):
            if not response.has_redirect_location:
                return _body(response, shown, end)
            url = _checked(urljoin(url, response.headers["location"]), shown)
    raise refusal(shown, "fetch-redirects", most=_MOST_REDIRECTS)


def _body(response: httpx.Response, shown: str, end: float) -> bytes:
    if response.status_code != HTTPStatus.OK:
        raise refusal(shown, "fetch-status", status=response.status_code)
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > MAX_BYTES:
            raise refusal(shown, "fetch-too-large", most=MAX_BYTES // 1_000_000)
        if time.monotonic() > end:
            raise refusal(shown, "fetch-slow", seconds=_SECONDS)
    return bytes(content)


def _checked(url: str, shown: str) -> str:
    """Return an address that may be fetched, whether it was given or a server redirects there."""
    try:
        parts = urlsplit(url)
        fine = parts.hostname and parts.port != 0 and is_safe(url) and "@" not in parts.netloc
    except ValueError:
        fine = False
    if not fine:
        raise refusal(shown, "fetch-address")
    return url
