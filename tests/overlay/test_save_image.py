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
    AsyncGettyImages,
    DownloadOutcomeUnknown,
    GettyImagesError,
    NotFoundError,
)
from gettyimages._calls.steps import Do, Send
from gettyimages._downloads.asking import Asking
from gettyimages._downloads.journal.journal import Journal
from gettyimages._downloads.resource import paid
from gettyimages._errors import (
    DownloadInProgressError,
    FileConflictError,
    StrandedError,
    UnsettledError,
)
from gettyimages.sandbox import (
    Dropped,
    ExpiredLink,
    HtmlBody,
    MalformedJson,
    Sandbox,
    ServerFailure,
    TooManyRequests,
    Truncated,
    WrongRange,
)

from .depot import CONTENT, SHA256, Broken, Depot, client_of, names, save
from .support.servers import ACCESS_TOKEN, Origins, Reply, Reset, Stall
from .support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")
OPERATION = "downloads.request_image_download"


def of(world: World, sandbox: Sandbox, **options: object) -> typing.Any:
    return world.client(**sandbox.client_options(**{"timeout": 2, **options}))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def state(folder: Path) -> list[str]:
    journal = Journal(folder)
    try:
        return [entry.state for entry in journal.entries()]
    finally:
        journal.close()


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


def test_options_reach_the_server_and_tell_files_apart(world: World, tmp_path: Path) -> None:
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


def test_the_file_has_the_mode_that_the_umask_says(world: World, tmp_path: Path) -> None:
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
def test_a_given_name_that_is_none_costs_nothing(world: World, tmp_path: Path, name: str) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        with pytest.raises(FileConflictError):
            world.do(client.downloads.save_image, "5", tmp_path, filename=name)
        with pytest.raises(GettyImagesError, match="overwrite must be one of"):
            world.do(client.downloads.save_image, "5", tmp_path, overwrite="yes")
        assert not sandbox.requests


@pytest.mark.parametrize("overwrite", ["skip", "error", "replace"])
def test_a_given_name_that_a_stranger_has(world: World, tmp_path: Path, overwrite: str) -> None:
    (tmp_path / "mine.jpg").write_bytes(b"precious")
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        options = {"filename": "mine.jpg", "overwrite": overwrite}
        if overwrite == "replace":
            world.do(client.downloads.save_image, "5", tmp_path, **options)
            assert digest(tmp_path / "mine.jpg") == sandbox.sha256("5")
        else:
            with pytest.raises(FileConflictError, match="is there already"):
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
def test_a_strangers_file_keeps_its_name(world: World, tmp_path: Path, overwrite: str) -> None:
    (tmp_path / "GettyImages-5.jpg").write_bytes(b"precious")
    (tmp_path / "GettyImages-5_2.jpg").mkdir()
    (tmp_path / "GettyImages-5_3.jpg").symlink_to(tmp_path / "nowhere")
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        file = world.do(client.downloads.save_image, "5", tmp_path, overwrite=overwrite)
        assert file.path.name == "GettyImages-5_4.jpg"
        assert (tmp_path / "GettyImages-5.jpg").read_bytes() == b"precious"
        assert not (tmp_path / "nowhere").exists()


def test_a_file_that_a_killed_run_had_placed_is_taken_over(world: World, tmp_path: Path) -> None:
    with Depot() as depot, Origins() as origins:
        client = client_of(world, origins, depot.uri)
        (tmp_path / "picture.jpg").write_bytes(CONTENT)
        assert save(world, client, tmp_path).path == tmp_path / "picture.jpg"
    assert names(tmp_path) == ["picture.jpg"]


def test_what_a_dead_run_has_left_is_removed(world: World, tmp_path: Path) -> None:
    from gettyimages._downloads.files.filesystem import FILES
    from gettyimages._downloads.files.part import Part
    from gettyimages._downloads.journal.entry import Asked

    part = Part(FILES, tmp_path, Asked(asset="1").key, "1")
    part.open()
    part.write([b"half"])
    with Depot(Reply(400)) as depot, Origins() as origins:
        client = client_of(world, origins, depot.uri)
        with pytest.raises(GettyImagesError):
            save(world, client, tmp_path)
        save(world, client, tmp_path)
    assert names(tmp_path) == ["picture.jpg"]


