"""Kills batches of downloads with SIGKILL, again and again, and looks at what is left."""

from __future__ import annotations

import collections
import hashlib
import random
import time
import typing
from dataclasses import dataclass, field
from pathlib import Path

from gettyimages.sandbox import Faults, Latency, Sandbox, SlowBody
from tests.overlay.downloads.support.processes import Child

from .watching import Seen, Watch, check_no_credentials

DONE = ("saved", "skipped")
LOST = ("link_lost", "outcome_unknown")
WORLDS = ("blocking", "asyncio")

AHEAD = 60
"""How many assets there are always left to ask for."""


class Run(Child):
    """A process that downloads a batch, and its number."""

    def __init__(self, number: int, *args: typing.Any, **options: typing.Any) -> None:
        super().__init__(*args, **options)
        self.number = number


@dataclass
class Figures:
    """What came of it."""

    seed: int
    kills: int = 0
    kills_in_flight: int = 0
    assets: int = 0
    outcomes: collections.Counter[str] = field(default_factory=collections.Counter)
    charged: int = 0
    lost_by_kills: int = 0
    longest_after_response: float = 0
    parts_after_kills: int = 0
    replacing: int = 0
    second_downloads: int = 0
    fetches: int = 0
    seconds: float = 0

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.kills} kills, {self.kills_in_flight} of them with requests or"
            f" transfers in flight, over {self.assets} assets in {self.seconds:.0f} s;"
            f" at the end {dict(self.outcomes)}, {self.charged} downloads used, no asset twice."
            f" {self.replacing} batches were to replace what was there."
            f" {self.parts_after_kills} parts were there just after kills, none at the end."
            f" {self.lost_by_kills} of {self.outcomes['link_lost']} lost links had their POST"
            " under way at a kill (its response came at most"
            f" {self.longest_after_response * 1000:.0f} ms before it, never fetched)."
            " With allow_repurchase all complete:"
            f" {self.second_downloads} more downloads used, {self.outcomes['link_lost']} of them"
            f" for assets counted before. {self.fetches} fetches without a credential."
        )


