"""The journal: what it knows of a download, from its intent to its file, and what it forgets."""

from __future__ import annotations

import contextlib
import os
import typing
from pathlib import Path

import pytest

from gettyimages._downloads.journal.entry import Asked, Entry
from gettyimages._downloads.journal.journal import Journal
from gettyimages._downloads.plan import Ask, Decision, Refuse, Settle, Skip, UseLink
from gettyimages._errors import JournalError

from .journals import (
    ALLOWED,
    SECRET,
    SEVEN,
    Clock,
    files_of,
    linked,
    rule,
    settled,
    state,
)


def test_the_same_request_has_the_same_key_and_another_has_another() -> None:
    assert Asked(asset="7", file_type="JPG").key == Asked(asset="7", file_type="jpg").key
    others = [
        Asked(asset="7"),
        Asked(asset="8"),
        Asked(asset="7", file_type="eps"),
        Asked(asset="7", height=100),
        Asked(asset="7", product_id=100),
        Asked(asset="7", product_type="easyaccess"),
        Asked(asset='7","height":100'),
    ]
    assert len({asked.key for asked in others}) == len(others)


def test_a_download_goes_from_intent_to_link_to_saved(journal: Journal, clock: Clock) -> None:
    claim = journal.claim(SEVEN, rule)
    assert claim.decision == Ask()
    journal.intend(claim)
    assert state(journal) == "intent"
    journal.link(claim, SECRET, clock.now + 86400)
    entry = journal.entry(SEVEN.key)
    assert entry is not None
    assert (entry.state, entry.link, entry.charges) == ("linked", SECRET, 1)
    assert entry.owner is not None
    assert entry.owner.pid == os.getpid()
    journal.saved(claim, "7.jpg", 5, "ab" * 32, "image/jpeg")
    entry = journal.entry(SEVEN.key)
    assert entry is not None
    assert (entry.state, entry.path, entry.size, entry.owner) == ("saved", "7.jpg", 5, None)
    assert (entry.sha256, entry.content_type) == ("ab" * 32, "image/jpeg")
    assert entry.asked_at.timestamp() == clock.now
    assert journal.entries() == [entry]


def test_what_certainly_did_nothing_leaves_nothing(journal: Journal) -> None:
    claim = journal.claim(SEVEN, rule)
    journal.intend(claim)
    journal.withdraw(claim)
    assert journal.entries() == []
    assert journal.claim(SEVEN, rule).decision == Ask()


def test_a_claim_given_back_before_the_request_leaves_nothing(journal: Journal) -> None:
    claim = journal.claim(SEVEN, rule)
    assert state(journal) is None
    journal.release(claim)
    journal.release(claim)
    assert journal.entries() == []
    journal.claim(SEVEN, rule)


def test_a_doubtful_request_stays_an_intent(journal: Journal) -> None:
    claim = journal.claim(SEVEN, rule)
    journal.intend(claim)
    journal.doubt(claim)
    entry = journal.entry(SEVEN.key)
    assert entry is not None
    assert (entry.state, entry.owner, entry.charges) == ("intent", None, 0)
    assert isinstance(journal.claim(SEVEN, rule).decision, Settle)


def test_a_second_request_that_did_nothing_leaves_the_first_in_doubt(
    journal: Journal, clock: Clock
) -> None:
    first = journal.claim(SEVEN, rule)
    journal.intend(first)
    journal.doubt(first)
    asked_at = clock.now
    clock.now += 100
    second = journal.claim(SEVEN, ALLOWED)
    journal.intend(second)
    journal.withdraw(second)
    entry = journal.entry(SEVEN.key)
    assert entry is not None
    assert entry.state == "intent"
    assert entry.asked_at.timestamp() == asked_at


def test_a_second_request_that_was_never_sent_leaves_the_first_in_doubt(journal: Journal) -> None:
    first = journal.claim(SEVEN, rule)
    journal.intend(first)
    journal.doubt(first)
    journal.withdraw(journal.claim(SEVEN, ALLOWED))
    assert state(journal) == "intent"


def test_a_link_that_turned_out_to_be_dead_strands_what_it_was_for(
    journal: Journal, clock: Clock
) -> None:
    claim = linked(journal, clock)
    journal.dead(claim)
    journal.release(claim)
    entry = journal.entry(SEVEN.key)
    assert entry is not None
    assert (entry.state, entry.link, entry.charges) == ("stranded", None, 1)


