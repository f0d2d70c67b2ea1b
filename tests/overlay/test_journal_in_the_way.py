"""A journal that cannot be written costs nobody what is paid for already."""

from __future__ import annotations

import contextlib
import pickle
import sqlite3
import typing
from pathlib import Path

import pytest

from gettyimages import GettyImagesError, JournalError
from gettyimages._downloads.journal import file as _journal_file
from gettyimages._downloads.journal.journal import NAME

from .depot import SHA256, Depot, names, save
from .support.servers import MARK, Action, Origins, Recorded, Reply
from .support.worlds import World


class Lock:
    """Another program that has locked the journal, such as a backup."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
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
    monkeypatch.setattr(_journal_file, "BUSY_SECONDS", 0.05)
    with contextlib.closing(contextlib.ExitStack()) as stack:
        lock = Lock(tmp_path)
        stack.callback(lock.give_back)
        yield lock


def client_of(world: World, origins: Origins, depot: Depot, lock: Lock) -> typing.Any:
    """A client of an API during whose answer the journal is locked."""

    def ordered(_: Recorded) -> Action:
        lock.take()
        return Reply(303, headers={"Location": depot.uri})

    origins.api.script(ordered)
    return world.client(**origins.options(timeout=2))


def test_a_link_that_could_not_be_recorded_is_recorded_with_the_file(
    world: World, origins: Origins, tmp_path: Path, lock: Lock
) -> None:
    def fetched(depot: Depot, request: Recorded) -> Action:
        lock.give_back()
        return depot.whole(request)

    with Depot(fetched) as depot:
        client = client_of(world, origins, depot, lock)
        saved = save(world, client, tmp_path)
        assert (saved.sha256, saved.download_used) == (SHA256, True)
        assert save(world, client, tmp_path).skipped
        saved.path.unlink()
        assert save(world, client, tmp_path).sha256 == SHA256, "the link is there too"
    assert len(origins.api.requests) == 1


def test_a_link_that_could_not_be_recorded_is_recorded_when_the_transfer_fails(
    world: World, origins: Origins, tmp_path: Path, lock: Lock
) -> None:
    def failed(_: Depot, __: Recorded) -> Action:
        lock.give_back()
        return Reply(400)

    with Depot(failed) as depot:
        client = client_of(world, origins, depot, lock)
        with pytest.raises(GettyImagesError, match="answered with 400"):
            save(world, client, tmp_path)
        assert not save(world, client, tmp_path).download_used
    assert len(origins.api.requests) == 1


def test_a_link_that_can_never_be_recorded_is_handed_to_the_caller(
    world: World, origins: Origins, tmp_path: Path, lock: Lock
) -> None:
    with Depot(Reply(400)) as depot:
        client = client_of(world, origins, depot, lock)
        with pytest.raises(JournalError, match=r"answered with 400.*`link` of this") as caught:
            save(world, client, tmp_path)
        link = caught.value.link
        assert link is not None
        assert (link.uri, link.asset_id) == (depot.uri, "1")
        assert MARK not in repr(link)
        copied = pickle.loads(pickle.dumps(caught.value))
        assert (str(copied), copied.link) == (str(caught.value), None)


def test_a_file_that_cannot_be_recorded_is_there_all_the_same(
    world: World, origins: Origins, tmp_path: Path, lock: Lock
) -> None:
    with Depot() as depot:
        client = client_of(world, origins, depot, lock)
        with pytest.raises(JournalError, match=r"is whole, as .*picture\.jpg") as caught:
            save(world, client, tmp_path)
        assert caught.value.link is not None
        assert names(tmp_path) == ["picture.jpg"]
        lock.give_back()
        origins.api.script(Reply(200, {"result_count": 0, "downloads": []}))
        with pytest.raises(GettyImagesError, match="without a clear answer"):
            save(world, client, tmp_path)
    assert [request.method for request in origins.api.requests] == ["POST", "GET"]