def test_replace_and_error(world: World, tmp_path: Path) -> None:
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
        sandbox.expire_links()
        again.path.unlink()
        with pytest.raises(StrandedError, match="allow_second_download=True"):
            world.do(client.downloads.save_image, "5", tmp_path)
        assert sandbox.downloads_used == 1
        paid = world.do(client.downloads.save_image, "5", tmp_path, allow_second_download=True)
        assert paid.download_used
        assert sandbox.downloads_used == 2
    assert names(tmp_path) == [first.path.name]


def test_a_link_found_dead_is_paid_again_only_if_allowed(world: World, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        sandbox.faults.add(HtmlBody(origin="delivery", times=1))
        with pytest.raises(GettyImagesError):
            world.do(client.downloads.save_image, "5", tmp_path)
        assert state(tmp_path) == ["linked"]
        sandbox.expire_links()
        file = world.do(client.downloads.save_image, "5", tmp_path, allow_second_download=True)
        assert file.download_used
        assert sandbox.downloads_used == 2


AMBIGUOUS = {
    "a reset": Dropped(operation=OPERATION, after_effect=True, times=1),
    "a failure": ServerFailure(operation=OPERATION, after_effect=True, times=1),
    "a broken body": MalformedJson(operation=OPERATION, status=200, times=1),
}


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_a_request_without_a_clear_answer_is_never_repeated(
    world: World, tmp_path: Path, kind: str
) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        fault = AMBIGUOUS[kind]
        sandbox.faults.add(fault)
        with pytest.raises(GettyImagesError) as caught:
            world.do(client.downloads.save_image, "5", tmp_path, auto_download=False)
        if kind != "a broken body":
            assert isinstance(caught.value, DownloadOutcomeUnknown)
            assert world.do(client.downloads.was_charged, "5", since=caught.value.since)
        assert state(tmp_path) == ["intent"]
        assert sandbox.downloads_used == 1
        with pytest.raises(StrandedError, match="it was paid for at"):
            world.do(client.downloads.save_image, "5", tmp_path)
        assert state(tmp_path) == ["stranded"]
        with pytest.raises(StrandedError):
            world.do(client.downloads.save_image, "5", tmp_path)
        assert sandbox.downloads_used == 1
        assert world.do(
            client.downloads.save_image, "5", tmp_path, allow_second_download=True
        ).download_used
        assert sandbox.downloads_used == 2


def test_what_the_history_does_not_show_is_unsettled(world: World, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        client = of(world, sandbox)
        sandbox.faults.add(Dropped(operation=OPERATION, times=1))
        with pytest.raises(DownloadOutcomeUnknown):
            world.do(client.downloads.save_image, "5", tmp_path)
        with pytest.raises(UnsettledError, match="settle_after="):
            world.do(client.downloads.save_image, "5", tmp_path)
        assert state(tmp_path) == ["intent"]
        assert sandbox.downloads_used == 0


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
    assert state(tmp_path) == ["saved"]
    assert names(tmp_path) == ["GettyImages-6.jpg"]


def test_a_redirect_that_leads_nowhere_good_is_stranded(world: World, tmp_path: Path) -> None:
    with Origins() as origins:
        client = client_of(world, origins, "http://delivery.example/x")
        for _ in range(2):
            with pytest.raises(StrandedError):
                save(world, client, tmp_path)
        assert len(origins.api.requests) == 1
    assert state(tmp_path) == ["stranded"]


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


def test_an_expired_link_is_stranded(world: World, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        sandbox.faults.add(ExpiredLink(origin="delivery", times=1))
        client = of(world, sandbox)
        with pytest.raises(StrandedError):
            world.do(client.downloads.save_image, "5", tmp_path)
        with pytest.raises(StrandedError):
            world.do(client.downloads.save_image, "5", tmp_path)
        assert sandbox.downloads_used == 1
    assert state(tmp_path) == ["stranded"]


def test_progress_takes_back_what_is_repeated(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    seen: list[tuple[int, int | None]] = []

    async def report(done: int, total: int | None) -> None:
        seen.append((done, total))

    with Depot(Broken(2_200_000), ETag='W/"weak"') as depot:
        client = client_of(world, origins, depot.uri)
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

    with Depot() as depot:
        client = client_of(world, origins, depot.uri)
        with pytest.raises(ZeroDivisionError):
            save(world, client, tmp_path, on_progress=fail)
        assert names(tmp_path) == []
        assert not save(world, client, tmp_path).download_used
    assert len(origins.api.requests) == 1


def test_an_interruption_parks_the_file(world: World, origins: Origins, tmp_path: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with Depot() as depot:
        client = client_of(world, origins, depot.uri)
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
    def stalled(depot: Depot, request: typing.Any) -> Stall:
        reply = depot.whole(request)
        return Stall(reply.head() + reply.body[:1_500_000])

    async def cancelled(client: typing.Any) -> None:
        task = asyncio.create_task(client.downloads.save_image("1", tmp_path))
        await asyncio.sleep(0.4)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with Depot(stalled) as depot:
        client = client_of(world, origins, depot.uri, timeout=20)
        if where == "api":
            origins.api.script(Stall())
        world.do(cancelled, client)
        assert names(tmp_path) == []
        assert state(tmp_path) == ["intent" if where == "api" else "linked"]
        if where == "delivery":
            assert not save(world, client, tmp_path).download_used


def test_two_calls_for_the_same_file_pay_once(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with Depot() as depot:
        client = client_of(world, origins, depot.uri)
        origins.api.script(Reply(303, headers={"Location": depot.uri}, after=0.3))

        def call() -> typing.Any:
            return client.downloads.save_image("1", tmp_path)

        results = world.together(*[call] * 4)
    assert len(origins.api.requests) == 1
    files = [result for result in results if not isinstance(result, Exception)]
    assert [file.sha256 for file in files if file.download_used] == [SHA256]
    assert all(
        isinstance(result, DownloadInProgressError) for result in results if result not in files
    )


def test_a_reset_of_the_request_is_a_doubt(world: World, origins: Origins, tmp_path: Path) -> None:
    client = client_of(world, origins, "https://unused.example/")
    origins.api.script(Reset())
    with pytest.raises(DownloadOutcomeUnknown):
        save(world, client, tmp_path)
    origins.api.script(
        Reply(
            200,
            {
                "result_count": 1,
                "downloads": [
                    {"id": "1", "date_downloaded": datetime.datetime.now(datetime.UTC).isoformat()}
                ],
            },
        )
    )
    with pytest.raises(StrandedError):
        save(world, client, tmp_path)
    assert [request.method for request in origins.api.requests] == ["POST", "GET"]


def test_what_is_raised_before_sending_is_no_doubt(world: World, origins: Origins) -> None:
    client = world.client(**origins.options(api_secret=None, access_token=ACCESS_TOKEN))
    told: list[str] = []
    asking = Asking(paid("1", {}), client._exchanger, client._settings)
    call = asking.answer(lambda: told.append("told"), lambda: told.append("again"))
    effect = next(call)
    assert isinstance(effect, Do)
    assert not asking.is_open
    effect.function()
    assert isinstance(call.send(None), Send)
    assert asking.is_open
    with pytest.raises(GettyImagesError, match="closed"):
        call.throw(GettyImagesError("the client is closed"))
    assert not asking.is_open
    assert told == ["told"]


def test_a_client_without_a_connection_pays_nothing(world: World, tmp_path: Path) -> None:
    from gettyimages import APIConnectionError

    with Origins() as origins:
        options = origins.options(timeout=2, max_retries=0)
    client = world.client(**options)
    with pytest.raises(APIConnectionError):
        save(world, client, tmp_path)
    assert state(tmp_path) == []
