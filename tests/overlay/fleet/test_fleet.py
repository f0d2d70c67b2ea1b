"""Files saved by the workers of a cluster, with one journal."""

from __future__ import annotations

import functools
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import typing
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import distributed
import pytest

from gettyimages import (
    CredentialsError,
    DownloadResult,
    GettyImages,
    GettyImagesError,
    InvalidArgumentError,
    JournalError,
)
from gettyimages.fleet import save_images, save_videos
from gettyimages.sandbox import Latency, Sandbox, ServerFailure, SlowBody, Stall
from tests.overlay.downloads.support import databases
from tests.overlay.downloads.support.batches import assert_whole, outcomes
from tests.overlay.downloads.support.processes import ENVIRONMENT, HANG, wait_until
from tests.overlay.downloads.support.sandboxes import lookups

from . import clients
from .conftest import KEY

pytestmark = pytest.mark.slow

Start = Callable[..., typing.Any]


@pytest.fixture
def numbers(request: pytest.FixtureRequest) -> range:
    """Ids that no other test has."""
    names = [item.name for item in request.session.items]
    first = 10_000 * (1 + names.index(request.node.name))
    return range(first, first + 24)


def used(sandbox: Sandbox, ids: typing.Iterable[object]) -> Counter[str]:
    """The downloads that were used up for some ids."""
    wanted = {*map(str, ids)}
    counts = sandbox.download_counts.items()
    return Counter({asset: count for asset, count in counts if asset in wanted})


def once(ids: typing.Iterable[object]) -> Counter[str]:
    return Counter({*map(str, ids)})


def pids(cluster: typing.Any) -> list[int]:
    """The processes of the workers."""
    return [*cluster.run(os.getpid).values()]


def test_results_and_summary_are_those_of_a_batch(
    cluster: typing.Any, shared: Sandbox, numbers: range, journal: str, tmp_path: Path
) -> None:
    shared.missing = [str(numbers[3])]
    shared.forget_requests()
    ids = [None, *numbers, str(numbers[0])]
    batch = save_images(ids, tmp_path / "a", journal=journal, cluster=cluster, chunk_size=5)
    results = [*batch]
    # What other workers have under way is no reason to read the history.
    assert lookups(shared) == 0
    with shared.client() as client:
        alone = client.downloads.save_images(ids, tmp_path / "b", overwrite="skip")
        expected = [*alone]

    def comparable(result: DownloadResult) -> tuple[object, ...]:
        name, digest = (f.path.name, f.sha256) if (f := result.file) else (None, None)
        return str(result.id), result.outcome, repr(result.error)[:40], name, digest

    shared.missing = []
    assert {*map(comparable, results)} == {*map(comparable, expected)}
    assert len(results) == len(expected)
    assert batch.summary.seconds > 0
    assert {**batch.summary.to_dict(), "seconds": 0} == {**alone.summary.to_dict(), "seconds": 0}
    assert_whole(shared, tmp_path / "a")


def test_what_is_there_is_skipped_and_ids_are_read_as_they_are_needed(
    cluster: typing.Any, shared: Sandbox, numbers: range, journal: str, tmp_path: Path
) -> None:
    read: list[int] = []

    def endless() -> typing.Iterator[int]:
        for number in numbers:
            read.append(number)
            yield number
        raise AssertionError("all were read")

    with save_images(endless(), tmp_path, journal=journal, cluster=cluster, chunk_size=2) as batch:
        next(batch)
        assert len(read) < len(numbers)
    assert used(shared, numbers) <= once(read)
    save_images(read, tmp_path, journal=journal, cluster=cluster).run()
    again = save_images(read, tmp_path, journal=journal, cluster=cluster).run()
    assert again.skipped == len(read)
    assert again.downloads_used == 0


