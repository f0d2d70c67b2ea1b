"""Whatever happens to a journal in whatever order, it knows what must be known.

A unit test, by private names: it is about the order of single changes, which no call shows.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import tempfile
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition
from hypothesis.stateful import rule as rule_

from gettyimages import DownloadInProgressError
from gettyimages._calls.responses import ServerTime
from gettyimages._downloads.file_request import IMAGE, FileRequest
from gettyimages._downloads.journal.journal import Claim, Journal
from gettyimages._downloads.journal.location import Location
from tests.overlay.downloads.support.databases import new_database

SECRET = "https://delivery.example/file?signature=zq7marker"
SHA256 = "ab" * 32
ASSETS = st.sampled_from(["1", "2", "3"])


def request_of(asset: str) -> FileRequest:
    return IMAGE.request(asset, {})


@dataclasses.dataclass
class Known:
    """What must be known of a file."""

    downloads: int = 0
    unknown: bool = False
    path: str | None = None
    link_until: float | None = None

    @property
    def is_nothing(self) -> bool:
        return not (self.downloads or self.unknown)


class JournalMachine(RuleBasedStateMachine):
    """Whatever is done in whatever order, the journal agrees with a simple model."""

    is_shared = False

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.now = 1_800_000_000.0
        self.database = new_database() if self.is_shared else None
        self.open()
        self.model: dict[str, Known] = {}
        self.before: dict[str, Known] = {}

    def open(self) -> None:
        folder = Path(self.folder.name)
        self.store = Location(folder, self.database).open()
        self.journal = Journal(self.store, folder, ServerTime())
        self.held: dict[str, tuple[contextlib.ExitStack, Claim]] = {}

    def known(self, asset: str) -> Known:
        return self.model.setdefault(asset, Known())

    @rule_(asset=ASSETS)
    def claim(self, asset: str) -> None:
        if asset in self.held:
            with (
                pytest.raises(DownloadInProgressError),
                self.journal.claimed(request_of(asset)),
            ):
                pass
            return
        stack = contextlib.ExitStack()
        self.held[asset] = stack, stack.enter_context(self.journal.claimed(request_of(asset)))

    @precondition(lambda self: self.held)
    @rule_(data=st.data())
    def intend(self, data: st.DataObject) -> None:
        asset = data.draw(st.sampled_from(sorted(self.held)))
        if asset in self.before:
            return
        self.before[asset] = dataclasses.replace(self.known(asset))
        self.held[asset][1].intend()
        self.known(asset).unknown = True

    @precondition(lambda self: self.before)
    @rule_(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        asset = data.draw(st.sampled_from(sorted(self.before)))
        self.held[asset][1].withdraw()
        self.model[asset] = self.before.pop(asset)

    @precondition(lambda self: self.before)
    @rule_(data=st.data(), seconds=st.sampled_from([-5.0, 100.0, 1000.0]))
    def link(self, data: st.DataObject, seconds: float) -> None:
        asset = data.draw(st.sampled_from(sorted(self.before)))
        del self.before[asset]
        known = self.known(asset)
        until = self.now + seconds
        expires_at = datetime.datetime.fromtimestamp(until, datetime.UTC)
        self.held[asset][1].link(SECRET, expires_at)
        known.unknown, known.link_until = False, until
        known.downloads += 1

    @precondition(lambda self: self.held)
    @rule_(data=st.data(), is_placed=st.booleans())
    def place(self, data: st.DataObject, is_placed: bool) -> None:
        asset = data.draw(st.sampled_from(sorted(self.held)))
        known = self.known(asset)
        if known.link_until is None or asset in self.before:
            return
        known.path = f"{asset}.jpg"
        claim = self.held[asset][1]
        claim.placing(known.path, 1, SHA256, "image/jpeg", "new")
        if is_placed:
            claim.placed()

    @precondition(lambda self: self.held)
    @rule_(data=st.data(), was_downloaded=st.booleans())
    def settle(self, data: st.DataObject, was_downloaded: bool) -> None:
        asset = data.draw(st.sampled_from(sorted(self.held)))
        known = self.known(asset)
        if not known.unknown or asset in self.before:
            return
        self.held[asset][1].settle(was_downloaded=was_downloaded)
        known.unknown = False
        known.downloads += was_downloaded

    @precondition(lambda self: self.held)
    @rule_(data=st.data())
    def release(self, data: st.DataObject) -> None:
        asset = data.draw(st.sampled_from(sorted(self.held)))
        self.held.pop(asset)[0].close()
        self.before.pop(asset, None)

    @rule_(seconds=st.sampled_from([50.0, 500.0]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule_()
    def restart(self) -> None:
        """Close it in the midst of everything, and open it again."""
        for stack, _ in self.held.values():
            stack.close()
        self.before.clear()
        self.journal.close()
        self.open()

    @invariant()
    def it_agrees(self) -> None:
        self.store.erase_links(self.now)
        for asset, known in self.model.items():
            if known.link_until is not None and known.link_until <= self.now:
                known.link_until = None
            if asset in self.before:
                before = self.before[asset]
                is_over = before.link_until is not None and before.link_until <= self.now
                before.link_until = None if is_over else before.link_until
        found = {
            entry.asset: (
                entry.downloads,
                entry.unknown_since is not None,
                entry.path,
                entry.link_expires_at,
            )
            for entry in self.journal.entries()
        }
        assert found == {
            asset: (known.downloads, known.unknown, known.path, known.link_until)
            for asset, known in self.model.items()
            if not known.is_nothing
        }

    def teardown(self) -> None:
        for stack, _ in self.held.values():
            stack.close()
        self.journal.close()
        self.folder.cleanup()


class SharedJournalMachine(JournalMachine):
    """The same with the journal in a database."""

    is_shared = True


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a database keep links."""
    monkeypatch.setenv("GETTYIMAGES_JOURNAL_KEY", Fernet.generate_key().decode())


SharedJournalMachine.TestCase.settings = settings(
    max_examples=settings().max_examples // 4, stateful_step_count=30
)
TestSharedJournalMachine = pytest.mark.slow(SharedJournalMachine.TestCase)
JournalMachine.TestCase.settings = settings(
    max_examples=settings().max_examples // 2, stateful_step_count=40
)
TestJournalMachine = pytest.mark.slow(JournalMachine.TestCase)
