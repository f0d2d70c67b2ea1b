"""The rules of batches, without network and files."""

from __future__ import annotations

import asyncio
import threading
import time
import typing
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gettyimages import GettyImagesError
from gettyimages._calls.steps import Call, Do, Effect, Open, Sleep, work
from gettyimages._downloads.async_batch import AsyncBatch
from gettyimages._downloads.batch import Batch
from gettyimages._downloads.batch_rules import Budget
from gettyimages._downloads.parking import Parked, Watched
from gettyimages._downloads.results import BatchResult
from gettyimages._downloads.save import SavedFile
from gettyimages._errors import UnsettledError

from .batches import (
    IDS,
    workers,
)
from .support.worlds import World


class Stage:
    """A stand-in for the journal and the API: it only counts."""

    def __init__(self, most: int | None = None, seconds: float = 0.0) -> None:
        self.most = most
        self.seconds = seconds
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.ended = 0

    def begin(self) -> Call[None]:
        yield Do(lambda: None)

    def item(self, asset: str) -> Prop:
        return Prop(self, asset)

    def end(self) -> None:
        self.ended += 1

    def enter(self, step: int) -> None:
        with self.lock:
            self.at_once += step
            self.most_at_once = max(self.most_at_once, self.at_once)


class Prop:
    def __init__(self, stage: Stage, asset: str) -> None:
        self.stage = stage
        self.asset = asset
        self.used = 0

    def save(self, before_asking: Callable[[], object]) -> Call[SavedFile | None]:
        before_asking()
        yield from work(lambda: self.stage.enter(1))
        try:
            yield Sleep(self.stage.seconds)
        finally:
            self.stage.enter(-1)
        self.used = 1
        return SavedFile(Path(self.asset), 1, "ab", "image/jpeg", download_used=True, skipped=False)

    def charges(self) -> tuple[int, bool]:
        return self.used, False


def blocking(call: Call[typing.Any]) -> typing.Any:
    outcome: object = None
    while True:
        try:
            effect = call.send(outcome)
        except StopIteration as stop:
            return stop.value
        if isinstance(effect, Sleep):
            time.sleep(effect.seconds)
        outcome = effect.function() if isinstance(effect, Do) else None


class Blocking:
    def run(self, call: Call[typing.Any]) -> typing.Any:
        return blocking(call)


class Asynchronous:
    async def run(self, call: Call[typing.Any]) -> typing.Any:
        outcome: object = None
        while True:
            try:
                effect = call.send(outcome)
            except StopIteration as stop:
                return stop.value
            if isinstance(effect, Sleep):
                await asyncio.sleep(effect.seconds)
            outcome = effect.function() if isinstance(effect, Do) else None
            if asyncio.iscoroutine(outcome):
                outcome = await outcome


def staged(world: World, stage: Stage, ids: typing.Any, concurrency: int) -> typing.Any:
    if world.is_async:
        return AsyncBatch(Asynchronous, stage, ids, concurrency)
    return Batch(Blocking, stage, ids, concurrency)


def test_a_great_many_ids_make_no_more_threads_or_tasks_than_wanted(world: World) -> None:
    stage = Stage()
    batch = staged(world, stage, (str(number) for number in range(20_000)), 8)
    most = 0
    count = 0

    async def drain() -> None:
        nonlocal most, count
        async for _ in batch:
            count += 1
            most = max(most, len(asyncio.all_tasks()))

    if world.is_async:
        world.do(drain)
    else:
        for _ in batch:
            count += 1
            most = max(most, len(workers()))
    assert count == batch.summary.saved == batch.summary.downloads_used == 20_000
    assert most <= 2 * 8 + 1
    assert stage.most_at_once <= 8
    assert stage.ended == 1


@pytest.mark.parametrize("most", [0, 1, 7, 40, 100])
def test_a_limit_below_the_concurrency_holds_too(world: World, most: int) -> None:
    stage = Stage(most=most, seconds=0.005)
    batch = staged(world, stage, IDS, 16)
    results = [*world.items(batch)]
    assert len(results) == 30
    assert batch.summary.downloads_used == min(most, 30)
    assert batch.summary.not_asked == 30 - min(most, 30)


class Chancy(Stage):
    """One whose requests do not always do what they should."""

    def __init__(self, most: int, fates: list[str]) -> None:
        super().__init__(most=most)
        self.fates = fates
        self.charged = 0

    def item(self, asset: str) -> Prop:
        return Fated(self, asset, self.fates[int(asset)])


