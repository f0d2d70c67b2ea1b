"""The journal is shared by threads and processes, and outlives those that are killed."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gettyimages._downloads.journal import owners as _owners
from gettyimages._downloads.journal.entry import Asked
from gettyimages._downloads.journal.file import Commits
from gettyimages._downloads.journal.journal import Journal
from gettyimages._downloads.plan import Ask, Settle, UseLink
from gettyimages._errors import DownloadInProgressError, JournalError

from .journals import (
    ALLOWED,
    SECRET,
    SEVEN,
    Clock,
    child,
    ended,
    linked,
    owned_by,
    rule,
    settled,
    state,
)


def test_a_key_in_work_is_refused_to_others_until_it_is_given_back(
    tmp_path: Path, journal: Journal
) -> None:
    claim = journal.claim(SEVEN, rule)
    with contextlib.closing(Journal(tmp_path)) as other:
        with pytest.raises(DownloadInProgressError, match=str(os.getpid())):
            other.claim(SEVEN, rule)
        journal.intend(claim)
        for one in (journal, other):
            with pytest.raises(DownloadInProgressError, match=str(os.getpid())):
                one.claim(SEVEN, rule)
        journal.doubt(claim)
        assert isinstance(other.claim(SEVEN, rule).decision, Settle)


def test_a_claim_that_nobody_holds_any_more_is_free(journal: Journal) -> None:
    journal.intend(journal.claim(SEVEN, rule))  # and the claim is lost
    assert isinstance(journal.claim(SEVEN, rule).decision, Settle)


def test_closing_gives_everything_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    asked, intended = journal.claim(SEVEN, rule), journal.claim(Asked(asset="8"), rule)
    journal.intend(intended)
    journal.close()
    journal.close()
    with contextlib.closing(Journal(tmp_path)) as later:
        assert [(entry.asset, entry.state, entry.owner) for entry in later.entries()] == [
            ("8", "intent", None)
        ]
    assert asked
    with pytest.raises(JournalError, match="closed"):
        journal.entries()


def test_threads_share_commits_and_nothing_is_lost(
    journal: Journal, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = []
    write_waiting = Commits._write_waiting

    def counted(self: Commits) -> None:
        commits.append(1)
        write_waiting(self)

    monkeypatch.setattr(Commits, "_write_waiting", counted)

    def work(number: int) -> None:
        claim = linked(journal, clock, Asked(asset=str(number)))
        journal.saved(claim, f"{number}.jpg", number, "ab" * 32, "image/jpeg")

    with ThreadPoolExecutor(16) as pool:
        assert [*pool.map(work, range(200))] == [None] * 200
    found = {entry.asset: entry for entry in journal.entries()}
    assert {entry.path for entry in found.values()} == {f"{number}.jpg" for number in range(200)}
    assert {entry.state for entry in found.values()} == {"saved"}
    assert len(commits) < 600


def test_a_change_that_fails_does_not_harm_those_that_share_its_commit(journal: Journal) -> None:
    commits = journal._connected()
    started = threading.Event()

    def slow(_: sqlite3.Connection) -> None:
        started.set()
        time.sleep(0.3)

    def insert(connection: sqlite3.Connection, key: str) -> str:
        connection.execute("INSERT INTO entries (key, asset) VALUES (?, ?)", (key, key))
        if key == "bad":
            raise ZeroDivisionError
        return key

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(commits.write, slow)
        started.wait()
        names = ["good", "bad", "fine"]
        rest = [pool.submit(commits.write, functools.partial(insert, key=name)) for name in names]
        assert first.result() is None
        assert isinstance(rest[1].exception(), ZeroDivisionError)
        assert [rest[0].result(), rest[2].result()] == ["good", "fine"]
    found = commits.read(lambda connection: connection.execute("SELECT key FROM entries"))
    assert sorted(row["key"] for row in found) == ["fine", "good"]


STEPS = """
journal = Journal(folder)
stop = {step!r}
def reached(name):
    if name == stop:
        os.kill(os.getpid(), signal.SIGKILL)
