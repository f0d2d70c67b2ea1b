"""GET /v3/downloads: the pages of the history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.responses import JSONResponse, Response

from ._error_responses import refusal
from ._http import Exchange
from ._state import Download, State, stamp
from ._validation import Arguments


def get_downloads(state: State, _: Exchange, arguments: Arguments) -> Response:
    """A page of the history, the latest download first.

    Raises:
        Refused: The dates are in the wrong order.
    """
    start = _moment(arguments.text("start_date"), end=False)
    end = _moment(arguments.text("end_date"), end=True)
    if start and end and start > end:
        raise refusal(400, "InvalidRequest", "start_date is after end_date")
    product_type = arguments.text("product_type")
    company = arguments.boolean("company_downloads")
    with state.lock:
        now = state.clock.time()
        found = [
            item
            for item in reversed(state.history)
            if item.visible_from <= now
            and (start is None or item.date >= start)
            and (end is None or item.date <= end)
            and (product_type is None or item.product_type == product_type)
            and (company or item.username == state.options.username)
        ]
    found.sort(key=lambda item: item.date, reverse=True)
    page, size = arguments.integer("page") or 1, arguments.integer("page_size") or 30
    records = [_record(item) for item in found[(page - 1) * size : page * size]]
    return JSONResponse({"result_count": len(found), "downloads": records})


def _moment(text: str | None, *, end: bool) -> datetime | None:
    """What a date or a date and time means; a date as an end means all of that day."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    whole_day = end and len(text) == 10
    return moment + timedelta(days=1, microseconds=-1) if whole_day else moment


def _record(item: Download) -> dict[str, object]:
    height = item.height or 2000
    return {
        "id": item.asset_id,
        "date_downloaded": stamp(item.date),
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
