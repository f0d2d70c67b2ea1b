"""A request without a clear response is looked up in the history, and never repeated in silence."""

from __future__ import annotations

import datetime
import email.utils
import time
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

from gettyimages import (
    DownloadOutcomeUnknownError,
    GettyImagesError,
    InvalidArgumentError,
    LinkLostError,
    NotFoundError,
)
from gettyimages.sandbox import Dropped, Fault, MalformedJson, Sandbox, ServerFailure
from tests.overlay.downloads.support.delivery_host import (
    DeliveryHost,
    client_of,
    history,
    methods,
    save,
)
from tests.overlay.downloads.support.sandboxes import ORDER, lookups, orders
from tests.overlay.downloads.support.sandboxes import client_of as client_of_sandbox
from tests.overlay.support.clocks import Clocks
from tests.overlay.support.servers import Origins, Recorded, Reply, Reset, token_reply
from tests.overlay.support.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]

AMBIGUOUS = {
    "a reset": Dropped(operation=ORDER, after_effect=True, times=1),
    "a failure": ServerFailure(operation=ORDER, after_effect=True, times=1),
    "a broken body": MalformedJson(operation=ORDER, status=200, times=1),
}


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_what_was_paid_for_without_a_response_is_paid_again_only_if_allowed(
    world: World, tmp_path: Path, kind: str
) -> None:
    with Sandbox() as sandbox:
        client = client_of_sandbox(world, sandbox, timeout=2)
        sandbox.faults.add(AMBIGUOUS[kind])
        with pytest.raises(GettyImagesError) as caught:
            world.do(client.downloads.save_image, "5", tmp_path, auto_download=False)
        if kind != "a broken body":
            assert isinstance(caught.value, DownloadOutcomeUnknownError)
            assert world.do(client.downloads.was_downloaded, "5", since=caught.value.since)
        assert sandbox.downloads_used == 1
        for _ in range(2):
            with pytest.raises(LinkLostError):
                world.do(client.downloads.save_image, "5", tmp_path)
            looked_up = lookups(sandbox)
        assert lookups(sandbox) == looked_up, "what is known for certain is not looked up again"
        assert sandbox.downloads_used == 1
        again = world.do(client.downloads.save_image, "5", tmp_path, allow_repurchase=True)
        assert again.download_used
        assert sandbox.downloads_used == 2


def test_what_the_history_does_not_show_stays_unknown(world: World, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        client = client_of_sandbox(world, sandbox, timeout=2)
        sandbox.faults.add(Dropped(operation=ORDER, times=1))
        with pytest.raises(DownloadOutcomeUnknownError):
            world.do(client.downloads.save_image, "5", tmp_path)
        for _ in range(2):
            with pytest.raises(DownloadOutcomeUnknownError, match="settle_after="):
                world.do(client.downloads.save_image, "5", tmp_path)
        assert orders(sandbox) == 1
        assert sandbox.downloads_used == 0


def test_a_reset_is_settled_by_the_history(world: World, origins: Origins, tmp_path: Path) -> None:
    client = client_of(world, origins, "https://unused.example/")
    origins.api.script(Reset())
    with pytest.raises(DownloadOutcomeUnknownError):
        save(world, client, tmp_path)
    origins.api.script(history("1"))
    with pytest.raises(LinkLostError):
        save(world, client, tmp_path)
    assert methods(origins) == ["POST", "GET"]


@pytest.mark.parametrize("many", [False, True], ids=["one", "batch"])
def test_a_clock_that_is_ahead_does_not_hide_what_is_in_the_history(
    world: World, origins: Origins, tmp_path: Path, many: bool
) -> None:
    """The API's clock is an hour behind, so that its record seems older than the request."""
    client = client_of(world, origins, "https://unused.example/")
    origins.api.script(Reset())
    with pytest.raises(DownloadOutcomeUnknownError):
        save(world, client, tmp_path)
    theirs = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1)
    origins.api.script(
        history("1", date=theirs, Date=email.utils.format_datetime(theirs, usegmt=True))
    )
    if many:
        batch = client.downloads.save_images(["1"], tmp_path, settle_after=60)
        assert [it.outcome for it in world.items(batch)] == ["link_lost"]
    else:
        with pytest.raises(LinkLostError):
            save(world, client, tmp_path)
    assert methods(origins)[0] == "POST"
    assert set(methods(origins)[1:]) == {"GET"}


