"""A journal that another program has locked costs nothing that is paid for already."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import pickle
import sqlite3
import threading
import typing
from pathlib import Path

import pytest

from gettyimages import GettyImages, GettyImagesError, JournalError
from tests.overlay.downloads.support.batches import outcomes, run, start
from tests.overlay.downloads.support.delivery_host import SHA256, DeliveryHost, names, save
from tests.overlay.downloads.support.fates import Fates
from tests.overlay.downloads.support.journals import JOURNAL
from tests.overlay.downloads.support.seams import limit_journal_waits
from tests.overlay.support.servers import MARK, Action, Origins, Recorded, Reply, until
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow


class Lock:
    """Another program that has locked the journal, such as a backup."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / JOURNAL
        self.connection: sqlite3.Connection | None = None

    def take(self) -> None:
        if self.connection is None:
            self.connection = sqlite3.connect(self.path, check_same_thread=False)
            self.connection.execute("BEGIN EXCLUSIVE")

    def give_back(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> typing.Iterator[Lock]:
    limit_journal_waits(monkeypatch, 0.05)
    with contextlib.closing(contextlib.ExitStack()) as stack:
        lock = Lock(tmp_path)
        stack.callback(lock.give_back)
        yield lock


def client_of(world: World, origins: Origins, host: DeliveryHost, lock: Lock) -> typing.Any:
    """A client of an API during whose response the journal is locked."""

    def ordered(_: Recorded) -> Action:
        lock.take()
        return Reply(303, headers={"Location": host.uri})

    origins.api.script(ordered)
    return world.client(**origins.options(step_timeout=2))


def test_a_link_that_could_not_be_recorded_is_recorded_with_the_file(
    world: World, origins: Origins, tmp_path: Path, lock: Lock
) -> None:
    def fetched(host: DeliveryHost, request: Recorded) -> Action:
        lock.give_back()
        return host.whole(request)

    with DeliveryHost(fetched) as host:
        client = client_of(world, origins, host, lock)
        saved = save(world, client, tmp_path)
        assert (saved.sha256, saved.download_used) == (SHA256, True)
        assert save(world, client, tmp_path).skipped
        saved.path.unlink()
        assert save(world, client, tmp_path).sha256 == SHA256, "the link is there too"
    assert len(origins.api.requests) == 1


def test_a_link_that_could_not_be_recorded_is_recorded_when_the_transfer_fails(
    world: World, origins: Origins, tmp_path: Path, lock: Lock
) -> None:
    def failed(_: DeliveryHost, __: Recorded) -> Action:
        lock.give_back()
        return Reply(400)

    with DeliveryHost(failed) as host:
        client = client_of(world, origins, host, lock)
        with pytest.raises(GettyImagesError, match="responded with status 400"):
            save(world, client, tmp_path)
        assert not save(world, client, tmp_path).download_used
    assert len(origins.api.requests) == 1


def test_a_link_that_can_never_be_recorded_is_handed_to_the_caller(
    world: World, origins: Origins, tmp_path: Path, lock: Lock
) -> None:
    with DeliveryHost(Reply(400)) as host:
        client = client_of(world, origins, host, lock)
        with pytest.raises(
            JournalError, match=r"responded with status 400.*`link` of this"
        ) as caught:
            save(world, client, tmp_path)
        link = caught.value.link
        assert link is not None
        assert (link.uri, link.asset_id) == (host.uri, "1")
        assert MARK not in repr(link)
        copied = pickle.loads(pickle.dumps(caught.value))
        assert (str(copied), copied.link) == (str(caught.value), None)


def test_a_file_that_cannot_be_recorded_is_there_all_the_same(
    world: World, origins: Origins, tmp_path: Path, lock: Lock
) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host, lock)
        with pytest.raises(JournalError, match=r"it is saved as .*picture\.jpg") as caught:
            save(world, client, tmp_path)
        assert caught.value.link is not None
        assert names(tmp_path) == ["picture.jpg"]
        lock.give_back()
        origins.api.script(Reply(200, {"result_count": 0, "downloads": []}))
        with pytest.raises(GettyImagesError, match=r"outcome of the request .* is unknown"):
            save(world, client, tmp_path)
    assert [request.method for request in origins.api.requests] == ["POST", "GET"]


