"""One process at a time reads a channel if its readers share a journal."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
import typing
from pathlib import Path

import pytest

from gettyimages import AsyncGettyImages, ChangeSetError, JournalError, ServerError
from gettyimages.sandbox import Sandbox, ServerFailure
from tests.overlay.downloads.support.databases import end_sessions, new_database
from tests.overlay.downloads.support.processes import ENVIRONMENT, wait_until
from tests.overlay.downloads.support.sandboxes import client_of, options_of
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow

CHANNEL = 5


@pytest.fixture(params=["file", "database"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A journal that others can share."""
    return str(tmp_path / "journal.sqlite") if request.param == "file" else new_database()


def sets(world: World, client: typing.Any, journal: str, **options: object) -> typing.Any:
    return client.asset_changes.change_sets(CHANNEL, journal=journal, **options)


def looks(sandbox: Sandbox) -> int:
    """How many requests for a change set have reached it."""
    return sum(it.path.endswith("/change-sets") for it in sandbox.requests)


def test_a_channel_has_one_reader_until_that_ends(
    world: World, sandbox: Sandbox, journal: str
) -> None:
    sandbox.add_notifications(CHANNEL, 3)
    first, second = client_of(world, sandbox), client_of(world, sandbox)
    for change_set in world.items(sets(world, first, journal, batch_size=2)):
        with pytest.raises(ChangeSetError, match="is being read by another process"):
            next(world.items(sets(world, second, journal)))
        world.do(change_set.confirm)
    assert next(world.items(sets(world, second, journal)), None) is None


def test_a_block_gives_the_channel_up(world: World, sandbox: Sandbox, journal: str) -> None:
    sandbox.add_notifications(CHANNEL, 1)
    first, second = client_of(world, sandbox), client_of(world, sandbox)
    with world.inside(sets(world, first, journal)) as reading:
        next(world.items(reading))
    with world.inside(sets(world, second, journal)) as reading:
        change_set = next(world.items(reading))
        assert len(change_set.changed_assets) == 1, "what was not confirmed is delivered again"


def test_an_error_gives_the_channel_up(world: World, sandbox: Sandbox, journal: str) -> None:
    sandbox.add_notifications(CHANNEL, 1)
    sandbox.faults.add(ServerFailure(operation="asset_changes.get_change_set", times=1))
    client = client_of(world, sandbox, max_retries=0)
    failed, unconfirmed, last = (sets(world, client, journal) for _ in range(3))
    with pytest.raises(ServerError):
        next(world.items(failed))
    with pytest.raises(ChangeSetError, match="has not been confirmed"):
        [*world.items(unconfirmed)]
    for change_set in world.items(last):
        world.do(change_set.confirm)
    assert sandbox.notification_count(CHANNEL) == 0


def test_a_cancellation_gives_the_channel_up(sandbox: Sandbox, journal: str) -> None:
    sandbox.add_notifications(CHANNEL, 1)

    async def read(change_sets: typing.Any) -> None:
        async for change_set in change_sets:
            await change_set.confirm()

    async def main() -> None:
        async with AsyncGettyImages(**options_of(sandbox)) as client:
            first = client.asset_changes.change_sets(CHANNEL, journal=journal, follow=True)
            reading = asyncio.create_task(read(first))
            await asyncio.to_thread(wait_until, lambda: looks(sandbox) == 2)
            reading.cancel()
            await asyncio.wait([reading])
            assert reading.cancelled()
            await read(client.asset_changes.change_sets(CHANNEL, journal=journal))

    asyncio.run(main())


def test_one_that_follows_takes_over_when_the_reader_was_killed(
    world: World, sandbox: Sandbox, journal: str
) -> None:
    sandbox.add_notifications(CHANNEL, 1)
    code = f"""
        import time
        from gettyimages import GettyImages
        with GettyImages() as client:
            change_sets = client.asset_changes.change_sets({CHANNEL}, journal={journal!r})
            print(next(change_sets).change_set_id, flush=True)
            time.sleep(600)
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    environment = {**ENVIRONMENT, **sandbox.env()}
    client = client_of(world, sandbox)
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process,
        world.inside(sets(world, client, journal, follow=True, poll=1)) as follower,
    ):
        assert process.stdout is not None
        other = process.stdout.readline().strip()
        with pytest.raises(ChangeSetError):
            next(world.items(sets(world, client, journal)))
        process.kill()
        process.wait()
        assert next(world.items(follower)).change_set_id == other


def test_a_reader_whose_session_was_ended_goes_on_unless_another_one_reads(
    world: World, sandbox: Sandbox
) -> None:
    journal = new_database()
    sandbox.add_notifications(CHANNEL, 3)
    first, second = client_of(world, sandbox), client_of(world, sandbox)
    with (
        world.inside(sets(world, first, journal, batch_size=1)) as reading,
        world.inside(sets(world, second, journal)) as others,
    ):
        items = world.items(reading)
        world.do(next(items).confirm)
        end_sessions(journal)
        world.do(next(items).confirm)
        end_sessions(journal)
        change_set = next(world.items(others))
        with pytest.raises(JournalError, match="another process"):
            next(items)
        world.do(change_set.confirm)
