"""Downloads of which nearly every third response is faulty."""

from __future__ import annotations

import collections
import datetime
import hashlib
import time
import typing
from dataclasses import dataclass, field
from pathlib import Path

from gettyimages.sandbox import (
    Dropped,
    EmptyBody,
    ExpiredLink,
    Fault,
    Faults,
    HtmlBody,
    IdleClosed,
    MalformedJson,
    OneOf,
    Sandbox,
    ServerFailure,
    Stall,
    TooManyRequests,
    Truncated,
    WrongRange,
)

from ..support.worlds import World
from .watching import check_no_credentials

POST: typing.Final = "downloads.request_image_download"
HISTORY: typing.Final = "downloads.get_downloads"
STALL = 1.2
"""Seconds; the clients wait for less."""


Form: typing.TypeAlias = typing.Literal["json", "gateway", "html", "empty"]
FAILURES: typing.Final[tuple[tuple[int, Form], ...]] = (
    (500, "json"),
    (502, "html"),
    (503, "gateway"),
    (504, "empty"),
)
NO_YES: typing.Final = (False, True)


def orders() -> tuple[Fault, ...]:
    """What goes wrong when a download is asked for."""
    return (
        *(Dropped(reset=reset, after_effect=late) for reset in NO_YES for late in NO_YES),
        *(ServerFailure(status=code, body=form) for code, form in FAILURES),
        *(ServerFailure(status=code, body=form, after_effect=True) for code, form in FAILURES),
        TooManyRequests(),
        TooManyRequests(retry_after="0"),
        IdleClosed(),
        IdleClosed(reset=True),
        Truncated(),
        Stall(seconds=STALL),
        EmptyBody(),
        EmptyBody(status=200),
        HtmlBody(),
        MalformedJson(status=200),
    )


def transfers() -> tuple[Fault, ...]:
    """What goes wrong when a file is fetched."""
    return (
        Dropped(),
        Dropped(reset=False),
        *(Truncated(at=at, reset=reset) for at in (None, 0, 1, 40_000) for reset in NO_YES),
        Stall(seconds=STALL),
        Stall(at=0, seconds=STALL),
        *(ServerFailure(status=code, body=form) for code, form in FAILURES),
        TooManyRequests(),
        ExpiredLink(),
        WrongRange(part="bytes"),
        WrongRange(part="header"),
        IdleClosed(),
        IdleClosed(reset=True),
        HtmlBody(),
        HtmlBody(status=403),
        EmptyBody(),
    )


def lookups() -> tuple[Fault, ...]:
    """What goes wrong when the download history is read."""
    return (
        Dropped(),
        Dropped(reset=False),
        ServerFailure(),
        ServerFailure(status=502, body="html"),
        TooManyRequests(),
        IdleClosed(reset=True),
        Truncated(),
        Stall(seconds=STALL),
        HtmlBody(),
        MalformedJson(),
    )


@dataclass
class Figures:
    """What came of it."""

    seed: int
    assets: int
    responses: int = 0
    faulty: int = 0
    kinds: collections.Counter[str] = field(default_factory=collections.Counter)
    runs: list[tuple[str, dict[str, int], int]] = field(default_factory=list)
    reasons: collections.Counter[str] = field(default_factory=collections.Counter)
    fetches: int = 0
    seconds: float = 0

    def __str__(self) -> str:
        runs = [f"\n  {name}: {outcomes}, {used} used" for name, outcomes, used in self.runs]
        return (
            f"seed {self.seed}: {self.assets} assets, {self.faulty} of {self.responses} responses"
            f" faulty: {dict(self.kinds)}{''.join(runs)}\n  reported with faults:"
            f" {dict(self.reasons)}; {self.fetches} fetches without a credential;"
            f" {self.seconds:.0f} s"
        )


