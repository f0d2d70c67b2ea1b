"""The limits of a batch hold, whatever becomes of its requests, at any concurrency."""

from __future__ import annotations

import threading
import time
import typing
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gettyimages import AsyncGettyImages, GettyImages
from gettyimages._downloads.journal.sqlite import SqliteStore
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support.batches import IDS, outcomes, run, start, workers
from tests.overlay.downloads.support.fates import Fate, Fates
from tests.overlay.downloads.support.sandboxes import client_of
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow

FATES: tuple[Fate, ...] = ("saved", "refused", "lost", "not executed", "failed")


@pytest.mark.slow
def test_a_great_many_ids_need_no_more_threads_than_a_few(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    before = threading.active_count()
    most = count = 0
    ids = (str(number) for number in range(5_000))
    batch = start(world, client_of(world, sandbox), ids, tmp_path, dry_run=True, concurrency=8)
    for _ in world.items(batch):
        count += 1
        most = max(most, threading.active_count())
    assert count == batch.summary.would_save == 5_000
    assert most - before <= 64
    assert not workers()


@pytest.mark.parametrize("most", [0, 1, 7, 40])
def test_a_limit_below_the_concurrency_holds_too(world: World, tmp_path: Path, most: int) -> None:
    with Fates() as fates:
        client = world.client(**fates.options())
        results, summary = run(world, client, IDS, tmp_path, max_downloads=most, concurrency=16)
    expected = min(most, 30)
    assert outcomes(results) == Counter({"saved": expected, "not_requested": 30 - expected})
    assert summary.downloads_used == len(fates.orders) == expected


@given(
    st.integers(0, 8),
    st.integers(1, 5),
    st.lists(st.sampled_from(FATES), max_size=15),
)
@pytest.mark.parametrize("kind", [GettyImages, AsyncGettyImages])
def test_no_more_is_used_up_than_is_allowed_whatever_becomes_of_requests(
    kind: type[GettyImages | AsyncGettyImages], most: int, concurrency: int, kinds: list[Fate]
) -> None:
    world = World(kind)
    ids = [str(number) for number in range(len(kinds))]
    with TemporaryDirectory() as folder, Fates(lambda asset: kinds[int(asset)]) as fates:
        client = world.client(**fates.options())
        results, summary = run(
            world, client, ids, folder, max_downloads=most, concurrency=concurrency
        )
        world.end()
    by_id = {result.id: result for result in results}
    assert by_id.keys() == set(ids)
    assert max(Counter(fates.orders).values(), default=0) <= 1
    # What may have been paid for counts as paid.
    counted = sum(kinds[int(asset)] != "refused" for asset in fates.orders)
    wanted = min(most, sum(fate != "refused" for fate in kinds))
    if summary.stopped_because is None:
        assert counted == wanted
    else:  # a run that pays and cannot save stops paying
        assert counted <= wanted
        assert 3 <= sum(kinds[int(asset)] == "failed" for asset in fates.orders) <= 3 + concurrency
    expected = {
        "saved": "saved", "failed": "failed", "refused": "failed",
        "lost": "outcome_unknown", "not executed": "outcome_unknown",
    }  # fmt: skip
    for asset, result in by_id.items():
        is_asked = asset in fates.orders
        assert result.outcome == (expected[kinds[int(asset)]] if is_asked else "not_requested")
    assert summary.downloads_used >= sum(
        kinds[int(it)] in ("saved", "failed") for it in fates.orders
    )


def test_as_many_are_asked_for_at_once_as_the_concurrency_says(
    world: World, tmp_path: Path
) -> None:
    with Fates() as fates:
        fates.gate = threading.Barrier(16)  # none passes before there are sixteen
        client = world.client(**fates.options())
        results, _ = run(world, client, range_of(32), tmp_path, concurrency=16)
        assert outcomes(results) == {"saved": 32}
        assert fates.origins.api.most_at_once == 16


def range_of(count: int) -> list[str]:
    return [str(number) for number in range(count)]


def test_a_closed_batch_yields_nothing_more_and_can_be_closed_again(
    world: World, tmp_path: Path
) -> None:
    with Fates() as fates:
        folder = tmp_path / "photos"
        batch = start(world, world.client(**fates.options()), IDS, folder, concurrency=2)
        close: typing.Any = batch.aclose if world.is_async else batch.close
        world.do(close)
        world.do(close)
        assert [*world.items(batch)] == []
        assert fates.orders == []
        assert not folder.exists(), "it never began"
        assert "closed" in repr(batch)


def test_the_journal_is_closed_once_after_threads_that_began_late_too(
    world: World, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, close = threading.Thread.run, SqliteStore.close
    at_work: list[list[str]] = []

    def begin_late(thread: threading.Thread) -> None:
        if thread.name.startswith("gettyimages-batch-") and not thread.name.endswith("-0"):
            time.sleep(0.3)
        begin(thread)

    def watched(store: SqliteStore) -> None:
        at_work.append([name for name in workers() if name.startswith("gettyimages-batch-")])
        close(store)

    monkeypatch.setattr(threading.Thread, "run", begin_late)
    monkeypatch.setattr(SqliteStore, "close", watched)
    results, _ = run(world, client_of(world, sandbox), ["1"], tmp_path, concurrency=3)
    assert outcomes(results) == {"saved": 1}
    assert list(map(len, at_work)) == [1]
