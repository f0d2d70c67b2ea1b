"""Whatever happens to a journal in whatever order, it knows what must be known."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import socket
import tempfile
import time
import typing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition
from hypothesis.stateful import rule as rule_

from gettyimages._downloads.journal.entry import Asked, Claim
from gettyimages._downloads.journal.journal import Journal
from gettyimages._downloads.plan import Refuse, decide
from gettyimages._errors import DownloadInProgressError

from .journals import (
    SECRET,
    Clock,
    linked,
    settled,
)

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
