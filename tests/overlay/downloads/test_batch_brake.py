"""A batch that pays and cannot save stops paying."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.overlay.downloads.support.batches import IDS, outcomes, run
from tests.overlay.downloads.support.fates import Fate, Fates
from tests.overlay.downloads.support.seams import break_files
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow

CONCURRENCY = 4


def test_a_delivery_host_that_is_down_stops_paying_and_the_summary_has_the_reason(
    world: World, tmp_path: Path
) -> None:
    ids = [str(number) for number in range(100)]
    with Fates(lambda _: "failed") as fates:
        client = world.client(**fates.options())
        results, summary = run(world, client, ids, tmp_path, concurrency=CONCURRENCY)
        assert 3 <= len(fates.orders) <= 3 + CONCURRENCY
        assert outcomes(results) == {
            "failed": len(fates.orders),
            "not_requested": 100 - len(fates.orders),
        }
        assert "in a row" in summary.stopped_because
        assert "responded with status 400" in summary.stopped_because
        fates.fate = lambda _: "saved"
        results, summary = run(world, client, ids, tmp_path)
        assert (summary.saved, summary.stopped_because) == (100, None)
        assert sorted(fates.orders) == sorted(ids)


def test_a_full_disk_stops_paying(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_files(monkeypatch, "write", errno.ENOSPC)
    with Fates() as fates:
        client = world.client(**fates.options())
        _, summary = run(world, client, IDS, tmp_path, concurrency=CONCURRENCY)
        assert 3 <= len(fates.orders) <= 3 + CONCURRENCY
        assert "the disk is full" in summary.stopped_because


def test_what_is_paid_for_or_there_is_still_taken_care_of(world: World, tmp_path: Path) -> None:
    fate: dict[str, Fate] = dict.fromkeys(["2", "10", "11", "12"], "failed")
    with Fates(lambda asset: fate.get(asset, "saved")) as fates:
        client = world.client(**fates.options())
        run(world, client, ["1", "2"], tmp_path)
        del fate["2"]
        ids = ["10", "11", "12", "13", "1", "2", "14"]
        results, summary = run(world, client, ids, tmp_path, concurrency=1)
        assert [(it.id, it.outcome) for it in results] == [
            ("10", "failed"), ("11", "failed"), ("12", "failed"), ("13", "not_requested"),
            ("1", "skipped"), ("2", "saved"), ("14", "not_requested"),
        ]  # fmt: skip
        assert summary.stopped_because


def test_links_that_cannot_be_fetched_count_too(world: World, tmp_path: Path) -> None:
    with Fates(lambda asset: "failed" if asset in IDS[:3] else "saved") as fates:
        client = world.client(**fates.options())
        run(world, client, IDS[:3], tmp_path)
        _, summary = run(world, client, IDS, tmp_path, concurrency=1)
        assert summary.stopped_because
        assert sorted(fates.orders) == IDS[:3]


def test_a_file_that_is_saved_begins_the_count_anew(world: World, tmp_path: Path) -> None:
    bad = {number for number in range(30) if number % 3}
    with Fates(lambda asset: "failed" if int(asset) in bad else "saved") as fates:
        client = world.client(**fates.options())
        ids = [str(number) for number in range(30)]
        _, summary = run(world, client, ids, tmp_path, concurrency=1)
        assert (summary.saved, summary.failed, summary.stopped_because) == (10, 20, None)


def test_what_was_refused_and_not_paid_for_does_not_count(world: World, tmp_path: Path) -> None:
    with Fates(lambda asset: "saved" if asset == IDS[-1] else "refused") as fates:
        client = world.client(**fates.options())
        _, summary = run(world, client, IDS, tmp_path, concurrency=1)
        assert (summary.saved, summary.failed, summary.stopped_because) == (1, 29, None)
        assert fates.orders == IDS


def test_a_batch_can_be_run_for_its_summary_alone(world: World, tmp_path: Path) -> None:
    with Fates() as fates:
        client = world.client(**fates.options())
        batch = world.do(client.downloads.save_images, IDS, tmp_path)
        summary = world.do(batch.run)
        assert (summary.saved, summary.downloads_used) == (30, 30)
        assert summary == batch.summary
        assert world.do(batch.run) == summary
