"""A fleet whose workers, driver and database die again and again, with faulty responses."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import hashlib
import json
import logging
import os
import pickle
import random
import signal
import subprocess
import sys
import tempfile
import time
import typing
from pathlib import Path

import dask.config
import distributed
from cryptography.fernet import Fernet
from starlette.responses import Response

from gettyimages.fleet._cluster import closing
from gettyimages.sandbox import Fault, Faults, OneOf, RequestContext, Sandbox, ServerFailure
from tests.overlay.downloads.support import databases, object_stores
from tests.overlay.downloads.support.processes import ENVIRONMENT
from tests.overlay.downloads.support.sandboxes import ORDER

from .faulting import HISTORY, lookups, orders, transfers
from .watching import check_no_credentials

DONE = ("saved", "skipped")
OUTCOMES = (*DONE, "link_lost", "outcome_unknown", "not_requested")
LATE = 3.0
"""Seconds by which a request may reach the sandbox after its slot, on a machine that is busy."""
_SECONDS = 3600
_DRIVER = """
import json, sys, distributed
from gettyimages.fleet import save_images
address, target, journal, first, count, most, rate = sys.argv[1:]
ids = range(int(first), int(first) + int(count))
with distributed.Client(address) as cluster, save_images(
    ids, target, journal=journal, cluster=cluster, chunk_size=10, concurrency=4,
    budget="torture", max_downloads=int(most), max_requests_per_second=float(rate),
) as batch:
    for result in batch:
        print(json.dumps(result.to_dict()), flush=True)
