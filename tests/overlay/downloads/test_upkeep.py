"""Journals are moved, settled by hand, copied and listed, without a request to the API."""

from __future__ import annotations

import contextlib
import datetime
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import typing
from pathlib import Path

import pytest

from gettyimages import (
    DownloadInProgressError,
    DownloadOutcomeUnknownError,
    FileConflictError,
    FileError,
    GettyImages,
    InvalidArgumentError,
    JournalError,
    JournalRecord,
)
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support.batches import outcomes, run
from tests.overlay.downloads.support.delivery_host import DeliveryHost, own_files
from tests.overlay.downloads.support.fates import Fates
from tests.overlay.downloads.support.journals import JOURNAL, bytes_of, damaged, fill, sqlite
from tests.overlay.downloads.support.processes import stopped_at
from tests.overlay.downloads.support.sandboxes import client_of
from tests.overlay.support.servers import MARK, Origins
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow


WRITING = (
    "PRAGMA cache_size = 1",
    "PRAGMA cache_spill = 1",
    "BEGIN",
    "UPDATE entries SET asset = asset, content_type = hex(zeroblob(3000))",
)
"""A change of a journal of which a part is in the file before it is complete."""


def report(world: World, client: typing.Any, folder: Path) -> dict[str, JournalRecord]:
    return {it.id: it for it in world.do(client.downloads.journal_report, folder)}


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_a_journal_is_moved_to_the_environment_of_a_client(
    world: World, sandbox: Sandbox, tmp_path: Path, is_elsewhere: bool
) -> None:
    options = {"journal": tmp_path / "journals" / "one.sqlite"} if is_elsewhere else {}
    folder = tmp_path / "photos"
    before = client_of(world, sandbox, environment="old host").downloads
    after = client_of(world, sandbox, environment="new host").downloads
    world.do(before.save_image, "1", folder, **options)
    with pytest.raises(JournalError, match=r"belongs to old host.*rebind_journal\(\)"):
        world.do(after.save_image, "1", folder, **options)
    count = len(sandbox.requests)
    world.do(after.rebind_journal, folder, **options)
    assert world.do(after.save_image, "1", folder, **options).skipped
    with pytest.raises(JournalError, match="belongs to new host"):
        world.do(before.save_image, "1", folder, **options)
    assert len(sandbox.requests) == count


@pytest.mark.parametrize("downloaded", [True, False])
def test_an_unknown_outcome_is_settled_by_what_a_person_has_found_out(
    world: World, tmp_path: Path, downloaded: bool
) -> None:
    with Fates(lambda _: "not executed") as fates:
        client = world.client(**fates.options())
        with pytest.raises(DownloadOutcomeUnknownError):
            world.do(client.downloads.save_image, 77, tmp_path, height=100)
        count = len(fates.origins.api.requests)
        resolve = client.downloads.resolve
        world.do(resolve, tmp_path, "77", height="100", downloaded=downloaded)
        with pytest.raises(JournalError, match=r"77, height=100: .*knows no request"):
            world.do(resolve, tmp_path, 77, height=100, downloaded=downloaded)
        fates.fate = lambda _: "saved"
        results, _ = run(world, client, ["77"], tmp_path, height=100, max_downloads=1)
        assert outcomes(results) == {"link_lost" if downloaded else "saved": 1}
        assert len(fates.origins.api.requests) - count == (not downloaded)


