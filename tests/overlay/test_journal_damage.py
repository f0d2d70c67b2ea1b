"""An older journal is brought up to date; a damaged one is set aside, and does no harm."""

from __future__ import annotations

import contextlib
import functools
import sqlite3
import tempfile
import time
import typing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gettyimages import GettyImagesError
from gettyimages._downloads.journal.entry import Asked, Entry, Placing
from gettyimages._downloads.journal.file import _sound
from gettyimages._downloads.journal.journal import NAME, Journal
from gettyimages._downloads.journal.view import JournalView
from gettyimages._downloads.plan import Ask, Decision
from gettyimages._errors import JournalError

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # syncing costs nothing
SECRET = "zq7marker"
URI = f"https://delivery.example/?signature={SECRET}"
COUNT = 30


def asking(_: Entry | None) -> Decision:
    return Ask()


def fill(folder: Path) -> None:
    with contextlib.closing(Journal(folder)) as journal:
        for number in range(COUNT):
            claim = journal.claim(Asked(asset=str(number)), asking)
            journal.intend(claim)
            if number % 3:
                journal.link(claim, URI, time.time() + 86400)
            if number % 3 == 2:
                journal.placing(claim, Placing(f"{number}.jpg", 5, "ab" * 32, "image/jpeg"))
            journal.doubt(claim)


@contextlib.contextmanager
def sqlite(folder: Path) -> typing.Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(folder / NAME)) as connection, connection:
        yield connection


def make_old(folder: Path) -> None:
    """As version 1 made it."""
    with sqlite(folder) as connection:
        connection.execute("ALTER TABLE entries DROP COLUMN placing")
        connection.execute("DROP TABLE damaged")
        connection.execute("PRAGMA user_version = 1")


def known(journal: Journal | JournalView) -> dict[str, tuple[str, str | None]]:
    return {entry.asset: (entry.state, entry.link) for entry in journal.entries()}


def test_a_journal_of_an_older_version_is_brought_up_to_date_with_all_it_says(
    tmp_path: Path,
) -> None:
    fill(tmp_path)
    with contextlib.closing(Journal(tmp_path)) as journal:
        before = known(journal)
    make_old(tmp_path)
    with contextlib.closing(JournalView(tmp_path)) as view:
        assert known(view) == before
    with sqlite(tmp_path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    for _ in range(2):
        with contextlib.closing(Journal(tmp_path)) as journal:
            assert known(journal) == before
            assert journal.damaged is None
    assert [*tmp_path.glob("*damaged*")] == []


def test_what_can_be_read_of_a_damaged_journal_of_an_older_version_is_taken_over(
    tmp_path: Path,
) -> None:
    fill(tmp_path)
    with contextlib.closing(Journal(tmp_path)) as journal:
        before = known(journal)
    make_old(tmp_path)
    (tmp_path / NAME).rename(tmp_path / f"{NAME}.damaged-1")
    with contextlib.closing(Journal(tmp_path)) as journal:
        assert known(journal) == before


def spoil(folder: Path) -> None:
    """A link and another value are not what they were; SQLite sees nothing wrong with that."""
    with sqlite(folder) as connection:
        for wrong in (
            f"link = CAST(x'ff' || '{URI}' AS TEXT) WHERE asset = '4'",
            "placing = '?' WHERE asset = '5'",
            "asked_at = 1e300 WHERE asset = '6'",
        ):
            connection.execute(f"UPDATE entries SET {wrong}")


@pytest.mark.parametrize("is_open", [False, True], ids=["before", "while it is open"])
def test_what_is_no_text_is_damage_and_no_error_quotes_a_link(
    tmp_path: Path, is_open: bool
) -> None:
    fill(tmp_path)
    with contextlib.closing(Journal(tmp_path)) as journal:
        spoil(tmp_path)
        if is_open:
            for asset in "456":
                with pytest.raises(JournalError, match="damaged") as caught:
                    journal.entry(Asked(asset=asset).key)
                error: BaseException | None = caught.value
                while error is not None:
                    assert SECRET not in f"{error} {error.args}"
                    error = error.__context__
    _sound.clear()
    with pytest.raises(JournalError, match="would set it aside"):
        JournalView(tmp_path)
    with contextlib.closing(Journal(tmp_path)) as journal:
        found = {entry.asset: entry for entry in journal.entries()}
    assert len(found) == COUNT
    for asset in "456":  # something was asked for: not again in silence
        assert (found[asset].state, found[asset].link, found[asset].path) == (
            "stranded",
            None,
            None,
        )
    assert (tmp_path / f"{NAME}.damaged-1").exists()


@functools.cache
def sample() -> bytes:
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        fill(Path(name))
        return (Path(name) / NAME).read_bytes()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=100),
    st.integers(0, 30_000) | st.none(),
)
def test_whatever_is_in_the_file_it_is_a_journal_or_a_clear_error(
    changes: list[tuple[int, int]], end: int | None
) -> None:
    content = bytearray(sample())
    for place, value in changes:
        content[place % len(content)] = value
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        folder = Path(name)
        (folder / NAME).write_bytes(content[:end])
        _sound.clear()
        with (  # what SQLite cannot use, and has not found to be damaged, is told as it is
            contextlib.suppress(GettyImagesError),
            contextlib.closing(Journal(folder)) as journal,
        ):
            entries = journal.entries()
            assert all(journal.entry(entry.key) == entry for entry in entries)
            claim = journal.claim(Asked(asset="new"), asking)
            journal.intend(claim)
        assert len([*folder.glob("*damaged*")]) <= 1
