"""The file of the journal: private, durable, erased in time, and in nobody else's way."""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gettyimages import GettyImagesError, JournalError
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support.delivery_host import (
    SHA256,
    DeliveryHost,
    client_of,
    methods,
    own_files,
    save,
)
from tests.overlay.downloads.support.fates import Fates
from tests.overlay.downloads.support.journals import JOURNAL, bytes_of, damaged, fill, sqlite
from tests.overlay.downloads.support.processes import ENVIRONMENT, HANG, Child
from tests.overlay.downloads.support.sandboxes import client_of as sandbox_client
from tests.overlay.support.servers import MARK, Origins, Reply
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_its_owner_can_read_it_whatever_the_umask(
    world: World, origins: Origins, tmp_path: Path, umask: int
) -> None:
    modes: dict[str, int] = {}

    def look(*_: object) -> None:
        for name in own_files(tmp_path):
            if not name.endswith(".part"):
                modes[name] = stat.S_IMODE((tmp_path / name).stat().st_mode)

    before = os.umask(umask)
    try:
        with DeliveryHost() as host:
            client = client_of(world, origins, host.uri)
            save(world, client, tmp_path, on_progress=look)
        look()
    finally:
        os.umask(before)
    assert JOURNAL in modes
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize("mode", [0o644, 0o666, 0o640])
def test_one_that_others_could_read_is_narrowed_before_a_link_is_written(
    world: World, origins: Origins, tmp_path: Path, mode: int
) -> None:
    own = [JOURNAL, f"{JOURNAL}-journal"]

    def modes(*_: object) -> set[int]:
        return {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in own}

    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        save(world, client, tmp_path)
        for name in own:
            (tmp_path / name).touch()
            (tmp_path / name).chmod(mode)
        seen: list[set[int]] = []
        world.do(
            client.downloads.save_image, "2", tmp_path, on_progress=lambda *_: seen.append(modes())
        )
    assert {*seen[0]} == modes() == {0o600}


