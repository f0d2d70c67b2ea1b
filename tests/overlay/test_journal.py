"""The journal: durable, true, shared by threads and processes, and it forgets its links in time."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import functools
import logging
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import typing
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition
from hypothesis.stateful import rule as rule_

from gettyimages import _owners
from gettyimages._decisions import Ask, Decision, Refuse, Settle, Skip, UseLink, decide
from gettyimages._errors import DownloadInProgressError, JournalError
from gettyimages._journal import NAME, Journal
from gettyimages._journal_file import Commits
from gettyimages._journal_schema import Asked, Claim, Entry

SECRET = "https://delivery.example/file?signature=zq7marker"
SEVEN = Asked(asset="7")
ROOT = Path(__file__).parents[2]


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    with contextlib.closing(Journal(tmp_path, clock=clock)) as journal:
        yield journal


def rule(entry: Entry | None, *, now: float = 0.0, allow: bool = False) -> Decision:
    return decide(
        entry,
        "absent",
        overwrite="skip",
        allow_second_download=allow,
        settle_after=None,
        now=now,
    )


SETTLING = Settle(datetime.datetime.fromtimestamp(0, datetime.UTC), may_ask=True)
ALLOWED = functools.partial(rule, allow=True)


def linked(journal: Journal, clock: Clock, asked: Asked = SEVEN) -> Claim:
    claim = journal.claim(asked, rule)
    journal.intend(claim)
    journal.link(claim, SECRET, clock.now + 86400)
    return claim


def settled(journal: Journal, asked: Asked, outcome: typing.Literal["stranded", "free"]) -> None:
    """An open request is settled by somebody who has claimed it for that."""
    claim = journal.claim(asked, lambda _: SETTLING)
    journal.settle(claim, outcome)
    journal.release(claim)


def state(journal: Journal, key: str = SEVEN.key) -> str | None:
    entry = journal.entry(key)
    return None if entry is None else entry.state


def files_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


# ---------------------------------------------------------------- what is asked for


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


# ---------------------------------------------------------------- one life


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


# ---------------------------------------------------------------- links are forgotten in time


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


# ---------------------------------------------------------------- several at once


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


CHILD = """
import sys, time, os, signal, functools
sys.path[:0] = [{overlay!r}, {generated!r}]
from pathlib import Path
from gettyimages._journal import Journal
from gettyimages._journal_schema import Asked
from gettyimages._decisions import decide
from gettyimages._errors import DownloadInProgressError, JournalError
rule = functools.partial(decide, file_state="absent", overwrite="skip",
    allow_second_download=False, settle_after=None, now=time.time())
