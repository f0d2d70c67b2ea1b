"""What the origins do: operations of the API, the token endpoint and the delivery hosts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, cast
from urllib.parse import parse_qs, parse_qsl

from starlette.responses import JSONResponse, Response

from ._http import RecordedRequest, Refused, RequestContext, StreamedResponse, api_error, html_page
from ._spec import Arguments
from ._state import AssetFile, Channel, Download, Link, State, utc_text

# It returns a response, or what the sandbox knows of one.
Handler = Callable[[State, RequestContext, Arguments], object]

TOKEN_PATH = "/oauth2/token"


def _register_assets(state: State, _: RequestContext, arguments: Arguments) -> Response:
    state.registered.extend(arguments.body["asset_ids"])
    return Response()


def _get_channels(state: State, _: RequestContext, __: Arguments) -> Response:
    channels = list(state.channels.items())
    return JSONResponse([_channel(state, number, channel) for number, channel in channels])


def _channel(state: State, channel_id: int, channel: Channel) -> dict[str, object]:
    dates = [item["asset_changed_utc_datetime"] for item in state.unconfirmed(channel)]
    return {
        "ChannelId": channel_id,
        "AssetFamily": "Creative",
        "AssetType": "Image",
        "AssetChangeType": "All",
        "CreateDateUtc": utc_text(state.created),
        "NotificationCount": len(dates),
        "OldestChangeNotificationDateUtc": dates[0] if dates else None,
        "Metadata": None,
    }


def _get_change_set(state: State, _: RequestContext, arguments: Arguments) -> Response:
    """Send the current change set of a channel."""
    channel_id = cast(int, arguments.get("channel_id", int))
    channel = state.channels.get(channel_id)
    if channel is None:
        raise api_error(404, "ChannelNotFound", f"There is no channel {channel_id}")
    number = state.current_change_set(channel, arguments.get("batch_size", int) or 10)
    if number is None:
        return Response()
    change_set_id = number if state.options.numeric_change_set_ids else str(number)
    body = {"change_set_id": change_set_id, "changed_assets": channel.change_set}
    return JSONResponse(body, state.options.change_set_status)


def _confirm_change_set(state: State, _: RequestContext, arguments: Arguments) -> Response:
    change_set_id = arguments.path["change-set-id"]
    if not state.confirm(change_set_id):
        raise api_error(404, "ChangeSetNotFound", f"There is no change set {change_set_id}")
    return Response()


def _request_download(
    asset_type: str, state: State, context: RequestContext, arguments: Arguments
) -> Response:
    """Use up a download of an image or a video, and send the link to its file."""
    is_image = asset_type == "Image"
    noun = "image" if is_image else "video"
    file_type = (arguments.get("file_type", str) or "jpg") if is_image else "mp4"
    asset_id, options = existing(state, noun, arguments.path["id"]), state.options
    if asset_id in options.unlicensed:
        raise api_error(403, "NotLicensed", f"You are not licensed to download {noun} {asset_id}")
    if options.allowance is not None and state.counts.total() >= options.allowance:
        raise api_error(403, "OverageLimitReached", "Your download limit is reached")
    height = arguments.get("height", int)
    state.counts[asset_id] += 1
    state.add_download(
        asset_id,
        product_type=arguments.get("product_type", str),
        product_id=arguments.get("product_id", int),
        details=arguments.body,
        height=height,
        asset_type=asset_type,
    )
    path = state.create_link(asset_id, file_type, height)
    url = context.origins["delivery"] + path
    given = arguments.get("auto_download", bool)
    if not (is_image if given is None else given):
        return JSONResponse({"uri": url})
    location = path if options.relative_location else url
    return Response(status_code=options.redirect_status, headers={"Location": location})


def existing(state: State, kind: str, asset_id: str) -> str:
    """The id of an asset that exists."""
    if not state.has_asset(asset_id):
        raise api_error(404, f"{kind.capitalize()}NotFound", f"There is no {kind} {asset_id}")
    return asset_id


def _get_downloads(state: State, _: RequestContext, arguments: Arguments) -> Response:
    """Send a page of the download history, the latest download first."""
    start, end = _window(state, arguments)
    found = [item for item in listed_downloads(state, arguments) if start <= item.date <= end]
    records = [item.record for item in arguments.page(found)]
    return JSONResponse({"result_count": len(found), "downloads": records})


def listed_downloads(state: State, arguments: Arguments) -> list[Download]:
    """The downloads of a product type, by the user or the company, the latest first."""
    product_type = arguments.get("product_type", str)
    of_company = arguments.get("company_downloads", bool)
    found = [
        item
        for item in reversed(state.history)
        if item.visible_from <= state.time()
        and (product_type is None or item.record["product_type"] == product_type)
        and (of_company or item.record["user"]["username"] == state.options.username)
    ]
    return sorted(found, key=lambda item: item.date, reverse=True)


_DATES = {"old": ("start_date", "end_date"), "new": ("date_from", "date_to", "use_time")}


def _window(state: State, arguments: Arguments) -> tuple[datetime, datetime]:
    """The first and the last moment that a request for the history asks for."""
    strict, _, known = state.options.history_dates.rpartition("-")
    query: dict[str, Any] = dict(arguments.query)
    for name in _DATES[{"old": "new", "new": "old"}[known]] if known != "both" else ():
        if query.pop(name, None) is not None and strict:
            raise api_error(400, "InvalidRequest", f"query parameter {name!r} is unknown")

    length = None if query.get("use_time") else len("2026-01-31")
    month = timedelta(days=30)
    starts = [query.get("start_date"), query.get("date_from", "")[:length]]
    ends = [query.get("end_date"), query.get("date_to", "")[:length]]
    end = min([moment(text, end_of_day=True) for text in ends if text], default=None)
    start = max([moment(text, end_of_day=False) for text in starts if text], default=None)
    if start and end and start > end:
        raise api_error(400, "InvalidRequest", "start_date (date_from) is after end_date (date_to)")
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    if start is None:
        until = end or state.now()
        start = until - min(month, until - first)
    elif end is None and not starts[0]:
        end = start + min(month, last - start)  # what today's API documents of date_to
    return start, end or last


def moment(text: str, *, end_of_day: bool) -> datetime:
    """A date or a date with a time; a date alone is the start or the end of that day, in UTC."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    whole_day = timedelta(days=1, microseconds=-1)
    return moment + whole_day if end_of_day and len(text) == 10 else moment


