"""The file of the journal: private, durable, and left alone or set aside when it is not ours."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import stat
import typing
from pathlib import Path

import pytest

from gettyimages._downloads.journal.entry import Asked, Claim
from gettyimages._downloads.journal.journal import NAME, Journal
from gettyimages._errors import JournalError

from .journals import (
    SECRET,
    SEVEN,
    Clock,
    child,
    ended,
    linked,
    rule,
)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_only_its_owner_can_read_it_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        journal = Journal(tmp_path)
        commit = journal._connected()._connection
        commit.execute("BEGIN IMMEDIATE")
        commit.execute("DELETE FROM entries")
        commit.execute("INSERT INTO entries (key, asset) VALUES ('a', 'b')")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        commit.execute("COMMIT")
        journal.close()
    finally:
        os.umask(before)
    assert set(modes) == {NAME, f"{NAME}-journal"}
    assert set(modes.values()) == {0o600}


def test_commits_are_synced_and_nothing_needs_shared_memory(journal: Journal) -> None:
    pragma = journal._connected()._connection.execute
    assert pragma("PRAGMA journal_mode").fetchone()[0] == "truncate"
    assert pragma("PRAGMA synchronous").fetchone()[0] == 2
    assert pragma("PRAGMA secure_delete").fetchone()[0] == 1


def _garbage(path: Path) -> None:
    path.write_bytes(b"this is no database, but it is long enough to be looked at" * 100)


def _truncated(path: Path) -> None:
    with contextlib.closing(Journal(path.parent)) as journal:
        for number in range(300):
            journal.intend(journal.claim(Asked(asset=f"{number}" * 50), rule))
    path.write_bytes(path.read_bytes()[: 4096 * 5])


def _foreign(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE other (a)")


@pytest.mark.parametrize("damage", [_garbage, _truncated, _foreign])
def test_a_file_that_is_no_journal_is_set_aside_with_a_warning(
    tmp_path: Path, damage: typing.Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    for number in (1, 2):
        path = tmp_path / NAME
        path.unlink(missing_ok=True)
        damage(path)
        content = path.read_bytes()
        caplog.clear()
        with contextlib.closing(Journal(tmp_path)) as journal:
            assert journal.entries() == []
            journal.release(journal.claim(SEVEN, rule))
        assert (tmp_path / f"{NAME}.damaged-{number}").read_bytes() == content
        [record] = [one for one in caplog.records if one.levelno == logging.WARNING]
        assert f"damaged-{number}" in record.getMessage()
        assert "history" in record.getMessage()


def test_an_empty_file_is_a_new_journal(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()
    with contextlib.closing(Journal(tmp_path)) as journal:
        assert journal.entries() == []
    assert [path.name for path in tmp_path.iterdir() if "damaged" in path.name] == []


def test_a_journal_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    path = tmp_path / NAME
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 3")
    content = path.read_bytes()
    with pytest.raises(JournalError, match=r"version 3.*update gettyimages-client"):
        Journal(tmp_path)
    assert path.read_bytes() == content


def test_a_folder_that_is_missing_or_a_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match=r"nowhere.*No such file"):
        Journal(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(JournalError, match="Not a directory"):
        Journal(tmp_path / "file")


def test_a_folder_that_vanishes_is_a_clear_error(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    journal = Journal(folder)
    (folder / NAME).unlink()
    folder.rmdir()
    claim = journal.claim(SEVEN, rule)
    with pytest.raises(JournalError, match=r"folder.*cannot be used"):
        journal.intend(claim)
    journal.close()


READ_ONLY = """
os.chdir(folder)  # its parents cannot be entered as somebody else
if os.geteuid() == 0:
    os.setuid(65534)
try:
    journal = Journal(Path())
    journal.claim(Asked(asset="7"), rule)
except JournalError as error:
    print(error)
"""


@pytest.mark.parametrize("made_before", [False, True])
def test_a_read_only_folder_is_a_clear_error(tmp_path: Path, made_before: bool) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    if made_before:
        Journal(folder).close()
        (folder / NAME).chmod(0o444)
    folder.chmod(0o555)
    try:
        output = ended(child(folder, READ_ONLY))
    finally:
        folder.chmod(0o755)
    assert "cannot be used" in output
    assert "ermission denied" in output or "readonly" in output or "unable to open" in output


def test_a_full_disk_is_a_clear_error_and_the_journal_stays_true(
    journal: Journal, clock: Clock
) -> None:
    claim = linked(journal, clock)
    pragma = journal._connected()._connection.execute
    pages = pragma("PRAGMA page_count").fetchone()[0]
    pragma(f"PRAGMA max_page_count = {pages}")
    claims: list[Claim] = []

    def fill() -> None:
        for number in range(1000):
            claim = journal.claim(Asked(asset=f"{number}" * 20), rule)
            journal.intend(claim)
            claims.append(claim)

    with pytest.raises(JournalError, match="full"):
        fill()
    known = [entry for entry in journal.entries() if entry.state == "intent"]
    assert len(known) == len(claims)
    pragma("PRAGMA max_page_count = 1000000")
    journal.saved(claim, "7.jpg", 5, "ab" * 32, "image/jpeg")
    for one in claims:
        journal.withdraw(one)
    assert [entry.state for entry in journal.entries()] == ["saved"]


def test_no_error_shows_a_link(journal: Journal, clock: Clock) -> None:
    claim = linked(journal, clock)
    pragma = journal._connected()._connection.execute
    pragma("PRAGMA query_only = ON")
    with pytest.raises(JournalError) as caught:
        journal.link(claim, SECRET, clock.now)
    pragma("PRAGMA query_only = OFF")
    error: BaseException | None = caught.value
    while error is not None:
        assert "zq7marker" not in str(error)
        error = error.__cause__ or error.__context__
    assert "zq7marker" not in repr(claim)
