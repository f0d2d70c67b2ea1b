"""How the API hands over a file: by a redirect (303), or by an address in the body (200).

The redirect is never followed with credentials. Its location becomes a `DownloadLink`, and the
file is fetched from there by a client that has never held a credential.
"""

from __future__ import annotations

import datetime
import time
import typing

from gettyimages_rest import types

from .._calls.urls import resolved
from .._errors import LinkLostError, TransferError
from .._link import DownloadLink

if typing.TYPE_CHECKING:
    from gettyimages_rest import models

    from .file_request import FileRequest

LIFETIME = datetime.timedelta(hours=24)
"""How long a link is valid from the moment it is handed over."""


def link_of(
    result: models.DownloadUri | types.Redirect,
    request: FileRequest,
    server_now: float | None,
    base_url: str,
) -> DownloadLink:
    """Return the link that the API has handed over.

    Args:
        result: The parsed response: a redirect (301, 302, 303, 307 or 308), or the address.
        request: The request for the file.
        server_now: The time by the clock of the API, in seconds since 1970, if it is known.
        base_url: The origin of the API, for a location that is relative.

    Raises:
        LinkLostError: The response has no link that can be used.
    """
    location = result.location if isinstance(result, types.Redirect) else result.uri
    try:
        uri = resolved(base_url, location or "")
    except TransferError as error:
        raise LinkLostError(
            f"{request.asset_id}: a download was used up, but the link in the response cannot be"
            f" used: {error}. allow_repurchase=True pays for another one"
        ) from None
    now = time.time() if server_now is None else server_now
    return DownloadLink(
        asset_id=request.asset_id,
        operation=request.operation.name,
        parameters=request.parameters,
        uri=uri,
        expires_at=datetime.datetime.fromtimestamp(now, datetime.UTC) + LIFETIME,
    )