def test_a_second_request_that_is_refused_leaves_the_first_open(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    client = client_of(world, origins, "https://unused.example/")
    origins.api.script(Reset())
    with pytest.raises(DownloadOutcomeUnknownError):
        save(world, client, tmp_path)
    origins.api.script(Reply(404, {}))
    with pytest.raises(NotFoundError):
        save(world, client, tmp_path, allow_repurchase=True)
    origins.api.script(history())
    with pytest.raises(DownloadOutcomeUnknownError):
        save(world, client, tmp_path)
    assert methods(origins) == ["POST", "POST", "GET"]


def test_a_second_request_that_is_never_sent_leaves_the_first_open(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    client = client_of(world, origins, "https://unused.example/")
    origins.api.script(Reset())
    with pytest.raises(DownloadOutcomeUnknownError):
        save(world, client, tmp_path)
    other = world.client(**origins.options(max_retries=0))
    with origins.api.refusing(), origins.tokens.refusing(), pytest.raises(GettyImagesError):
        save(world, other, tmp_path, allow_repurchase=True)
    origins.api.script(history())
    with pytest.raises(DownloadOutcomeUnknownError):
        save(world, client, tmp_path)


def test_a_link_settles_all_earlier_requests(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost(Reply(400)) as host:
        client = client_of(world, origins, host.uri)
        origins.api.script(Reset())
        with pytest.raises(DownloadOutcomeUnknownError):
            save(world, client, tmp_path)
        origins.api.script(Reply(303, headers={"Location": host.uri}))
        with pytest.raises(GettyImagesError, match="400"):
            save(world, client, tmp_path, allow_repurchase=True)
        assert not save(world, client, tmp_path).download_used
    assert methods(origins) == ["POST", "POST"]


@pytest.fixture
def open_requests(world: World, tmp_path: Path) -> Iterator[tuple[Sandbox, typing.Any, list[str]]]:
    """A folder with 30 requests without a clear response, of which the first ten were charged."""
    ids = [str(number) for number in range(1, 31)]
    with Sandbox(file_size=20_000) as sandbox:
        client = client_of_sandbox(world, sandbox)
        for number, asset in enumerate(ids):
            if number < 10:
                fault: Fault = ServerFailure(operation=ORDER, asset=asset, after_effect=True)
            else:
                fault = Dropped(operation=ORDER, asset=asset)
            sandbox.faults.add(fault)
        results = [*world.items(client.downloads.save_images(ids, tmp_path))]
        assert {it.outcome for it in results} == {"outcome_unknown"}
        assert {type(it.error) for it in results} == {DownloadOutcomeUnknownError}
        sandbox.faults.clear()
        sandbox.forget_requests()
        yield sandbox, client, ids
        assert not sandbox.problems


def test_a_batch_settles_all_open_requests_by_one_pass_over_the_history(
    world: World, tmp_path: Path, open_requests: tuple[Sandbox, typing.Any, list[str]]
) -> None:
    sandbox, client, ids = open_requests

    def run(**options: object) -> typing.Any:
        batch = world.do(client.downloads.save_images, ids, tmp_path, **options)
        return [*world.items(batch)], batch.summary

    results, summary = run()
    assert (summary.link_lost, summary.outcome_unknown) == (10, 20)
    assert {it.id for it in results if it.outcome == "link_lost"} == set(ids[:10])
    assert all(isinstance(it.error, LinkLostError | DownloadOutcomeUnknownError) for it in results)
    assert (lookups(sandbox), orders(sandbox)) == (1, 0)
    _, summary = run(settle_after=3600)
    assert (summary.link_lost, summary.outcome_unknown) == (10, 20)
    sandbox.advance(3600)
    _, summary = run(settle_after=3600)
    assert (summary.link_lost, summary.saved) == (10, 20)
    _, summary = run(allow_repurchase=True)
    assert (summary.saved, summary.skipped) == (10, 20)
    expected = dict.fromkeys(ids[:10], 2) | dict.fromkeys(ids[10:], 1)
    assert sandbox.download_counts == expected


def test_a_history_that_was_read_too_early_settles_nothing(world: World, tmp_path: Path) -> None:
    with Sandbox(file_size=20_000) as sandbox:
        client = client_of_sandbox(world, sandbox, timeout=60)
        sandbox.faults.add(Dropped(operation=ORDER, times=1))
        for _ in range(2):  # the second is the first look-up
            with pytest.raises(DownloadOutcomeUnknownError):
                world.do(client.downloads.save_image, "30", tmp_path)

        def ids() -> Iterator[str]:
            yield "1"  # the history has been read before
            sandbox.advance(3600)
            sandbox.add_history("30")
            yield "30"

        options = {"settle_after": 3600, "concurrency": 1}
        batch = world.do(client.downloads.save_images, ids(), tmp_path, **options)
        outcomes = {it.id: it.outcome for it in world.items(batch)}
        assert outcomes["1"] == "saved"
        assert outcomes["30"] in ("outcome_unknown", "link_lost")
        assert sandbox.downloads_used == 1


class Times:
    """Moves the clock of the API and that of this machine apart, and counts what is requested."""

    def __init__(self, world: World, folder: Path, clocks: Clocks, sandbox: Sandbox) -> None:
        self.world = world
        self.folder = folder
        self.clocks = clocks
        self.sandbox = sandbox

    def client(self) -> typing.Any:
        return client_of_sandbox(self.world, self.sandbox, timeout=60)

    def lose_a_response(self, *, after_effect: bool = False, **options: object) -> None:
        self.sandbox.faults.add(Dropped(operation=ORDER, times=1, after_effect=after_effect))
        with pytest.raises(DownloadOutcomeUnknownError):
            self.world.do(self.client().downloads.save_image, "5", self.folder, **options)

    def settle(self, seconds: float) -> str:
        batch = self.client().downloads.save_images(["5"], self.folder, settle_after=seconds)
        return str(next(self.world.items(batch)).outcome)


@pytest.fixture
def times(world: World, tmp_path: Path, clocks: Clocks) -> Iterator[Times]:
    with Sandbox(file_size=20_000) as sandbox:
        ago = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=60)
        sandbox.add_history("1", date=ago)
        yield Times(world, tmp_path, clocks, sandbox)


def test_settle_after_counts_from_the_first_look_up_by_the_dates_of_the_api(times: Times) -> None:
    times.lose_a_response()
    times.sandbox.advance(5000)
    assert times.settle(3600) == "outcome_unknown", "this is the first look-up"
    times.sandbox.advance(3500)
    assert times.settle(3600) == "outcome_unknown"
    times.sandbox.advance(110)
    assert times.settle(3600) == "saved"
    assert times.sandbox.downloads_used == 1


def test_a_look_up_before_the_last_request_does_not_count(times: Times) -> None:
    times.lose_a_response()
    assert times.settle(3600) == "outcome_unknown", "this is the first look-up"
    times.sandbox.advance(3600)
    times.lose_a_response(allow_repurchase=True)
    assert times.settle(3600) == "outcome_unknown", "this is the first one again"
    times.sandbox.advance(3610)
    assert times.settle(3600) == "saved"
    assert times.sandbox.downloads_used == 1


@pytest.mark.parametrize("seconds", [-100_000, -600, 600, 100_000])
def test_a_clock_of_this_machine_that_is_set_settles_nothing(times: Times, seconds: float) -> None:
    times.lose_a_response()
    assert times.settle(3600) == "outcome_unknown"
    times.clocks.set_time_of_day(time.time() + seconds)
    assert times.settle(3600) == "outcome_unknown"
    assert times.sandbox.downloads_used == 0


def test_a_request_that_is_carried_out_late_is_not_paid_for_twice(times: Times) -> None:
    times.lose_a_response()
    assert times.settle(3600) == "outcome_unknown"
    times.sandbox.advance(1800)
    times.sandbox.add_history("5")
    times.sandbox.advance(1800)
    assert times.settle(3600) == "link_lost"
    assert times.sandbox.downloads_used == 0


@pytest.mark.parametrize("ahead", [-3, 3], ids=["behind", "ahead"])
def test_days_by_which_this_machine_is_wrong_do_not_hide_a_download(
    times: Times, ahead: int
) -> None:
    times.clocks.set_time_of_day(time.time() + ahead * 24 * 3600)
    times.lose_a_response(after_effect=True)
    assert times.settle(3600) in ("link_lost", "outcome_unknown")
    times.sandbox.advance(3600)
    assert times.settle(3600) == "link_lost"
    assert times.sandbox.downloads_used == 1


def test_without_dates_of_the_api_the_outcome_stays_unknown(
    world: World, origins: Origins, tmp_path: Path, clocks: Clocks
) -> None:
    client = client_of(world, origins, "https://unused.example/")
    origins.api.script(Reset())
    with pytest.raises(DownloadOutcomeUnknownError):
        save(world, client, tmp_path)
    cached = [
        {"Age": "7000", "Date": f"Thu, 01 Jan {year} 00:00:00 GMT"} for year in (2037, 2043, 2048)
    ]
    ago = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=60)
    for number, headers in enumerate([{"Date": ""}] * 3 + cached):
        clocks.set_time_of_day(time.time() + number * 3600)
        origins.api.script(history("8", date=ago, **headers))
        batch = client.downloads.save_images(["1"], tmp_path, settle_after=60)
        assert [it.outcome for it in world.items(batch)] == ["outcome_unknown"]
    assert methods(origins).count("POST") == 1


def test_settle_after_is_at_least_what_a_request_may_take(world: World, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        client = client_of_sandbox(world, sandbox, timeout=60)
        with pytest.raises(InvalidArgumentError, match=r"settle_after must be at least .* 60 sec"):
            [*world.items(client.downloads.save_images(["1"], tmp_path, settle_after=59))]
        assert not sandbox.requests


@pytest.mark.parametrize("dates", ["both", "old", "new", "strict-old", "strict-new"])
def test_a_look_up_works_with_either_spelling_of_the_dates(
    world: World, tmp_path: Path, dates: typing.Any
) -> None:
    with Sandbox(file_size=20_000, history_dates=dates) as sandbox:
        ago = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=45)
        sandbox.add_history("1", date=ago)
        client = client_of_sandbox(world, sandbox, timeout=60)
        sandbox.faults.add(Dropped(operation=ORDER, times=1, after_effect=True))
        sandbox.faults.add(Dropped(operation=ORDER, times=1, asset="6"))
        batch = client.downloads.save_images(["5", "6"], tmp_path, concurrency=1)
        assert [it.outcome for it in world.items(batch)] == ["outcome_unknown"] * 2
        batch = client.downloads.save_images(["5", "6"], tmp_path)
        outcomes = {it.id: it.outcome for it in world.items(batch)}
        assert outcomes == {"5": "link_lost", "6": "outcome_unknown"}
        sandbox.advance(60)
        batch = client.downloads.save_images(["6"], tmp_path, settle_after=60)
        assert [it.outcome for it in world.items(batch)] == ["saved"]


@pytest.mark.parametrize("recent", [0, 1], ids=["nothing else", "something recent"])
def test_a_history_that_ignores_the_dates_settles_nothing(
    world: World, origins: Origins, tmp_path: Path, recent: int
) -> None:
    """It lists the last 30 days, and the request that was lost is older."""
    client = client_of(world, origins, "https://unused.example/")
    origins.api.script(Reset())
    with pytest.raises(DownloadOutcomeUnknownError):
        save(world, client, tmp_path)
    for days in (40, 50, 60):
        later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
        date = email.utils.format_datetime(later, usegmt=True)
        origins.api.script(history(*["8"] * recent, date=later, Date=date))
        batch = client.downloads.save_images(["1"], tmp_path, settle_after=3600)
        assert [it.outcome for it in world.items(batch)] == ["outcome_unknown"]
    assert methods(origins).count("POST") == 1


@pytest.mark.parametrize("count", [2, 1], ids=["too short", "without an id"])
def test_a_history_that_may_leave_out_the_asset_settles_nothing(
    world: World, origins: Origins, tmp_path: Path, count: int
) -> None:
    client = client_of(world, origins, "https://unused.example/")
    origins.api.script(history("8"), Reset())
    world.do(client.downloads.get_downloads)
    with pytest.raises(DownloadOutcomeUnknownError):
        save(world, client, tmp_path)
    for days in (0, 1):
        later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
        record = {"id": "8" if count == 2 else None, "date_downloaded": later.isoformat()}
        headers = {"Date": email.utils.format_datetime(later, usegmt=True)}

        def page(request: Recorded) -> Reply:
            records = [record] if request.query["page"] == ["1"] else []  # noqa: B023
            body = {"result_count": count, "downloads": records}
            return Reply(200, body, headers=headers)  # noqa: B023

        origins.api.script(page)
        batch = client.downloads.save_images(["1"], tmp_path, settle_after=3600)
        assert [it.outcome for it in world.items(batch)] == ["outcome_unknown"]
    assert methods(origins).count("POST") == 1


def test_the_look_ups_of_a_batch_are_bounded_together(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    client = client_of(world, origins, "https://unused.example/", max_retries=0, timeout=2)
    origins.api.script(Reset())
    ids = [str(number) for number in range(8)]
    batch = client.downloads.save_images(ids, tmp_path)
    assert {it.outcome for it in world.items(batch)} == {"outcome_unknown"}
    origins.api.script(Reply(503))
    asked = len(origins.api.requests)
    batch = client.downloads.save_images(ids, tmp_path)
    assert {it.outcome for it in world.items(batch)} == {"outcome_unknown"}
    assert len(origins.api.requests) == asked + 1, "a history that fails is not asked for each"


@pytest.mark.parametrize("grant", ["refused", "no response"])
def test_a_401_whose_new_token_fails_leaves_nothing_to_settle(
    world: World, origins: Origins, tmp_path: Path, grant: str
) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri, max_retries=0)
        failing = Reply(503) if grant == "no response" else Reply(400, {"error": "invalid_client"})
        origins.tokens.script(token_reply(1), failing, token_reply(2))
        origins.api.script(Reply(401))
        with pytest.raises(GettyImagesError, match=r"token|refused") as caught:
            save(world, client, tmp_path)
        assert not isinstance(caught.value, DownloadOutcomeUnknownError)
        # A new client, as one does not send credentials again that were refused.
        client = client_of(world, origins, host.uri, max_retries=0)
        assert save(world, client, tmp_path).download_used
    assert methods(origins) == ["POST", "POST"], "the history is not looked up"
