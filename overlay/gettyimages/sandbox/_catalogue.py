"""What is for sale: searches, metadata, events, products, licenses and what was bought before.

An image, a video or an event is made from its id alone, so that every operation agrees about it.
Even ids are creative, odd ones editorial. Handlers return what the sandbox knows, by the names of
the API; the `Responder` leaves out what the spec does not have.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from ._endpoints import Handler, existing, listed_downloads, moment
from ._http import RequestContext, api_error
from ._spec import Arguments
from ._state import Purchase, State, utc_text

Known: TypeAlias = dict[str, Any]

_SEGMENTS = ("archival", "entertainment", "news", "publicity", "royalty", "sport")
_SIZES = ("comp", "preview", "thumb")
_LATEST = datetime(2026, 1, 31, 12, tzinfo=UTC)
_PRESENTATION = ("page", "page_size", "fields", "sort_order")  # of what a search has found
_CREDITS = 1000
_COLLECTIONS = [
    {
        "id": number,
        "code": code,
        "name": f"Sandbox {family}",
        "asset_family": family,
        "license_model": license_model,
        "product_types": ["easyaccess"],
    }
    for number, code, family, license_model in (
        (1, "SBC", "creative", "royaltyfree"),
        (2, "SBE", "editorial", "rightsready"),
    )
]
_COUNTRIES = [
    {"iso_alpha_2": two, "iso_alpha_3": three, "name": name}
    for two, three, name in (
        ("DE", "DEU", "Germany"),
        ("FR", "FRA", "France"),
        ("GB", "GBR", "United Kingdom"),
        ("JP", "JPN", "Japan"),
        ("US", "USA", "United States"),
    )
]
_EVENT = {
    "child_event_count": 0,
    "image_count": 1,
    "location": {"city": "London", "country": "United Kingdom", "venue": "Sandbox"},
}
_IMAGE = {
    "artist": "Sandy Box",
    "copyright": "Sandy Box",
    "keywords": [{"keyword_id": "1", "text": "sandbox", "type": "Unknown", "relevance": None}],
    "max_dimensions": {"width": 3000, "height": 2000},
    "orientation": "horizontal",
}
_ASSETS: Mapping[str, Known] = {
    "image": _IMAGE,
    "video": {**_IMAGE, "clip_length": "00:00:10:00", "mastered_to": "QuickTime 8-bit HD"},
}
_LARGEST = {
    "product_id": "9001",
    "product_type": "easyaccess",
    "agreement_name": "Sandbox agreement",
}
_FACETS: Known = {name: [] for name in ("artists", "entertainment", "events", "locations")}


def _describe(kind: str, context: RequestContext, asset_id: str) -> Known:
    """All that is known of an image, a video or an event."""
    number = int(asset_id[-4:])
    collection, segment = _COLLECTIONS[number % 2], _SEGMENTS[number % len(_SEGMENTS)]
    date = utc_text(_LATEST - timedelta(hours=number))
    sizes = [
        {"name": name, "is_watermarked": True, "uri": f"https://example.com/{name}/{asset_id}.jpg"}
        for name in _SIZES
    ]
    if kind == "event":
        return {
            **_EVENT,
            "id": int(asset_id),
            "name": f"Event {asset_id}",
            "editorial_segments": [segment],
            "hero_image": {"id": asset_id, "display_sizes": sizes},
            "start_date": date,
        }
    path = f"/v3/downloads/{kind}s/{asset_id}"
    return {
        **_ASSETS[kind],
        **{name: collection[name] for name in ("asset_family", "license_model", "product_types")},
        **{f"collection_{name}": collection[name] for name in ("id", "code", "name")},
        "id": asset_id,
        "title": f"{kind.capitalize()} {asset_id}",
        "caption": f"The {collection['asset_family']} {kind} {asset_id} of the sandbox",
        "date_created": date,
        "display_sizes": sizes,
        "editorial_segments": [segment] * (number % 2),
        "event_ids": [number] * (number % 2),
        "largest_downloads": [{**_LARGEST, "uri": context.origins["api"] + path}],
    }


def _chosen(known: Known, arguments: Arguments) -> Known:
    """What the parameter `fields` asks for; everything without it, or with a set of fields."""
    fields = arguments.get("fields", list)
    if not fields or any(name.endswith("_set") for name in fields):
        return known
    names = {"id", *fields} | ({"display_sizes"} if {*_SIZES} & {*fields} else set())
    return {name: value for name, value in known.items() if name in names}


def _search(
    kind: str, family: int | None, state: State, context: RequestContext, arguments: Arguments
) -> Known:
    """Send a page of what the same arguments always find."""
    query = {name: value for name, value in arguments.query.items() if name not in _PRESENTATION}
    for asset_id in (arguments.path.get("id"), query.get("asset_id")):
        if isinstance(asset_id, str):
            existing(state, kind, asset_id)
    sought = repr((sorted(arguments.path.items()), sorted(query.items()))).lower()
    first = 1_000_000_000 + zlib.crc32(sought.encode()) % 1_000_000 * 1000
    numbers = [first + number for number in range(state.options.search_results)]
    if family is not None:
        numbers = [2 * number - first + family for number in numbers]
    found = [text for text in map(str, numbers) if text not in state.options.missing]
    items = [_describe(kind, context, each) for each in arguments.page(found)]
    return {
        "result_count": len(found),
        f"{kind}s": [_chosen(item, arguments) for item in items],
        "related_searches": [],
        "auto_corrections": {"phrase": None},
        "facets": _FACETS,
    }


def _get(kind: str, state: State, context: RequestContext, arguments: Arguments) -> Known:
    """Send the metadata of one image, video or event."""
    asset_id = existing(state, kind, arguments.path["id"])
    known = _chosen(_describe(kind, context, asset_id), arguments)
    return {"images": [known], "images_not_found": []} if kind == "image" else known


def _get_many(kind: str, state: State, context: RequestContext, arguments: Arguments) -> Known:
    """Send the metadata of several, and the ids of those that do not exist."""
    ids = [str(each) for each in arguments.get("ids", list) or []]
    found = [_describe(kind, context, each) for each in ids if state.has_asset(each)]
    return {
        f"{kind}s": [_chosen(item, arguments) for item in found],
        f"{kind}s_not_found": [each for each in ids if not state.has_asset(each)],
    }


def _download_history(kind: str, state: State, _: RequestContext, arguments: Arguments) -> Known:
    """Send the downloads of one image or video."""
    asset_id = existing(state, kind, arguments.path["id"])
    records = [item.record for item in listed_downloads(state, arguments)]
    asset_type = {"image": "Image", "video": "Film"}[kind]
    same = [each for each in records if (each["id"], each["asset_type"]) == (asset_id, asset_type)]
    return {"id": asset_id, "downloads": same}


def _products(state: State, _: RequestContext, __: Arguments) -> Known:
    """List the products: one for downloads, and one that pays licenses."""
    limit, used = state.options.allowance, state.counts.total()
    common = {"status": "active", "agreement_name": "Sandbox agreement"}
    requirements = {"is_note_required": False, "is_project_code_required": False}
    easy_access = {
        "id": 9001,
        "name": "Easy access",
        "type": "easyaccess",
        "download_limit": limit,
        "downloads_remaining": None if limit is None else limit - used,
        "download_requirements": {**requirements, "project_codes": []},
    }
    credit_pack = {
        "id": 9002,
        "name": "Credits",
        "type": "creditpack",
        "credits_remaining": _CREDITS - state.credits_used,
    }
    return {"products": [common | easy_access, common | credit_pack]}


def _acquire(state: State, _: RequestContext, arguments: Arguments) -> Known:
    """Buy licenses of an image, each for one credit."""
    asset_id = existing(state, "image", arguments.path["assetId"])
    licenses = arguments.body["extended_licenses"]
    state.credits_used += len(licenses)
    state.purchases.append(Purchase(asset_id, state.now()))
    return {"credits_used": len(licenses), "acquired_licenses": licenses}


def _purchased_assets(state: State, context: RequestContext, arguments: Arguments) -> Known:
    """Send a page of what was bought, the latest first."""
    start, end = arguments.get("date_from", str), arguments.get("date_to", str)
    found = [
        (order, each)
        for order, each in reversed([*enumerate(state.purchases, 1)])
        if (start is None or moment(start, end_of_day=False) <= each.date)
        and (end is None or each.date <= moment(end, end_of_day=True))
    ]
    purchases = [
        {
            "order_id": str(order),
            "asset_id": each.asset_id,
            "asset_type": "Image",
            "date_purchased": utc_text(each.date),
            "purchased_by": state.options.username,
            "license_model": "royaltyfree",
            "thumb_uri": f"https://example.com/thumb/{each.asset_id}.jpg",
            "download_uri": f"{context.origins['api']}/v3/downloads/images/{each.asset_id}",
        }
        for order, each in arguments.page(found, 75)
    ]
    return {"result_count": len(found), "previous_purchases": purchases}


def _order(state: State, _: RequestContext, arguments: Arguments) -> Known:
    """Send the order of one purchase."""
    number = arguments.path["id"]
    for order, each in enumerate(state.purchases, 1):
        if str(order) == number:
            return {
                "id": number,
                "invoice_number": f"SANDBOX-{number}",
                "order_date": utc_text(each.date),
                "notes": {"ordered_by": state.options.username},
                "assets": [{"id": each.asset_id}],
            }
    raise api_error(404, "OrderNotFound", f"There is no order {number}")


def _report_usage(state: State, _: RequestContext, arguments: Arguments) -> Known:
    """Take a batch of uses, once."""
    batch_id = arguments.path["id"]
    if batch_id in state.usage_batches:
        raise api_error(409, "BatchExists", f"Batch {batch_id} has been reported before")
    state.usage_batches.add(batch_id)
    usages = arguments.body.get("asset_usages") or []
    ids = [str(usage.get("asset_id")) for usage in usages]
    invalid = [each for each in ids if not state.has_asset(each)]
    return {"invalid_assets": invalid, "total_asset_usages_processed": len(ids) - len(invalid)}


CATALOGUE: Mapping[str, Handler] = {
    **{
        f"GET /v3/search/{path}": partial(_search, kind, family)
        for path, kind, family in (
            ("images", "image", None),
            ("images/creative", "image", 0),
            ("images/creative/by-image", "image", 0),
            ("images/editorial", "image", 1),
            ("videos/creative", "video", 0),
            ("videos/creative/by-image", "video", 0),
            ("videos/editorial", "video", 1),
            ("events", "event", None),
        )
    },
    **{
        f"GET /v3/{path}": partial(handler, kind)
        for kind in ("image", "video", "event")
        for path, handler in ((f"{kind}s", _get_many), (f"{kind}s/{{id}}", _get))
    },
    **{
        f"GET /v3/{path}": handler
        for kind in ("image", "video")
        for path, handler in (
            (f"artists/{kind}s", partial(_search, kind, None)),
            (f"{kind}s/{{id}}/similar", partial(_search, kind, None)),
            (f"{kind}s/{{id}}/same-series", partial(_search, kind, None)),
            (f"{kind}s/{{id}}/downloadhistory", partial(_download_history, kind)),
        )
    },
    "GET /v3/products": _products,
    "POST /v3/asset-licensing/{assetId}": _acquire,
    "GET /v3/purchased-assets": _purchased_assets,
    "GET /v3/orders/{id}": _order,
    "PUT /v3/usage-batches/{id}": _report_usage,
    "GET /v3/collections": lambda *_: {"collections": _COLLECTIONS},
    "GET /v3/countries": lambda *_: {"countries": _COUNTRIES},
    "GET /v3/customers/current": lambda *_: {"first_name": "Sandy", "last_name": "Box"},
}
