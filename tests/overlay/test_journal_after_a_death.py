"""What a process leaves that dies while it puts files in place is recognised, or cleaned up."""

from __future__ import annotations

import contextlib
import sqlite3
import time
import typing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gettyimages import StrandedError
from gettyimages._downloads.files.filesystem import FILES
from gettyimages._downloads.files.part import Part
from gettyimages._downloads.journal.entry import Asked, Placing
from gettyimages._downloads.journal.journal import NAME, Journal
from gettyimages._downloads.plan import Ask, UseLink

from .depot import CONTENT, SHA256, Depot, client_of, names, save
from .support.servers import Origins
from .support.worlds import World

ONE = Asked(asset="1")
WHOLE = Placing("picture.jpg", len(CONTENT), SHA256, "image/jpeg")


def died(folder: Path) -> None:
    """Let all that is in work be that of a process that is dead."""
    with contextlib.closing(sqlite3.connect(folder / NAME)) as connection, connection:
        connection.execute("UPDATE work SET start = '1', pid = 4194305")


def placing(folder: Path, *, link: float = -1.0) -> None:
    """A process has recorded that it is about to place a file, and no more."""
    journal = Journal(folder)
    claim = journal.claim(ONE, lambda _: Ask())
    journal.intend(claim)
    journal.link(claim, "https://delivery.example/?zq7marker", time.time() + link)
    journal.placing(claim, WHOLE)
    journal._connected().close()
    died(folder)


def part(folder: Path) -> Path:
    return Part(FILES, folder, ONE.key, ONE.asset).path


@pytest.mark.parametrize("name", ["picture.jpg", "picture_2.jpg", "part"])
@pytest.mark.parametrize("overwrite", ["skip", "replace", "error"])
def test_a_file_that_was_about_to_be_recorded_needs_neither_a_link_nor_a_download(
    world: World, origins: Origins, tmp_path: Path, name: str, overwrite: str
) -> None:
    placing(tmp_path)
    if name == "picture_2.jpg":
        (tmp_path / "picture.jpg").write_bytes(b"another's")
    (part(tmp_path) if name == "part" else tmp_path / name).write_bytes(CONTENT)
    client = client_of(world, origins, "https://unused.example/")
    saved = save(world, client, tmp_path, overwrite=overwrite)
    wanted = "picture.jpg" if name == "part" else name
    assert (saved.path, saved.sha256) == (tmp_path / wanted, SHA256)
    assert (saved.download_used, saved.skipped) == (False, False)
    assert saved.path.read_bytes() == CONTENT
    assert not part(tmp_path).exists()
    assert save(world, client, tmp_path).skipped
    assert not origins.api.requests


@pytest.mark.parametrize("size", [0, len(CONTENT)])
def test_another_file_of_that_name_is_not_taken_for_it(
    world: World, origins: Origins, tmp_path: Path, size: int
) -> None:
    placing(tmp_path)
    (tmp_path / "picture.jpg").write_bytes(b"\0" * size)
    client = client_of(world, origins, "https://unused.example/")
    with pytest.raises(StrandedError):
        save(world, client, tmp_path)
    assert (tmp_path / "picture.jpg").read_bytes() == b"\0" * size
    assert not origins.api.requests


def test_a_dry_run_sees_that_it_is_there(world: World, origins: Origins, tmp_path: Path) -> None:
    placing(tmp_path)
    (tmp_path / "picture.jpg").write_bytes(CONTENT)
    client = client_of(world, origins, "https://unused.example/")
    [result] = world.items(client.downloads.save_images(["1"], tmp_path, dry_run=True))
    assert (result.outcome, result.download_used) == ("saved", False)


@pytest.mark.parametrize("overwrite", ["skip", "replace", "error"])
def test_a_part_that_a_killed_replacement_has_left_is_removed_by_the_next_call(
    world: World, tmp_path: Path, overwrite: str
) -> None:
    with Depot() as depot, Origins() as origins:
        client = client_of(world, origins, depot.uri)
        save(world, client, tmp_path)
        journal = Journal(tmp_path)
        journal.claim(ONE, lambda _: UseLink(depot.uri, 0))
        part(tmp_path).write_bytes(b"half")
        journal._connected().close()
        died(tmp_path)
        if overwrite == "error":
            with pytest.raises(Exception, match="overwrite is 'error'"):
                save(world, client, tmp_path, overwrite=overwrite)
        else:
            assert save(world, client, tmp_path, overwrite=overwrite).sha256 == SHA256
    assert names(tmp_path) == ["picture.jpg"]


def test_what_somebody_is_replacing_is_left_to_him(world: World, tmp_path: Path) -> None:
    with Depot() as depot, Origins() as origins:
        client = client_of(world, origins, depot.uri)
        save(world, client, tmp_path)
        with contextlib.closing(Journal(tmp_path)) as journal:
            claim = journal.claim(ONE, lambda _: UseLink(depot.uri, 0))
            part(tmp_path).write_bytes(b"half")
            assert save(world, client, tmp_path).skipped
            journal.release(claim)
        assert part(tmp_path).read_bytes() == b"half"


def states(folder: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(folder / NAME)) as connection:
        return [rest for (rest,) in connection.execute("SELECT rest FROM entries ORDER BY key")]


def begun(journal: Journal, asset: str) -> typing.Any:
    claim = journal.claim(Asked(asset=asset), lambda _: Ask())
    journal.intend(claim)
    journal.link(claim, "https://delivery.example/?zq7marker", time.time() + 86400)
    journal.placing(claim, WHOLE)
    return claim


def test_files_that_are_recorded_as_whole_share_the_commits_of_others(tmp_path: Path) -> None:
    with contextlib.closing(Journal(tmp_path)) as journal:
        first, second, third = (begun(journal, asset) for asset in "123")
        journal.saved(first, "1.jpg", 5, "ab", "image/jpeg")
        assert states(tmp_path) == ["linked"] * 3
        journal.release(second)
        assert states(tmp_path) == ["saved", "linked", "linked"]
        journal.saved(third, "3.jpg", 5, "ab", "image/jpeg")
        assert states(tmp_path) == ["saved", "linked", "saved"]


def test_nothing_waits_for_a_commit_when_nothing_is_in_work(tmp_path: Path) -> None:
    with contextlib.closing(Journal(tmp_path)) as journal, ThreadPoolExecutor(8) as pool:

        def life(number: int) -> None:
            claim = begun(journal, str(number))
            journal.saved(claim, f"{number}.jpg", 5, "ab", "image/jpeg")

        for start in range(0, 120, 8):
            assert [*pool.map(life, range(start, start + 8))] == [None] * 8
            assert set(states(tmp_path)) == {"saved"}


def test_a_file_that_is_not_recorded_yet_is_recognised_by_others_of_this_process(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with contextlib.closing(Journal(tmp_path)) as journal:
        claim, other = begun(journal, "1"), begun(journal, "2")
        (tmp_path / "picture.jpg").write_bytes(CONTENT)
        journal.saved(claim, "picture.jpg", len(CONTENT), SHA256, "image/jpeg")
        client = client_of(world, origins, "https://unused.example/")
        assert save(world, client, tmp_path).path == tmp_path / "picture.jpg"
        assert other
    assert not origins.api.requests
