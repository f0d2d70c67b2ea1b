"""The sandbox's searches, metadata, purchases and boards: all operations agree with each other."""

from __future__ import annotations

import typing
from collections.abc import Iterator

import pytest

from gettyimages import NULL, APIError, GettyImages
from gettyimages.sandbox import Sandbox

from .support import Caller

Json = typing.Any


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(search_results=7) as running:
        yield running
    assert not running.problems


@pytest.fixture
def call(sandbox: Sandbox) -> Iterator[Caller]:
    caller = Caller(sandbox)
    with caller.http:
        yield caller


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[GettyImages]:
    with sandbox.client() as client:
        yield client


def found(call: Caller, path: str, items: str, **query: object) -> tuple[int, list[Json]]:
    body = call("GET", path, params=query).json()
    return body["result_count"], body[items]


SEARCHES = [
    ("/v3/search/images", "images", {"phrase": "ostrich"}),
    ("/v3/search/images/creative", "images", {"phrase": "ostrich"}),
    ("/v3/search/images/creative/by-image", "images", {"asset_id": "12"}),
    ("/v3/search/images/editorial", "images", {"phrase": "ostrich"}),
    ("/v3/search/videos/creative", "videos", {"phrase": "ostrich"}),
    ("/v3/search/videos/creative/by-image", "videos", {"asset_id": "12"}),
    ("/v3/search/videos/editorial", "videos", {"phrase": "ostrich"}),
    ("/v3/search/events", "events", {"phrase": "ostrich"}),
    ("/v3/artists/images", "images", {"artist_name": "Ann"}),
    ("/v3/artists/videos", "videos", {"artist_name": "Ann"}),
    ("/v3/images/12/similar", "images", {}),
    ("/v3/images/12/same-series", "images", {}),
    ("/v3/videos/12/similar", "videos", {}),
    ("/v3/videos/12/same-series", "videos", {}),
]


@pytest.mark.parametrize(("path", "items", "query"), SEARCHES)
def test_the_pages_of_a_search_add_up_to_its_total(
    call: Caller, path: str, items: str, query: dict[str, str]
) -> None:
    everything = found(call, path, items, **query)
    assert everything[0] == 7
    pages = [found(call, path, items, **query, page=page, page_size=3) for page in (1, 2, 3, 4)]
    assert [(total, len(page)) for total, page in pages] == [(7, 3), (7, 3), (7, 1), (7, 0)]
    assert [item for _, page in pages for item in page] == everything[1]
    assert len({item["id"] for item in everything[1]}) == 7


@pytest.mark.parametrize(("path", "items", "query"), SEARCHES)
def test_metadata_is_that_of_the_search(
    sandbox: Sandbox, call: Caller, path: str, items: str, query: dict[str, str]
) -> None:
    sandbox.missing = ["404"]
    _, searched = found(call, path, items, **query)
    ids = [str(item["id"]) for item in searched]
    body = call("GET", f"/v3/{items}", params={"ids": ",".join([*ids, "404"])}).json()
    assert body[f"{items}_not_found"] == ["404"]
    assert [each | item for each, item in zip(body[items], searched, strict=True)] == body[items]
    one = call("GET", f"/v3/{items}/{ids[0]}").json()
    assert (one["images"][0] if items == "images" else one) == body[items][0]


def test_other_phrases_find_other_items_and_their_case_does_not_matter(call: Caller) -> None:
    path = "/v3/search/images/creative"
    ostriches = found(call, path, "images", phrase="ostrich")
    assert found(call, path, "images", phrase="Ostrich") == ostriches
    assert found(call, path, "images", phrase="emu") != ostriches


def test_creative_and_editorial_items_are_told_apart_by_every_operation(call: Caller) -> None:
    for family in ("creative", "editorial"):
        for kind in ("images", "videos"):
            _, items = found(call, f"/v3/search/{kind}/{family}", kind, phrase="ostrich")
            assert {item["asset_family"] for item in items} == {family}


def test_a_missing_asset_is_neither_found_nor_described(sandbox: Sandbox, call: Caller) -> None:
    path = "/v3/search/images"
    _, (first, *others) = found(call, path, "images", phrase="ostrich")
    sandbox.missing = [first["id"]]
    assert found(call, path, "images", phrase="ostrich") == (6, others)
    for path in ("", "/similar", "/same-series", "/downloadhistory"):
        refused = call("GET", f"/v3/images/{first['id']}{path}")
        assert (refused.status_code, refused.json()["ErrorCode"]) == (404, "ImageNotFound")
    body = call("GET", "/v3/images", params={"ids": first["id"]}).json()
    assert body == {"images": [], "images_not_found": [first["id"]]}


def test_fields_limit_what_is_described(call: Caller) -> None:
    _, items = found(call, "/v3/search/images", "images", fields="title,thumb")
    assert {*items[0]} == {"id", "title", "display_sizes"}
    _, items = found(call, "/v3/search/images", "images", fields="id,summary_set")
    assert "artist" in items[0]


