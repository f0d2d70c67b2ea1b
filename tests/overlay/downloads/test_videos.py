"""Videos are saved, read and linked to as images are, by the same journal and history."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from gettyimages import (
    DownloadOutcomeUnknownError,
    InvalidArgumentError,
    JournalError,
    LinkLostError,
    NotFoundError,
)
from gettyimages.sandbox import Dropped, Sandbox
from tests.overlay.downloads.support.delivery_host import client_of as client_of_host
from tests.overlay.downloads.support.delivery_host import history, methods, names
from tests.overlay.downloads.support.sandboxes import client_of
from tests.overlay.support.servers import Origins, Reset
from tests.overlay.support.worlds import World

VIDEO = "downloads.request_video_download"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running
    assert not running.problems


def videos(sandbox: Sandbox) -> list[str]:
    """The targets of the requests for videos."""
    sent = (it for it in sandbox.requests if "/downloads/videos/" in it.path)
    return [f"{it.path}?{it.query}" for it in sent]


def test_a_video_is_saved_once(world: World, sandbox: Sandbox, tmp_path: Path) -> None:
    client = client_of(world, sandbox)
    saved = world.do(client.downloads.save_video, 7, tmp_path, size="hd1080")
    assert saved.path.name == "GettyImages-7.mp4"
    assert saved.content_type == "video/mp4"
    assert saved.path.read_bytes() == sandbox.content("7", file_type="mp4")
    assert saved.download_used
    assert world.do(client.downloads.save_video, "7", tmp_path, size="HD1080").skipped
    assert videos(sandbox) == ["/v3/downloads/videos/7?auto_download=true&size=hd1080"]


@pytest.mark.parametrize("options", [{"size": "4k"}, {"product_id": 5}, {"product_type": "aigen"}])
def test_another_size_or_product_is_another_file(
    world: World, sandbox: Sandbox, tmp_path: Path, options: dict[str, object]
) -> None:
    client = client_of(world, sandbox)
    first = world.do(client.downloads.save_video, "7", tmp_path)
    second = world.do(client.downloads.save_video, "7", tmp_path, **options)
    assert first.path != second.path
    assert sandbox.downloads_used == 2


def test_an_image_and_a_video_of_one_id_are_two_files(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    image = world.do(client.downloads.save_image, "7", tmp_path)
    video = world.do(client.downloads.save_video, "7", tmp_path)
    assert video.download_used
    assert image.path.read_bytes() == sandbox.content("7")
    assert video.path.read_bytes() == sandbox.content("7", file_type="mp4")
    assert world.do(client.downloads.save_image, "7", tmp_path).path == image.path
    assert world.do(client.downloads.save_video, "7", tmp_path).path == video.path
    records = world.do(client.downloads.journal_report, tmp_path)
    found = {record.operation: (record.id, record.state) for record in records}
    assert found == {
        "downloads.request_image_download": ("7", "saved"),
        "downloads.request_video_download": ("7", "saved"),
    }


def test_many_videos_are_saved_within_a_budget(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    batch = world.do(
        client.downloads.save_videos, ["1", "2", "3", 3], tmp_path, max_downloads=2, size="hd720"
    )
    summary = world.do(batch.run)
    assert (summary.saved, summary.not_requested, summary.downloads_used) == (2, 1, 2)
    assert [name.rpartition(".")[2] for name in names(tmp_path)] == ["mp4", "mp4"]


def test_a_video_is_read_without_being_saved(world: World, sandbox: Sandbox) -> None:
    client = client_of(world, sandbox)
    with world.inside(client.downloads.open_video("7", size="hd720")) as video:
        assert (video.filename, video.content_type) == ("GettyImages-7.mp4", "video/mp4")
        content = world.do(video.read)
    assert hashlib.sha256(content).hexdigest() == sandbox.sha256("7", file_type="mp4")


def test_a_link_to_a_video_carries_its_operation(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    link = world.do(client.downloads.request_video_link, "7", size="hd720")
    assert (link.operation, link.parameters) == (VIDEO, {"size": "hd720"})
    with world.inside(client.downloads.open_link(link)) as video:
        assert video.content_type == "video/mp4"
    saved = world.do(client.downloads.save_link, link, tmp_path)
    assert saved.path.read_bytes() == sandbox.content("7", file_type="mp4")
    assert world.do(client.downloads.save_video, "7", tmp_path, size="hd720").skipped
    assert world.do(client.downloads.save_image, "7", tmp_path).download_used
    assert sandbox.downloads_used == 2


@pytest.mark.parametrize("method", ["save_video", "save_videos", "open_video"])
def test_a_keyword_of_images_alone_is_refused(world: World, tmp_path: Path, method: str) -> None:
    with Sandbox() as sandbox:
        client = client_of(world, sandbox)
        given = {"save_video": ("7", tmp_path), "save_videos": (["7"], tmp_path)}
        with pytest.raises(InvalidArgumentError, match=rf"{method}\(\) has no argument 'height'"):
            world.do(getattr(client.downloads, method), *given.get(method, ("7",)), height=5)
        assert not sandbox.requests


def test_a_video_that_does_not_exist_uses_up_nothing(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.missing = ["7"]
    client = client_of(world, sandbox)
    with pytest.raises(NotFoundError, match="VideoNotFound"):
        world.do(client.downloads.save_video, "7", tmp_path)
    assert sandbox.downloads_used == 0


def test_the_outcome_for_a_video_is_settled_by_hand(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox, max_retries=0)
    sandbox.faults.add(Dropped(operation=VIDEO, times=1))
    with pytest.raises(DownloadOutcomeUnknownError):
        world.do(client.downloads.save_video, "7", tmp_path, size="hd720")
    with pytest.raises(JournalError, match="knows no request"):
        world.do(client.downloads.resolve, tmp_path, "7", downloaded=False)
    world.do(client.downloads.resolve_video, tmp_path, "7", downloaded=False, size="hd720")
    assert world.do(client.downloads.save_video, "7", tmp_path, size="hd720").download_used


@pytest.mark.parametrize("asset_type", ["Film", "video", "", None])
def test_a_video_that_the_history_lists_was_paid_for(
    world: World, origins: Origins, tmp_path: Path, asset_type: str | None
) -> None:
    client = client_of_host(world, origins, "https://unused.example/")
    origins.api.script(Reset())
    with pytest.raises(DownloadOutcomeUnknownError):
        world.do(client.downloads.save_video, "1", tmp_path)
    origins.api.script(history("1", asset_type=asset_type))
    with pytest.raises(LinkLostError):
        world.do(client.downloads.save_video, "1", tmp_path)
    assert methods(origins) == ["POST", "GET"]


@pytest.mark.parametrize(
    ("method", "other"), [("save_video", "Image"), ("save_image", "Film"), ("save_image", "video")]
)
def test_an_asset_of_another_type_and_the_same_id_is_another_one(
    world: World, origins: Origins, tmp_path: Path, method: str, other: str
) -> None:
    client = client_of_host(world, origins, "https://unused.example/")
    origins.api.script(Reset())
    with pytest.raises(DownloadOutcomeUnknownError):
        world.do(getattr(client.downloads, method), "1", tmp_path)
    origins.api.script(history("1", asset_type=other))
    with pytest.raises(DownloadOutcomeUnknownError) as caught:
        world.do(getattr(client.downloads, method), "1", tmp_path)
    assert caught.value.from_earlier_request
    assert methods(origins) == ["POST", "GET"]


def outcomes(world: World, sandbox: Sandbox, folder: Path) -> list[str]:
    """The outcomes of a batch of one video an hour after the last, by the clock of the API."""
    sandbox.advance(3600)
    client = client_of(world, sandbox, max_retries=0)
    batch = client.downloads.save_videos(["7"], folder, settle_after=3600)
    return [result.outcome for result in world.items(batch)]


def test_a_history_without_any_video_proves_nothing_about_one(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.add(Dropped(operation=VIDEO, times=1))
    client = client_of(world, sandbox, max_retries=0)
    with pytest.raises(DownloadOutcomeUnknownError):
        world.do(client.downloads.save_video, "7", tmp_path)
    sandbox.add_history("8")
    with pytest.raises(DownloadOutcomeUnknownError, match="history lists no videos"):
        world.do(client.downloads.save_video, "7", tmp_path)
    for _ in range(3):
        assert outcomes(world, sandbox, tmp_path) == ["outcome_unknown"]
    assert sandbox.downloads_used == 0
    sandbox.add_history("9", asset_type="Film")
    assert outcomes(world, sandbox, tmp_path) == ["outcome_unknown"]
    assert outcomes(world, sandbox, tmp_path) == ["saved"]
    assert sandbox.downloads_used == 1


def test_what_a_lost_journal_knew_of_videos_is_known_only_if_the_history_lists_any(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "GettyImages-1234567.mp4").write_bytes(b"of an earlier journal")
    sandbox.add_history("8")
    client = client_of(world, sandbox)
    assert world.do(client.downloads.save_image, "7", tmp_path).download_used
    with pytest.raises(DownloadOutcomeUnknownError, match="history lists no videos"):
        world.do(client.downloads.save_video, "7", tmp_path)
    sandbox.add_history("9", asset_type="Film")
    assert world.do(client.downloads.save_video, "7", tmp_path).download_used