"""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Clock(Fault):
    """Does no harm: notes when each request reached the API or the token endpoint."""

    arrived: list[float] = dataclasses.field(default_factory=list)

    def matches(self, context: RequestContext) -> bool:
        return context.request.origin in ("api", "token")

    async def before(self, context: RequestContext) -> Response | None:
        self.arrived.append(time.monotonic())
        return None


@dataclasses.dataclass
class Figures:
    """What came of it."""

    seed: int
    assets: int
    workers: int
    target: str
    kills: int = 0
    drivers: int = 0
    restarts: int = 0
    responses: int = 0
    faulty: int = 0
    outcomes: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    charged: int = 0
    most: int = 0
    rate: float = 0
    peaks: dict[int, float] = dataclasses.field(default_factory=dict)
    seen: int = 0
    seconds: float = 0

    def __str__(self) -> str:
        peaks = ", ".join(f"{peak:.1f}/s in any {window} s" for window, peak in self.peaks.items())
        return (
            f"seed {self.seed}: {self.assets} assets by {self.workers} workers to {self.target} in"
            f" {self.seconds:.0f} s; {self.kills} kills of workers, {self.drivers} of the driver,"
            f" {self.restarts} restarts of the database, {self.faulty} of {self.responses}"
            f" responses faulty. At the end {dict(self.outcomes)}; {self.charged} downloads used"
            f" of {self.most} allowed, no asset twice. At most {peaks}, with {self.rate:.0f}/s"
            f" allowed. No secret in {self.seen / 1e6:.1f} MB of database, tasks, results and logs."
        )


class FleetCampaign:
    """A run that is killed in all of its parts until all assets are asked for."""

    def __init__(
        self,
        folder: Path,
        *,
        assets: int,
        kills: int,
        workers: int,
        drivers: int,
        restarts: int,
        rate: float,
        seed: int,
        target: typing.Literal["folder", "s3"] = "folder",
    ) -> None:
        self.folder = folder / "photos"
        self.bucket = object_stores.Bucket(object_stores.server()) if target == "s3" else None
        self.target = self.bucket.url if self.bucket else str(self.folder)
        self.ids = [str(7_000_000 + number) for number in range(assets)]
        self.dice = random.Random(seed)
        self.rate = rate
        self.clock = Clock()
        most = assets - assets // 20
        self.figures = Figures(seed, assets, workers, target, most=most, rate=rate)
        self.sandbox = Sandbox(file_size=20_000, faults=Faults(self.clock, seed=seed))
        self.key = Fernet.generate_key().decode()
        self.journal = databases.new_database()
        self._out = folder / "results.jsonl"
        self._seen: list[bytes] = []
        self._plan = {"kill": kills, "driver": drivers, "restart": restarts}

    def run(self) -> Figures:
        """Let it all happen, and look at what is left.

        Raises:
            AssertionError: It is not what was promised.
        """
        start = time.monotonic()
        local: typing.Any = distributed.LocalCluster
        connection: typing.Any = distributed.Client
        settings = {
            "distributed.deploy.lost-worker-timeout": "1s",
            "distributed.admin.tick.interval": "1s",
            "distributed.worker.profile.enabled": False,
        }
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        with self.sandbox:
            environment = {**self.sandbox.env(), "GETTYIMAGES_JOURNAL_KEY": self.key}
            if self.bucket is not None:
                environment |= self.bucket.store.environment
            with (
                dask.config.set(settings),
                closing(
                    local(
                        n_workers=self.figures.workers,
                        threads_per_worker=1,
                        dashboard_address="127.0.0.1:0",
                        silence_logs=logging.CRITICAL,
                        env=environment,
                    )
                ) as cluster,
                connection(cluster) as self.client,
                tempfile.TemporaryFile() as self._errors,
            ):
                workers = self.figures.workers
                # One that is killed while it starts is not started again by Dask's nanny.
                cluster.adapt(minimum=workers, maximum=workers)
                self._torture(cluster.scheduler_address)
                self.sandbox.faults.clear()
                results = self._results(self._start(cluster.scheduler_address))
                self._errors.seek(0)
                self._seen += [self._errors.read(), repr(cluster.get_logs()).encode()]
            self._check_results(results)
            self._check_rate()
            self._check_secrets()
            check_no_credentials(self.sandbox)
            assert not self.sandbox.problems
        self.figures.seconds = time.monotonic() - start
        return self.figures

    def _torture(self, address: str) -> None:
        faults = (
            OneOf(faults=orders(), operation=ORDER, probability=0.1),
            OneOf(faults=transfers(), origin="delivery", probability=0.1),
            OneOf(faults=lookups(), operation=HISTORY, probability=0.1),
            ServerFailure(origin="token", probability=0.1),
        )
        self.sandbox.faults.add(*faults)
        process = self._start(address)
        events: list[tuple[float, str]] = []
        for kind, count in self._plan.items():
            events += [((number + 1) / (count + 1), kind) for number in range(count)]
        # A driver that finds no database when it begins ends at once, so the database comes first.
        for part, kind in sorted(events, key=lambda it: (it[0], it[1] == "driver")):
            self._until_asked(part * len(self.ids), process)
            time.sleep(self.dice.uniform(0, 0.2))
            if kind == "kill":
                self._kill_worker()
            elif kind == "restart":
                databases.restart()
                self.figures.restarts += 1
            else:
                self._seen += self.client.run_on_scheduler(tasks_of)
                process.kill()
                process.wait()
                self._seen.append(self._out.read_bytes())
                self.figures.drivers += 1
                process = self._start(address)
        self._results(process)
        self.figures.responses = len(self.sandbox.requests)
        self.figures.faulty = sum(map(self.sandbox.faults.times_applied, faults))

    def _start(self, address: str) -> subprocess.Popen[bytes]:
        most, count = self.figures.most, len(self.ids)
        arguments = [address, self.target, self.journal, self.ids[0], count, most, self.rate]
        with self._out.open("wb") as out:
            return subprocess.Popen(
                [sys.executable, "-c", _DRIVER, *map(str, arguments)],
                env=ENVIRONMENT, stdout=out, stderr=self._errors,
            )  # fmt: skip

    def _results(self, process: subprocess.Popen[bytes]) -> list[dict[str, typing.Any]]:
        """The results of a driver that came to its end."""
        process.wait(_SECONDS)
        out = self._out.read_bytes()
        self._errors.seek(0)
        assert process.returncode == 0, self._errors.read().decode()[-3000:]
        self._seen.append(out)
        results = [json.loads(line) for line in out.splitlines()]
        assert sorted(it["id"] for it in results) == self.ids
        return results

    def _until_asked(self, count: float, process: subprocess.Popen[bytes]) -> None:
        """Wait until so many assets are paid for, or the driver has ended."""
        end = time.monotonic() + _SECONDS
        while len(self.sandbox.download_counts) < count and process.poll() is None:
            assert time.monotonic() < end, "hangs"
            time.sleep(0.01)

    def _kill_worker(self) -> None:
        end = time.monotonic() + _SECONDS
        while True:
            found = self.client.run(os.getpid, on_error="ignore")
            with contextlib.suppress(ProcessLookupError):  # it has died since
                if found:
                    os.kill(self.dice.choice(sorted(found.values())), signal.SIGKILL)
                    self.figures.kills += 1
                    return
            assert time.monotonic() < end, "there is no worker"
            time.sleep(0.1)

    def _check_results(self, results: list[dict[str, typing.Any]]) -> None:
        counts = self.sandbox.download_counts
        assert {asset: count for asset, count in counts.items() if count > 1} == {}
        self.figures.charged = sum(counts.values())
        assert self.figures.charged <= self.figures.most
        self.figures.outcomes.update(it["outcome"] for it in results)
        # Links that the delivery host refuses, as one of the faults has it, are reported.
        assert [
            it
            for it in results
            if it["outcome"] not in OUTCOMES and "delivery host refused" not in str(it["error"])
        ] == []
        names = set()
        for result in results:
            asset, outcome = result["id"], result["outcome"]
            if outcome in DONE:
                name = result["file"]["url"].rpartition("/")[2]
                digest = hashlib.sha256(self._content(name)).hexdigest()
                assert digest == result["file"]["sha256"] == self.sandbox.sha256(asset)
                assert counts[asset] == 1
                names.add(name)
            elif outcome == "not_requested":
                assert asset not in counts
        found = self.bucket.keys() if self.bucket else [it.name for it in self.folder.iterdir()]
        assert {name for name in found if not name.endswith(".part")} == names

    def _content(self, name: str) -> bytes:
        return self.bucket.read(name)[0] if self.bucket else (self.folder / name).read_bytes()

    def _check_rate(self) -> None:
        arrived = sorted(self.clock.arrived)
        for window in (1, 10, 60):
            first = peak = 0
            for number, moment in enumerate(arrived):
                while arrived[first] < moment - window:
                    first += 1
                peak = max(peak, number - first + 1)
            self.figures.peaks[window] = peak / window
            assert peak <= self.rate * (window + LATE) + 1
        whole = arrived[-1] - arrived[0]
        assert len(arrived) <= self.rate * (whole + LATE) + 1

    def _check_secrets(self) -> None:
        """No credential and no link is in what anybody may see."""
        for table in ("entries", "facts"):
            rows = databases.execute(self.journal, f"SELECT * FROM gettyimages_{table}")
            self._seen.append(repr(rows).encode())
        seen = b"\n".join(self._seen)
        self.figures.seen = len(seen)
        env = self.sandbox.env().items()
        secrets = [value for name, value in env if not name.endswith("_URL")]
        secrets += [self.key, self.sandbox.delivery_url, "Bearer "]
        if self.bucket is not None:
            secrets.append(self.bucket.store.environment["AWS_SECRET_ACCESS_KEY"])
        assert [secret for secret in secrets if secret.encode() in seen] == []


def tasks_of(dask_scheduler: typing.Any) -> list[bytes]:
    """The tasks that a scheduler has, as they are sent."""
    found = [it.run_spec for it in dask_scheduler.tasks.values() if it.run_spec is not None]
    return [*map(pickle.dumps, found)]
