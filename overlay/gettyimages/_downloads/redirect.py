"""How the API hands over a file: by a redirect (303), by an address in the body (200), or itself.

The redirect is never followed with credentials. Its location becomes a `DownloadLink`, and the
file is fetched from there by a client that has never held a credential. For some files, the
response to the paid request is the file itself: it is read as it arrives, as it comes only once.
"""

from __future__ import annotations

import contextlib
import datetime
import tempfile
import time
import typing
from collections.abc import Callable
from pathlib import Path

from gettyimages_rest import models, types

from .._calls.arguments import resolved
from .._calls.deadline import Stop
from .._errors import LinkLostError, TransferError
from .._response import DownloadLink
from .._transport.blocking import FileResponse
from .engine import Engine
from .file_request import FileRequest
from .files import naming
from .transfer import NO_LINK, SentFile, Transfer, is_file

_LIFETIME = 24 * 3600
"""Seconds for which a link is valid from the moment it is handed over."""


def requested(
    engine: Engine,
    request: FileRequest,
    stop: Stop,
    paying: contextlib.ExitStack,
    before_send: Callable[[], object] = lambda: None,
) -> DownloadLink | SentFile:
    """Request a file, which uses up a download, and return its link or the file itself.

    Once it is about to be sent, a stop waits until `paying` is closed. If the file itself arrives,
    closing the client waits for that, too.

    Raises:
        LinkLostError: A download was used up, but the response has no link that can be used.
    """

    def sending() -> None:
        paying.enter_context(stop.paying())
        before_send()

    result, response = engine.call(
        request.operation,
        request.request,
        stop,
        timeout=request.timeout,
        headers=request.headers,
        before_send=sending,
        is_file=is_file,
    )
    if isinstance(response, FileResponse):
        paying.enter_context(response.counted)
        return SentFile(request.asset_id, response.file)
    return _link_of(result, request, engine)


def requested_link(engine: Engine, request: FileRequest, stop: Stop) -> DownloadLink:
    """Request a link. If the response is the file, an error names where that is kept."""
    with contextlib.ExitStack() as paying:
        link = requested(engine, request, stop, paying)
        return link if isinstance(link, DownloadLink) else _kept(engine, link)


def _kept(engine: Engine, link: SentFile) -> typing.NoReturn:
    """Keep a file, for which a stop waits as for the request that it belongs to."""
    asset, headers = link.asset_id, link.file.headers
    disposition, kind = headers.get("content-disposition"), headers.get("content-type", "")
    suffix = Path(naming.file_name(disposition, kind, asset)).suffix
    path = None
    try:
        with tempfile.NamedTemporaryFile(
            prefix="gettyimages-", suffix=suffix, delete=False
        ) as file:
            path = Path(file.name)
            for piece in Transfer(engine, link, Stop()).pieces():
                assert isinstance(piece, bytes), "a file that comes only once never restarts"
                file.write(piece)
    except BaseException as error:
        if path is not None:
            path.unlink()
        if isinstance(error, OSError):
            raise LinkLostError(f"{asset}: {NO_LINK}, and it could not be kept") from error
        raise
    raise LinkLostError(f"{asset}: {NO_LINK}. It is whole, and kept as {path}", path=path)


def _link_of(
    result: models.DownloadUri | types.Redirect, request: FileRequest, engine: Engine
) -> DownloadLink:
    """Return the link that the API has handed over; `LinkLostError` if it cannot be used."""
    expires_at = (engine.server_time.now() or time.time()) + _LIFETIME
    try:  # without the address in a variable, which a traceback might show
        return link_with(
            request,
            resolved(
                f"{engine.settings.base_url}{request.request.path}",
                (result.location if isinstance(result, types.Redirect) else result.uri) or "",
            ),
            expires_at,
        )
    except TransferError as error:
        problem = str(error)
    raise LinkLostError(  # outside, so that the frames of `resolved` with the address are dropped
        f"{request.asset_id}: a download was used up, but the link in the response cannot be used:"
        f" {problem}. allow_repurchase=True pays for another one"
    )


def link_with(request: FileRequest, uri: str, expires_at: float) -> DownloadLink:
    """Return the link of a request. It expires at a time in seconds since 1970."""
    return DownloadLink(
        asset_id=request.asset_id,
        operation=request.operation.name,
        parameters=request.parameters,
        uri=uri,
        expires_at=datetime.datetime.fromtimestamp(expires_at, datetime.UTC),
    )
