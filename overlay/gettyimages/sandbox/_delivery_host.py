"""The delivery hosts: files behind signed links, whole or in ranges (RFC 9110, 13 and 14)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from urllib.parse import parse_qs

from starlette.responses import Response

from ._asset_files import AssetFile
from ._http import OriginName, RequestContext, RequestRefused, StreamedResponse, html_page
from ._state import Link, State

PREFIX = "/files/"


def find_link(state: State, path: str) -> Link | None:
    """The link with a path, whatever its signature."""
    with state.lock:
        return state.links.get(path.removeprefix(PREFIX))


def deliver(state: State, context: RequestContext) -> Response:
    """Send a file, or a redirect to it.

    Raises:
        RequestRefused: The link is unknown or has expired, or the method is wrong.
    """
    request = context.request
    link = find_link(state, request.path)
    query = parse_qs(request.query)
    if link is None or query.get("signature") != [link.signature]:
        raise RequestRefused(html_page(403, "Access denied: the signature is not valid"))
    if context.link_expired:
        with state.lock:
            del state.links[request.path.removeprefix(PREFIX)]
    if context.link_expired or link.expiry <= state.clock.time():
        raise RequestRefused(html_page(403, "Access denied: the link has expired"))
    if request.method not in ("GET", "HEAD"):
        raise RequestRefused(Response(status_code=405, headers={"Allow": "GET, HEAD"}))
    hops = int("0" + re.sub(r"\D", "", query.get("hop", [""])[0]))
    if hops < state.options.delivery_redirects:
        other: OriginName = "delivery" if request.origin == "mirror" else "mirror"
        path = f"{request.path}?signature={link.signature}&hop={hops + 1}"
        headers = {"Location": context.origins[other] + path}
        return Response(status_code=state.options.delivery_redirect_status, headers=headers)
    return _send(context, link, state.file(link.asset_id, link.file_type, link.height))


def _send(context: RequestContext, link: Link, file: AssetFile) -> Response:
    headers = {
        "Content-Type": file.content_type,
        "Content-Disposition": f"attachment; filename=GettyImages-{link.asset_id}.{link.file_type}",
        "ETag": file.etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-transform",
    }
    request = context.request
    if file.etag in re.split(r"\s*,\s*", request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers={"ETag": file.etag})
    requested = _requested_range(request.headers, file) if request.method == "GET" else None
    if requested is None:
        return StreamedResponse(file.chunks, file.size, 200, headers)
    start, stop = requested
    if start >= stop:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{file.size}"})
    shift = 0
    if context.wrong_range:
        shift = 1 if start == 0 else -1  # the bytes come from the place beside the right one
        if shift == 1 and stop - start > 1:
            stop = min(stop, file.size - 1)
    first = start + shift if context.wrong_range == "header" else start
    length = stop - start
    headers["Content-Range"] = f"bytes {first}-{first + length - 1}/{file.size}"
    chunks = partial(file.chunks, start + shift, stop + shift)
    return StreamedResponse(chunks, length, 206, headers)


def _requested_range(headers: Mapping[str, str], file: AssetFile) -> tuple[int, int] | None:
    """The single range that is requested; None if the whole file is to be sent."""
    found = re.fullmatch(r"bytes=(\d*)-(\d*)", headers.get("range", "").strip())
    if found is None or headers.get("if-range", file.etag) != file.etag:
        return None
    first, last = found.groups()
    if not first:
        return (max(0, file.size - int(last)), file.size) if last else None
    if not last:
        return int(first), file.size
    return (int(first), min(int(last) + 1, file.size)) if int(last) >= int(first) else None
