"""The operations whose behaviour the sandbox knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from starlette.responses import JSONResponse, Response

from ._download_history import get_downloads
from ._error_responses import refusal
from ._http import Exchange
from ._state import State, stamp
from ._validation import Arguments

Handler = Callable[[State, Exchange, Arguments], Response]


def register(state: State, _: Exchange, arguments: Arguments) -> Response:
    """Register assets."""
    body = cast(Mapping[str, list[str]], arguments.body)
    with state.lock:
        state.registered.extend(body["asset_ids"])
    return Response()


def get_channels(state: State, _: Exchange, __: Arguments) -> Response:
    """All channels."""
    with state.lock:
        return JSONResponse(
            [
                {
                    "ChannelId": channel_id,
                    "AssetFamily": "Creative",
                    "AssetType": "Image",
                    "AssetChangeType": "All",
                    "CreateDateUtc": stamp(state.created),
                    "NotificationCount": len(channel.waiting) + len(channel.current),
                    "OldestChangeNotificationDateUtc": next(
                        (
                            item["asset_changed_utc_datetime"]
                            for item in (*channel.current, *channel.waiting)
                        ),
                        None,
                    ),
                    "Metadata": None,
                }
                for channel_id, channel in state.channels.items()
            ]
        )


def get_change_set(state: State, _: Exchange, arguments: Arguments) -> Response:
    """The current change set of a channel.

    Raises:
        Refused: There is no such channel.
    """
    channel_id = cast(int, arguments.integer("channel_id"))
    with state.lock:
        channel = state.channels.get(channel_id)
        if channel is None:
            raise refusal(404, "ChannelNotFound", f"There is no channel {channel_id}")
        number = state.next_change_set(channel, arguments.integer("batch_size") or 10)
        if number is None:
            return Response()
        numeric = state.options.numeric_change_set_ids
        body = {
            "change_set_id": number if numeric else str(number),
            "changed_assets": list(channel.current),
        }
    return JSONResponse(body, state.options.change_set_status)


def confirm_change_set(state: State, _: Exchange, arguments: Arguments) -> Response:
    """Confirm a change set.

    Raises:
        Refused: There is no such change set, or it is confirmed already.
    """
    change_set_id = arguments.path["change-set-id"]
    if not state.confirm(change_set_id):
        raise refusal(404, "ChangeSetNotFound", f"There is no change set {change_set_id}")
    return Response()


def request_image_download(state: State, exchange: Exchange, arguments: Arguments) -> Response:
    """Use up a download, and hand over the address of the file.

    Raises:
        Refused: There is no such image, it is not licensed, or the allowance is used up.
    """
    asset_id, options = arguments.path["id"], state.options
    if not (asset_id.isascii() and asset_id.isdigit()) or asset_id in options.missing:
        raise refusal(404, "ImageNotFound", f"There is no image {asset_id}")
    if asset_id in options.unlicensed:
        raise refusal(403, "NotLicensed", f"You are not licensed to download image {asset_id}")
    height = arguments.integer("height")
    with state.lock:
        if options.allowance is not None and state.counts.total() >= options.allowance:
            raise refusal(403, "OverageLimitReached", "Your download limit is reached")
        state.record(
            state.download(
                asset_id,
                product_type=arguments.text("product_type"),
                product_id=arguments.integer("product_id"),
                details=cast(Mapping[str, object] | None, arguments.body),
                height=height,
            )
        )
    path = state.link(asset_id, arguments.text("file_type") or "jpg", height)
    delivery = exchange.origins["delivery"]
    if arguments.boolean("auto_download") is False:
        return JSONResponse({"uri": delivery + path})
    location = path if options.relative_location else delivery + path
    return Response(status_code=options.redirect_status, headers={"Location": location})


HANDLERS: Mapping[str, Handler] = {
    "POST /v3/asset-registrations": register,
    "GET /v3/asset-changes/channels": get_channels,
    "PUT /v3/asset-changes/change-sets": get_change_set,
    "DELETE /v3/asset-changes/change-sets/{change-set-id}": confirm_change_set,
    "GET /v3/downloads": get_downloads,
    "POST /v3/downloads/images/{id}": request_image_download,
}
