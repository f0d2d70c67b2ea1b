"""Misfortunes of all kinds over one folder: nothing is paid for twice, and no link is lost."""

from __future__ import annotations

import collections
import datetime
import hashlib
import random
import time
import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from gettyimages.sandbox import Dropped, Fault, HtmlBody, Sandbox, ServerFailure
from tests.overlay.downloads.support.journals import JOURNAL
from tests.overlay.downloads.support.processes import Child
from tests.overlay.downloads.support.sandboxes import ORDER, options_of

from .watching import check_no_credentials

DONE = ("saved", "skipped")
LAG = 3600
"""Seconds by which the history is taken to lag. It does, by a little less."""
WORLDS = ("blocking", "asyncio")
SHIFTS = (-900_000, -600, 600, 900_000)
"""How far the clock of a process is ahead, in seconds. That of the sandbox is moved on, too."""


@dataclass
class Figures:
    """What came of it."""

    seed: int
    rounds: int = 0
    misfortunes: collections.Counter[str] = field(default_factory=collections.Counter)
    outcomes: collections.Counter[str] = field(default_factory=collections.Counter)
    assets: int = 0
    charged: int = 0
    repurchased: int = 0
    seconds: float = 0

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.rounds} rounds over {self.assets} assets with"
            f" {dict(self.misfortunes)} in {self.seconds:.0f} s; at the end {dict(self.outcomes)},"
            f" {self.charged} downloads used, no asset twice. With allow_repurchase all complete:"
            f" {self.repurchased} more."
        )