class Trial:
    """A batch with faults, twice; the same again without; and once more with leave to pay again."""

    def __init__(self, world: World, folder: Path, *, assets: int, seed: int) -> None:
        self.world = world
        self.folder = folder
        self.ids = [str(2_000_001 + number) for number in range(assets)]
        self.figures = Figures(seed, assets)
        self.possible = {POST: orders(), "delivery": transfers(), HISTORY: lookups()}
        self.lots = [
            OneOf(operation=operation, probability=0.3, faults=faults)
            for operation, faults in self.possible.items()
        ]
        self.sandbox = Sandbox(faults=Faults(*self.lots, seed=seed))

    def run(self) -> Figures:
        """Download all three times.

        Raises:
            AssertionError: It is not what was promised.
        """
        start = time.monotonic()
        with self.sandbox:
            ago = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=60)
            self.sandbox.add_history("1", date=ago)  # shows how far the history reaches
            client = self._client(STALL / 2)
            self._run_with_faults(client)
            self._run_with_faults(client)
            self._count_faults()
            self.sandbox.faults.remove(*self.lots)
            client = self._client(60)  # a busy machine is not a fault
            self._run_without(client)
            self.sandbox.advance(25 * 3600)  # links that were refused, and tokens, expire
            client = self._client(60)
            self._run_settling(client)
            self._run_with_leave(client)
            self.figures.fetches = check_no_credentials(self.sandbox)
            assert not self.sandbox.problems
        self.figures.seconds = time.monotonic() - start
        return self.figures

    def _client(self, timeout: float) -> typing.Any:
        return self.world.client(
            api_key=self.sandbox.api_key,
            access_token=self.sandbox.issue_token(),
            base_url=self.sandbox.base_url,
            timeout=timeout,
        )

    def _results(self, client: typing.Any, name: str, **options: object) -> dict[str, typing.Any]:
        batch = client.downloads.save_images(self.ids, self.folder, **options)
        results = {it.id: it for it in self.world.items(batch)}
        assert sorted(results) == sorted(self.ids)
        for asset, result in results.items():
            if result.outcome in ("saved", "skipped"):
                assert result.error is None
                self._check_file(asset, result.file)
            else:
                assert str(result.error), "it failed without a reason"
        outcomes = collections.Counter(it.outcome for it in results.values())
        self.figures.runs.append((name, dict(outcomes), self.sandbox.downloads_used))
        return results

    def _run_with_faults(self, client: typing.Any) -> None:
        results = self._results(client, "with faults")
        self.figures.reasons.update(type(it.error).__name__ for it in results.values() if it.error)
        assert max(self.sandbox.download_counts.values()) == 1

    def _run_without(self, client: typing.Any) -> None:
        """All that is paid for and has a link comes in; the rest is reported, and not paid for."""
        before = self.sandbox.download_counts
        results = self._results(client, "without")
        after = self.sandbox.download_counts
        assert max(after.values()) == 1
        for asset, result in results.items():
            is_refused = result.link_valid_until is not None  # by a fault that stays
            assert result.outcome != "failed" or is_refused, f"{asset}: {result.error!r}"
            if result.outcome in ("link_lost", "outcome_unknown"):
                assert before.get(asset, 0) == (result.outcome == "link_lost")

    def _run_settling(self, client: typing.Any) -> None:
        """What is not in the history is asked for if the caller vouches for the history."""
        results = self._results(client, "with settle_after", settle_after=3600)
        assert {it.outcome for it in results.values()} <= {"saved", "skipped", "link_lost"}
        assert set(self.sandbox.download_counts.values()) == {1}

    def _run_with_leave(self, client: typing.Any) -> None:
        before = self.sandbox.download_counts
        name = "with allow_repurchase=True"
        results = self._results(client, name, allow_repurchase=True)
        assert {it.outcome for it in results.values()} <= {"saved", "skipped"}
        after = self.sandbox.download_counts
        for asset, result in results.items():
            assert after[asset] - before.get(asset, 0) == (result.outcome == "saved")
        assert not [path.name for path in self.folder.iterdir() if path.suffix == ".part"]

    def _check_file(self, asset: str, saved: typing.Any) -> None:
        digest = hashlib.sha256(Path(saved.path).read_bytes()).hexdigest()
        assert digest == saved.sha256 == self.sandbox.sha256(asset)

    def _count_faults(self) -> None:
        figures = self.figures
        figures.responses = sum(it.operation is not None for it in self.sandbox.requests)
        figures.faulty = sum(map(self.sandbox.faults.times_applied, self.lots))
        for operation, faults in self.possible.items():
            for fault in faults:
                if struck := self.sandbox.faults.times_applied(fault):
                    place = operation.rpartition(".")[2]
                    figures.kinds[f"{type(fault).__name__} of {place}"] += struck
