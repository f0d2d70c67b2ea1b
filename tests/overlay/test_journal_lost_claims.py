"""A claim that another process took over does no harm; clocks and damaged journals neither."""

from __future__ import annotations

import contextlib
import datetime
import email.utils
import logging
import sqlite3
import time
import typing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gettyimages import StrandedError
from gettyimages._downloads.journal.entry import Asked, Claim, Entry
from gettyimages._downloads.journal.journal import NAME, Journal
from gettyimages._downloads.plan import Ask, Decision, Settle
from gettyimages._errors import DownloadInProgressError, FileConflictError, JournalError

from .depot import CONTENT, Depot, client_of, names, save
from .support.servers import Action, Origins, Recorded, Reply
from .support.worlds import World

SEVEN = Asked(asset="7")
URI = "https://delivery.example/?signature=zq7marker"
SETTLING = Settle(datetime.datetime.fromtimestamp(0, datetime.UTC), may_ask=True)


def asking(_: Entry | None) -> Decision:
    return Ask()


@contextlib.contextmanager
def sqlite(folder: Path) -> typing.Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(folder / NAME)) as connection, connection:
        yield connection


def takes_over(folder: Path) -> None:
    """Another machine thinks that the one that has it in work is dead."""
    with sqlite(folder) as connection:
        connection.execute(
            "UPDATE work SET claim = 'another', host = 'elsewhere', lease_until = ?",
            (time.time() + 900,),
        )


@pytest.fixture
def journal(tmp_path: Path) -> typing.Iterator[Journal]:
    with contextlib.closing(Journal(tmp_path)) as journal:
        yield journal


def intended(journal: Journal) -> Claim:
    claim = journal.claim(SEVEN, asking)
    journal.intend(claim)
    return claim


def known(journal: Journal) -> Entry:
    entry = journal.entry(SEVEN.key)
    assert entry is not None
    return entry


def test_a_refusal_says_nothing_of_the_request_of_whoever_took_it_over(
    tmp_path: Path, journal: Journal
) -> None:
    claim = intended(journal)
    takes_over(tmp_path)
    journal.withdraw(claim)
    assert known(journal).state == "intent"


def test_what_was_taken_over_is_not_settled(tmp_path: Path, journal: Journal) -> None:
    journal.doubt(intended(journal))
    claim = journal.claim(SEVEN, lambda _: SETTLING)
    takes_over(tmp_path)
    with pytest.raises(DownloadInProgressError, match="taken it over"):
        journal.settle(claim, "free")
    assert known(journal).state == "intent"


def test_a_link_that_is_dead_says_nothing_of_the_link_of_whoever_took_it_over(
    tmp_path: Path, journal: Journal
) -> None:
    claim = intended(journal)
    journal.link(claim, URI, time.time() + 86400)
    takes_over(tmp_path)
    journal.dead(claim)
    assert known(journal).state == "linked"