class Fated(Prop):
    """An asset whose request is charged, refused or in doubt, and may fail after that."""

    def __init__(self, stage: Chancy, asset: str, fate: str) -> None:
        super().__init__(stage, asset)
        self.chancy = stage
        self.fate = fate

    def save(self, before_asking: Callable[[], object]) -> Call[SavedFile | None]:
        before_asking()
        yield Sleep(0.0005)
        if self.fate == "refused":
            raise GettyImagesError("refused")
        with self.stage.lock:
            self.chancy.charged += 1
        yield from work(lambda: None, offline=True)
        yield Sleep(0.0005)
        if self.fate == "doubt":
            raise UnsettledError("lost")
        self.used = 1
        if self.fate == "failed":
            raise GettyImagesError("failed")
        return SavedFile(Path(self.asset), 1, "ab", "image/jpeg", download_used=True, skipped=False)

    def charges(self) -> tuple[int, bool]:
        return self.used, self.fate == "doubt"


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.integers(0, 12),
    st.integers(1, 5),
    st.lists(st.sampled_from(["saved", "refused", "doubt", "failed"]), max_size=25),
)
@pytest.mark.parametrize("kind", [Batch, AsyncBatch])
def test_no_more_is_used_up_than_is_allowed_whatever_becomes_of_requests(
    kind: type[Batch | AsyncBatch], most: int, concurrency: int, fates: list[str]
) -> None:
    stage = Chancy(most, fates)
    ids = map(str, range(len(fates)))

    async def drain() -> list[BatchResult]:
        batch: typing.Any = AsyncBatch(
            Asynchronous, typing.cast("typing.Any", stage), ids, concurrency
        )
        return [result async for result in batch]

    if kind is AsyncBatch:
        results = asyncio.run(drain())
    else:
        results = [*Batch(Blocking, stage, ids, concurrency)]
    assert sorted(int(result.id) for result in results) == [*range(len(fates))]
    assert stage.charged == min(most, sum(fate != "refused" for fate in fates))
    assert stage.ended == 1


def test_many_work_at_once(world: World) -> None:
    stage = Stage(seconds=0.5)
    batch = staged(world, stage, IDS[:16], 16)
    started = time.monotonic()
    assert len([*world.items(batch)]) == 16
    assert time.monotonic() - started < 4
    assert stage.most_at_once == 16


def test_a_closed_batch_gives_nothing_more_and_can_be_closed_again(world: World) -> None:
    stage = Stage()
    batch = staged(world, stage, IDS, 2)
    close = batch.aclose if world.is_async else batch.close
    world.do(close)
    world.do(close)
    assert [*world.items(batch)] == []
    assert stage.ended == 0, "it never began"
    assert "closed" in repr(batch)


def test_a_budget_gives_back_what_was_not_charged() -> None:
    budget = Budget(2)
    assert [budget.set_aside() for _ in range(3)] == ["yes", "yes", "wait"]
    budget.settle(charged=False)
    assert budget.set_aside() == "yes"
    budget.settle(charged=True)
    budget.settle(charged=True)
    assert budget.set_aside() == "no"
    unlimited = Budget(None)
    assert {unlimited.set_aside() for _ in range(100)} == {"yes"}
    unlimited.close()
    assert unlimited.set_aside() == "no"


def test_a_call_is_parked_before_a_transfer_and_never_within_a_request() -> None:
    over = False
    log: list[str] = []

    def call() -> Call[str]:
        try:
            log.append(str((yield Do(lambda: 1))))
            log.append(str((yield Do(lambda: 2))))
            yield Open("https://x", {}, timeout=1, remaining=lambda: 1)
        finally:
            log.append("closed")
        return "done"

    watched = Watched(lambda: over)
    generator = watched.run(call())
    effects: list[Effect] = [next(generator)]
    over = True
    assert not watched.is_parkable
    effects.append(generator.send(1))
    with pytest.raises(Parked):
        generator.send(2)
    assert log == ["1", "2", "closed"]


def test_a_long_pause_is_parked_soon() -> None:
    over = False

    def call() -> Call[None]:
        yield Sleep(1000)

    generator = Watched(lambda: over).run(call())
    effect = next(generator)
    assert isinstance(effect, Sleep)
    assert effect.seconds < 1
    over = True
    with pytest.raises(Parked):
        next(generator)
