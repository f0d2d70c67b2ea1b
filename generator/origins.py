"""The origins of addresses: who reads what is sent there."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


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
