"""An image is saved: whole, once, under a name of its own, and paid for once."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import stat
import typing
from pathlib import Path

import pytest

from gettyimages import (
    APIConnectionError,
    AsyncGettyImages,
    DownloadInProgressError,
    DownloadOutcomeUnknownError,
    FileConflictError,
    GettyImagesError,
    InvalidArgumentError,
    LinkLostError,
    NotFoundError,
    TransferError,
)
from gettyimages.sandbox import (
    Dropped,
    ExpiredLink,
    HtmlBody,
    Sandbox,
    ServerFailure,
    TooManyRequests,
    Truncated,
    WrongRange,
)
from tests.overlay.downloads.support.delivery_host import (
    CONTENT,
    SHA256,
    Broken,
    DeliveryHost,
    Stalled,
    client_of,
    history,
    methods,
    names,
    parts,
    save,
)
from tests.overlay.downloads.support.sandboxes import client_of as client_of_sandbox
from tests.overlay.downloads.support.sandboxes import fetches, lookups
from tests.overlay.support.servers import Origins, Recorded, Reply, Stall
from tests.overlay.support.worlds import World

AGO = datetime.timedelta(days=60)
"""Older than the window of the history that is listed by default."""

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]


def of(world: World, sandbox: Sandbox, **options: object) -> typing.Any:
    return client_of_sandbox(world, sandbox, **{"timeout": 2, **options})


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_one_call_saves_one_picture_and_the_same_call_pays_nothing(
    world: World, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "photos"
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        first = world.do(client.downloads.save_image, "1167612765", str(folder))
        assert first.path == folder / "GettyImages-1167612765.jpg"
        assert first.sha256 == digest(first.path) == sandbox.sha256("1167612765")
        assert first.size == sandbox.size("1167612765")
        assert (first.content_type, first.download_used, first.skipped) == (
            "image/jpeg", True, False,
        )  # fmt: skip
        again = world.do(client.downloads.save_image, "1167612765", folder)
        assert (again.path, again.size, again.sha256) == (first.path, first.size, first.sha256)
        assert (again.content_type, again.download_used, again.skipped) == (
            "image/jpeg", False, True,
        )  # fmt: skip
        assert sandbox.downloads_used == 1
        assert not sandbox.problems
    assert names(folder) == [first.path.name]
    assert parts(folder) == []


def test_each_form_of_an_image_is_a_file_and_a_download_of_its_own(
    world: World, tmp_path: Path
) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        kinds: list[dict[str, object]] = [
            {}, {"height": 100}, {"file_type": "eps"},
            {"auto_download": False, "height": 200, "download_notes": "x", "product_id": 7},
        ]  # fmt: skip
        files: list[typing.Any] = []
        for _ in range(2):
            files = [world.do(client.downloads.save_image, "5", tmp_path, **kind) for kind in kinds]
        assert sandbox.downloads_used == 4
        assert [file.path.name for file in files] == [
            "GettyImages-5.jpg", "GettyImages-5_2.jpg", "GettyImages-5.eps", "GettyImages-5_3.jpg",
        ]  # fmt: skip
        assert digest(files[1].path) == sandbox.sha256("5", height=100)
        assert digest(files[2].path) == sandbox.sha256("5", file_type="eps")
        world.do(client.downloads.save_image, "5", tmp_path, download_notes="other notes")
        assert sandbox.downloads_used == 4


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_credential_ever_reaches_a_delivery_host(
    world: World, tmp_path: Path, status: int
) -> None:
    with Sandbox(
        redirect_status=status, delivery_redirects=2, delivery_redirect_status=status
    ) as sandbox:
        client = of(world, sandbox)
        for number, relative in enumerate((False, True)):
            sandbox.relative_location = relative
            world.do(client.downloads.save_image, str(number), tmp_path)
        seen = [dict(request.headers) for request in sandbox.requests if "/files/" in request.path]
    assert len(seen) >= 6
    for headers in seen:
        assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


def test_the_umask_decides_the_mode_of_the_file_and_not_of_the_journal(
    world: World, tmp_path: Path
) -> None:
    import os

    with Sandbox() as sandbox:
        client = of(world, sandbox)
        before = os.umask(0o027)
        try:
            file = world.do(client.downloads.save_image, "5", tmp_path)
        finally:
            os.umask(before)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o640
    journal = tmp_path / ".gettyimages-journal.sqlite"
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_a_given_name_is_used(world: World, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        file = world.do(client.downloads.save_image, "5", tmp_path, filename="mine.jpg")
        assert file.path == tmp_path / "mine.jpg"
        assert names(tmp_path) == ["mine.jpg"]


@pytest.mark.parametrize("name", ["", "..", "a/b", "../x", "a\0", ".gettyimages-x"])
def test_a_name_that_cannot_be_a_file_costs_nothing(
    world: World, tmp_path: Path, name: str
) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        with pytest.raises(InvalidArgumentError, match="filename must"):
            world.do(client.downloads.save_image, "5", tmp_path, filename=name)
        with pytest.raises(GettyImagesError, match="overwrite must be one of"):
            world.do(client.downloads.save_image, "5", tmp_path, overwrite="yes")
        assert not sandbox.requests


@pytest.mark.parametrize("overwrite", ["skip", "error", "replace"])
def test_a_given_name_that_another_file_has_is_replaced_only_on_request(
    world: World, tmp_path: Path, overwrite: str
) -> None:
    (tmp_path / "mine.jpg").write_bytes(b"precious")
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        options = {"filename": "mine.jpg", "overwrite": overwrite}
        if overwrite == "replace":
            world.do(client.downloads.save_image, "5", tmp_path, **options)
            assert digest(tmp_path / "mine.jpg") == sandbox.sha256("5")
        else:
            with pytest.raises(FileConflictError, match="exists and is another file"):
                world.do(client.downloads.save_image, "5", tmp_path, **options)
            assert (tmp_path / "mine.jpg").read_bytes() == b"precious"
            assert sandbox.downloads_used == 0
    assert names(tmp_path) == ["mine.jpg"]


def test_no_asset_ever_takes_the_name_of_another(world: World, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        world.do(client.downloads.save_image, "5", tmp_path, filename="mine.jpg")
        for overwrite in ("skip", "error", "replace"):
            with pytest.raises(FileConflictError):
                world.do(
                    client.downloads.save_image, "6", tmp_path,
                    filename="mine.jpg", overwrite=overwrite,
                )  # fmt: skip
        assert digest(tmp_path / "mine.jpg") == sandbox.sha256("5")
        assert sandbox.downloads_used == 1


@pytest.mark.parametrize("overwrite", ["skip", "replace"])
def test_a_file_that_the_journal_does_not_know_keeps_its_name(
    world: World, tmp_path: Path, overwrite: str
) -> None:
    (tmp_path / "GettyImages-5.jpg").write_bytes(b"precious")
    (tmp_path / "GettyImages-5_2.jpg").mkdir()
    (tmp_path / "GettyImages-5_3.jpg").symlink_to(tmp_path / "nowhere")
    with Sandbox() as sandbox:
        sandbox.add_history("6", date=datetime.datetime.now(datetime.UTC) - AGO)
        client = of(world, sandbox)
        file = world.do(client.downloads.save_image, "5", tmp_path, overwrite=overwrite)
        assert file.path.name == "GettyImages-5_4.jpg"
        assert (tmp_path / "GettyImages-5.jpg").read_bytes() == b"precious"
        assert not (tmp_path / "nowhere").exists()


def test_a_file_that_a_killed_run_had_placed_is_taken_over(world: World, tmp_path: Path) -> None:
    with DeliveryHost() as host, Origins() as origins:
        client = client_of(world, origins, host.uri)
        (tmp_path / "picture.jpg").write_bytes(CONTENT)
        assert save(world, client, tmp_path).path == tmp_path / "picture.jpg"
    assert names(tmp_path) == ["picture.jpg"]


def test_a_file_that_is_there_is_replaced_or_refused_as_the_caller_says(
    world: World, tmp_path: Path
) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        first = world.do(client.downloads.save_image, "5", tmp_path)
        with pytest.raises(FileConflictError, match="overwrite is 'error'"):
            world.do(client.downloads.save_image, "5", tmp_path, overwrite="error")
        first.path.write_bytes(b"changed")
        again = world.do(client.downloads.save_image, "5", tmp_path, overwrite="replace")
        assert (again.path, again.sha256) == (first.path, first.sha256)
        assert not again.download_used
        assert digest(again.path) == again.sha256
        assert sandbox.downloads_used == 1
    assert names(tmp_path) == [first.path.name]


def test_a_file_that_vanished_comes_back_by_its_link(world: World, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        first = world.do(client.downloads.save_image, "5", tmp_path)
        first.path.unlink()
        again = world.do(client.downloads.save_image, "5", tmp_path)
        assert (again.path, again.download_used, again.skipped) == (first.path, False, False)
        sandbox.advance(25 * 3600)
        again.path.unlink()
        with pytest.raises(LinkLostError, match="allow_repurchase=True"):
            world.do(client.downloads.save_image, "5", tmp_path)
        assert sandbox.downloads_used == 1
        paid = world.do(client.downloads.save_image, "5", tmp_path, allow_repurchase=True)
        assert paid.download_used
        assert sandbox.downloads_used == 2
    assert names(tmp_path) == [first.path.name]


def test_a_link_found_dead_is_paid_again_only_if_allowed(world: World, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        sandbox.faults.add(HtmlBody(origin="delivery", times=1))
        with pytest.raises(GettyImagesError):
            world.do(client.downloads.save_image, "5", tmp_path)
        sandbox.expire_links()
        file = world.do(client.downloads.save_image, "5", tmp_path, allow_repurchase=True)
        assert file.download_used
        assert sandbox.downloads_used == 2


@pytest.mark.parametrize("fault", [TooManyRequests(times=2), Dropped(origin="token", times=1)])
def test_a_request_that_certainly_did_nothing_is_repeated(
    world: World, tmp_path: Path, fault: typing.Any
) -> None:
    with Sandbox() as sandbox:
        sandbox.faults.add(fault)
        client = of(world, sandbox)
        assert world.do(client.downloads.save_image, "5", tmp_path).download_used
        assert sandbox.downloads_used == 1


def test_a_refusal_leaves_nothing_behind(world: World, tmp_path: Path) -> None:
    with Sandbox(missing=["5"], allowance=1) as sandbox:
        client = of(world, sandbox)
        with pytest.raises(NotFoundError):
            world.do(client.downloads.save_image, "5", tmp_path)
        world.do(client.downloads.save_image, "6", tmp_path)
        with pytest.raises(GettyImagesError, match="OverageLimitReached"):
            world.do(client.downloads.save_image, "7", tmp_path)
        sandbox.missing, sandbox.allowance = [], None
        for asset in "57":  # they are requested at once: nothing has to be looked up before
            assert world.do(client.downloads.save_image, asset, tmp_path).download_used
        assert lookups(sandbox) == 0


def test_a_redirect_to_an_address_that_cannot_be_used_is_a_lost_link(
    world: World, tmp_path: Path
) -> None:
    with Origins() as origins:
        client = client_of(world, origins, "http://delivery.example/x")
        for _ in range(2):
            with pytest.raises(LinkLostError):
                save(world, client, tmp_path)
        assert methods(origins) == ["POST"]


@pytest.mark.parametrize(
    "fault",
    [
        ServerFailure(origin="delivery", times=3),
        Dropped(origin="delivery", times=3),
        Truncated(origin="delivery", times=3),
        WrongRange(part="bytes", times=1),
        WrongRange(part="header", times=1),
    ],
    ids=lambda fault: f"{type(fault).__name__} {getattr(fault, 'part', '')}",
)
def test_faults_of_the_delivery_host_cost_nothing(
    world: World, tmp_path: Path, fault: typing.Any
) -> None:
    with Sandbox(file_size=3_000_000) as sandbox:
        if isinstance(fault, WrongRange):
            sandbox.faults.add(Truncated(origin="delivery", times=1))
        sandbox.faults.add(fault)
        client = of(world, sandbox)
        file = world.do(client.downloads.save_image, "5", tmp_path)
        assert digest(file.path) == sandbox.sha256("5")
        assert sandbox.downloads_used == 1
        assert not sandbox.problems
    assert names(tmp_path) == [file.path.name]


def test_a_link_is_lost_once_a_server_dates_its_end(world: World, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        sandbox.faults.add(ExpiredLink(origin="delivery", times=1))
        client = of(world, sandbox)
        for _ in range(2):
            with pytest.raises(TransferError) as caught:
                world.do(client.downloads.save_image, "5", tmp_path)
            assert caught.value.link_valid_until is not None
        assert fetches(sandbox) == 2, "it is kept and tried again"
        sandbox.advance(25 * 3600)
        for _ in range(2):
            with pytest.raises(LinkLostError):
                world.do(client.downloads.save_image, "5", tmp_path)
        assert sandbox.downloads_used == 1
        assert fetches(sandbox) == 3, "once it is known to be lost, it is not tried again"


def test_progress_takes_back_what_is_repeated(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    seen: list[tuple[int, int | None]] = []

    async def report(done: int, total: int | None) -> None:
        seen.append((done, total))

    with DeliveryHost(Broken(2_200_000), ETag='W/"weak"') as host:
        client = client_of(world, origins, host.uri)
        function = report if world.is_async else lambda *args: seen.append(args)
        save(world, client, tmp_path, on_progress=function)
    size = len(CONTENT)
    assert {total for _, total in seen} == {size}
    steps = [done for done, _ in seen]
    zero = steps.index(0)
    assert 1_000_000 < max(steps[:zero]) <= 2_200_000
    assert steps[:zero] == sorted(steps[:zero])
    assert steps[zero:] == sorted(steps[zero:])
    assert steps[-1] == size


def test_a_progress_function_that_fails_parks_the_file(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def fail(done: int, _: int | None) -> None:
        raise ZeroDivisionError(done)

    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(ZeroDivisionError):
            save(world, client, tmp_path, on_progress=fail)
        assert names(tmp_path) == []
        assert not save(world, client, tmp_path).download_used
    assert len(origins.api.requests) == 1


def test_an_interruption_parks_the_file(world: World, origins: Origins, tmp_path: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(KeyboardInterrupt):
            save(world, client, tmp_path, on_progress=interrupt)
        if world.is_async:
            return  # the runner does not survive it
        assert names(tmp_path) == []
        assert save(world, client, tmp_path).sha256 == SHA256
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize("world", [AsyncGettyImages], indirect=True, ids=["asyncio"])
@pytest.mark.parametrize("where", ["api", "delivery"])
def test_a_cancelled_task_parks_the_file(
    world: World, origins: Origins, tmp_path: Path, where: str
) -> None:
    async def cancelled(client: typing.Any, requests: list[Recorded]) -> None:
        task = asyncio.create_task(client.downloads.save_image("1", tmp_path))
        while not requests:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with DeliveryHost(Stalled(1_500_000)) as host:
        client = client_of(world, origins, host.uri, step_timeout=20, timeout=3)
        if where == "api":
            origins.api.script(Stall())
        world.do(cancelled, client, origins.api.requests if where == "api" else host.requests)
        assert names(tmp_path) == []
        if where == "api":
            origins.api.script(history())
            with pytest.raises(DownloadOutcomeUnknownError):
                save(world, client, tmp_path)
            assert methods(origins) == ["POST", "GET"]
        else:
            assert not save(world, client, tmp_path).download_used
            assert methods(origins) == ["POST"]


def test_calls_at_the_same_time_for_the_same_file_pay_once(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        origins.api.script(Reply(303, headers={"Location": host.uri}, after=0.3))

        def call() -> typing.Any:
            return client.downloads.save_image("1", tmp_path)

        results = world.together(*[call] * 4)
    assert len(origins.api.requests) == 1
    files = [result for result in results if not isinstance(result, Exception)]
    assert [file.sha256 for file in files if file.download_used] == [SHA256]
    assert all(
        isinstance(result, DownloadInProgressError) for result in results if result not in files
    )


def test_a_client_without_a_connection_pays_nothing(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with origins.api.refusing(), origins.tokens.refusing(), pytest.raises(APIConnectionError):
        save(world, world.client(**origins.options(step_timeout=2, max_retries=0)), tmp_path)
    with DeliveryHost() as host:
        assert save(world, client_of(world, origins, host.uri), tmp_path).download_used
    assert methods(origins) == ["POST"], "there is nothing to look up"


def test_a_closed_client_requests_nothing_and_leaves_nothing_to_settle(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    client = world.client(**origins.options())
    world.do(client.aclose if world.is_async else client.close)
    with pytest.raises(GettyImagesError, match="closed"):
        save(world, client, tmp_path)
    with DeliveryHost() as host:
        assert save(world, client_of(world, origins, host.uri), tmp_path).download_used
    assert methods(origins) == ["POST"]


def test_the_same_file_type_in_capitals_is_the_same_file(world: World, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        world.do(client.downloads.save_image, "5", tmp_path, file_type="eps")
        assert world.do(client.downloads.save_image, "5", tmp_path, file_type="EPS").skipped
        assert sandbox.downloads_used == 1


def test_a_second_download_that_is_refused_leaves_the_saved_file_known(
    world: World, tmp_path: Path
) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        world.do(client.downloads.save_image, "5", tmp_path)
        sandbox.expire_links()
        sandbox.missing = ["5"]
        with pytest.raises(NotFoundError):
            world.do(
                client.downloads.save_image, "5", tmp_path,
                overwrite="replace", allow_repurchase=True,
            )  # fmt: skip
        assert world.do(client.downloads.save_image, "5", tmp_path).skipped
        assert sandbox.downloads_used == 1


def test_another_file_name_for_a_file_that_is_there_is_an_error_that_says_where_it_is(
    world: World, tmp_path: Path
) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        first = world.do(client.downloads.save_image, "5", tmp_path)
        with pytest.raises(FileConflictError, match=first.path.name):
            world.do(client.downloads.save_image, "5", tmp_path, filename="cover.jpg")
        again = world.do(client.downloads.save_image, "5", tmp_path, filename=first.path.name)
        assert again.skipped
        replaced = world.do(
            client.downloads.save_image, "5", tmp_path, filename="cover.jpg", overwrite="replace"
        )
        assert replaced.path == tmp_path / "cover.jpg"
        assert world.do(client.downloads.save_image, "5", tmp_path, filename="cover.jpg").skipped
        assert sandbox.downloads_used == 1
