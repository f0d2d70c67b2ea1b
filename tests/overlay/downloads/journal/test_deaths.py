"""A process dies anywhere: nothing is paid for twice, and a file in place needs no request."""

from __future__ import annotations

import collections
import hashlib
import os
import signal
import time
import typing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gettyimages import (
    DownloadInProgressError,
    DownloadOutcomeUnknownError,
    GettyImages,
    LinkLostError,
)
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support.delivery_host import (
    CONTENT,
    SHA256,
    DeliveryHost,
    client_of,
    history,
    methods,
    names,
    parts,
    save,
)
from tests.overlay.downloads.support.journals import synced
from tests.overlay.downloads.support.processes import (
    AFTER_PAYMENT,
    Child,
    Point,
    killed_at,
    stopped_at,
)
from tests.overlay.downloads.support.sandboxes import options_of, orders
from tests.overlay.support.clocks import Clocks
from tests.overlay.support.servers import Origins, Reply
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow

OVERLAP = 4096
"""Bytes that a resumed transfer requests again."""

REPLACING = {"overwrite": "replace"}
Preparation: typing.TypeAlias = Callable[[str, Path], object]


@pytest.fixture(params=["save_image", "save_images"])
def method(request: pytest.FixtureRequest) -> str:
    """What the process that dies calls."""
    return str(request.param)


def kind(world: World) -> str:
    return "asyncio" if world.is_async else "blocking"


def test_a_process_that_dies_before_the_request_is_sent_has_asked_for_nothing(
    world: World, origins: Origins, tmp_path: Path, method: str
) -> None:
    with DeliveryHost() as host:
        killed_at("the token", origins, host, tmp_path, world=kind(world), method=method)
        assert methods(origins) == []
        assert save(world, client_of(world, origins, host.uri), tmp_path).download_used
    assert methods(origins) == ["POST"], "there is nothing to look up"


@pytest.mark.parametrize("charged", [False, True])
def test_a_process_that_dies_during_the_paid_request_leaves_it_to_the_history(
    world: World, origins: Origins, tmp_path: Path, method: str, charged: bool
) -> None:
    with DeliveryHost() as host:
        killed_at("the paid request", origins, host, tmp_path, world=kind(world), method=method)
        client = client_of(world, origins, host.uri)
        origins.api.script(history("1") if charged else history())
        with pytest.raises(LinkLostError if charged else DownloadOutcomeUnknownError):
            save(world, client, tmp_path)
        assert methods(origins) == ["POST", "GET"]
        origins.api.script(Reply(303, headers={"Location": host.uri}))
        assert save(world, client, tmp_path, allow_repurchase=True).sha256 == SHA256


@pytest.mark.parametrize("point", AFTER_PAYMENT)
def test_a_process_that_dies_during_the_transfer_leaves_its_link_to_the_next_call(
    world: World, origins: Origins, tmp_path: Path, method: str, point: Point
) -> None:
    with DeliveryHost() as host:
        killed_at(point, origins, host, tmp_path, world=kind(world), method=method)
        assert names(tmp_path) == [], "a name stands for a whole file"
        saved = save(world, client_of(world, origins, host.uri), tmp_path)
        assert (saved.sha256, saved.download_used) == (SHA256, False)
    assert methods(origins) == ["POST"]
    assert names(tmp_path) == ["picture.jpg"]
    assert parts(tmp_path) == []


