"""Reads URLs without ever failing, and tells which may stay on plain http."""

from __future__ import annotations

import re

_URL = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)", re.DOTALL)
_LOOPBACK = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d*)?", re.IGNORECASE)


def split(url: str) -> tuple[str, str | None, str]:
    """Scheme (lower case, may be empty), host (None where there is none) and path of a URL."""
    scheme, host, path = _URL.match(url.strip()).groups()  # type: ignore[union-attr]  # matches all
    return (scheme or "").lower(), host, path or ""


def is_loopback(host: str) -> bool:
    """Whether a host, with or without port, is the machine itself."""
    return _LOOPBACK.fullmatch(host) is not None


def secured(url: str) -> str:
    """The URL over https, unless it leads to the machine itself."""
    scheme, host, _ = split(url)
    if scheme != "http" or host is None or is_loopback(host):
        return url
    rest = url.strip()[len("http://") :]
    bare = host.removesuffix(":80")
    return "https://" + bare + rest[len(host) :]
