"""The operations of the API that the sandbox carries out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import cast

from starlette.responses import JSONResponse, Response

from ._http import RequestContext, api_error
from ._state import Channel, Download, State, utc_text
from ._validation import Arguments

Handler = Callable[[State, RequestContext, Arguments], Response]


def register_assets(state: State, _: RequestContext, arguments: Arguments) -> Response:
    """Register assets."""
    body = cast(Mapping[str, list[str]], arguments.body)
    with state.lock:
        state.registered.extend(body["asset_ids"])
    return Response()


def get_channels(state: State, _: RequestContext, __: Arguments) -> Response:
    """List all channels."""
    with state.lock:
        channels = [_channel(state, number, it) for number, it in state.channels.items()]
    return JSONResponse(channels)


def _channel(state: State, channel_id: int, channel: Channel) -> dict[str, object]:
    dates = [item["asset_changed_utc_datetime"] for item in channel.notifications]
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


def get_change_set(state: State, _: RequestContext, arguments: Arguments) -> Response:
    """Send the current change set of a channel.

    Raises:
        RequestRefused: The channel does not exist.
    """
    channel_id = cast(int, arguments.get("channel_id", int))
    with state.lock:
        channel = state.channels.get(channel_id)
        if channel is None:
            raise api_error(404, "ChannelNotFound", f"There is no channel {channel_id}")
        number = state.current_change_set(channel, arguments.get("batch_size", int) or 10)
        if number is None:
            return Response()
        body = {
            "change_set_id": number if state.options.numeric_change_set_ids else str(number),
            "changed_assets": list(channel.change_set),
        }
    return JSONResponse(body, state.options.change_set_status)


def confirm_change_set(state: State, _: RequestContext, arguments: Arguments) -> Response:
    """Confirm a change set.

    Raises:
        RequestRefused: The change set does not exist, or is confirmed already.
    """
    change_set_id = arguments.path["change-set-id"]
    if not state.confirm(change_set_id):
        raise api_error(404, "ChangeSetNotFound", f"There is no change set {change_set_id}")
    return Response()


def request_image_download(state: State, context: RequestContext, arguments: Arguments) -> Response:
    """Use up a download, and send the link to the file.

    Raises:
        RequestRefused: The image does not exist or is not licensed, or the allowance is used up.
    """
    asset_id, options = arguments.path["id"], state.options
    if not (asset_id.isascii() and asset_id.isdigit()) or asset_id in options.missing:
        raise api_error(404, "ImageNotFound", f"There is no image {asset_id}")
    if asset_id in options.unlicensed:
        raise api_error(403, "NotLicensed", f"You are not licensed to download image {asset_id}")
    height = arguments.get("height", int)
    with state.lock:
        if options.allowance is not None and state.counts.total() >= options.allowance:
            raise api_error(403, "OverageLimitReached", "Your download limit is reached")
        state.counts[asset_id] += 1
        state.add_download(
            asset_id,
            product_type=arguments.get("product_type", str),
            product_id=arguments.get("product_id", int),
            details=cast(Mapping[str, object] | None, arguments.body),
            height=height,
        )
    path = state.create_link(asset_id, arguments.get("file_type", str) or "jpg", height)
    url = context.origins["delivery"] + path
    if arguments.get("auto_download", bool) is False:
        return JSONResponse({"uri": url})
    location = path if options.relative_location else url
    return Response(status_code=options.redirect_status, headers={"Location": location})


def get_downloads(state: State, _: RequestContext, arguments: Arguments) -> Response:
    """Send a page of the download history, the latest download first.

    Raises:
        RequestRefused: The dates are in the wrong order.
    """
    start = _moment(arguments.get("start_date", str), end_of_day=False)
    end = _moment(arguments.get("end_date", str), end_of_day=True)
    if start and end and start > end:
        raise api_error(400, "InvalidRequest", "start_date is after end_date")
    product_type = arguments.get("product_type", str)
    of_company = arguments.get("company_downloads", bool)
    with state.lock:
        now = state.clock.time()
        found = [
            item
            for item in reversed(state.history)
            if item.visible_from <= now
            and (start is None or item.date >= start)
            and (end is None or item.date <= end)
            and (product_type is None or item.product_type == product_type)
            and (of_company or item.username == state.options.username)
        ]
    found.sort(key=lambda item: item.date, reverse=True)
    page, size = arguments.get("page", int) or 1, arguments.get("page_size", int) or 30
    records = [_history_record(item) for item in found[(page - 1) * size : page * size]]
    return JSONResponse({"result_count": len(found), "downloads": records})


def _moment(text: str | None, *, end_of_day: bool) -> datetime | None:
    """A date or a date with a time; a date alone is the start or the end of that day, in UTC."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    whole_day = timedelta(days=1, microseconds=-1)
    return moment + whole_day if end_of_day and len(text) == 10 else moment


def _history_record(item: Download) -> dict[str, object]:
    height = item.height or 2000
    return {
        "id": item.asset_id,
        "date_downloaded": utc_text(item.date),
        "product_type": item.product_type,
        "product_id": item.product_id,
        "asset_type": "Image",
        "thumb_uri": f"https://example.com/thumbs/{item.asset_id}.jpg",
        "agreement_name": "Sandbox agreement",
        "size_name": "large",
        "license_model": "RoyaltyFree",
        "download_source": "API",
        "download_details": {
            "download_notes": item.details.get("download_notes"),
            "project_code": item.details.get("project_code"),
        },
        "user": {
            "username": item.username,
            "first_name": "Sandy",
            "middle_name": None,
            "last_name": "Box",
        },
        "dimensions": {"width": height * 3 // 2, "height": height, "dpi": 300},
    }


HANDLERS: Mapping[str, Handler] = {
    "POST /v3/asset-registrations": register_assets,
    "GET /v3/asset-changes/channels": get_channels,
    "PUT /v3/asset-changes/change-sets": get_change_set,
    "DELETE /v3/asset-changes/change-sets/{change-set-id}": confirm_change_set,
    "GET /v3/downloads": get_downloads,
    "POST /v3/downloads/images/{id}": request_image_download,
}