def test_a_journal_that_is_locked_before_the_request_costs_nothing(
    world: World, origins: Origins, tmp_path: Path, lock: Lock
) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host, lock)
        lock.take()
        with pytest.raises(JournalError):
            save(world, client, tmp_path)
    assert not origins.api.requests


def locked_later(
    folder: Path, *later: str, mode: str = "EXCLUSIVE"
) -> tuple[typing.Any, sqlite3.Connection]:
    """Ids of which one is saved before another program locks the journal, and its connection."""
    connection = sqlite3.connect(folder / JOURNAL, check_same_thread=False)

    def ids() -> typing.Iterator[str]:
        yield "0"
        until(lambda: any(folder.glob("*.jpg")))
        connection.execute(f"BEGIN {mode}")
        yield from later

    return ids, connection


def asynchronous(ids: typing.Iterator[str]) -> typing.AsyncIterator[str]:
    async def each() -> typing.AsyncIterator[str]:
        while (one := await asyncio.to_thread(next, ids, None)) is not None:
            yield one

    return each()


def test_a_journal_that_others_lock_ends_a_batch_with_one_error(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit_journal_waits(monkeypatch, 0.3)
    later = [str(number) for number in range(1, 31)]
    with Fates() as fates:
        client = world.client(**fates.options())
        ids, connection = locked_later(tmp_path, *later)
        given = asynchronous(ids()) if world.is_async else ids()
        batch = start(world, client, given, tmp_path, concurrency=4)
        with contextlib.closing(connection), pytest.raises(JournalError, match="locked"):
            world.do(batch.run)
        assert (batch.summary.saved, batch.summary.failed) == (1, 0)
        assert fates.orders == ["0"]


class Watched(sqlite3.Connection):
    """Notes for how many milliseconds each statement could wait that failed for a lock."""

    waits: typing.ClassVar[list[int]] = []

    def execute(self, *args: typing.Any) -> sqlite3.Cursor:
        try:
            return super().execute(*args)
        except sqlite3.OperationalError:
            self.waits.extend(super().execute("PRAGMA busy_timeout").fetchone())
            raise


def test_a_journal_that_can_only_be_read_is_waited_for_in_full_once(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit_journal_waits(monkeypatch, 1)
    monkeypatch.setattr(sqlite3, "connect", functools.partial(sqlite3.connect, factory=Watched))
    Watched.waits.clear()
    with Fates() as fates:
        client = world.client(**fates.options())
        ids, connection = locked_later(tmp_path, "1", mode="IMMEDIATE")
        given = asynchronous(ids()) if world.is_async else ids()
        batch = start(world, client, given, tmp_path, concurrency=1)
        with contextlib.closing(connection):
            with pytest.raises(JournalError, match="locked"):
                world.do(batch.run)
            until(lambda: "gettyimages-batch-0" not in {it.name for it in threading.enumerate()})
        assert Watched.waits.count(1000) == 1
        assert fates.orders == ["0"]


def test_what_could_not_be_written_is_not_written_later(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise it would take the place of what another process has recorded since."""
    limit_journal_waits(monkeypatch, 0.05)
    with Fates() as fates, GettyImages(**fates.options()) as other:
        client = world.client(**fates.options())
        ids, connection = locked_later(tmp_path, "1")
        given = asynchronous(ids()) if world.is_async else ids()
        batch = start(world, client, given, tmp_path, concurrency=1)
        with world.inside(batch):
            with contextlib.closing(connection), pytest.raises(JournalError):
                world.do(batch.run)
            assert other.downloads.save_image("1", tmp_path).download_used
        assert world.do(client.downloads.save_image, "1", tmp_path).skipped
        assert fates.orders == ["0", "1"]


def test_an_id_that_cannot_be_recorded_fails_alone(world: World, tmp_path: Path) -> None:
    ids = [f"{number}" if number % 4 else f'{number}"' for number in range(1, 121)]
    good = [one for one in ids if one.isdigit()]
    with Fates() as fates:
        client = world.client(**fates.options())
        results, _ = run(world, client, ids, tmp_path, concurrency=16)
        assert {it.id for it in results if it.outcome == "saved"} == {*good}
        assert {it.outcome for it in results if it.id not in good} == {"failed"}
        results, _ = run(world, client, good, tmp_path)
        assert outcomes(results) == {"skipped": len(good)}
        assert sorted(fates.orders) == sorted(good)
        assert {it.method for it in fates.origins.api.requests} == {"POST"}, "nothing is unknown"