def test_what_a_search_finds_can_be_downloaded(client: GettyImages) -> None:
    images = client.search.creative_images(phrase="ostrich").images
    image_id = str((images or [])[0].id)
    client.downloads.request_image_download(image_id)
    history = client.images.download_history(image_id)
    assert [record["id"] for record in typing.cast(list[Json], history.downloads)] == [image_id]
    assert client.videos.download_history(image_id).downloads == []


def test_products_show_what_is_left(sandbox: Sandbox, client: GettyImages) -> None:
    sandbox.allowance = 5
    client.downloads.request_image_download("12")
    client.asset_licensing.acquire("12", extended_licenses=["resale", "unlimited"])
    easy_access, pack = client.products.list().products or []
    assert (easy_access.download_limit, easy_access.downloads_remaining) == (5, 4)
    assert (pack.credits_remaining, sandbox.credits_used) == (998, 2)


def test_what_was_licensed_is_listed_with_its_order(call: Caller) -> None:
    licensed = call("POST", "/v3/asset-licensing/12", json={"extended_licenses": ["resale"]})
    assert licensed.json() == {"credits_used": 1, "acquired_licenses": ["resale"]}
    total, purchases = found(call, "/v3/purchased-assets", "previous_purchases", page_size=2)
    assert (total, len(purchases), purchases[0]["asset_id"]) == (4, 2, "12")
    for purchase in purchases:
        order = call("GET", f"/v3/orders/{purchase['order_id']}").json()
        assert order["assets"] == [{"id": purchase["asset_id"]}]
    before = {"date_to": purchases[1]["date_purchased"]}
    assert found(call, "/v3/purchased-assets", "previous_purchases", **before)[0] == 3
    assert call("GET", "/v3/orders/99").status_code == 404
    assert call("POST", "/v3/asset-licensing/x", json={"extended_licenses": []}).status_code == 404


def test_a_batch_of_uses_is_taken_once(client: GettyImages) -> None:
    usages: list[typing.Mapping[str, object]] = [{"asset_id": "12"}, {"asset_id": "x"}]
    report = client.usage_batches.report("b", asset_usages=usages)
    assert (report.total_asset_usages_processed, report.invalid_assets) == (1, ["x"])
    with pytest.raises(APIError) as caught:
        client.usage_batches.report("b", asset_usages=usages)
    assert caught.value.status_code == 409


def test_boards_are_remembered(client: GettyImages) -> None:
    (board,) = client.boards.list().boards or []
    client.boards.delete(str(board.id))
    first, second = [str(client.boards.create(name=name).id) for name in ("Emus", "Birds")]
    client.boards.update(first, name="Ostriches", description="Large")
    assert client.boards.get(first).description == "Large"
    client.boards.update(first, name="Ostriches", description=NULL)
    assert client.boards.get(first).description is None
    boards = client.boards.list()
    assert boards.board_count == 2
    assert [board.id for board in boards.boards or []] == [first, second]  # the latest change first
    by_name = client.boards.list(sort_order="name_ascending", page_size=1, page=2).boards
    assert [board.name for board in by_name or []] == ["Ostriches"]
    assert client.boards.list(board_relationship="invited").boards == []
    client.boards.delete(second)
    assert client.boards.list().board_count == 1
    with pytest.raises(APIError) as caught:
        client.boards.get(second)
    assert caught.value.status_code == 404


def test_the_assets_of_a_board_are_remembered(client: GettyImages) -> None:
    board_id = str(client.boards.create(name="Birds").id)
    added = client.boards.add_assets(board_id, body=[{"asset_id": "1"}, {"asset_id": "x"}])
    assert [asset.asset_id for asset in added.assets_added or []] == ["1"]
    assert added.assets_not_added == ["x"]
    for asset_id in ("2", "3", "4"):
        client.boards.add_asset(board_id, asset_id)
    client.boards.remove_assets(board_id, asset_ids=["1", "3"])
    client.boards.remove_asset(board_id, "2")
    board = client.boards.get(board_id)
    assert (board.asset_count, [asset.id for asset in board.assets or []]) == (1, ["4"])
    for call in (client.boards.add_asset, client.boards.remove_asset):
        with pytest.raises(APIError) as caught:
            call(board_id, "x")
        assert caught.value.status_code == 404


def test_the_comments_on_a_board_are_remembered(client: GettyImages) -> None:
    board_id = str(client.boards.create(name="Birds").id)
    first, second = [str(client.boards.add_comment(board_id, text=text).id) for text in "ab"]
    client.boards.delete_comment(board_id, first)
    comments = client.boards.list_comments(board_id).comments or []
    assert [(comment.id, comment.text) for comment in comments] == [(second, "b")]
    assert client.boards.get(board_id).comment_count == 1
    with pytest.raises(APIError) as caught:
        client.boards.delete_comment(board_id, first)
    assert caught.value.status_code == 404


def test_whoever_is_signed_in_collections_and_countries_are_listed(client: GettyImages) -> None:
    assert client.customers.current().first_name == "Sandy"
    families = [each.asset_family for each in client.collections.list().collections or []]
    assert families == ["creative", "editorial"]
    assert "DE" in [each.iso_alpha_2 for each in client.countries.list().countries or []]
