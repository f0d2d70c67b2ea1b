"""Budgets and rates that are kept together by all who share a journal."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gettyimages import InvalidArgumentError
from gettyimages._downloads.journal.journal import Store, take_slot
from gettyimages._downloads.journal.location import Location
from gettyimages._downloads.results import SharedBudget
from gettyimages.sandbox import Sandbox, TooManyRequests
from tests.overlay.downloads.support.databases import end_sessions, execute, new_database
from tests.overlay.downloads.support.sandboxes import ORDER, client_of, orders
from tests.overlay.support.servers import until
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow

IDS = [str(number) for number in range(1, 13)]


@pytest.fixture(params=["file", pytest.param("database", marks=pytest.mark.slow)])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A journal that others can share."""
    return str(tmp_path / "journal.sqlite") if request.param == "file" else new_database()


@pytest.fixture
def store(journal: str, tmp_path: Path) -> Store:
    return Location(tmp_path, journal).open()


class TestBudgets:
    def test_batches_that_name_a_budget_keep_it_together(
        self, world: World, sandbox: Sandbox, journal: str, tmp_path: Path
    ) -> None:
        client, other = client_of(world, sandbox), client_of(world, sandbox)
        options = {"journal": journal, "max_downloads": 5, "budget": "november"}
        first = client.downloads.save_images(IDS[:3], tmp_path / "a", **options)
        assert world.do(first.run).saved == 3
        second = other.downloads.save_images(IDS[3:], tmp_path / "b", **options)
        summary = world.do(second.run)
        assert (summary.saved, summary.not_requested) == (2, 7)
        assert sandbox.downloads_used == 5

    def test_batches_at_the_same_time_never_exceed_it(
        self, sandbox: Sandbox, journal: str, tmp_path: Path
    ) -> None:
        options = {"journal": journal, "max_downloads": 7, "budget": "november"}
        with sandbox.client() as client:
            batches = [
                client.downloads.save_images(ids, tmp_path, **options)  # type: ignore[arg-type]  # a test
                for ids in (IDS, IDS[::-1], IDS[6:] + IDS[:6])
            ]
            results = [next(batch) for batch in batches for _ in range(4)]
            results += [result for batch in batches for result in batch]
        assert sandbox.downloads_used == 7
        assert len({one.id for one in results if one.outcome == "saved"}) == 7

    def test_budgets_of_other_names_and_what_is_there_count_nothing(
        self, world: World, sandbox: Sandbox, journal: str, tmp_path: Path
    ) -> None:
        client = client_of(world, sandbox)
        for name in ("november", "december"):
            options = {"journal": journal, "max_downloads": 2, "budget": name}
            batch = client.downloads.save_images(IDS[:4], tmp_path, **options)
            assert world.do(batch.run).saved == 2
        options["max_downloads"] = 0
        batch = client.downloads.save_images(IDS[:4], tmp_path, **options)
        assert world.do(batch.run).skipped == 4

    def test_what_the_api_refuses_is_given_back(
        self, world: World, journal: str, tmp_path: Path
    ) -> None:
        with Sandbox(unlicensed=IDS[:3]) as sandbox:
            client = client_of(world, sandbox)
            options = {"journal": journal, "max_downloads": 4, "budget": "it", "concurrency": 2}
            summary = world.do(client.downloads.save_images(IDS, tmp_path, **options).run)
        assert (summary.failed, summary.saved, summary.not_requested) == (3, 4, 5)

    def test_a_dry_run_expects_what_is_left_and_changes_nothing(
        self, world: World, sandbox: Sandbox, journal: str, tmp_path: Path
    ) -> None:
        client = client_of(world, sandbox)
        options = {"journal": journal, "max_downloads": 5, "budget": "november"}
        world.do(client.downloads.save_images(IDS[:3], tmp_path, **options).run)
        for _ in range(2):
            dry = client.downloads.save_images(IDS, tmp_path, dry_run=True, **options)
            summary = world.do(dry.run)
            assert (summary.skipped, summary.would_save, summary.not_requested) == (3, 2, 7)

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a child that was forked")
    def test_what_a_process_had_reserved_when_it_was_killed_is_used_by_the_next_one(
        self, sandbox: Sandbox, journal: str, tmp_path: Path
    ) -> None:
        child = os.fork()
        if child == 0:
            budget = SharedBudget(Location(tmp_path, journal).open(), "november", 2)
            budget.reserve(KEY, is_further=False)
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(child, 0)
        with contextlib.closing(Location(tmp_path, journal).open()) as store:
            budget = SharedBudget(store, "november", 2)
            assert budget.left() == 1
            lowered = SharedBudget(store, "november", 0)
            assert not lowered.reserve(KEY, is_further=False), "nothing may be paid for any more"
            assert budget.reserve(KEY, is_further=False)
            assert budget.left() == 1
            assert budget.reserve(KEY, is_further=True), "it may have been used up: one more"
            assert budget.left() == 0

    def test_a_batch_with_a_database_has_to_name_its_budget(self, world: World) -> None:
        client = world.client(api_key="key", from_env=False)
        with pytest.raises(InvalidArgumentError, match="budget='2026-11'"):
            client.downloads.save_images(["1"], ".", journal="postgresql://host", max_downloads=1)

    @pytest.mark.parametrize("name", ["", "a\nb", 3, "x" * 101])
    def test_a_budget_is_a_printable_name(self, world: World, name: object) -> None:
        client = world.client(api_key="key", from_env=False)
        with pytest.raises(InvalidArgumentError, match="budget"):
            client.downloads.save_images(["1"], ".", max_downloads=1, budget=name)