claim = journal.claim(Asked(asset="7"), rule)
reached("claim")
journal.intend(claim)
reached("intend")
journal.link(claim, "https://delivery.example/zq7marker", time.time() + 86400)
reached("link")
journal.saved(claim, "7.jpg", 5, "ab" * 32, "image/jpeg")
reached("saved")
"""


@pytest.mark.parametrize(
    ("step", "left", "next_step"),
    [
        ("claim", None, Ask),
        ("intend", "intent", Settle),
        ("link", "linked", UseLink),
        ("saved", "saved", UseLink),
    ],
)
def test_what_was_recorded_survives_kill_9_and_its_dead_owner_is_recognised_at_once(
    tmp_path: Path, step: str, left: str | None, next_step: type
) -> None:
    process = child(tmp_path, STEPS.format(step=step))
    ended(process)
    assert process.returncode == -signal.SIGKILL
    with contextlib.closing(Journal(tmp_path)) as journal:
        assert state(journal) == left
        claim = journal.claim(SEVEN, functools.partial(rule, now=time.time()))
        assert isinstance(claim.decision, next_step)


def test_a_process_killed_in_the_middle_of_commits_leaves_a_sound_journal(tmp_path: Path) -> None:
    code = """
    journal = Journal(folder)
    for number in range(100000):
        claim = journal.claim(Asked(asset=f"{os.getpid()}-{number}"), rule)
        journal.intend(claim)
        journal.link(claim, "https://x/zq7marker", time.time() + 86400)
        print(number, flush=True)
    """
    recorded = 0
    for pause in (0.002, 0.013, 0.031, 0.05, 0.08):
        process = child(tmp_path, code)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(pause)
        process.kill()
        recorded += 1 + ended(process).count("\n")
        with contextlib.closing(Journal(tmp_path)) as journal:
            assert len([one for one in journal.entries() if one.state == "intent"]) <= 5
            known = [entry for entry in journal.entries() if entry.state == "linked"]
            assert recorded <= len(known)
            recorded = len(known)
    assert not [*tmp_path.glob("*damaged*")]


def test_of_many_processes_that_want_the_same_exactly_one_gets_each(tmp_path: Path) -> None:
    code = """
    journal = Journal(folder)
    print("ready", flush=True)
    input()
    got = []
    for number in range(30):
        try:
            claim = journal.claim(Asked(asset=str(number)), rule)
            if type(claim.decision).__name__ != "Ask":
                continue
            journal.intend(claim)
        except DownloadInProgressError:
            continue
        else:
            journal.link(claim, "https://x/y", time.time() + 86400)
            journal.saved(claim, f"{number}.jpg", 1, "ab", "image/jpeg")
            got.append(str(number))
    print(" ".join(got))
    """
    processes = [child(tmp_path, code) for _ in range(4)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", "four make the file at the same time"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    got = " ".join(map(ended, processes)).split()
    assert sorted(got, key=int) == [str(number) for number in range(30)]
    with contextlib.closing(Journal(tmp_path)) as journal:
        assert [entry.charges for entry in journal.entries()] == [1] * 30


def test_what_a_living_process_has_in_work_is_refused_until_it_is_dead(
    tmp_path: Path,
) -> None:
    code = """
    journal = Journal(folder)
    claim = journal.claim(Asked(asset="7"), rule)
    journal.intend(claim)
    print("ready", flush=True)
    input()
    """
    process = child(tmp_path, code)
    assert process.stdout is not None
    process.stdout.readline()
    with contextlib.closing(Journal(tmp_path)) as journal:
        with pytest.raises(DownloadInProgressError, match=str(process.pid)):
            journal.claim(SEVEN, ALLOWED)
        process.kill()
        ended(process)
        settled(journal, SEVEN, "free")
        assert journal.claim(SEVEN, rule).decision == Ask()


def test_a_process_id_that_was_given_to_another_process_is_a_dead_owner(
    tmp_path: Path, journal: Journal
) -> None:
    claim = journal.claim(SEVEN, rule)
    journal.intend(claim)
    owned_by(tmp_path, pid=os.getppid(), start="1")
    with contextlib.closing(Journal(tmp_path)) as other:
        journal._claims.let_go(claim)
        assert other.claim(SEVEN, rule).token
    with pytest.raises(DownloadInProgressError, match="taken it over"):
        journal.intend(claim)


def test_another_machine_has_its_lease_and_renews_it(
    tmp_path: Path, journal: Journal, clock: Clock
) -> None:
    claim = journal.claim(SEVEN, rule)
    journal.intend(claim)
    owned_by(tmp_path, host="elsewhere some-boot")
    with contextlib.closing(Journal(tmp_path, clock=clock)) as other:
        clock.now += _owners.LEASE - 1
        with pytest.raises(DownloadInProgressError, match="on elsewhere has"):
            other.claim(SEVEN, rule)
        journal.renew(claim)
        clock.now += _owners.LEASE - 1
        with pytest.raises(DownloadInProgressError):
            other.claim(SEVEN, rule)
        clock.now += 1
        journal._claims.let_go(claim)
        assert isinstance(other.claim(SEVEN, rule).decision, Settle)


def test_of_two_that_want_to_ask_the_slower_one_is_refused_before_it_does(tmp_path: Path) -> None:
    code = """
    journal = Journal(folder)
    claim = journal.claim(Asked(asset="7"), rule)
    print("ready", flush=True)
    input()
    try:
        journal.intend(claim)
    except DownloadInProgressError as error:
        print(error)
    """
    for fast in ("doubt", "saved", "hold"):
        folder = tmp_path / fast
        folder.mkdir()
        process = child(folder, code)
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        with contextlib.closing(Journal(folder)) as journal:
            claim = journal.claim(SEVEN, rule)
            journal.intend(claim)
            if fast == "doubt":
                journal.doubt(claim)
            if fast == "saved":
                journal.link(claim, SECRET, time.time() + 100)
                journal.saved(claim, "7.jpg", 5, "ab", "image/jpeg")
            process.stdin.write("\n")
            output = ended(process)
            assert "has it in work" in output or "just been at it" in output
            assert len(journal.entries()) == 1


def test_renewing_costs_nothing_most_of_the_time(journal: Journal, clock: Clock) -> None:
    claim = journal.claim(SEVEN, rule)
    journal.intend(claim)
    journal._write = None  # type: ignore[assignment,method-assign]
    clock.now += 100
    journal.renew(claim)
    del journal.__dict__["_write"]


def test_where_proc_is_missing_ps_tells_when_a_process_started() -> None:
    if not Path("/bin/ps").exists():
        pytest.skip("there is no ps here")
    assert _owners._start_by_ps(os.getpid())
    assert _owners._start_by_ps(2**22 + 1) is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_gets_a_connection_of_its_own(tmp_path: Path, journal: Journal) -> None:
    claim = journal.claim(SEVEN, rule)
    pid = os.fork()
    if pid == 0:
        try:
            journal.release(journal.claim(Asked(asset="8"), rule))
            with pytest.raises(DownloadInProgressError):
                journal.claim(SEVEN, rule)
            os._exit(0)
        except BaseException:  # noqa: BLE001
            os._exit(1)
    assert os.waitpid(pid, 0)[1] == 0
    journal.intend(claim)
    assert state(journal) == "intent"
