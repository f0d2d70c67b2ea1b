"""Splits any text as a URL, and decides which URLs may stay on plain http."""

from __future__ import annotations

import re

_URL = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)", re.DOTALL)
_LOOPBACK = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d*)?", re.IGNORECASE)


def split(url: str) -> tuple[str, str | None, str]:
    """Return scheme (lower case, may be empty), host (or None) and path of a URL."""
    scheme, host, path = _URL.match(url.strip()).groups()  # type: ignore[union-attr]  # matches all
    return (scheme or "").lower(), host, path or ""


def is_loopback(host: str) -> bool:
    """Return whether a host, with or without port, is this machine."""
    return _LOOPBACK.fullmatch(host) is not None


def secured(url: str) -> str:
    """Return the URL over https, unless its host is this machine."""
    scheme, host, _ = split(url)
    if scheme != "http" or host is None or is_loopback(host):
        return url
    rest = url.strip()[len("http://") :]
    bare = host.removesuffix(":80")
    return "https://" + bare + rest[len(host) :]
