"""The same file is requested once, however its id and its parameters are written."""

from __future__ import annotations

import datetime
import enum
import string
import typing
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gettyimages import DownloadLink, GettyImagesError, InvalidArgumentError
from gettyimages._downloads.file_request import IMAGE, FileRequest
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support.batches import run
from tests.overlay.downloads.support.fates import Fates
from tests.overlay.downloads.support.journals import damaged
from tests.overlay.downloads.support.sandboxes import client_of
from tests.overlay.support.servers import Origins
from tests.overlay.support.worlds import World

SPELLINGS: list[tuple[dict[str, object], dict[str, object]]] = [
    ({}, {}),
    ({"height": 100}, {"height": "100"}),
    ({"product_id": 7}, {"product_id": "7"}),
    ({"file_type": "jpg"}, {"file_type": "JPG"}),
]


@pytest.mark.parametrize(("first", "second"), SPELLINGS)
def test_a_number_and_its_text_are_the_same_file(
    world: World,
    sandbox: Sandbox,
    tmp_path: Path,
    first: dict[str, object],
    second: dict[str, object],
) -> None:
    client = client_of(world, sandbox)
    assert world.do(client.downloads.save_image, 77, tmp_path, **first).download_used
    assert world.do(client.downloads.save_image, "77", tmp_path, **second).skipped
    assert world.do(client.downloads.save_image, 77, tmp_path, **second).skipped
    results, _ = run(world, client, [77, "77"], tmp_path, **first)
    assert [(it.id, it.outcome) for it in results] == [("77", "skipped")]
    assert sandbox.downloads_used == 1
    assert damaged(tmp_path) == []


def test_an_enumeration_is_reported_by_the_id_that_it_stands_for(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    class Picture(str, enum.Enum):  # noqa: UP042 - whose text is not its value
        OSTRICH = "77"

    results, _ = run(world, client_of(world, sandbox), [Picture.OSTRICH, "77"], tmp_path)
    assert [it.to_dict()["id"] for it in results] == ["77"]


def test_a_link_is_requested_opened_and_looked_up_by_a_number_too(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    since = datetime.datetime.now(datetime.UTC)
    link = world.do(client.downloads.request_link, 77, height=100)
    assert (link.asset_id, link.parameters) == ("77", {"height": "100"})
    assert world.do(client.downloads.was_downloaded, 77, since=since)
    with world.inside(client.downloads.open_image(78)) as image:
        assert image.size == 20_000
    same = DownloadLink(
        asset_id=typing.cast("str", 77), operation=link.operation,
        parameters=typing.cast("dict[str, str]", {"height": 100}),
        uri=link.uri, expires_at=link.expires_at,
    )  # fmt: skip
    assert world.do(client.downloads.save_link, link, tmp_path).size == 20_000
    assert world.do(client.downloads.save_link, same, tmp_path).skipped


NO_IDS: list[typing.Any] = [
    "", " ", ".", "..", " 77", "77\n", "77\u00a0", "\u200977", "7\x007", "7\ud8007",
    True, 77.0, None, b"77", ["77"],
    10**5000,  # Python writes no more than 4,300 digits
]  # fmt: skip


def named(asset: object) -> str:
    return "large" if isinstance(asset, int) and asset > 1 else ascii(asset)


@pytest.mark.parametrize("asset", NO_IDS, ids=named)
def test_what_cannot_be_an_id_is_refused_before_anything_is_sent(
    world: World, origins: Origins, tmp_path: Path, asset: typing.Any
) -> None:
    downloads = world.client(**origins.options()).downloads
    since = datetime.datetime.now(datetime.UTC)
    for call in (
        lambda: downloads.save_image(asset, tmp_path),
        lambda: downloads.request_link(asset),
        lambda: downloads.was_downloaded(asset, since=since),
    ):
        with pytest.raises(InvalidArgumentError, match="an id must be"):
            world.do(call)
    results, _ = run(world, world.client(**origins.options()), [asset], tmp_path)
    assert [type(it.error) for it in results] == [InvalidArgumentError]
    assert not origins.api.requests


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("file_type", " jpg"),
        ("file_type", "jpg\t"),
        ("file_type", ""),
        ("file_type", ["jpg", "eps"]),
        ("product_type", "royaltyfree "),
        ("height", " 100"),
    ],
)
def test_a_parameter_that_a_server_may_read_as_another_one_is_refused(
    world: World, origins: Origins, tmp_path: Path, name: str, value: object
) -> None:
    downloads = world.client(**origins.options()).downloads
    with pytest.raises(InvalidArgumentError, match=f"{name}(: expected| must be)"):
        world.do(downloads.save_image, "77", tmp_path, **{name: value})
    with pytest.raises(InvalidArgumentError, match=f"{name}(: expected| must be)"):
        world.do(downloads.request_link, "77", **{name: value})
    assert not origins.api.requests


def test_an_id_beyond_ascii_is_saved_once_in_each_form_that_it_is_sent_in(
    world: World, tmp_path: Path
) -> None:
    with Fates() as fates:
        client = world.client(**fates.options())
        for asset in ("e\u0301", "\u00e9", "%C3%A9", "a/b"):
            assert world.do(client.downloads.save_image, asset, tmp_path).download_used
            assert world.do(client.downloads.save_image, asset, tmp_path).skipped
        assert fates.orders == ["e%CC%81", "%C3%A9", "%25C3%25A9", "a%2Fb"]


TEXT = st.text(st.sampled_from([*string.printable, *"éÉe\u0301ß%+/\u212a"]), max_size=3)
VALUES = st.none() | TEXT | st.integers(-3, 12) | st.booleans() | st.sampled_from(["jpg", "JPG"])
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "file_type": VALUES,
        "height": VALUES,
        "product_id": VALUES,
        "product_type": VALUES,
        "auto_download": st.booleans(),
        "download_notes": TEXT,
    },
)


def made(asset: typing.Any, options: dict[str, typing.Any]) -> FileRequest | None:
    try:
        return IMAGE.request(asset, options)
    except GettyImagesError:
        return None


def sent(request: FileRequest) -> object:
    """The path and the identifying part of the query, in which the case of a value is ignored."""
    pairs = parse_qsl(request.request.query, keep_blank_values=True)
    identifying = IMAGE.operation.identifies_file
    named = sorted((name, value.lower()) for name, value in pairs if name in identifying)
    return request.request.path, named


@given(st.integers(0, 12) | TEXT, OPTIONS, st.integers(0, 12) | TEXT, OPTIONS)
def test_two_requests_are_for_one_file_if_and_only_if_they_are_sent_as_such(
    asset: object, options: dict[str, object], other: object, others: dict[str, object]
) -> None:
    for first, second in (
        (made(asset, options), made(other, others)),
        (made(asset, options), made(asset, others)),
        (made(asset, options), made(other, options)),
    ):
        if first is not None and second is not None:
            assert (first.key == second.key) == (sent(first) == sent(second))


@given(st.integers(0, 10**12), st.integers(1, 10**6))
def test_a_number_is_the_same_as_its_digits(asset: int, height: int) -> None:
    first, second = (made(it(asset), {"height": it(height)}) for it in (int, str))
    assert first is not None
    assert second is not None
    assert first.key == second.key


def test_a_search_result_without_an_id_fails_alone(world: World, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        results, summary = run(world, client_of(world, sandbox), ["1", None, "2"], tmp_path)
        assert (summary.saved, summary.failed, summary.downloads_used) == (2, 1, 2)
        (failed,) = (result for result in results if result.error is not None)
        assert isinstance(failed.error, InvalidArgumentError)
        assert not sandbox.problems