def test_a_second_download_that_did_nothing_leaves_the_saved_file_known(
    journal: Journal, clock: Clock
) -> None:
    journal.saved(linked(journal, clock), "7.jpg", 5, "ab" * 32, "image/jpeg")
    clock.now += 90000
    claim = journal.claim(SEVEN, ALLOWED)
    journal.intend(claim)
    assert state(journal) == "intent"
    journal.withdraw(claim)
    entry = journal.entry(SEVEN.key)
    assert entry is not None
    assert (entry.state, entry.path, entry.charges) == ("saved", "7.jpg", 1)


def test_open_requests_are_settled_either_way(journal: Journal) -> None:
    for asset, outcome, left in [("1", "stranded", "stranded"), ("2", "free", None)]:
        claim = journal.claim(Asked(asset=asset), rule)
        journal.intend(claim)
        journal.doubt(claim)
        settled(journal, Asked(asset=asset), typing.cast("typing.Any", outcome))
        assert state(journal, claim.key) == left


def test_settling_does_not_touch_what_is_not_open(journal: Journal, clock: Clock) -> None:
    claim = linked(journal, clock)
    journal.settle(claim, "stranded")
    entry = journal.entry(claim.key)
    assert entry is not None
    assert (entry.state, entry.charges) == ("linked", 1)


def test_skipping_and_refusing_leave_nothing_in_work(journal: Journal, clock: Clock) -> None:
    journal.saved(linked(journal, clock), "7.jpg", 5, "ab" * 32, "image/jpeg")

    def skip(entry: Entry | None) -> Decision:
        assert entry is not None
        return Skip(entry)

    refusal = Refuse(JournalError("no"))
    for _ in range(2):
        assert isinstance(journal.claim(SEVEN, skip).decision, Skip)
        assert journal.claim(SEVEN, lambda _: refusal).decision is refusal


def test_an_error_while_deciding_leaves_nothing_in_work(journal: Journal) -> None:
    calls = []

    def second_time(entry: Entry | None) -> Decision:
        calls.append(entry)
        if len(calls) == 2:
            raise ZeroDivisionError
        return UseLink("https://x", 0)

    with pytest.raises(ZeroDivisionError):
        journal.claim(SEVEN, second_time)
    assert journal.entries() == []
    assert journal.claim(SEVEN, rule).decision == Ask()


def test_no_link_survives_its_expiry_in_the_file(
    tmp_path: Path, journal: Journal, clock: Clock
) -> None:
    journal.saved(linked(journal, clock), "7.jpg", 5, "ab" * 32, "image/jpeg")
    journal.release(linked(journal, clock, Asked(asset="8")))
    assert b"zq7marker" in files_of(tmp_path)
    clock.now += 86401
    journal.intend(journal.claim(Asked(asset="9"), rule))  # the next commit erases them
    assert b"zq7marker" not in files_of(tmp_path)
    assert state(journal) == "saved"
    assert state(journal, Asked(asset="8").key) == "stranded"


def test_links_are_erased_when_a_journal_is_opened_and_closed(tmp_path: Path, clock: Clock) -> None:
    with contextlib.closing(Journal(tmp_path, clock=clock)) as journal:
        linked(journal, clock)
        clock.now += 86401
    assert b"zq7marker" not in files_of(tmp_path)
    clock.now -= 86401
    with contextlib.closing(Journal(tmp_path, clock=clock)) as journal:
        claim = journal.claim(SEVEN, ALLOWED)
        journal.intend(claim)
        journal.link(claim, SECRET, clock.now + 5)
    clock.now += 6
    Journal(tmp_path, clock=clock).close()
    assert b"zq7marker" not in files_of(tmp_path)


def test_links_are_erased_on_request(tmp_path: Path, journal: Journal, clock: Clock) -> None:
    journal.release(linked(journal, clock))
    assert journal.erase_links() == 0
    assert isinstance(journal.claim(SEVEN, rule).decision, UseLink)
    assert journal.erase_links(expired_only=False) == 1
    assert b"zq7marker" not in files_of(tmp_path)
    assert state(journal) == "stranded"