folder = Path(sys.argv[1])
"""


def child(folder: Path, code: str, **options: typing.Any) -> subprocess.Popen[str]:
    head = CHILD.format(overlay=str(ROOT / "overlay"), generated=str(ROOT / "generated"))
    return subprocess.Popen(
        [sys.executable, "-c", head + textwrap.dedent(code), str(folder)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        **options,
    )


def ended(process: subprocess.Popen[str]) -> str:
    output, _ = process.communicate(timeout=60)
    return output


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


def owned_by(folder: Path, **columns: object) -> None:
    with contextlib.closing(sqlite3.connect(folder / NAME)) as connection, connection:
        for name, value in columns.items():
            connection.execute(f"UPDATE work SET {name} = ?", (value,))


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


# ---------------------------------------------------------------- the file


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


KEYS = st.sampled_from(["1", "2", "3"])


@dataclasses.dataclass
class Known:
    """What must be known of a key."""

    rest: str | None = None
    open: int = 0
    asking: bool = False
    path: str | None = None
    link_until: float | None = None
    charges: int = 0

    @property
    def state(self) -> str | None:
        return "intent" if self.open or self.asking else self.rest


class JournalMachine(RuleBasedStateMachine):
    """Whatever is done in whatever order, the journal agrees with a simple model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.journal = Journal(Path(self.folder.name), clock=self.clock)
        self.model: dict[str, Known] = {}
        self.held: dict[str, Claim] = {}
        self.intended: set[str] = set()

    def known(self, asset: str) -> Known:
        return self.model.setdefault(asset, Known())

    @rule_(asset=KEYS, allow=st.booleans(), settle=st.sampled_from([None, 0.0]))
    def claim(self, asset: str, allow: bool, settle: float | None) -> None:
        decide_ = functools.partial(
            decide,
            file_state="absent",
            overwrite="skip",
            allow_second_download=allow,
            settle_after=settle,
            now=self.clock.now,
        )
        if asset in self.held:
            with pytest.raises(DownloadInProgressError):
                self.journal.claim(Asked(asset=asset), decide_)
            return
        claim = self.journal.claim(Asked(asset=asset), decide_)
        if isinstance(claim.decision, Refuse):
            return
        self.held[asset] = claim

    @precondition(lambda self: self.held)
    @rule_(data=st.data())
    def intend(self, data: st.DataObject) -> None:
        asset = data.draw(st.sampled_from(sorted(self.held)))
        if asset in self.intended:
            return
        claim, known = self.held[asset], self.known(asset)
        self.journal.intend(claim)
        self.intended.add(asset)
        known.open += known.asking
        known.asking = True

    def ends(self, asset: str) -> tuple[Claim, Known]:
        return self.held.pop(asset), self.known(asset)

    @precondition(lambda self: self.held)
    @rule_(data=st.data(), how=st.sampled_from(["withdraw", "doubt", "release", "saved"]))
    def end(self, data: st.DataObject, how: str) -> None:
        asset = data.draw(st.sampled_from(sorted(self.held)))
        if how == "saved" and self.known(asset).rest != "linked":
            return
        claim, known = self.ends(asset)
        if how == "withdraw" and asset in self.intended:
            known.asking = False
        if how == "saved":
            known.rest, known.path = "saved", f"{asset}.jpg"
            self.journal.saved(claim, known.path, 1, "ab", "image/jpeg")
        else:
            getattr(self.journal, how)(claim)
        self.intended.discard(asset)

    @precondition(lambda self: self.intended)
    @rule_(data=st.data(), seconds=st.sampled_from([-5.0, 100.0, 1000.0]))
    def link(self, data: st.DataObject, seconds: float) -> None:
        asset = data.draw(st.sampled_from(sorted(self.intended)))
        known = self.known(asset)
        if not known.asking:
            return
        self.journal.link(self.held[asset], SECRET, self.clock.now + seconds)
        known.rest, known.open, known.asking = "linked", 0, False
        known.charges += 1
        known.link_until = self.clock.now + seconds

    @rule_(asset=KEYS, outcome=st.sampled_from(["stranded", "free"]))
    def settle(self, asset: str, outcome: typing.Literal["stranded", "free"]) -> None:
        if asset in self.held:
            return
        known = self.known(asset)
        settled(self.journal, Asked(asset=asset), outcome)
        if outcome == "stranded" and known.state == "intent":
            known.rest = "stranded"
            known.charges += 1
        known.open, known.asking = 0, False

    @rule_(seconds=st.sampled_from([50.0, 500.0]))
    def wait(self, seconds: float) -> None:
        self.clock.now += seconds
        self.journal.erase_links()

    @rule_()
    def restart(self) -> None:
        """Close it in the midst of everything, and open it again."""
        for asset in [*self.held]:
            self.ends(asset)
        self.intended.clear()
        self.journal.close()
        self.journal = Journal(Path(self.folder.name), clock=self.clock)

    @invariant()
    def it_agrees(self) -> None:
        self.journal.erase_links()
        for known in self.model.values():
            if known.link_until is not None and known.link_until <= self.clock.now:
                known.link_until = None
                known.rest = "stranded" if known.rest == "linked" else known.rest
        found = {
            entry.asset: (entry.state, entry.charges, entry.path, entry.link_expires_at)
            for entry in self.journal.entries()
        }
        assert found == {
            asset: (known.state, known.charges, known.path, known.link_until)
            for asset, known in self.model.items()
            if known.state is not None
        }

    def teardown(self) -> None:
        self.journal.close()
        self.folder.cleanup()


JournalMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestJournalMachine = JournalMachine.TestCase


def test_it_costs_little(tmp_path: Path, clock: Clock) -> None:
    with contextlib.closing(Journal(tmp_path, clock=clock)) as journal:

        def work(number: int) -> None:
            claim = linked(journal, clock, Asked(asset=str(number)))
            journal.saved(claim, f"{number}.jpg", number, "ab" * 32, "image/jpeg")

        for threads in (1, 8):
            started = time.perf_counter()
            with ThreadPoolExecutor(threads) as pool:
                [*pool.map(work, range(1000 * threads, 1000 * threads + 200))]
            each = (time.perf_counter() - started) / 200 * 1000
            print(f"{each:.2f} ms a file with {threads} threads, on {socket.gethostname()}")
        assert each < 30