def test_all_workers_and_all_runs_keep_one_budget_and_one_rate(
    cluster: typing.Any, shared: Sandbox, numbers: range, journal: str, tmp_path: Path
) -> None:
    rate = 50.0
    save = functools.partial(
        save_images, numbers, tmp_path, journal=journal, cluster=cluster, chunk_size=3
    )
    start = time.monotonic()
    shared.forget_requests()
    first = save(max_downloads=8, budget="november", max_requests_per_second=rate).run()
    took = time.monotonic() - start
    assert (first.saved, first.not_requested) == (8, len(numbers) - 8)
    sent = sum(one.origin in ("api", "token") for one in shared.requests)
    assert sent >= 8
    assert took >= (sent - 1) / rate
    second = save(max_downloads=10, budget="november").run()
    assert (second.skipped, second.saved) == (8, 2)
    assert save(max_downloads=3).run().saved == 3  # a budget of its own
    assert used(shared, numbers).total() == 13


def test_workers_stop_paying_once_one_of_them_cannot_save_what_is_paid_for(
    cluster: typing.Any, shared: Sandbox, numbers: range, journal: str, tmp_path: Path
) -> None:
    fault = ServerFailure(origin="delivery", status=404, body="empty")
    shared.faults.add(fault)
    batch = save_images(numbers, tmp_path, journal=journal, cluster=cluster, chunk_size=3)
    summary = batch.run()
    shared.faults.clear()
    assert "could not be saved" in str(summary.stopped_because)
    assert summary.not_requested > 0
    assert used(shared, numbers).total() < len(numbers)
    again = save_images(numbers, tmp_path, journal=journal, cluster=cluster).run()
    assert again.saved == len(numbers)
    assert used(shared, numbers) == once(numbers)


def test_a_worker_that_is_killed_leaves_nothing_to_be_paid_for_twice(
    cluster: typing.Any, shared: Sandbox, numbers: range, journal: str, tmp_path: Path
) -> None:
    fault = SlowBody(bytes_per_second=100_000)
    shared.faults.add(fault)
    batch = save_images(numbers, tmp_path, journal=journal, cluster=cluster, chunk_size=4)
    results = [next(batch)]
    for pid in pids(cluster):
        os.kill(pid, signal.SIGKILL)
    results += batch
    shared.faults.clear()
    assert sorted(result.id for result in results) == sorted(map(str, numbers))
    assert {*outcomes(results)} <= {"saved", "skipped", "link_lost", "outcome_unknown"}
    counts = used(shared, numbers)
    assert counts <= once(numbers)
    assert all(counts[one.id] for one in results if one.outcome != "outcome_unknown")
    assert_whole(shared, tmp_path)


def test_an_id_whose_workers_die_again_and_again_is_reported(
    cluster: typing.Any, journal: str, tmp_path: Path
) -> None:
    batch = save_images(
        ["1"], tmp_path, journal=journal, cluster=cluster, make_client=clients.deadly
    )
    (result,) = batch
    assert (result.id, result.outcome) == ("1", "failed")
    assert "workers" in str(result.error)
    assert "have died" in str(result.error)
    cluster.wait_for_workers(2, timeout=HANG)


