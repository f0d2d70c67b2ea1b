"""A journal of a directory is moved into a database, and nothing it knows is lost."""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from gettyimages import JournalError, LinkLostError, TransferError
from gettyimages._downloads.journal.journal import Entry, Store
from gettyimages.sandbox import Dropped, Sandbox
from tests.overlay.downloads.support.databases import execute, new_database
from tests.overlay.downloads.support.journals import JOURNAL
from tests.overlay.downloads.support.sandboxes import client_of, orders
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow


@pytest.fixture(params=["database", "file"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where to move a journal."""
    return new_database() if request.param == "database" else str(tmp_path / "new.sqlite")


@pytest.mark.usefixtures("at_once")
def test_what_is_paid_for_is_not_paid_for_again(
    world: World, sandbox: Sandbox, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GETTYIMAGES_JOURNAL_KEY", Fernet.generate_key().decode())
    downloads = client_of(world, sandbox, max_retries=0).downloads
    folder = tmp_path / "photos"
    saved = world.do(downloads.save_image, "1", folder)
    world.do(downloads.save_image, "2", folder).path.unlink()
    sandbox.advance(100_000)
    sandbox.faults.add(Dropped(origin="delivery"))
    with pytest.raises(TransferError):
        world.do(downloads.save_image, "3", folder)
    sandbox.faults.clear()
    assert world.do(downloads.move_journal, folder, target) == 3
    again = world.do(downloads.save_image, "1", folder, journal=target)
    assert (again.skipped, again.path) == (True, saved.path)
    with pytest.raises(LinkLostError):
        world.do(downloads.save_image, "2", folder, journal=target)
    assert not world.do(downloads.save_image, "3", folder, journal=target).download_used
    assert sandbox.downloads_used == 3


def test_the_old_journal_is_refused_and_names_the_new_one(
    world: World, sandbox: Sandbox, target: str, tmp_path: Path
) -> None:
    downloads = client_of(world, sandbox).downloads
    folder = tmp_path / "photos"
    world.do(downloads.save_image, "1", folder)
    world.do(downloads.move_journal, folder, target)
    for name in ("1", "2"):
        with pytest.raises(JournalError, match=r"was moved: pass journal="):
            world.do(downloads.save_image, name, folder)
    assert orders(sandbox) == 1


def test_a_batch_that_goes_on_meanwhile_pays_for_nothing_more(
    sandbox: Sandbox, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without a key, a link of a file that is being saved is in the way of a move.
    monkeypatch.setenv("GETTYIMAGES_JOURNAL_KEY", Fernet.generate_key().decode())
    with sandbox.client() as client:
        folder = tmp_path / "photos"
        with client.downloads.save_images(range(1, 30), folder, concurrency=1) as batch:
            next(batch)
            with contextlib.suppress(JournalError):  # a file is being saved
                client.downloads.move_journal(folder, target)
            with pytest.raises(JournalError, match="replaced"):
                batch.run()
        client.downloads.move_journal(folder, target)
        known = client.downloads.journal_report(folder, journal=target)
        assert orders(sandbox) - 1 <= len(known) <= orders(sandbox) < 29


def test_moving_again_continues_what_was_interrupted(
    world: World, sandbox: Sandbox, target: str, tmp_path: Path
) -> None:
    downloads = client_of(world, sandbox).downloads
    world.do(downloads.save_image, "1", tmp_path)
    for _ in range(2):
        assert world.do(downloads.move_journal, tmp_path, target) == 1
    with pytest.raises(JournalError, match=r"was moved to .* already"):
        world.do(downloads.move_journal, tmp_path, tmp_path / "other.sqlite")


def test_nothing_is_paid_for_by_a_journal_that_was_moved_in_part(
    world: World, sandbox: Sandbox, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    downloads = client_of(world, sandbox).downloads
    saved = {name: world.do(downloads.save_image, name, tmp_path / "photos") for name in "123"}
    put, calls = Store.put, itertools.count()

    def interrupted(store: Store, entry: Entry) -> None:
        if next(calls) == 1:
            raise InterruptedError
        put(store, entry)

    monkeypatch.setattr(Store, "put", interrupted)
    with pytest.raises((InterruptedError, JournalError)):
        world.do(downloads.move_journal, tmp_path / "photos", target)
    for name in "123":
        with pytest.raises(JournalError, match="move it again"):
            world.do(downloads.save_image, name, tmp_path / "other", journal=target)
    assert world.do(downloads.move_journal, tmp_path / "photos", target) == 3
    for name in "123":
        found = world.do(downloads.save_image, name, tmp_path / "other", journal=target)
        assert (found.skipped, found.path) == (True, saved[name].path)
    assert orders(sandbox) == 3


def test_journals_that_contradict_each_other_stay_as_they_are(
    world: World, sandbox: Sandbox, target: str, tmp_path: Path
) -> None:
    downloads = client_of(world, sandbox).downloads
    a, b = tmp_path / "a", tmp_path / "b"
    world.do(downloads.save_image, "1", a)
    world.do(downloads.save_image, "1", b, journal=target)
    with pytest.raises(JournalError, match="knows image 1 as well"):
        world.do(downloads.move_journal, a, target)
    assert world.do(downloads.save_image, "1", a).skipped
    other = client_of(world, sandbox, environment="elsewhere").downloads
    world.do(other.save_image, "9", tmp_path / "c")
    with pytest.raises(JournalError, match="its environment is elsewhere"):
        world.do(downloads.move_journal, tmp_path / "c", target)


@pytest.mark.usefixtures("at_once")
def test_links_of_files_that_are_not_saved_are_moved_only_to_where_they_are_recorded(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    downloads = client_of(world, sandbox, max_retries=0).downloads
    sandbox.faults.add(Dropped(origin="delivery"))
    with pytest.raises(TransferError):
        world.do(downloads.save_image, "1", tmp_path)
    sandbox.faults.clear()
    database = new_database()
    with pytest.raises(JournalError, match="GETTYIMAGES_JOURNAL_KEY"):
        world.do(downloads.move_journal, tmp_path, database)
    assert execute(database, "SELECT count(*) FROM gettyimages_entries") == [(0,)]
    assert not world.do(downloads.save_image, "1", tmp_path).download_used


@pytest.mark.parametrize("name", ["photos/{}", "photos/../photos/{}", "link"])
def test_a_journal_is_not_moved_to_itself(
    world: World, sandbox: Sandbox, tmp_path: Path, name: str
) -> None:
    downloads = client_of(world, sandbox).downloads
    folder = tmp_path / "photos"
    world.do(downloads.save_image, "1", folder)
    (tmp_path / "link").symlink_to(folder / JOURNAL)
    with pytest.raises(JournalError, match="already"):
        world.do(downloads.move_journal, folder, tmp_path / name.format(JOURNAL))
    assert world.do(downloads.save_image, "1", folder).skipped


def test_a_journal_is_not_moved_back_to_where_it_is_refused(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    downloads = client_of(world, sandbox).downloads
    folder, other = tmp_path / "photos", tmp_path / "other.sqlite"
    world.do(downloads.save_image, "1", folder)
    world.do(downloads.move_journal, folder, other)
    with pytest.raises(JournalError, match="was moved itself"):
        world.do(downloads.move_journal, folder, folder / JOURNAL, journal=other)
    assert world.do(downloads.save_image, "1", folder, journal=other).skipped


def test_a_journal_that_cannot_be_replaced_by_its_copy_is_a_clear_error(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    downloads = client_of(world, sandbox).downloads
    world.do(downloads.save_image, "1", tmp_path)
    (tmp_path / f"{JOURNAL}.new").mkdir()  # where its copy is made
    with pytest.raises(JournalError, match="cannot be moved"):
        world.do(downloads.move_journal, tmp_path, tmp_path / "other.sqlite")
    (tmp_path / f"{JOURNAL}.new").rmdir()
    assert world.do(downloads.move_journal, tmp_path, tmp_path / "other.sqlite") == 1