def test_a_request_is_not_repeated_once_it_was_taken_over(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def busy(_: Recorded) -> Action:
        takes_over(tmp_path)
        return Reply(429, headers={"Retry-After": "0"})

    client = client_of(world, origins, URI)
    origins.api.script(busy)
    with pytest.raises(DownloadInProgressError, match="taken it over"):
        save(world, client, tmp_path)
    assert len(origins.api.requests) == 1
    with sqlite(tmp_path) as connection:
        assert connection.execute("SELECT asking FROM entries").fetchall() == [(1,)]


def test_of_two_requests_the_first_counts_even_if_the_clock_was_set_back(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    with contextlib.closing(Journal(tmp_path, clock=lambda: now)) as journal:
        journal.doubt(intended(journal))
        now -= 3600
        journal.doubt(intended(journal))
        assert known(journal).asked_at.timestamp() == now


@pytest.mark.parametrize("many", [False, True])
def test_a_clock_that_is_ahead_does_not_hide_what_is_in_the_history(
    world: World, origins: Origins, tmp_path: Path, many: bool
) -> None:
    """The API's clock is an hour behind, so that its record seems older than the request."""
    theirs = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1)
    record = {"id": "1", "date_downloaded": theirs.isoformat()}
    history = Reply(
        200,
        {"result_count": 1, "downloads": [record]},
        headers={"Date": email.utils.format_datetime(theirs, usegmt=True)},
    )
    client = client_of(world, origins, URI)
    with contextlib.closing(Journal(tmp_path)) as journal:
        claim = journal.claim(Asked(asset="1"), asking)
        journal.intend(claim)
        journal.doubt(claim)
    origins.api.script(history)
    if many:
        batch = client.downloads.save_images(["1"], tmp_path, settle_after=0)
        assert [it.outcome for it in world.items(batch)] == ["stranded"]
    else:
        with pytest.raises(StrandedError):
            save(world, client, tmp_path)
    assert {request.method for request in origins.api.requests} == {"GET"}


# Damage


def filled(folder: Path, count: int = 300) -> None:
    with contextlib.closing(Journal(folder)) as journal:
        for number in range(count):
            claim = journal.claim(Asked(asset=f"{number:03}"), asking)
            journal.intend(claim)
            if number % 3:
                journal.link(claim, URI + "x" * 50, time.time() + 86400)
            if number % 3 == 2:
                journal.saved(claim, f"GettyImages-{number:03}.jpg", 5, "ab" * 32, "image/jpeg")
            else:
                journal.doubt(claim)


def damage(folder: Path) -> None:
    """One page of the table is not what it was."""
    path = folder / NAME
    content = bytearray(path.read_bytes())
    start = 4096 * (len(content) // 4096 // 2)
    content[start : start + 4096] = b"\xa5" * 4096
    path.write_bytes(content)


def test_what_can_be_read_of_a_damaged_journal_is_taken_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    filled(tmp_path)
    with contextlib.closing(Journal(tmp_path)) as journal:
        before = {entry.key: entry for entry in journal.entries()}
    damage(tmp_path)
    content = (tmp_path / NAME).read_bytes()
    with caplog.at_level(logging.INFO), contextlib.closing(Journal(tmp_path)) as journal:
        after = {entry.key: entry for entry in journal.entries()}
    assert (tmp_path / f"{NAME}.damaged-1").read_bytes() == content
    assert 200 < len(after) < 300
    assert all(before[key] == entry for key, entry in after.items())
    assert "may be paid for again" in caplog.text
    assert f"{len(after)} entries" in caplog.text


def test_a_file_that_is_there_is_not_paid_for_again_when_the_journal_is_lost(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / NAME).write_bytes(b"\xa5" * 10_000)
    (tmp_path / "GettyImages-1.jpg").write_bytes(CONTENT)
    (tmp_path / "GettyImages-11.jpg").write_bytes(CONTENT)
    with Depot() as depot, Origins() as origins:
        client = client_of(world, origins, depot.uri)
        for _ in range(2):
            with pytest.raises(FileConflictError, match=r"GettyImages-1\.jpg is there.*damaged-1"):
                save(world, client, tmp_path)
        assert not origins.api.requests
        assert save(world, client, tmp_path, allow_second_download=True).download_used
        assert save(world, client, tmp_path).skipped
        world.do(client.downloads.save_image, "2", tmp_path)
        assert len(origins.api.requests) == 2
    assert names(tmp_path)[:2] == ["GettyImages-1.jpg", "GettyImages-11.jpg"]


def test_of_a_damaged_journal_nothing_is_believed_that_cannot_be(tmp_path: Path) -> None:
    filled(tmp_path, 30)
    with sqlite(tmp_path) as connection:
        for number, wrong in enumerate(
            ["path = '../x'", "rest = 'none'", "size = 'x'", "placing = '[1]'", "link = x'00'"]
        ):
            connection.execute(f"UPDATE entries SET {wrong} WHERE asset = '00{number}'")
    path = tmp_path / NAME
    path.rename(tmp_path / f"{NAME}.damaged-1")
    with contextlib.closing(Journal(tmp_path)) as journal:
        found = sorted(journal.entries(), key=lambda entry: entry.asset)
    assert len(found) == 30
    for entry in found[:5]:  # something was asked for, and no more is known
        assert (entry.state, entry.link, entry.path, entry.placing) == ("stranded", *[None] * 3)
    assert {entry.state for entry in found[5:]} == {"intent", "linked", "saved"}


def test_whoever_still_uses_a_journal_that_was_set_aside_asks_for_nothing(tmp_path: Path) -> None:
    with contextlib.closing(Journal(tmp_path)) as journal:
        claim = journal.claim(SEVEN, asking)
        (tmp_path / NAME).rename(tmp_path / f"{NAME}.damaged-1")
        with pytest.raises(JournalError):
            journal.intend(claim)
        Journal(tmp_path).close()
        with pytest.raises(JournalError):
            journal.intend(claim)


def test_two_that_find_the_same_damage_set_it_aside_once(
    tmp_path: Path,
) -> None:
    (tmp_path / NAME).write_bytes(b"\xa5" * 10_000)
    with ThreadPoolExecutor(8) as pool:
        for journal in pool.map(lambda _: Journal(tmp_path), range(16)):
            journal.close()
    assert [path.name for path in tmp_path.glob("*damaged*")] == [f"{NAME}.damaged-1"]