def test_what_another_process_is_saving_is_tried_again_at_the_end(
    cluster: typing.Any,
    shared: Sandbox,
    numbers: range,
    journal: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    busy = str(numbers[0])
    stall = Stall(asset=busy, origin="delivery", seconds=2, times=1)
    shared.faults.add(stall)
    monkeypatch.setenv("GETTYIMAGES_JOURNAL_KEY", KEY)
    with shared.client() as client:
        other = threading.Thread(
            target=client.downloads.save_image, args=(busy, tmp_path), kwargs={"journal": journal}
        )
        other.start()
        wait_until(lambda: shared.faults.times_applied(stall))
        results = [*save_images(numbers, tmp_path, journal=journal, cluster=cluster)]
        other.join()
    assert outcomes(results) == {"saved": len(numbers) - 1, "skipped": 1}
    assert used(shared, numbers) == once(numbers)


def test_leaving_the_block_stops_the_workers_and_keeps_what_they_have(
    cluster: typing.Any, shared: Sandbox, numbers: range, journal: str, tmp_path: Path
) -> None:
    with save_images(
        numbers, tmp_path, journal=journal, cluster=cluster, chunk_size=6, concurrency=1
    ) as batch:
        next(batch)
    count = used(shared, numbers).total()
    assert count < len(numbers)
    assert 1 + len(batch.unread) == batch.summary.saved <= count
    assert not [*batch]
    again = save_images(numbers, tmp_path, journal=journal, cluster=cluster).run()
    assert again.saved + again.skipped == len(numbers)
    assert used(shared, numbers) == once(numbers)


DRIVER = """
import sys, distributed
from gettyimages.fleet import save_images
address, folder, journal, first, count = sys.argv[1:]
ids = range(int(first), int(first) + int(count))
with distributed.Client(address) as cluster:
    for result in save_images(ids, folder, journal=journal, cluster=cluster, chunk_size=3):
        print(result.outcome, flush=True)
"""


def test_a_driver_that_is_killed_and_started_again_pays_once(
    cluster: typing.Any, shared: Sandbox, numbers: range, journal: str, tmp_path: Path
) -> None:
    address = cluster.scheduler.address
    arguments = [address, str(tmp_path), journal, str(numbers[0]), str(len(numbers))]
    command = [sys.executable, "-c", DRIVER, *arguments]
    shared.faults.add(Latency(seconds=0.1))
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "saved\n"
        process.kill()
    shared.faults.clear()
    assert used(shared, numbers).total() < len(numbers)
    done = subprocess.run(
        command, env=ENVIRONMENT, capture_output=True, text=True, timeout=HANG, check=True
    )
    assert {*done.stdout.split()} == {"saved", "skipped"}
    assert used(shared, numbers) == once(numbers)
    assert_whole(shared, tmp_path)


def test_a_scheduler_that_is_lost_ends_the_run_and_another_one_goes_on(
    cluster: typing.Any, shared: Sandbox, numbers: range, journal: str, tmp_path: Path
) -> None:
    file = tmp_path / "scheduler.json"
    options = ("--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1")
    environment = {**ENVIRONMENT, **shared.env(), "GETTYIMAGES_JOURNAL_KEY": KEY}
    connect: typing.Any = distributed.Client
    save = functools.partial(save_images, numbers, tmp_path / "photos", journal=journal)

    def start(program: str, *more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *options, *more]
        return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)

    shared.faults.add(Latency(seconds=0.1))
    with start("scheduler", "--port", "0") as scheduler:
        wait_until(lambda: file.exists() and file.read_text().endswith("}"))
        with (
            start("worker", "--nthreads", "1", "--no-nanny") as worker,
            connect(scheduler_file=str(file), timeout=8) as client,
        ):
            batch = save(cluster=client, chunk_size=2)
            next(batch)
            scheduler.kill()
            with pytest.raises(GettyImagesError, match="the Dask scheduler is lost"):
                batch.run()
            worker.kill()
    shared.faults.clear()
    outcomes_after = outcomes([*save(cluster=cluster)])
    # What the worker had under way may be lost.
    assert outcomes_after.keys() <= {"saved", "skipped", "link_lost", "outcome_unknown"}
    assert outcomes_after.total() == len(numbers)
    assert used(shared, numbers) <= once(numbers)