class Campaign:
    """Batches over the same folder, each of them killed, until there were enough kills."""

    def __init__(self, folder: Path, *, kills: int, seed: int) -> None:
        self.folder = folder
        self.wanted = kills
        self.dice = random.Random(seed)
        self.figures = Figures(seed)
        self.watch = Watch()
        faults = Faults(self.watch, Latency(seconds=0.03), SlowBody(bytes_per_second=600_000))
        self.sandbox = Sandbox(faults=faults)
        self.ids: list[str] = []
        self._runs: dict[str, int] = {}
        """The number of each process, by the header with its token."""
        self._kills: dict[int, float] = {}
        """When each was killed."""

    def run(self) -> Figures:
        """Kill as often as was wanted, and look at what is left.

        Raises:
            AssertionError: It is not what was promised.
        """
        start = time.monotonic()
        with self.sandbox:
            while len(self._kills) < self.wanted:
                self._batch_to_be_killed()
            lost = self._settle()
            self._ask_again(lost)
            self.figures.fetches = check_no_credentials(self.sandbox)
            assert not self.sandbox.problems
        self.figures.kills = len(self._kills)
        self.figures.seconds = time.monotonic() - start
        return self.figures

    def _start(self, **options: object) -> Run:
        token = self.sandbox.issue_token()
        number = self._runs[f"Bearer {token}"] = len(self._runs) + 1
        client = {
            "api_key": self.sandbox.api_key,
            "access_token": token,
            "base_url": self.sandbox.base_url,
        }
        world = self.dice.choice(WORLDS)
        return Run(number, client, self.folder, self.ids, world=world, options=options)

    def _batch_to_be_killed(self) -> None:
        while len(self.ids) < len(self.sandbox.download_counts) + AHEAD:
            self.ids.append(str(1_000_001 + len(self.ids)))
        start = time.monotonic()
        options = self.dice.choice(({}, {}, {}, {"overwrite": "replace"}))
        self.figures.replacing += bool(options)
        children = [self._start(**options) for _ in range(self.dice.choice((1, 1, 1, 2)))]
        self.dice.shuffle(children)
        for child in children:
            self._await_moment(child, start)
            if child.runs:
                self.figures.kills_in_flight += bool(self.watch.in_flight(since=start))
                self._kills[child.number] = time.monotonic()
                child.kill()
        for child in children:
            child.kill()
            assert not child.errors
            child.end()
        self.figures.parts_after_kills += len(self._parts())

    def _parts(self) -> list[str]:
        return [path.name for path in self.folder.iterdir() if path.suffix == ".part"]

    def _await_moment(self, child: Run, start: float) -> None:
        """Wait for the moment to kill: some time after the first request, often after an event."""
        until = time.monotonic() + 60
        while child.runs and not self.watch.in_flight(since=start):
            assert time.monotonic() < until, "nothing is asked for"
            time.sleep(0.001)
        time.sleep(self.dice.uniform(0, 0.4))
        event = self.dice.choice(("any", "any", "ordered", "served", "fetched"))
        before, until = self.watch.happened[event], time.monotonic() + 1
        while event != "any" and child.runs and time.monotonic() < until:
            if self.watch.happened[event] > before:
                time.sleep(self.dice.uniform(0, 0.015))
                break
            time.sleep(0.0005)
        while child.runs and not self.watch.in_flight(since=start):
            assert time.monotonic() < until + 60
            time.sleep(0.0005)

    def _settle(self) -> list[str]:
        """Let a batch run to its end: all files are whole or reported; returns those reported."""
        results = self._start().results(600)
        assert sorted(it["asset"] for it in results) == sorted(self.ids)
        self.figures.assets = len(self.ids)
        self.figures.outcomes.update(it["outcome"] for it in results)
        lost = [it["asset"] for it in results if it["outcome"] in LOST]
        counts = self.sandbox.download_counts
        twice = [asset for asset, count in counts.items() if count > 1]
        assert not twice, "\n".join(map(self._told, twice))
        self.figures.charged = sum(counts.values())
        self._check_files([it for it in results if it["asset"] not in lost])
        for result in results:
            orders = self.watch.orders(result["asset"])
            assert len(orders) <= 1, "asked for again, without leave"
            if result["outcome"] == "link_lost":
                self._check_lost(result["asset"])
            elif result["outcome"] == "outcome_unknown":
                assert not counts.get(result["asset"]), "it is in the history: its link is lost"
        return lost

    def _told(self, asset: str) -> str:
        """What is known of the requests that may have used up downloads for an asset."""
        lines = [f"{asset} in {self.folder}"]
        for one in self.watch.orders(asset):
            run = self._run_of(one)
            killed = self._kills.get(run or 0)
            lines.append(f"  {one.arrived} to {one.ended}, by run {run}, killed at {killed}")
        return "\n".join(lines)

    def _check_lost(self, asset: str) -> None:
        """Its POST was under way when the process was killed, and its file was never asked for."""
        assert not self.watch.files(asset), "there was a link, and it is lost"
        (order,) = self.watch.orders(asset)
        kill = self._kills.get(self._run_of(order) or 0)
        assert kill is not None, f"its process was not killed\n{self._told(asset)}"
        # What was written just before a kill may be read some time after it.
        age = 0 if order.ended is None else kill - order.ended
        self.figures.lost_by_kills += 1
        self.figures.longest_after_response = max(self.figures.longest_after_response, age)

    def _run_of(self, order: Seen) -> int | None:
        return self._runs.get(order.context.request.headers["authorization"])

    def _ask_again(self, lost: list[str]) -> None:
        """Everything comes in once a second download is allowed; nothing is asked for in vain."""
        before = self.sandbox.download_counts
        results = self._start(allow_repurchase=True).results(600)
        assert {it["outcome"] for it in results} <= set(DONE), [
            it for it in results if it["outcome"] not in DONE
        ]
        self._check_files(results)
        after = self.sandbox.download_counts
        for asset in self.ids:
            assert after[asset] - before.get(asset, 0) == (asset in lost)
        self.figures.second_downloads = sum(after.values()) - sum(before.values())
        again = self._start(allow_repurchase=True).results(600)
        assert {it["outcome"] for it in again} == {"skipped"}
        assert self.sandbox.download_counts == after

    def _check_files(self, results: list[dict[str, typing.Any]]) -> None:
        """Each of these is a whole file, and nothing else is there."""
        assert [it for it in results if it["outcome"] not in DONE] == []
        expected = set()
        for result in results:
            path = Path(result["path"])
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            assert digest == result["sha256"] == self.sandbox.sha256(result["asset"])
            expected.add(path.name)
        assert len(expected) == len(results)
        there = {path.name for path in self.folder.iterdir()}
        left = {name for name in there - expected if "journal" not in name}
        assert left == set()