@pytest.mark.parametrize("name", [JOURNAL, f"{JOURNAL}-journal", f"{JOURNAL[:-7]}.lock"])
@pytest.mark.parametrize("target", ["nothing", "a file"])
def test_a_symbolic_link_in_its_place_is_refused_and_not_followed(
    world: World, origins: Origins, tmp_path: Path, name: str, target: str
) -> None:
    folder, elsewhere = tmp_path / "photos", tmp_path / "elsewhere"
    folder.mkdir()
    if target == "a file":
        elsewhere.touch(0o644)
    (folder / name).symlink_to(elsewhere)
    client = client_of(world, origins, "https://unused.example/")
    with pytest.raises(JournalError, match=r"cannot be used: it is (not a regular|a symbolic)"):
        save(world, client, folder)
    assert not origins.api.requests
    assert elsewhere.exists() == (target == "a file")
    assert target == "nothing" or elsewhere.read_bytes() == b""


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_a_damaged_one_stays_private_and_takes_no_name_that_leads_elsewhere(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, umask: int
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    folder, elsewhere = tmp_path / "photos", tmp_path / "elsewhere"
    folder.mkdir()
    (folder / JOURNAL).write_bytes(b"this is no database, but it is long enough" * 100)
    (folder / f"{JOURNAL}.damaged-1").symlink_to(elsewhere)
    before = os.umask(umask)
    try:
        with DeliveryHost() as host:
            save(world, client_of(world, origins, host.uri), folder, allow_repurchase=True)
    finally:
        os.umask(before)
    assert not elsewhere.exists()
    assert stat.S_IMODE((folder / f"{JOURNAL}.damaged-2").stat().st_mode) == 0o600


def test_it_needs_no_shared_memory_and_no_write_ahead_log(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    seen: set[str] = set()
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        save(world, client, tmp_path, on_progress=lambda *_: seen.update(own_files(tmp_path)))
    assert JOURNAL in seen
    assert not [name for name in seen if name.endswith(("-wal", "-shm"))]


def test_an_empty_file_is_a_new_journal(world: World, origins: Origins, tmp_path: Path) -> None:
    (tmp_path / JOURNAL).touch()
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        save(world, client, tmp_path)
        assert save(world, client, tmp_path).skipped
    assert damaged(tmp_path) == []


def test_an_empty_file_knows_nothing_and_may_be_only_read(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / JOURNAL).touch()  # as a process leaves it that is killed right after it was made
    client = sandbox_client(world, sandbox)
    assert world.do(client.downloads.journal_report, tmp_path) == []
    batch = client.downloads.save_images(["1"], tmp_path, dry_run=True)
    assert world.do(batch.run).would_save == 1
    assert (tmp_path / JOURNAL).stat().st_size == 0


def test_a_journal_of_a_newer_version_is_left_alone_and_nothing_is_asked_for(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        save(world, client, tmp_path)
        with sqlite(tmp_path) as connection:
            connection.execute("PRAGMA user_version = 99")
        content = (tmp_path / JOURNAL).read_bytes()
        for overwrite in ("skip", "replace"):
            with pytest.raises(JournalError, match=r"version 99.*update gettyimages-client"):
                save(world, client, tmp_path, overwrite=overwrite)
    assert methods(origins) == ["POST"]
    assert (tmp_path / JOURNAL).read_bytes() == content


def test_a_folder_in_its_place_is_a_clear_error_and_costs_nothing(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    (tmp_path / JOURNAL).mkdir()
    client = client_of(world, origins, "https://unused.example/")
    with pytest.raises(JournalError, match="journal"):
        save(world, client, tmp_path)
    assert not origins.api.requests


def test_a_database_of_another_program_in_its_place_is_never_written_to(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / JOURNAL)) as connection, connection:
        connection.execute("CREATE TABLE other (a)")
    content = (tmp_path / JOURNAL).read_bytes()
    with DeliveryHost() as host, contextlib.suppress(GettyImagesError):
        save(world, client_of(world, origins, host.uri), tmp_path)
    assert content in [(tmp_path / name).read_bytes() for name in own_files(tmp_path)]


@pytest.mark.parametrize("kind", ["text", "database"])
def test_a_file_of_another_program_that_is_named_as_one_is_refused_and_stays(
    world: World, origins: Origins, tmp_path: Path, kind: str
) -> None:
    named = tmp_path / "mine"
    if kind == "text":
        named.write_text("1167612765\n" * 100)
    else:
        with contextlib.closing(sqlite3.connect(named)) as connection, connection:
            connection.execute("CREATE TABLE mine (x)")
    named.chmod(0o644)
    content = named.read_bytes()
    (tmp_path / "other").mkdir()
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        save(world, client, tmp_path / "other")
    asked = len(origins.api.requests)
    for call in (
        lambda: client.downloads.save_image("1", tmp_path, journal=named),
        lambda: client.downloads.journal_report(tmp_path, journal=named),
        lambda: client.downloads.move_journal(tmp_path / "other", named),
    ):
        with pytest.raises(JournalError, match="is a file of another program"):
            world.do(call)
    assert named.read_bytes() == content
    assert stat.S_IMODE(named.stat().st_mode) == 0o644
    assert len(origins.api.requests) == asked
    assert [one.name for one in tmp_path.iterdir() if "damaged" in one.name] == []


@pytest.mark.parametrize("has_journal", [False, True])
def test_a_folder_that_cannot_be_written_is_a_clear_error_and_costs_nothing(
    world: World, tmp_path: Path, has_journal: bool
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with Fates() as fates:
        if has_journal:
            fill(fates, folder, 1)
            (folder / JOURNAL).chmod(0o444)
        asked = len(fates.orders)
        folder.chmod(0o555)
        try:
            kind = "asyncio" if world.is_async else "blocking"
            with Child(
                fates.options(), folder, ["7"],
                world=kind, method="save_image", unprivileged=True,
            ) as child:  # fmt: skip
                (result,) = child.results()
        finally:
            folder.chmod(0o755)
        assert len(fates.orders) == asked
    assert result["error"].startswith(("JournalError", "FileError"))
    words = ("ermission", "readonly", "read-only", "unable to open")
    assert any(word in result["error"] for word in words)


def test_a_journal_that_cannot_grow_is_a_clear_error_and_costs_nothing(
    world: World, tmp_path: Path
) -> None:
    with Fates() as fates:
        fill(fates, tmp_path, 1)
        asked = len(fates.orders)
        kind = "asyncio" if world.is_async else "blocking"
        with Child(
            fates.options(), tmp_path, ["7"], world=kind, method="save_image", file_limit=0
        ) as child:
            (result,) = child.results()
        assert result["error"].startswith("JournalError")
        assert len(fates.orders) == asked
        client = world.client(**fates.options())
        assert world.do(client.downloads.save_image, "7", tmp_path).download_used
    assert damaged(tmp_path) == []


@pytest.mark.parametrize("hours", [23, 25])
def test_links_are_erased_from_the_disk_once_they_have_expired(
    world: World, tmp_path: Path, hours: int
) -> None:
    with Fates() as fates:
        fates.fate = lambda asset: "saved" if asset == "1" else "failed"
        client = world.client(**fates.options())
        batch = world.do(client.downloads.save_images, ["1", "2", "3"], tmp_path)
        assert len([*world.items(batch)]) == 3
        assert MARK.encode() in bytes_of(tmp_path)
        fates.fate = lambda _: "refused"
        fates.ahead = datetime.timedelta(hours=hours)
        batch = world.do(client.downloads.save_images, ["4"], tmp_path)
        assert [it.outcome for it in world.items(batch)] == ["failed"]
    assert (MARK.encode() in bytes_of(tmp_path)) == (hours < 24)


def test_a_link_that_has_expired_by_the_clock_of_the_api_is_lost_and_not_tried(
    world: World, tmp_path: Path
) -> None:
    with Fates() as fates:
        fill(fates, tmp_path, 1, "failed")
        tried = len(fates.host.requests)
        client = world.client(**fates.options())
        fates.ahead = datetime.timedelta(hours=25)
        world.do(client.downloads.get_downloads)
        batch = world.do(client.downloads.save_images, ["1000"], tmp_path)
        assert [it.outcome for it in world.items(batch)] == ["link_lost"]
        assert len(fates.host.requests) == tried
        assert fates.orders == ["1000"]


def test_a_clock_of_this_machine_that_is_a_day_ahead_erases_no_link(
    world: World, tmp_path: Path
) -> None:
    with Fates() as fates:
        ids = fill(fates, tmp_path, 3, "failed")
        fates.fate = lambda asset: "saved" if asset in ids else "refused"
        kind = "asyncio" if world.is_async else "blocking"
        later = 25 * 3600
        with Child(fates.options(), tmp_path, ["4"], world=kind, seconds_later=later) as child:
            assert [it["outcome"] for it in child.results()] == ["failed"]
        with Child(fates.options(), tmp_path, ids, world=kind, seconds_later=later) as child:
            assert [it["outcome"] for it in child.results()] == ["saved"] * 3
        assert sorted(fates.orders) == [*ids, "4"]


FORKING = """
import os, sys
from gettyimages import GettyImages
options, folder = {options!r}, {folder!r}
client = GettyImages(**options)
assert client.downloads.save_image("1", folder).download_used
if (pid := os.fork()) == 0:
    status = 1
    try:
        with GettyImages(**options) as other:
            assert other.downloads.save_image("1", folder).skipped
            assert other.downloads.save_image("2", folder).download_used
        status = 0
    finally:
        os._exit(status)
assert client.downloads.save_image("3", folder).download_used
assert os.waitpid(pid, 0)[1] == 0
assert client.downloads.save_image("2", folder).skipped
client.close()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
def test_a_forked_process_and_its_parent_share_it_like_any_two(tmp_path: Path) -> None:
    with Fates() as fates:
        code = FORKING.format(options=fates.options(), folder=str(tmp_path))
        ended = subprocess.run(
            [sys.executable, "-c", code],
            env=ENVIRONMENT, capture_output=True, text=True, timeout=HANG, check=False,
        )  # fmt: skip
        assert (ended.returncode, ended.stderr) == (0, "")
        assert sorted(fates.orders) == ["1", "2", "3"]


def test_a_link_that_fails_is_kept_for_the_next_process(world: World, tmp_path: Path) -> None:
    with DeliveryHost(Reply(400)) as host, Origins() as origins:
        client = client_of(world, origins, host.uri)
        with pytest.raises(Exception, match="400"):
            save(world, client, tmp_path)
        with Child(origins.options(), tmp_path, ["1"], method="save_image") as child:
            (result,) = child.results()
        assert result["download_used"] is False
        assert save(world, client, tmp_path).sha256 == SHA256
        assert methods(origins) == ["POST"]