def test_no_credential_and_no_link_is_in_tasks_results_logs_and_database(
    cluster: typing.Any,
    shared: Sandbox,
    numbers: range,
    journal: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    shared.faults.add(Latency(seconds=0.1))
    batch = save_images(numbers, tmp_path, journal=journal, cluster=cluster, chunk_size=2)
    results = [next(batch)]
    shared.faults.clear()
    tasks = cluster.run_on_scheduler(tasks_of)
    assert tasks
    assert all(str(tmp_path).encode() in task for task in tasks)
    results += batch
    database = databases.execute(journal, "SELECT * FROM gettyimages_entries")
    seen = [*tasks, pickle.dumps(results), repr(database).encode(), caplog.text.encode()]
    seen.append(repr(cluster.cluster.get_logs()).encode())
    secrets = [value for name, value in shared.env().items() if not name.endswith("_URL")]
    secrets += [KEY, "Bearer", "signature=", shared.delivery_url]
    assert [s for s in secrets if any(s.encode() in text for text in seen)] == []


def tasks_of(dask_scheduler: typing.Any) -> list[bytes]:
    """The tasks of our own that a scheduler has, as they are sent."""
    found = dask_scheduler.tasks.values()
    return [pickle.dumps(it.run_spec) for it in found if it.state == "processing"]


def test_a_function_of_a_module_makes_the_clients_of_the_workers(
    cluster: typing.Any, shared: Sandbox, numbers: range, journal: str, tmp_path: Path
) -> None:
    save = functools.partial(save_videos, numbers[:2], tmp_path, journal=journal, cluster=cluster)
    assert save(make_client=clients.named).run().saved == 2
    agents = {it.headers["user-agent"] for it in shared.requests if it.asset == str(numbers[0])}
    assert any("fleet-test/1" in agent for agent in agents)


def test_an_error_that_all_would_have_ends_the_run(
    cluster: typing.Any, shared: Sandbox, numbers: range, journal: str, tmp_path: Path
) -> None:
    with GettyImages(api_key="k", access_token="t") as stranger:
        stranger.downloads.rebind_journal(tmp_path, journal=journal)
    batch = save_images(numbers, tmp_path, journal=journal, cluster=cluster, chunk_size=2)
    with pytest.raises(JournalError, match="belongs to"):
        batch.run()
    assert used(shared, numbers) == {}


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"ids": "123"}, "ids must be an iterable of ids"),
        ({"heigth": 3}, "no argument 'heigth'"),
        ({"on_progress": print}, "no argument 'on_progress'"),
        ({"concurrency": 0}, "concurrency must be an integer from 1"),
        ({"budget": ""}, "budget must be a printable name"),
        ({"chunk_size": 0}, "chunk_size must be an integer from 1"),
        ({"workers": 0}, "workers must be an integer from 1"),
        ({"cluster": "tcp://h:1"}, "cluster must be a distributed.Client"),
        ({"max_requests_per_second": -1}, "max_requests_per_second"),
        ({"make_client": lambda **_: None}, "make_client must be a function of a module"),
        ({"make_client": functools.partial(GettyImages, api_key="k")}, "make_client must be"),
        ({"journal": "postgresql://u:secret@h/d"}, "journal must not contain a password"),
        ({"journal": "postgresql://h/d?password=secret"}, "journal must not contain a password"),
        ({"journal": "postgresql://h/d?sslpassword=secret"}, "journal must not contain a password"),
        ({"journal": "postgresql://[h/d"}, "journal must be an address"),
        ({"journal": ""}, "journal must be the path of a file, or the address of a database"),
        ({"target": "s3://key:secret@bucket"}, "target must not contain a password"),
    ],
)
def test_what_cannot_be_right_is_refused_before_anything_begins(
    changes: dict[str, typing.Any], text: str, tmp_path: Path
) -> None:
    given = {"ids": ["1"], "target": tmp_path, "journal": tmp_path / "journal", **changes}
    with pytest.raises(InvalidArgumentError, match=text) as caught:
        save_images(**given)
    assert "secret" not in str(caught.value)


def test_without_a_cluster_processes_of_this_machine_do_it(
    shared: Sandbox, numbers: range, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in shared.env().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    batch = save_images(numbers, "photos", journal="journal.sqlite", workers=2, chunk_size=4)
    assert batch.run().saved == len(numbers)
    assert used(shared, numbers) == once(numbers)
    assert_whole(shared, tmp_path / "photos")


@pytest.mark.slow
def test_workers_that_dask_cannot_stop_cost_no_results(
    shared: Sandbox, numbers: range, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def join(*_: object, **__: object) -> None:
        raise AssertionError("can only join a started process")

    for name, value in shared.env().items():
        monkeypatch.setenv(name, value)
    # What Dask does if a worker was killed, and the next one in its place is about to start.
    monkeypatch.setattr("distributed.process.AsyncProcess.join", join)
    batch = save_images(numbers, tmp_path, journal=tmp_path / "journal.sqlite", workers=1)
    assert batch.run().saved == len(numbers)


def test_without_credentials_the_results_have_the_error(
    cluster: typing.Any, journal: str, tmp_path: Path
) -> None:
    with pytest.raises(CredentialsError):
        save_images(
            ["1"], tmp_path, journal=journal, cluster=cluster, make_client=clients.poor
        ).run()


def test_without_the_extra_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['distributed'] = None\nfrom gettyimages.fleet import save_images"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=ENVIRONMENT, capture_output=True, text=True, timeout=HANG, check=False,
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == (
        "ModuleNotFoundError: gettyimages.fleet needs distributed, which is not installed:"
        " pip install 'gettyimages-client[fleet]'"
    )
