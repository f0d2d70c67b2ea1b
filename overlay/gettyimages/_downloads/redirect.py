"""Links to files that have been paid for: made from an answer, checked, and never shown."""

from __future__ import annotations

import datetime
import re
import typing
from urllib.parse import quote, urljoin, urlsplit

from gettyimages_rest import types

from .._calls.urls import is_loopback
from .._errors import StrandedError, TransferError

if typing.TYPE_CHECKING:
    from gettyimages_rest import models

LIFETIME = datetime.timedelta(hours=24)
"""For how long a link is valid from the moment it is handed out."""

_AS_IT_IS = "".join(map(chr, range(0x21, 0x7F)))
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")


class DownloadLink:
    """Where a file can be fetched, by anybody and without credentials. Its repr hides the address.

    Attributes:
        asset_id: Id of the asset.
        uri: The address of the file. Keep it secret: whoever has it can fetch the file.
        expires_at: Until when it is valid, in UTC; counted from before it was asked for.
        charged: Whether a download was used up for it, which is always so.
    """

    __slots__ = ("asset_id", "charged", "expires_at", "uri")

    def __init__(self, asset_id: str, uri: str, expires_at: datetime.datetime) -> None:
        self.asset_id = asset_id
        self.uri = uri
        self.expires_at = expires_at
        self.charged = True

    @property
    def has_expired(self) -> bool:
        """Whether it is of no use any more."""
        return datetime.datetime.now(datetime.UTC) >= self.expires_at

    def __repr__(self) -> str:
        return (
            f"<DownloadLink {self.asset_id}, valid until {self.expires_at:%Y-%m-%d %H:%M:%S} UTC>"
        )

    def __reduce__(self) -> typing.NoReturn:
        raise TypeError("a link can be neither pickled nor copied: it is secret. Pass on its uri")


def link_of(
    answer: models.DownloadUri | types.Redirect,
    asset_id: str,
    asked_at: datetime.datetime,
    base_url: str,
) -> DownloadLink:
    """The link that an answer hands over, either way.

    Args:
        answer: A redirect, or the address of the file.
        asset_id: Id of the asset.
        asked_at: When the request began.
        base_url: The origin of the API, for a location that is relative.

    Raises:
        StrandedError: It hands over none that can be used.
    """
    location = answer.location if isinstance(answer, types.Redirect) else answer.uri
    try:
        uri = resolved(base_url, location or "")
    except TransferError as error:
        raise StrandedError(
            f"{asset_id}: a download was used up, but the link that came back cannot be used:"
            f" {error}. allow_second_download=True pays for it again"
        ) from None
    return DownloadLink(asset_id, uri, asked_at + LIFETIME)


def resolved(base: str, location: str) -> str:
    """Where a location leads to, seen from a URL that has been checked.

    Raises:
        TransferError: Nowhere, or where nothing may be sent. The location itself is not shown.
    """
    if not location.strip():
        raise TransferError("there is no address")
    if not location.isprintable():
        raise TransferError("the address is malformed")
    try:
        url = quote(location.strip(), safe=_AS_IT_IS).partition("#")[0]
        url = url if urlsplit(url).scheme else urljoin(base, url)
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise TransferError("the address is malformed") from None
    if "@" in parts.netloc:
        raise TransferError("the address holds a user name or a password")
    if not host or not _HOST.fullmatch(host):
        raise TransferError("the address names no host")
    if parts.scheme == "https":
        return url
    if parts.scheme != "http" or not is_loopback(host):
        raise TransferError("the address is not https")
    if urlsplit(base).scheme != "http":
        raise TransferError("the address leads from https to plain http")
    return url