class Misfortunes:
    """Batches over the same folder, each with a misfortune."""

    def __init__(self, folder: Path, *, rounds: int, seed: int) -> None:
        self.folder = folder
        self.rounds = rounds
        self.dice = random.Random(seed)
        self.figures = Figures(seed)
        self.sandbox = Sandbox(file_size=20_000, history_lag=LAG - 60)
        self.ids: list[str] = []
        self.copies: list[bytes] = []
        self.told: list[object] = []
        """What happened lately."""
        self.fetchable: set[str] = set()
        """What is paid for and has a link that no misfortune has taken from the journal."""
        self.kinds: dict[str, Callable[[], object]] = {
            "delivery that refuses": lambda: self._faulty(HtmlBody(origin="delivery", status=403)),
            "delivery that fails": lambda: self._faulty(ServerFailure(origin="delivery")),
            "responses that are lost": lambda: self._faulty(self._dropped(after_effect=True)),
            "requests that are lost": lambda: self._faulty(self._dropped(after_effect=False)),
            "a clock that is wrong": self._wrong_clock,
            "two processes": self._two_processes,
            "a journal that is lost": self._lose_journal,
        }

    def run(self) -> Figures:
        """Let it all happen, and look at what is left.

        Raises:
            AssertionError: It is not what was promised.
        """
        start = time.monotonic()
        with self.sandbox:
            ago = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=60)
            self.sandbox.add_history("1", date=ago)  # shows how far the history reaches
            for _ in range(self.rounds):
                for _ in range(self.dice.randrange(1, 9)):
                    self.ids.append(str(3_000_000_001 + len(self.ids)))
                name = self.dice.choice([*self.kinds])
                self.figures.misfortunes[name] += 1
                self.kinds[name]()
                self.sandbox.faults.clear()
                twice = [it for it, count in self.sandbox.download_counts.items() if count > 1]
                assert not twice, f"{name}: {self.told}"
                self.sandbox.advance(self.dice.choice((0, 0, LAG // 2, LAG)))
            self._end()
            check_no_credentials(self.sandbox)
            assert not self.sandbox.problems
        self.figures.rounds = self.rounds
        self.figures.seconds = time.monotonic() - start
        return self.figures

    def _start(self, *, seconds_later: float = 0, **options: object) -> Child:
        return Child(
            options_of(self.sandbox, timeout=60, max_retries=0),
            self.folder,
            self.dice.sample(self.ids, len(self.ids)),
            world=self.dice.choice(WORLDS),
            options=options,
            seconds_later=seconds_later,
            at_once=True,
        )

    def _batch(self, *, seconds_later: float = 0, **options: object) -> list[typing.Any]:
        if self.dice.random() < 0.5:
            options.setdefault("settle_after", LAG)
        results = self._start(seconds_later=seconds_later, **options).results(300)
        self._note(results)
        self.told = [*self.told[-6:], seconds_later, options, results]
        return results

    def _note(self, results: list[typing.Any]) -> None:
        counts = self.sandbox.download_counts
        for result in results:
            asset, outcome = result["asset"], result["outcome"]
            if outcome == "failed" and counts.get(asset):
                self.fetchable.add(asset)
            elif outcome in DONE:
                self.fetchable.discard(asset)
            elif outcome != "not_requested":
                assert asset not in self.fetchable, f"there was a link: {result}"

    def _faulty(self, fault: Fault, *, seconds_later: float = 0) -> None:
        self.sandbox.faults.add(fault)
        before = self.sandbox.download_counts
        results = self._batch(seconds_later=seconds_later)
        if fault.origin == "delivery":
            bought = {*self.sandbox.download_counts} - {*before}
            outcomes = {it["outcome"] for it in results if it["asset"] in bought}
            assert outcomes <= {"failed"}, f"a link was lost: {self.told}"

    def _dropped(self, *, after_effect: bool) -> Fault:
        return Dropped(operation=ORDER, after_effect=after_effect, times=self.dice.randrange(1, 4))

    def _wrong_clock(self) -> None:
        failing = ServerFailure(origin="delivery")  # leaves links, which have to be kept
        self._faulty(failing, seconds_later=self.dice.choice(SHIFTS))
        self.sandbox.faults.clear()
        self._batch(seconds_later=max(SHIFTS))

    def _two_processes(self) -> None:
        children = [self._start(), self._start()]
        before = self.sandbox.downloads_used
        results = [child.results(300) for child in children]
        used = sum(one["download_used"] for one in (*results[0], *results[1]))
        assert used == self.sandbox.downloads_used - before

    def _lose_journal(self) -> None:
        path = self.folder / JOURNAL
        if not path.exists():
            return
        if not any(self.folder.glob("*.jpg")):  # then nothing shows the loss, as the docs state
            return
        self.sandbox.advance(LAG)  # what the history does not show yet is lost, as the docs state
        self.copies.append(path.read_bytes())
        loss = self.dice.choice(("deleted", "emptied", "damaged", "restored"))
        self.told.append(loss)
        if loss == "deleted":
            path.unlink()
        else:
            older = self.dice.choice(self.copies)
            path.write_bytes({"emptied": b"", "damaged": b"?" * 9000, "restored": older}[loss])
        self.fetchable.clear()
        self._batch()

    def _end(self) -> None:
        self._batch()
        self.sandbox.advance(LAG)
        results = self._batch(settle_after=LAG)
        self.figures.outcomes.update(it["outcome"] for it in results)
        before = self.sandbox.download_counts
        assert set(before.values()) == {1}
        self.figures.assets, self.figures.charged = len(self.ids), len(before)
        self._check_files([it for it in results if it["outcome"] in DONE])
        lost = {it["asset"] for it in results if it["outcome"] not in DONE}
        results = self._start(allow_repurchase=True).results(300)
        assert {it["outcome"] for it in results} <= set(DONE)
        after = self.sandbox.download_counts
        assert {asset for asset in self.ids if after[asset] != before.get(asset, 0)} == lost
        self._check_files(results)
        self.figures.repurchased = len(lost)
        assert not [path.name for path in self.folder.iterdir() if path.suffix == ".part"]

    def _check_files(self, results: list[typing.Any]) -> None:
        for result in results:
            digest = hashlib.sha256(Path(result["path"]).read_bytes()).hexdigest()
            assert digest == result["sha256"] == self.sandbox.sha256(result["asset"])