def test_a_transfer_that_was_killed_goes_on_where_it_stopped(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost() as host:
        killed_at("half of the file", origins, host, tmp_path)
        (part,) = parts(tmp_path)
        size = (tmp_path / part).stat().st_size
        assert size > OVERLAP
        saved = save(world, client_of(world, origins, host.uri), tmp_path)
        assert saved.path.read_bytes() == CONTENT
        assert host.ranges == [None, f"bytes={size - OVERLAP}-"]
    assert methods(origins) == ["POST"]


def test_what_a_power_cut_has_kept_from_the_disk_is_fetched_again(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    """A block that was written is missing, and those after it are there."""
    with DeliveryHost() as host:
        killed_at("half of the file", origins, host, tmp_path)
        (part,) = parts(tmp_path)
        size = synced(tmp_path)
        hole = bytes(100_000)
        content = CONTENT[:size] + hole + CONTENT[size + len(hole) : size + 300_000]
        (tmp_path / part).write_bytes(content)
        saved = save(world, client_of(world, origins, host.uri), tmp_path)
        assert saved.path.read_bytes() == CONTENT
        assert host.ranges == [None, f"bytes={size - OVERLAP}-"]
    assert methods(origins) == ["POST"]


@pytest.mark.parametrize("size", [0, 4096])
def test_a_part_that_a_power_cut_has_shortened_is_begun_again(
    world: World, origins: Origins, tmp_path: Path, size: int
) -> None:
    with DeliveryHost() as host:
        killed_at("half of the file", origins, host, tmp_path)
        (part,) = parts(tmp_path)
        os.truncate(tmp_path / part, size)
        saved = save(world, client_of(world, origins, host.uri), tmp_path)
        assert saved.path.read_bytes() == CONTENT
        assert host.ranges == [None, None]


def test_what_a_killed_process_has_left_is_fetched_again_if_the_file_has_changed(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost() as host:
        killed_at("half of the file", origins, host, tmp_path)
        host.content = CONTENT[::-1]
        host.changes["ETag"] = '"second"'
        saved = save(world, client_of(world, origins, host.uri), tmp_path)
        assert saved.path.read_bytes() == CONTENT[::-1]
    assert methods(origins) == ["POST"]


def test_what_a_dead_process_has_left_is_removed_however_the_file_comes_in(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost() as host:
        killed_at("half of the file", origins, host, tmp_path)
        host.faults.append(Reply(400))
        client = client_of(world, origins, host.uri)
        with pytest.raises(Exception, match="400"):
            save(world, client, tmp_path)
        save(world, client, tmp_path)
    assert names(tmp_path) == ["picture.jpg"]
    assert parts(tmp_path) == []


DAY = 24 * 3600.0


def age(folder: Path, seconds: float) -> str:
    """Let the part in a folder be so old, and return its name."""
    (part,) = parts(folder)
    then = time.time() - seconds
    os.utime(folder / part, (then, then))
    return part


@pytest.mark.parametrize("days", [1, 3])
def test_what_a_dead_process_has_left_goes_after_two_days_if_it_is_not_asked_for(
    world: World, origins: Origins, tmp_path: Path, method: str, days: int
) -> None:
    with DeliveryHost() as host:
        killed_at("half of the file", origins, host, tmp_path)
        part = age(tmp_path, days * DAY)
        foreign = [".gettyimages-mine.part", "mine.part"]
        for name in foreign:
            (tmp_path / name).touch()
            os.utime(tmp_path / name, (0, 0))
        client = client_of(world, origins, host.uri)
        if method == "save_image":
            world.do(client.downloads.save_image, "2", tmp_path)
        else:
            assert [*world.items(world.do(client.downloads.save_images, ["2"], tmp_path))]
        assert (tmp_path / part).exists() == (days == 1)
        assert all((tmp_path / name).exists() for name in foreign)
        assert not save(world, client, tmp_path).download_used, "a part is no payment"
    assert methods(origins) == ["POST", "POST"]


def test_what_a_journal_does_not_know_goes_as_well(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost() as host:
        killed_at("half of the file", origins, host, tmp_path)
        age(tmp_path, 3 * DAY)
        client = client_of(world, origins, host.uri)
        world.do(client.downloads.save_image, "2", tmp_path, journal=tmp_path / "other.sqlite")
    assert parts(tmp_path) == []


def test_what_another_process_is_writing_stays_however_old_it_seems(
    world: World, origins: Origins, tmp_path: Path, clocks: Clocks
) -> None:
    with DeliveryHost() as host:
        with stopped_at("half of the file", origins, host, tmp_path):
            part = age(tmp_path, 3 * DAY)
            client = client_of(world, origins, host.uri)
            world.do(client.downloads.save_image, "2", tmp_path)
            assert parts(tmp_path) == [part]
        world.do(client.downloads.save_image, "2", tmp_path)
        assert parts(tmp_path) == [part], "a folder is looked through once a day"
        clocks.advance(DAY)
        world.do(client.downloads.save_image, "2", tmp_path)
        assert parts(tmp_path) == []


@pytest.mark.parametrize("point", ["the paid request", "half of the file"])
def test_what_another_process_is_saving_is_refused_until_that_is_dead(
    world: World, origins: Origins, tmp_path: Path, point: Point
) -> None:
    with DeliveryHost() as host:
        with stopped_at(point, origins, host, tmp_path):
            client = client_of(world, origins, host.uri)
            for allow in (False, True):
                with pytest.raises(DownloadInProgressError):
                    save(world, client, tmp_path, allow_repurchase=allow)
            assert methods(origins) == ["POST"]
        assert save(world, client, tmp_path, allow_repurchase=True).sha256 == SHA256


@pytest.mark.parametrize("overwrite", ["skip", "replace", "error"])
def test_what_another_process_is_replacing_stays_as_it_is(
    world: World, origins: Origins, tmp_path: Path, overwrite: str
) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        first = save(world, client, tmp_path)
        with stopped_at("half of the file", origins, host, tmp_path, options=REPLACING):
            if overwrite == "skip":
                assert save(world, client, tmp_path).skipped
            else:
                with pytest.raises(Exception, match="1"):
                    save(world, client, tmp_path, overwrite=overwrite)
            assert parts(tmp_path), "that of the other process"
        assert first.path.read_bytes() == CONTENT
        if overwrite == "error":
            with pytest.raises(Exception, match="overwrite is 'error'"):
                save(world, client, tmp_path, overwrite=overwrite)
        else:
            assert save(world, client, tmp_path, overwrite=overwrite).sha256 == SHA256
            assert parts(tmp_path) == []
    assert methods(origins) == ["POST"]
    assert names(tmp_path) == ["picture.jpg"]


class Deaths:
    """Processes that save an image and die, each of them one step later than the one before.

    The image of each has the number of the step as its id, and a folder of its own.
    """

    def __init__(self, sandbox: Sandbox, folder: Path, **options: typing.Any) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.options = options
        self.client = options_of(sandbox, access_token=sandbox.issue_token())
        del self.client["username"], self.client["password"]

    def all(self, prepare: Preparation = lambda _asset, _folder: None) -> Iterator[Death]:
        """Let a process die before each of its steps, and the last one come to its end."""
        with Child(self.client, self.folder, [], is_waiting=True, **self.options) as child:
            for step in range(1, 1000):
                asset, folder = str(step), self.folder / str(step)
                folder.mkdir()
                prepare(asset, folder)
                self.sandbox.forget_requests()
                status, _ = child.carry_out(folder=str(folder), ids=[asset], die_before=step)
                yield Death(self.sandbox, asset, folder)
                if status == 0:
                    return
                assert status == -signal.SIGKILL, child.errors
        pytest.fail("it never comes to its end")


class Death:
    """What a process has left that died, or has come to its end."""

    def __init__(self, sandbox: Sandbox, asset: str, folder: Path) -> None:
        self.sandbox = sandbox
        self.asset = asset
        self.folder = folder
        self.is_charged = self.charges > 0
        self.is_fetched = bool([it for it in sandbox.requests if it.path.startswith("/files/")])
        self.files = [folder / name for name in names(folder)]

    @property
    def charges(self) -> int:
        return self.sandbox.download_counts.get(self.asset, 0)

    def saved_again(self, world: World, client: typing.Any, **options: object) -> str:
        """Save the image once more, and look at what is there then.

        Returns:
            What came of it.
        """
        self.sandbox.forget_requests()
        try:
            saved = world.do(client.downloads.save_image, self.asset, self.folder, **options)
        except LinkLostError:
            assert self.is_charged
            return "link_lost"
        except DownloadOutcomeUnknownError:
            assert not self.is_charged
            return "outcome_unknown"
        finally:
            assert self.charges <= 1
        assert digest(saved.path) == saved.sha256 == self.sandbox.sha256(self.asset)
        assert parts(self.folder) == []
        return "skipped" if saved.skipped else "saved"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.slow
def test_a_death_between_any_two_steps_costs_no_download_twice(
    world: World, tmp_path: Path
) -> None:
    outcomes: collections.Counter[str] = collections.Counter()
    with Sandbox(file_size=3_000) as sandbox:
        deaths = Deaths(sandbox, tmp_path, world=kind(world))
        client = world.client(**deaths.client)
        for death in deaths.all():
            if death.files:
                sandbox.expire_links()
            outcome = death.saved_again(world, client)
            outcomes[outcome] += 1
            if death.files:
                assert outcome in ("saved", "skipped")
                assert not sandbox.requests, "a file in place needs nothing from anywhere"
            elif death.is_fetched:
                assert outcome == "saved", "its link was recorded before it was used"
                assert orders(sandbox) == 0
            assert len(names(death.folder)) == (outcome in ("saved", "skipped"))
    print(f"\n{dict(outcomes)}")
    assert outcomes["saved"] > 5
    assert outcomes.keys() == {"saved", "skipped", "link_lost", "outcome_unknown"}


@pytest.mark.slow
def test_a_death_between_any_two_steps_of_a_replacement_leaves_a_whole_file(
    world: World, tmp_path: Path
) -> None:
    with Sandbox(file_size=3_000) as sandbox:
        deaths = Deaths(sandbox, tmp_path, world=kind(world), options=REPLACING)
        client = world.client(**deaths.client)
        before: dict[str, str] = {}

        def prepare(asset: str, folder: Path) -> None:
            before[asset] = world.do(client.downloads.save_image, asset, folder).sha256
            sandbox.change_file(asset)

        for death in deaths.all(prepare):
            (path,) = death.files
            assert digest(path) in (before[death.asset], sandbox.sha256(death.asset))
            assert death.saved_again(world, client, **REPLACING) == "saved"
            assert orders(sandbox) == 0
            assert death.charges == 1
            assert [death.folder / name for name in names(death.folder)] == [path]


@pytest.mark.slow
@pytest.mark.parametrize("world", [GettyImages], indirect=True, ids=["blocking"])
def test_another_file_in_the_place_of_one_that_was_about_to_be_recorded_is_not_taken_for_it(
    world: World, tmp_path: Path
) -> None:
    found = 0
    with Sandbox(file_size=3_000) as sandbox:
        deaths = Deaths(sandbox, tmp_path, world=kind(world))
        client = world.client(**deaths.client)
        for death in deaths.all():
            for path in death.files:
                found += 1
                path.write_bytes(b"another file")
                assert death.saved_again(world, client) == "saved"
                assert orders(sandbox) == 0
    assert found > 1


@pytest.mark.slow
@pytest.mark.parametrize("world", [GettyImages], indirect=True, ids=["blocking"])
def test_a_dry_run_after_a_death_sees_what_is_there_and_leaves_it_alone(
    world: World, tmp_path: Path
) -> None:
    with Sandbox(file_size=3_000) as sandbox:
        deaths = Deaths(sandbox, tmp_path, world=kind(world))
        client = world.client(**deaths.client)

        def prepare(_: str, folder: Path) -> None:
            world.do(client.downloads.save_image, "9000", folder)

        for death in deaths.all(prepare):
            left = {path: path.read_bytes() for path in death.folder.iterdir()}
            options = {"dry_run": True, "max_downloads": 1}
            batch = world.do(client.downloads.save_images, [death.asset], death.folder, **options)
            (result,) = world.items(batch)
            assert {path: path.read_bytes() for path in death.folder.iterdir()} == left
            if len(death.files) > 1:
                assert result.outcome in ("saved", "skipped")
                assert not result.download_used
            if death.is_charged:
                assert not result.download_used
