"""Where credentials may go: to two origins, over https, and nowhere else."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from .._errors import GettyImagesError

_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_PROXIES = ("http", "https", "socks5", "socks5h")


def checked_origin(name: str, url: str) -> str:
    """A scheme and a host, and a port maybe, without a slash behind.

    Raises:
        GettyImagesError: It says more than that, or would send credentials unencrypted.
    """
    parts = _split(name, url)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise GettyImagesError(f"{name} must be a scheme and a host only, such as https://host")
    return f"{parts.scheme}://{parts.netloc}"


def checked_endpoint(name: str, url: str) -> str:
    """The URL of one endpoint.

    Raises:
        GettyImagesError: It has a query or a user, or would send credentials unencrypted.
    """
    parts = _split(name, url)
    if parts.query or parts.fragment:
        raise GettyImagesError(f"{name} must have no query, such as https://host/path")
    return url


def checked_proxy(url: str | None) -> str | None:
    """The URL of a proxy, which may hold a user name and a password.

    Raises:
        GettyImagesError: It is none. What it is, is not shown.
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        known = bool(parts.hostname) and parts.scheme in _PROXIES and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known or not url.isascii() or not url.isprintable():
        raise GettyImagesError(
            f"proxy must be a URL such as http://host:3128 ({', '.join(_PROXIES)} are known)"
        )
    return url


def is_loopback(host: str | None) -> bool:
    """Whether a host is this machine."""
    import ipaddress  # only sandboxes and tests need it

    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _split(name: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise GettyImagesError(f"{name} is not a valid URL") from None
    if "@" in parts.netloc:
        raise GettyImagesError(f"{name} must not hold a user name or a password")
    if not host or not _HOST.fullmatch(host) or not url.isascii() or not url.isprintable():
        raise GettyImagesError(f"{name} must name a host, such as https://host")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise GettyImagesError(
            f"{name} must start with https:// (plain http is for this machine only),"
            f" found {parts.scheme or 'no scheme'}"
        )
    return parts