ENDPOINTS: Mapping[str, Handler] = {
    "POST /v3/asset-registrations": _register_assets,
    "GET /v3/asset-changes/channels": _get_channels,
    "PUT /v3/asset-changes/change-sets": _get_change_set,
    "DELETE /v3/asset-changes/change-sets/{change-set-id}": _confirm_change_set,
    "GET /v3/downloads": _get_downloads,
    "POST /v3/downloads/images/{id}": partial(_request_download, "Image"),
    "POST /v3/downloads/videos/{id}": partial(_request_download, "Film"),
}


def grant_token(state: State, request: RecordedRequest) -> Response:
    """Grant a token."""
    form = _read_form(request)
    grant = form.get("grant_type", "")
    state.token_grants.append(grant)
    options = state.options
    client = form.get("client_id"), form.get("client_secret")
    if client != (options.api_key, options.api_secret):
        raise _token_error(401, "invalid_client", "client_id or client_secret is wrong")
    refresh_token = None
    if grant == "password":
        user = form.get("username"), form.get("password")
        if user != (options.username, options.password):
            raise _token_error(400, "invalid_grant", "username or password is wrong")
        refresh_token = state.issue_refresh_token()
    elif grant == "refresh_token":
        if form.get("refresh_token") not in state.refresh_tokens:
            raise _token_error(400, "invalid_grant", "refresh_token is not valid")
        if options.rotate_refresh_tokens:
            state.refresh_tokens.discard(form["refresh_token"])
            refresh_token = state.issue_refresh_token()
    elif grant != "client_credentials":
        raise _token_error(400, "unsupported_grant_type", "grant_type is unknown")
    seconds = options.token_seconds
    whole = int(seconds) if seconds == int(seconds) else seconds
    body: dict[str, object] = {
        "access_token": state.issue_token(user=grant != "client_credentials"),
        "token_type": "Bearer",
        "expires_in": str(whole) if options.expires_in_as_string else whole,
    }
    if refresh_token is not None:
        body["refresh_token"] = refresh_token
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


def _token_error(status: int, error: str, description: str) -> Refused:
    """An error in the form of the token endpoint (RFC 6749, section 5.2)."""
    return Refused(JSONResponse({"error": error, "error_description": description}, status))


def _read_form(request: RecordedRequest) -> dict[str, str]:
    if request.path != TOKEN_PATH:
        raise _token_error(404, "not_found", f"the token endpoint is {TOKEN_PATH}")
    if request.method != "POST":
        raise _token_error(405, "invalid_request", "a token request is a POST")
    if request.query:
        raise _token_error(400, "invalid_request", "credentials belong in the body")
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/x-www-form-urlencoded":
        raise _token_error(400, "invalid_request", "a token request is a form")
    pairs = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    if len(dict(pairs)) != len(pairs):
        raise _token_error(400, "invalid_request", "a field is given twice")
    return dict(pairs)


def deliver(state: State, context: RequestContext) -> Response:
    """Send a file, or a redirect to it."""
    request = context.request
    link = state.links.get(request.path)
    query = parse_qs(request.query)
    if link is None or query.get("signature") != [link.signature]:
        raise Refused(html_page(403, "Access denied: the signature is not valid"))
    if context.link_expired:
        state.links.pop(request.path, None)
    if context.link_expired or link.expiry <= state.time():
        raise Refused(html_page(403, "Access denied: the link has expired"))
    if request.method not in ("GET", "HEAD"):
        raise Refused(Response(status_code=405, headers={"Allow": "GET, HEAD"}))
    hops = int("0" + re.sub(r"\D", "", query.get("hop", [""])[0]))
    if hops < state.options.delivery_redirects:
        other = context.origins["delivery" if request.origin == "mirror" else "mirror"]
        path = f"{request.path}?signature={link.signature}&hop={hops + 1}"
        headers = {"Location": other + path}
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
