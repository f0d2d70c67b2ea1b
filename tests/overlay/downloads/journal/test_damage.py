"""A damaged journal is set aside; what can be read of it is used, and files are not paid again."""

from __future__ import annotations

import contextlib
import functools
import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gettyimages import GettyImages, GettyImagesError, JournalError
from tests.overlay.downloads.support.delivery_host import (
    names,
    own_files,
)
from tests.overlay.downloads.support.fates import Fates
from tests.overlay.downloads.support.journals import (
    JOURNAL,
    columns,
    damaged,
    fill,
    page_size,
    sqlite,
)
from tests.overlay.support.memory import MEMORY
from tests.overlay.support.servers import MARK
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow


def garbage(path: Path) -> None:
    path.write_bytes(b"this is no database, but it is long enough to be looked at" * 100)


def cut_off(path: Path) -> None:
    with Fates() as fates:
        fill(fates, path.parent, 60, "failed")
    path.write_bytes(path.read_bytes()[: page_size(path.parent) * 2])


@pytest.mark.parametrize("damage", [garbage, cut_off])
def test_a_file_that_cannot_be_read_is_set_aside_with_a_warning(
    world: World,
    tmp_path: Path,
    damage: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = tmp_path / JOURNAL
    for number in (1, 2):
        path.unlink(missing_ok=True)
        damage(path)
        content = path.read_bytes()
        caplog.clear()
        with Fates() as fates:
            client = world.client(**fates.options())
            assert world.do(client.downloads.save_image, f"{number}", tmp_path).download_used
        assert (tmp_path / f"{JOURNAL}.damaged-{number}").read_bytes() == content
        (record,) = [it for it in caplog.records if it.levelno == logging.WARNING]
        assert f"damaged-{number}" in record.getMessage()
        assert "history" in record.getMessage()


@pytest.mark.slow
def test_links_that_were_paid_for_are_used_as_far_as_a_damaged_journal_can_be_read(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Fates() as fates:
        ids = fill(fates, tmp_path, 120, "failed")
        path = tmp_path / JOURNAL
        content = bytearray(path.read_bytes())
        size = page_size(tmp_path)
        pages = [
            start
            for start in range(0, len(content), size)
            if MARK.encode() in content[start : start + size]
        ]
        start = pages[len(pages) // 2]  # one of those that hold links
        content[start : start + size] = b"\xa5" * size
        path.write_bytes(content)
        asked = len(fates.orders)
        client = world.client(**fates.options())
        with caplog.at_level(logging.INFO):
            batch = world.do(client.downloads.save_images, ids, tmp_path)
            results = [*world.items(batch)]
        assert {it.outcome for it in results} == {"saved", "outcome_unknown"}
        assert 80 < batch.summary.saved < 120
        assert len(fates.orders) == asked
    assert (tmp_path / f"{JOURNAL}.damaged-1").read_bytes() == content
    assert "looked up in the download history before it is requested" in caplog.text


@pytest.mark.slow
def test_an_entry_with_a_value_that_cannot_be_is_not_paid_for_again(tmp_path: Path) -> None:
    with Fates() as fates:
        sample = tmp_path / "sample"
        ids = fill(fates, sample, 4)
        for number, (table, name, is_number) in enumerate(columns(sample)):
            folder = tmp_path / str(number)
            shutil.copytree(sample, folder)
            wrong = "'no number'" if is_number else "x'ff00'"
            with contextlib.suppress(sqlite3.IntegrityError), sqlite(folder) as connection:
                connection.execute("PRAGMA ignore_check_constraints = ON")
                connection.execute(f"UPDATE {table} SET {name} = {wrong} WHERE {name} NOTNULL")
            asked = len(fates.orders)
            with GettyImages(**fates.options()) as client:
                batch = client.downloads.save_images(ids, folder)
                with contextlib.suppress(JournalError):
                    assert all(it.file is None or it.file.path.parent == folder for it in batch)
            if name not in ("key", "asset"):  # an entry that is another image's is lost
                assert len(fates.orders) == asked, f"{table}.{name}"


def test_calls_that_find_the_same_damage_set_it_aside_once(world: World, tmp_path: Path) -> None:
    garbage(tmp_path / JOURNAL)
    with Fates() as fates:
        client = world.client(**fates.options())
        results = world.together(
            *[
                functools.partial(client.downloads.save_image, str(number), tmp_path)
                for number in range(8)
            ]
        )
        assert not [it for it in results if isinstance(it, Exception)]
        assert len(fates.orders) == 8
    assert damaged(tmp_path) == [f"{JOURNAL}.damaged-1"]


@functools.cache
def sample() -> bytes:
    """A journal with entries of all kinds."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name, Fates() as fates:
        fill(fates, Path(name), 40)
        return (Path(name) / JOURNAL).read_bytes()


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=100),
    st.integers(0, 30_000) | st.none(),
)
def test_whatever_is_in_the_file_the_call_succeeds_or_raises_a_clear_error(
    changes: list[tuple[int, int]], end: int | None
) -> None:
    content = bytearray(sample())
    for place, value in changes:
        content[place % len(content)] = value
    with tempfile.TemporaryDirectory(dir=MEMORY) as name, Fates() as fates:
        folder = Path(name)
        (folder / JOURNAL).write_bytes(content[:end])
        with (
            contextlib.suppress(GettyImagesError),
            GettyImages(**fates.options()) as client,
        ):
            client.downloads.save_image("1", folder)
            assert names(folder) == ["1.jpg"]
        assert len(damaged(folder)) <= 1
        assert JOURNAL in own_files(folder)