def test_what_is_not_unknown_cannot_be_settled(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    world.do(client.downloads.save_image, "1", tmp_path)
    content = (tmp_path / JOURNAL).read_bytes()
    for asset, options in (("1", {}), ("1", {"height": 100}), ("2", {})):
        with pytest.raises(JournalError, match="knows no request for it"):
            world.do(client.downloads.resolve, tmp_path, asset, downloaded=False, **options)
    with pytest.raises(InvalidArgumentError, match="an id must be"):
        world.do(client.downloads.resolve, tmp_path, " 1", downloaded=False)
    other = client_of(world, sandbox, environment="another")
    with pytest.raises(JournalError, match="belongs to sandbox"):
        world.do(other.downloads.resolve, tmp_path, "1", downloaded=False)
    assert (tmp_path / JOURNAL).read_bytes() == content


def test_what_another_process_is_saving_cannot_be_settled(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost() as host, stopped_at("the paid request", origins, host, tmp_path):
        client = world.client(**origins.options())
        with pytest.raises(DownloadInProgressError):
            world.do(client.downloads.resolve, tmp_path, "1", downloaded=False)
        assert report(world, client, tmp_path)["1"].state == "outcome_unknown"


def test_a_report_lists_what_is_paid_open_and_lost_without_links(
    world: World, tmp_path: Path
) -> None:
    with Fates() as fates:
        ids = fill(fates, tmp_path, 4, "saved", "failed", "lost", "refused")
        client = world.client(**fates.options())
        world.do(client.downloads.save_image, "1000", tmp_path, height=100, filename="h.jpg")
        (tmp_path / "1000.jpg").unlink()
        with sqlite(tmp_path) as connection:
            connection.execute("UPDATE entries SET link = NULL, link_expires_at = NULL "
                               "WHERE asset = '1000'")  # fmt: skip
        count = len(fates.origins.api.requests)
        records = world.do(client.downloads.journal_report, tmp_path)
        assert len(fates.origins.api.requests) == count
    assert MARK.encode() in bytes_of(tmp_path)
    assert MARK not in repr(records)
    found = {(it.id, it.parameters.get("height")): it for it in records}
    assert {key: it.state for key, it in found.items()} == {
        (ids[0], None): "link_lost",
        (ids[0], "100"): "saved",
        (ids[1], None): "paid",
        (ids[2], None): "outcome_unknown",
    }
    assert found[ids[0], "100"].path == tmp_path / "h.jpg"
    assert found[ids[0], None].path == tmp_path / "1000.jpg"
    paid, unknown = found[ids[1], None], found[ids[2], None]
    assert paid.requested_at is not None
    assert paid.link_valid_until is not None
    lifetime = paid.link_valid_until - paid.requested_at  # by two clocks
    assert abs(lifetime - datetime.timedelta(hours=24)) < datetime.timedelta(minutes=1)
    assert (paid.path, paid.unknown_since, unknown.link_valid_until) == (None, None, None)
    assert unknown.unknown_since is not None
    assert unknown.requested_at is not None
    assert unknown.unknown_since <= unknown.requested_at
    assert unknown.unknown_since.tzinfo is datetime.UTC


def test_a_folder_without_a_journal_has_none_to_look_after(world: World, tmp_path: Path) -> None:
    downloads = world.client(api_key="k").downloads
    for call in (
        lambda: downloads.journal_report(tmp_path),
        lambda: downloads.journal_backup(tmp_path, tmp_path / "copy"),
        lambda: downloads.rebind_journal(tmp_path),
        lambda: downloads.resolve(tmp_path, "1", downloaded=True),
    ):
        with pytest.raises(JournalError, match="there is no journal"):
            world.do(call)
    assert [*tmp_path.iterdir()] == []


def test_a_backup_that_is_made_during_a_batch_is_whole_and_private(
    world: World, tmp_path: Path
) -> None:
    folder, copies = tmp_path / "photos", list[Path]()
    ids = [str(number) for number in range(60)]
    with Fates() as fates, GettyImages(**fates.options()) as saver:
        client = world.client(**fates.options())
        for result in saver.downloads.save_images(ids, folder, concurrency=4):
            assert result.error is None
            if len(copies) < 10:
                copies.append(tmp_path / f"copy-{len(copies)}")
                world.do(client.downloads.journal_backup, folder, copies[-1])
        last = tmp_path / "last"
        world.do(client.downloads.journal_backup, folder, last)
        for copy in (*copies, last):
            assert stat.S_IMODE(copy.stat().st_mode) == 0o600
            restored = tmp_path / f"of {copy.name}"
            restored.mkdir()
            shutil.copyfile(copy, restored / JOURNAL)
            assert report(world, client, restored)
            assert damaged(restored) == []
        (folder / JOURNAL).unlink()
        shutil.copyfile(last, folder / JOURNAL)
        results, _ = run(world, client, ids, folder)
        assert outcomes(results) == {"skipped": 60}
        assert sorted(fates.orders, key=int) == ids


def test_a_backup_waits_for_what_is_being_written(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy, real = tmp_path / JOURNAL, tmp_path / "copy", os.open

    def write_meanwhile(opened: typing.Any, *args: int) -> int:
        """Half of a change is in the file when the copy is about to be made."""
        if opened == copy:
            for statement in WRITING:
                writer.execute(statement)
            threading.Timer(0.2, writer.close).start()  # takes it back
        return real(opened, *args)

    with Fates() as fates:
        fill(fates, tmp_path, 60, "saved")
        client = world.client(**fates.options())
    writer = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    monkeypatch.setattr(os, "open", write_meanwhile)
    world.do(client.downloads.journal_backup, tmp_path, copy)
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        longest = "SELECT count(*), max(length(content_type)) FROM entries"
        assert connection.execute(longest).fetchone() == (60, len("image/jpeg"))


def test_a_backup_takes_the_place_of_nothing(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    folder = tmp_path / "photos"
    world.do(client.downloads.save_image, "1", folder)
    taken, dangling = tmp_path / "taken", tmp_path / "dangling"
    taken.write_bytes(b"precious")
    dangling.symlink_to(tmp_path / "elsewhere")
    for to in (taken, dangling, folder / JOURNAL, folder):
        with pytest.raises(FileConflictError, match="exists"):
            world.do(client.downloads.journal_backup, folder, to)
    with pytest.raises(FileError, match="vanished"):
        world.do(client.downloads.journal_backup, folder, tmp_path / "missing" / "copy")
    assert taken.read_bytes() == b"precious"
    assert not (tmp_path / "elsewhere").exists()


def test_a_backup_that_fails_leaves_nothing(world: World, sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_bytes(b"this is no database, but it is long enough" * 100)
    content = bytes_of(tmp_path)
    client = client_of(world, sandbox)
    for call in (
        lambda: client.downloads.journal_backup(tmp_path, tmp_path / "copy"),
        lambda: client.downloads.journal_report(tmp_path),
    ):
        with pytest.raises(JournalError, match=r"not a (database|journal)"):
            world.do(call)
    assert own_files(tmp_path) == [JOURNAL]
    assert bytes_of(tmp_path) == content


DYING = """
import os, sqlite3, signal, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2:]:
    connection.execute(statement)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("is_dry_run", [False, True])
def test_a_journal_whose_writer_died_while_it_wrote_is_copied_and_listed(
    world: World, tmp_path: Path, is_dry_run: bool
) -> None:
    with Fates() as fates:
        ids = fill(fates, tmp_path, 60, "saved")
        ended = subprocess.run(
            [sys.executable, "-c", DYING, str(tmp_path / JOURNAL), *WRITING],
            check=False,
            timeout=60,
        )
        assert ended.returncode == -signal.SIGKILL
        assert (tmp_path / f"{JOURNAL}-journal").stat().st_size > 0, "it is to be rolled back"
        client = world.client(**fates.options())
        if is_dry_run:
            results, _ = run(world, client, ids, tmp_path, dry_run=True)
            assert outcomes(results) == {"skipped": 60}
        assert report(world, client, tmp_path).keys() == {*ids}
        world.do(client.downloads.journal_backup, tmp_path, tmp_path / "copy")
