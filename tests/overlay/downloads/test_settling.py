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
from tests.overlay.downloads.support.seams import let_journals_read_the_moved_clock
from tests.overlay.support.clocks import Clocks
from tests.overlay.support.servers import Origins, Recorded, Reply, Reset, token_reply
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")

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


def test_what_the_history_does_not_show_stays_unsettled(world: World, tmp_path: Path) -> None:
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
        batch = client.downloads.save_images(["1"], tmp_path, settle_after=0)
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
    with Origins() as away:
        elsewhere = world.client(**away.options(max_retries=0))
    with pytest.raises(GettyImagesError):
        save(world, elsewhere, tmp_path, allow_repurchase=True)
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
    _, summary = run(settle_after=0)
    assert (summary.link_lost, summary.saved) == (10, 20)
    _, summary = run(allow_repurchase=True)
    assert (summary.saved, summary.skipped) == (10, 20)
    expected = dict.fromkeys(ids[:10], 2) | dict.fromkeys(ids[10:], 1)
    assert sandbox.download_counts == expected


@pytest.mark.slow
def test_a_history_that_was_read_too_early_settles_nothing(world: World, tmp_path: Path) -> None:
    # A machine that is too busy to begin in time gets more of it.
    assert any(read_too_early(world, tmp_path / str(lag), lag) for lag in (1.0, 8.0, 30.0))


def read_too_early(world: World, folder: Path, lag: float) -> bool:
    """Let the history be read within the lag, and what it did not show appear after that.

    Returns:
        Whether this machine was fast enough for it.
    """
    began: list[float] = []
    with Sandbox(file_size=20_000) as sandbox:
        client = client_of_sandbox(world, sandbox)
        sandbox.faults.add(Dropped(operation=ORDER, times=1))
        with pytest.raises(DownloadOutcomeUnknownError):
            world.do(client.downloads.save_image, "30", folder)
        requested = time.monotonic()

        def ids() -> Iterator[str]:
            began.append(time.monotonic())  # the history was read before
            yield "1"
            time.sleep(max(0.0, requested + lag + 0.1 - time.monotonic()))
            sandbox.add_history("30")
            yield "30"

        batch = world.do(client.downloads.save_images, ids(), folder, settle_after=lag)
        outcomes = {it.id: it.outcome for it in world.items(batch)}
        if began[0] - requested > lag * 0.9:
            return False
        assert outcomes == {"1": "saved", "30": "link_lost"}
        assert sandbox.downloads_used == 1
        return True


@pytest.mark.parametrize("when", ["before a retry", "before the response"])
def test_settle_after_counts_from_the_last_request(
    world: World,
    origins: Origins,
    tmp_path: Path,
    clocks: Clocks,
    monkeypatch: pytest.MonkeyPatch,
    when: str,
) -> None:
    let_journals_read_the_moved_clock(monkeypatch)

    def passing(status: int) -> typing.Callable[[Recorded], Reply]:
        def respond(_: Recorded) -> Reply:
            clocks.advance(100)
            return Reply(status, headers={"Retry-After": "0"})

        return respond

    client = client_of(world, origins, "https://unused.example/", timeout=900, step_timeout=600)
    if when == "before a retry":
        origins.api.script(passing(429), Reply(504))
    else:
        origins.api.script(passing(504))
    with pytest.raises(DownloadOutcomeUnknownError):
        save(world, client, tmp_path)
    paid = methods(origins).count("POST")
    origins.api.script(history())
    batch = client.downloads.save_images(["1"], tmp_path, settle_after=50)
    assert [it.outcome for it in world.items(batch)] == ["outcome_unknown"]
    assert methods(origins).count("POST") == paid


@pytest.mark.parametrize("grant", ["refused", "not answered"])
def test_a_401_whose_new_token_fails_leaves_nothing_to_settle(
    world: World, origins: Origins, tmp_path: Path, grant: str
) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri, max_retries=0)
        failing = Reply(503) if grant == "not answered" else Reply(400, {"error": "invalid_client"})
        origins.tokens.script(token_reply(1), failing, token_reply(2))
        origins.api.script(Reply(401))
        with pytest.raises(GettyImagesError, match=r"token|refused") as caught:
            save(world, client, tmp_path)
        assert not isinstance(caught.value, DownloadOutcomeUnknownError)
        origins.api.script(Reply(303, headers={"Location": host.uri}))
        assert save(world, client, tmp_path).download_used
    assert methods(origins) == ["POST", "POST"], "the history is not looked up"
