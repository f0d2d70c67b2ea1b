"""A journal that was lost, emptied or replaced by an older copy never makes anything paid twice."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gettyimages import DownloadOutcomeUnknownError, GettyImages, LinkLostError
from gettyimages.sandbox import Dropped, Sandbox, ServerFailure
from tests.overlay.downloads.support.delivery_host import methods
from tests.overlay.downloads.support.journals import JOURNAL
from tests.overlay.downloads.support.sandboxes import ORDER, client_of, lookups, options_of, orders
from tests.overlay.support.clocks import Clocks
from tests.overlay.support.servers import Origins, Recorded, Reply
from tests.overlay.support.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]

SAVED = ["1000000001", "1000000002", "1000000003"]
LINKED = "1000000004"
NEW = "1000000009"


def empty(path: Path) -> None:
    path.write_bytes(b"")


def damage(path: Path) -> None:
    path.write_bytes(b"this is no database, but it is long enough to be looked at" * 100)


def restore(path: Path) -> None:
    """Put a copy in its place that is older than everything but the first file."""
    shutil.copyfile(path.with_name("copy"), path)


LOSSES: dict[str, Callable[[Path], None]] = {
    "deleted": lambda path: path.unlink(),
    "emptied": empty,
    "damaged": damage,
    "restored": restore,
}


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    """A folder with files, and a link that was paid for."""
    with Sandbox(file_size=20_000) as sandbox:
        ago = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=60)
        sandbox.add_history("77", date=ago)
        with GettyImages(**options_of(sandbox, max_retries=0)) as client:
            client.downloads.save_image(SAVED[0], tmp_path)
            shutil.copyfile(tmp_path / JOURNAL, tmp_path / "copy")
            for asset in SAVED[1:]:
                client.downloads.save_image(asset, tmp_path)
            sandbox.faults.add(ServerFailure(origin="delivery"))
            (result,) = client.downloads.save_images([LINKED], tmp_path)
            assert result.outcome == "failed"
        sandbox.faults.clear()
        sandbox.forget_requests()
        yield sandbox


@pytest.mark.parametrize("loss", LOSSES)
def test_what_a_lost_journal_knew_is_not_paid_for_again(
    world: World, sandbox: Sandbox, tmp_path: Path, loss: str
) -> None:
    LOSSES[loss](tmp_path / JOURNAL)
    for number in range(2):
        client = client_of(world, sandbox)
        new = f"{NEW}{number}"
        batch = client.downloads.save_images([*SAVED, LINKED, new], tmp_path)
        outcomes = {it.id: it.outcome for it in world.items(batch)}
        first = "skipped" if loss == "restored" else "link_lost"
        assert [outcomes.pop(asset) for asset in SAVED] == [first, "link_lost", "link_lost"]
        assert outcomes == {LINKED: "outcome_unknown", new: "saved"}
    counts = dict.fromkeys([*SAVED, LINKED, f"{NEW}0", f"{NEW}1"], 1)
    assert sandbox.download_counts == counts


@pytest.mark.parametrize("loss", LOSSES)
def test_single_calls_obey_it_as_well_and_pay_again_if_they_may(
    world: World, sandbox: Sandbox, tmp_path: Path, loss: str
) -> None:
    LOSSES[loss](tmp_path / JOURNAL)
    client = client_of(world, sandbox)
    with pytest.raises(DownloadOutcomeUnknownError, match="perhaps elsewhere") as caught:
        world.do(client.downloads.save_image, LINKED, tmp_path)
    assert caught.value.from_earlier_request
    with pytest.raises(LinkLostError, match=f"{SAVED[2]}.jpg, which the journal does not know"):
        world.do(client.downloads.save_image, SAVED[2], tmp_path)
    assert orders(sandbox) == 0
    for asset in (LINKED, SAVED[2]):
        options = {"allow_repurchase": True}
        assert world.do(client.downloads.save_image, asset, tmp_path, **options).download_used
        assert world.do(client.downloads.save_image, asset, tmp_path).skipped


def test_what_is_known_of_the_loss_outlives_the_files_that_showed_it(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / JOURNAL).unlink()
    client = client_of(world, sandbox)
    assert world.do(client.downloads.save_image, NEW, tmp_path).download_used
    for asset in SAVED:
        (tmp_path / f"GettyImages-{asset}.jpg").unlink()
    with pytest.raises(DownloadOutcomeUnknownError):
        world.do(client.downloads.save_image, SAVED[1], tmp_path)
    sandbox.advance(3600)
    sandbox.add_history("55")  # by another machine, after this journal began
    assert world.do(client.downloads.save_image, "55", tmp_path).download_used


def test_a_folder_without_such_files_costs_no_look_up(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "notes.txt").touch()
    (folder / "picture 77.jpg").touch()
    client = client_of(world, sandbox)
    for _ in world.items(client.downloads.save_images(["1", "2"], folder)):
        pass
    assert lookups(sandbox) == 0


def test_a_journal_is_no_file_that_it_does_not_know(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    journal = tmp_path / "new" / "journal-20261128.sqlite"
    client = client_of(world, sandbox)
    for asset in ("1", "2"):
        found = world.do(client.downloads.save_image, asset, journal.parent, journal=journal)
        assert found.download_used
    assert lookups(sandbox) == 0


@pytest.mark.parametrize("name", ["GettyImages-77.jpg", "77_2.eps", "my 77.jpg"])
def test_a_short_id_in_a_name_is_recognised_when_it_is_requested(
    world: World, sandbox: Sandbox, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / name).touch()
    client = client_of(world, sandbox)
    with pytest.raises(LinkLostError):
        world.do(client.downloads.save_image, "77", folder)
    assert orders(sandbox) == 0


def test_a_history_that_cannot_be_read_leaves_it_unknown(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / JOURNAL).unlink()
    sandbox.faults.add(ServerFailure(operation="downloads.get_downloads"))
    client = client_of(world, sandbox, max_retries=0)
    batch = client.downloads.save_images([*SAVED, NEW], tmp_path)
    assert {it.outcome for it in world.items(batch)} == {"outcome_unknown"}
    assert (orders(sandbox), lookups(sandbox)) == (0, 1)
    sandbox.faults.clear()
    for asset in SAVED:
        (tmp_path / f"GettyImages-{asset}.jpg").unlink()
    with pytest.raises(DownloadOutcomeUnknownError, match="an earlier journal was lost"):
        world.do(client.downloads.save_image, SAVED[1], tmp_path)
    assert orders(sandbox) == 0


def test_a_history_that_takes_too_long_leaves_it_unknown(
    world: World, origins: Origins, tmp_path: Path, clocks: Clocks
) -> None:
    def page(_: Recorded) -> Reply:
        clocks.advance(50)
        assets = [{"id": f"{len(origins.api.requests)}-{number}"} for number in range(100)]
        return Reply(200, {"result_count": 100_000, "downloads": assets})

    (tmp_path / f"{NEW}.jpg").touch()
    origins.api.script(page)
    client = world.client(**origins.options(timeout=120))
    with pytest.raises(DownloadOutcomeUnknownError, match=r"cannot be read.* its timeout"):
        world.do(client.downloads.save_image, NEW, tmp_path)
    assert methods(origins) == ["GET"] * 3


def test_a_dry_run_says_the_same_and_records_nothing(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / JOURNAL).unlink()
    before = sorted(path.name for path in tmp_path.iterdir())
    client = client_of(world, sandbox)
    batch = client.downloads.save_images([*SAVED, LINKED, NEW], tmp_path, dry_run=True)
    outcomes = {it.id: it.outcome for it in world.items(batch)}
    assert [outcomes[asset] for asset in SAVED] == ["link_lost"] * 3
    assert outcomes[LINKED] == "outcome_unknown"
    assert outcomes[NEW] not in ("link_lost", "outcome_unknown", "failed")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_dry_run_says_the_same_of_a_request_that_is_settled(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "GettyImages-77.jpg").write_bytes(b"of an earlier journal")
    client = client_of(world, sandbox, timeout=60)
    sandbox.faults.add(Dropped(operation=ORDER, times=1))
    with pytest.raises(DownloadOutcomeUnknownError):
        world.do(client.downloads.save_image, "77", tmp_path, allow_repurchase=True)
    outcomes = []
    for is_dry in (False, True, False):
        batch = client.downloads.save_images(["77"], tmp_path, settle_after=60, dry_run=is_dry)
        outcomes += [it.outcome for it in world.items(batch)]
        sandbox.advance(60)
    assert outcomes == ["outcome_unknown", "link_lost", "link_lost"]
