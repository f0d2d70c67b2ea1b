"""The operations of the API of today have names that a person would guess, and can be called."""

from __future__ import annotations

import datetime
import typing
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from gettyimages.sandbox import Sandbox

from ..support.worlds import World

pytestmark = pytest.mark.slow

DOCUMENT = Path(__file__).parents[3] / "specs" / "sources" / "present-day.yaml"
NOW = datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.UTC)

CALLS: dict[str, Callable[[typing.Any], object]] = {
    "GET /v3/search/images/creative": lambda client: client.search.creative_images(
        phrase="ostrich", page=2
    ),
    "GET /v3/search/images/creative/by-image": lambda client: (
        client.search.creative_images_by_image(asset_id="1")
    ),
    "GET /v3/search/images/editorial": lambda client: client.search.editorial_images(date_from=NOW),
    "GET /v3/search/images": lambda client: client.search.images(phrase="ostrich"),
    "GET /v3/search/videos/creative": lambda client: client.search.creative_videos(
        frame_rates=["24", "25"]
    ),
    "GET /v3/search/videos/creative/by-image": lambda client: (
        client.search.creative_videos_by_image(asset_id="1")
    ),
    "GET /v3/search/videos/editorial": lambda client: client.search.editorial_videos(
        phrase="ostrich"
    ),
    "GET /v3/search/events": lambda client: client.search.events(editorial_segment="sport"),
    "PUT /v3/search/by-image/uploads/a.jpg": lambda client: client.search.upload_image(
        "a.jpg", body=b"\xff\xd8"
    ),
    "GET /v3/images/123": lambda client: client.images.get("123"),
    "GET /v3/images": lambda client: client.images.get_many(ids=["123", "124"]),
    "GET /v3/images/123/similar": lambda client: client.images.similar("123"),
    "GET /v3/images/123/same-series": lambda client: client.images.same_series("123"),
    "GET /v3/images/123/downloadhistory": lambda client: client.images.download_history("123"),
    "GET /v3/videos/123": lambda client: client.videos.get("123"),
    "GET /v3/videos": lambda client: client.videos.get_many(ids=["123"]),
    "GET /v3/videos/123/similar": lambda client: client.videos.similar("123"),
    "GET /v3/videos/123/same-series": lambda client: client.videos.same_series("123"),
    "GET /v3/videos/123/downloadhistory": lambda client: client.videos.download_history("123"),
    "GET /v3/artists/images": lambda client: client.artists.images(artist_name="A"),
    "GET /v3/artists/videos": lambda client: client.artists.videos(artist_name="A"),
    "GET /v3/events/5": lambda client: client.events.get(5),
    "GET /v3/events": lambda client: client.events.get_many(ids=[5, 6]),
    "GET /v3/collections": lambda client: client.collections.list(),
    "GET /v3/products": lambda client: client.products.list(fields=["download_requirements"]),
    "POST /v3/downloads/videos/123": lambda client: client.downloads.request_video_download(
        "123", size="hd1"
    ),
    "POST /v3/asset-licensing/123": lambda client: client.asset_licensing.acquire(
        "123", extended_licenses=["resale"]
    ),
    "GET /v3/purchased-assets": lambda client: client.purchased_assets.list(date_to=NOW),
    "GET /v3/orders/1": lambda client: client.orders.get(1),
    "PUT /v3/usage-batches/b": lambda client: client.usage_batches.report(
        "b", asset_usages=[{"asset_id": "1"}]
    ),
    "GET /v3/boards": lambda client: client.boards.list(page_size=5),
    "POST /v3/boards": lambda client: client.boards.create(name="Birds"),
    "GET /v3/boards/1": lambda client: client.boards.get("1"),
    "PUT /v3/boards/1": lambda client: client.boards.update("1", name="Birds"),
    "PUT /v3/boards/1/assets": lambda client: client.boards.add_assets(
        "1", body=[{"asset_id": "1"}]
    ),
    "DELETE /v3/boards/1/assets": lambda client: client.boards.remove_assets(
        "1", asset_ids=["1", "2"]
    ),
    "PUT /v3/boards/1/assets/1": lambda client: client.boards.add_asset("1", "1"),
    "DELETE /v3/boards/1/assets/1": lambda client: client.boards.remove_asset("1", "1"),
    "GET /v3/boards/1/comments": lambda client: client.boards.list_comments("1"),
    "POST /v3/boards/1/comments": lambda client: client.boards.add_comment("1", text="Fine"),
    "DELETE /v3/boards/1/comments/2": lambda client: client.boards.delete_comment("1", "2"),
    "DELETE /v3/boards/1": lambda client: client.boards.delete("1"),
    "GET /v3/countries": lambda client: client.countries.list(),
    "GET /v3/customers/current": lambda client: client.customers.current(),
}


@pytest.fixture(autouse=True)
def board(sandbox: Sandbox) -> None:
    """The board that is there at first, with asset 1 and comment 2."""
    with sandbox.client() as client:
        client.boards.add_asset("1", "1")
        assert client.boards.add_comment("1", text="Fine").id == "2"
    sandbox.forget_requests()


@pytest.mark.parametrize("called", CALLS)
def test_an_operation_is_called_by_its_name(world: World, sandbox: Sandbox, called: str) -> None:
    client = world.client(**sandbox.client_options())
    world.do(CALLS[called], client)
    request = sandbox.requests[-1]
    assert f"{request.method} {request.path}" == called
    assert request.status in (200, 201, 303)


def test_every_operation_of_the_document_is_called(world: World, sandbox: Sandbox) -> None:
    client = world.client(**sandbox.client_options())
    for call in CALLS.values():
        world.do(call, client)
    document = yaml.load(DOCUMENT.read_text("utf-8"), yaml.CSafeLoader)
    ids = {node["operationId"] for item in document["paths"].values() for node in item.values()}
    assert {request.operation for request in sandbox.requests} - {"token"} == ids


def test_whoever_has_only_a_key_can_search(world: World, sandbox: Sandbox) -> None:
    options = sandbox.client_options()
    client = world.client(api_key=options["api_key"], base_url=options["base_url"])
    world.do(client.search.creative_images, phrase="ostrich")
    world.do(client.images.get, "123")
    assert all("authorization" not in request.headers for request in sandbox.requests)
