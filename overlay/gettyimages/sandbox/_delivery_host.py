"""The delivery hosts: files behind signed links, whole or in ranges (RFC 9110, 13 and 14)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from urllib.parse import parse_qs

from starlette.responses import Response

from ._asset_files import File
from ._error_responses import Refused, page
from ._http import Exchange, OriginName, Stream
from ._state import Link, State

PREFIX = "/files/"


def find(state: State, path: str) -> Link | None:
    """The link at a path, whatever its signature."""
    with state.lock:
        return state.links.get(path.removeprefix(PREFIX))


def answer(state: State, exchange: Exchange) -> Response:
    """Serve a file, or a redirect to it.

    Raises:
        Refused: The link is unknown or has expired.
    """
    record = exchange.record
    link = find(state, record.path)
    query = parse_qs(record.query)
    if link is None or query.get("signature") != [link.signature]:
        raise Refused(page(403, "Access denied: the signature is not valid"))
    if exchange.link_expired:
        with state.lock:
            del state.links[record.path.removeprefix(PREFIX)]
    if exchange.link_expired or link.expiry <= state.clock.time():
        raise Refused(page(403, "Access denied: the link has expired"))
    if record.method not in ("GET", "HEAD"):
        raise Refused(Response(status_code=405, headers={"Allow": "GET, HEAD"}))
    hops = int("0" + re.sub(r"\D", "", query.get("hop", [""])[0]))
    if hops < state.options.delivery_redirects:
        other: OriginName = "delivery" if record.origin == "mirror" else "mirror"
        path = f"{record.path}?signature={link.signature}&hop={hops + 1}"
        location = exchange.origins[other] + path
        status = state.options.delivery_redirect_status
        return Response(status_code=status, headers={"Location": location})
    return _serve(exchange, link, state.file(link.asset_id, link.file_type, link.height))


def _serve(exchange: Exchange, link: Link, file: File) -> Response:
    headers = {
        "Content-Type": file.content_type,
        "Content-Disposition": f"attachment; filename=GettyImages-{link.asset_id}.{link.file_type}",
        "ETag": file.etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-transform",
    }
    asked = exchange.record.headers
    if file.etag in re.split(r"\s*,\s*", asked.get("if-none-match", "")):
        return Response(status_code=304, headers={"ETag": file.etag})
    part = _range(asked, file) if exchange.record.method == "GET" else None
    if part is None:
        return Stream(file.chunks, file.size, 200, headers)
    start, stop = part
    if start >= stop:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{file.size}"})
    return _serve_part(exchange, file, start, stop, headers)


def _serve_part(
    exchange: Exchange, file: File, start: int, stop: int, headers: Mapping[str, str]
) -> Response:
    away = 1 if start == 0 else -1  # a place beside the right one
    wrong = exchange.wrong_range
    said = max(0, start + (away if wrong == "header" else 0))
    stop = min(stop, file.size - 1) if wrong and away == 1 and stop - start > 1 else stop
    length = stop - start
    shift = away if wrong else 0
    content_range = f"bytes {said}-{said + length - 1}/{file.size}"
    chunks = partial(file.chunks, start + shift, stop + shift)
    return Stream(chunks, length, 206, {**headers, "Content-Range": content_range})


def _range(asked: Mapping[str, str], file: File) -> tuple[int, int] | None:
    """The single range that is asked for; None if the whole file is to be sent."""
    found = re.fullmatch(r"bytes=(\d*)-(\d*)", asked.get("range", "").strip())
    if found is None or asked.get("if-range", file.etag) != file.etag:
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        return max(0, file.size - int(last)), file.size
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, file.size) if last else file.size
