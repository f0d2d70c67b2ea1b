"""Checks of what callers pass, and of addresses, as credentials may be sent to few of them."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import typing
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from .._errors import InvalidArgumentError, TransferError

_LONGEST = 100
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
_PRINTABLE = {*map(chr, range(0x21, 0x7F))}
"""The characters of an address. Python skips a space before it, and httpx does not."""


def invalid(name: str, expected: str, found: object) -> InvalidArgumentError:
    """Return the error for an argument. It shows only the type of an object that may be secret."""
    is_simple = found is None or isinstance(found, str | int | float)
    shown = _shown(found) if is_simple else type(found).__name__
    return InvalidArgumentError(f"{name} must be {expected}, found {shown}")


def _shown(value: object) -> str:
    try:
        return repr(value)[:_LONGEST]
    except ValueError:  # Python writes no integer of thousands of digits
        return "an integer that is too large"


def check_names(method: str, given: Iterable[str], declared: type) -> None:
    """Refuse keywords that a method does not have, as Python does for a signature."""
    for name in given:
        if name not in declared.__annotations__:
            raise InvalidArgumentError(f"{method}() has no argument {name!r}")


def check_callable(name: str, function: object) -> None:
    if function is not None and not callable(function):
        raise invalid(name, "a function", function)


def check_path(name: str, path: object) -> None:
    if not isinstance(path, str | os.PathLike) or not isinstance(os.fspath(path), str):
        raise invalid(name, "a path", path)
    if not is_text(os.fspath(path)):
        raise invalid(name, "a path without NUL and surrogates", os.fspath(path))


def check_journal(name: str, journal: object) -> None:
    """Refuse other URLs than those of databases: they would become paths on this machine."""
    check_path(name, journal)
    text = os.fsdecode(typing.cast("str", journal))
    is_url = re.match("[A-Za-z][A-Za-z0-9+.-]+:/", text) and not is_database(journal)
    if is_url or not Path(text).name:
        expected = "the path of a file, or the address of a database as postgresql://host/name"
        raise InvalidArgumentError(f"{name} must be {expected}, a string")  # it may hold a password


def is_database(journal: object) -> bool:
    """Whether a journal is named by the address of a database."""
    return isinstance(journal, str) and journal.startswith(("postgresql://", "postgres://"))


def plain_id(asset_id: object) -> str:
    """Return an id as it is sent, 77 as "77", and refuse what cannot be the id of an asset."""
    text = ""
    if isinstance(asset_id, str):
        text = str.__str__(asset_id)  # an enumeration has a `str` of its own
    elif isinstance(asset_id, int) and not isinstance(asset_id, bool):
        with contextlib.suppress(ValueError):  # Python writes no integer of thousands of digits
            text = str(int(asset_id))
    if text.strip() != text or text in ("", ".", "..") or not text.isprintable():
        raise InvalidArgumentError(
            "an id must be an integer or a string, not empty, printable and without white space"
            f" around it, found {_shown(asset_id)}"
        )
    return text


def check_ids(ids: object, *kinds: type) -> None:
    """Refuse what is not a collection of ids: one string is not meant as its characters."""
    is_one = isinstance(ids, str | bytes)
    if is_one or not isinstance(ids, kinds):
        found = f"one string, {ids!r:.{_LONGEST}}" if is_one else type(ids).__name__
        raise InvalidArgumentError(f"ids must be an iterable of ids, found {found}")


def is_text(value: object) -> bool:
    """Whether text can be sent and written: it has no NUL and no half of a surrogate pair."""
    try:
        return b"\0" not in str(value).encode()
    except UnicodeEncodeError:
        return False


def checked_url(name: str, url: str) -> SplitResult:
    """Return the parts of an address to which credentials may be sent."""
    if not isinstance(url, str):
        raise invalid(name, "a URL", url)
    parts = _parts(url)
    if parts is None:
        raise InvalidArgumentError(f"{name} is not a valid URL")
    host = parts.hostname
    if "@" in parts.netloc:
        raise InvalidArgumentError(f"{name} must not hold a user name or a password")
    if not host or not _HOST.fullmatch(host) or not {*url} <= _PRINTABLE:
        raise InvalidArgumentError(f"{name} must have a host, such as https://host")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise InvalidArgumentError(
            f"{name} must start with https:// (plain http is for this machine only),"
            f" found {parts.scheme or 'no scheme'}"
        )
    return parts


def checked_proxy(url: str | None) -> str | None:
    """Return the URL of a proxy. It may hold a password, so no error shows it."""
    if url is None:
        return None
    if not isinstance(url, str):
        raise invalid("proxy", "a URL", url)
    parts = _parts(url)
    known = parts and parts.hostname and parts.scheme in _PROXY_SCHEMES and parts.port != 0
    if not known or not {*url} <= _PRINTABLE:
        raise InvalidArgumentError(
            "proxy must be a URL such as http://host:3128, with one of the schemes"
            f" {', '.join(_PROXY_SCHEMES)}"
        )
    if url.lower().startswith("socks") and importlib.util.find_spec("socksio") is None:
        raise InvalidArgumentError("proxy: SOCKS needs a package: pip install 'httpx[socks]'")
    return url


def is_loopback(host: str | None) -> bool:
    """Whether a host is this machine."""
    import ipaddress  # only the sandbox and tests need it

    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def resolved(base: str, location: str) -> str:
    """Resolve the location of a file against a URL that has been checked.

    `TransferError` if it is malformed or nothing may be sent there. It is not shown itself.
    """
    if not location.strip():
        raise TransferError("the address is missing")
    url = quote(location.strip(), safe="".join(_PRINTABLE)).partition("#")[0]
    parts = _parts(url) if location.isprintable() else None
    if parts is not None and not parts.scheme:
        url = urljoin(base, url)
        parts = _parts(url)
    if parts is None:
        raise TransferError("the address is malformed")
    host = parts.hostname
    if "@" in parts.netloc:
        raise TransferError("the address holds a user name or a password")
    if not host or not _HOST.fullmatch(host):
        raise TransferError("the address has no valid host")
    if parts.scheme == "https":
        return url
    if parts.scheme != "http" or not is_loopback(host):
        raise TransferError("the address is not https")
    if urlsplit(base).scheme != "http":
        raise TransferError("the address leads from https to plain http")
    return url


def _parts(url: str) -> SplitResult | None:
    """Split a URL; None if it is malformed, as the exception for that quotes it."""
    try:
        parts = urlsplit(url)
        _ = parts.hostname, parts.port
    except ValueError:
        return None
    return parts