KEY = '{"asset":"1"}'
STEPS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["reserve", "used", "unused", "further"])),
    max_size=30,
)


class FactStore:
    """A store in memory, of facts alone."""

    def __init__(self) -> None:
        self.facts: dict[str, str] = {}
        self.time = 1_800_000_000.0

    def fact(self, name: str) -> str | None:
        return self.facts.get(name)

    def update_fact(self, name: str, change: object) -> None:
        for _ in range(2):  # a store may do it once more
            value = change(self.facts.get(name), self.time)  # type: ignore[operator]
        if value is not None:
            self.facts[name] = value


@given(STEPS, st.integers(0, 5))
def test_a_budget_is_never_exceeded_whatever_is_done_in_whatever_order(
    steps: list[tuple[str, str]], most: int
) -> None:
    budget = SharedBudget(FactStore(), "it", most)  # type: ignore[arg-type]
    used, reserved = 0, set[str]()
    for key, step in steps:
        if step in ("reserve", "further"):
            is_further = step == "further"
            takes = is_further or key not in reserved
            assert budget.reserve(key, is_further=is_further) == (not takes or used < most)
            if takes and used < most:
                used += 1
                reserved.add(key)
        elif key in reserved:
            budget.settle(key, used=step == "used")
            reserved.discard(key)
            used -= step == "unused"
        assert budget.left() == most - used >= 0


class TestRates:
    def test_slots_are_evenly_spaced_for_all_who_share_a_journal(
        self, store: Store, journal: str, tmp_path: Path
    ) -> None:
        other = Location(tmp_path, journal).open()
        assert take_slot(store, 100.0, lambda _: True) == 0.0
        first = float(store.fact("next slot") or 0)
        for number in range(1, 5):
            wait = take_slot((store, other)[number % 2], 100.0, lambda _: True)
            assert wait is not None
            assert 100.0 * (number - 1) < wait <= 100.0 * number
            assert float(store.fact("next slot") or 0) == pytest.approx(first + 100.0 * number)
        store.close()
        other.close()

    def test_a_slot_that_is_too_late_is_left_to_others(self, store: Store) -> None:
        assert take_slot(store, 100.0, lambda _: True) == 0.0
        before = store.fact("next slot")
        assert take_slot(store, 100.0, lambda wait: wait < 1) is None
        assert store.fact("next slot") == before
        store.close()

    def test_a_clock_that_was_set_back_keeps_nobody_waiting(self) -> None:
        store = FactStore()
        assert take_slot(store, 0.5, lambda _: True) == 0.0  # type: ignore[arg-type]
        store.time -= 86_400.0
        assert take_slot(store, 0.5, lambda _: True) == 0.0  # type: ignore[arg-type]

    def test_tokens_retries_and_look_ups_take_slots_too(
        self, world: World, sandbox: Sandbox, journal: str, tmp_path: Path
    ) -> None:
        client = client_of(world, sandbox, max_requests_per_second=50)
        sandbox.faults.add(TooManyRequests(operation=ORDER, retry_after="0", times=1))
        start = time.monotonic()
        batch = client.downloads.save_images(
            IDS[:4], tmp_path, journal=journal, budget="it", max_downloads=4
        )
        assert world.do(batch.run).saved == 4
        took = time.monotonic() - start
        requests = [one for one in sandbox.requests if one.origin in ("api", "token")]
        assert len(requests) == 6, "a token, four downloads, and one of them again"
        assert took >= (len(requests) - 1) / 50

    def test_a_database_that_ends_the_session_keeps_the_slots(
        self, world: World, sandbox: Sandbox, tmp_path: Path
    ) -> None:
        database = new_database()
        store = Location(tmp_path, database).open()
        assert take_slot(store, 100.0, lambda _: True) == 0.0
        end_sessions(database)
        assert take_slot(store, 100.0, lambda _: True) is not None
        store.close()
        names = execute(database, "SELECT name FROM gettyimages_facts WHERE name = 'next slot'")
        assert names == [("next slot",)]
        assert orders(sandbox) == 0

    def test_a_journal_that_fails_affects_no_other_call_of_the_client(
        self, world: World, sandbox: Sandbox, tmp_path: Path
    ) -> None:
        """The batch renews the token, and waits for its slot, while another call waits for it."""
        database = new_database()
        Location(tmp_path, database).open().close()
        execute(database, "INSERT INTO gettyimages_facts VALUES ('next slot', '0')")
        client = client_of(world, sandbox, max_requests_per_second=50)
        batch = client.downloads.save_images(
            IDS[:1], tmp_path, journal=database, budget="it", max_downloads=1
        )
        waiting = "FROM pg_stat_activity WHERE wait_event_type = 'Lock'"

        def is_waiting() -> bool:
            return bool(execute(database, f"SELECT pid {waiting}"))

        def cancel() -> None:
            until(is_waiting)
            time.sleep(0.3)  # until the other call waits as well
            execute(database, f"SELECT pg_cancel_backend(pid) {waiting}")

        with psycopg.connect(database) as other, ThreadPoolExecutor(1) as thread:
            other.execute("SELECT * FROM gettyimages_facts WHERE name = 'next slot' FOR UPDATE")
            cancelled = thread.submit(cancel)
            summary, call = world.together(
                batch.run, world.once(is_waiting, client.downloads.get_downloads)
            )
            cancelled.result()
        assert (summary.failed, orders(sandbox)) == (1, 0)
        assert not isinstance(call, BaseException)
