"""A journal belongs to one environment, and an unknown outcome to one account."""

from __future__ import annotations

import contextlib
import datetime
import typing
from pathlib import Path

import pytest

from gettyimages import (
    DownloadOutcomeUnknownError,
    InvalidArgumentError,
    JournalError,
)
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support.batches import outcomes, run
from tests.overlay.downloads.support.delivery_host import names, own_files
from tests.overlay.downloads.support.fates import Fate, Fates
from tests.overlay.downloads.support.journals import (
    JOURNAL,
    bytes_of,
    columns,
    damaged,
    page_size,
    sqlite,
)
from tests.overlay.downloads.support.sandboxes import client_of
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow


def test_a_folder_of_the_sandbox_is_refused_by_a_client_of_production(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    first = client_of(world, sandbox)
    link = world.do(first.downloads.request_link, "2")
    world.do(first.downloads.save_image, "1", tmp_path)
    count = len(sandbox.requests)
    client = world.client(api_key="k", access_token="t")
    calls = (
        lambda: client.downloads.save_image("1", tmp_path),
        lambda: client.downloads.save_link(link, tmp_path),
    )
    words = r"belongs to sandbox, and this client to api\.gettyimages\.com"
    for call in calls:
        with pytest.raises(JournalError, match=words):
            world.do(call)
    for dry_run in (True, False):
        with pytest.raises(JournalError, match=words):
            run(world, client, ["1", "2"], tmp_path, dry_run=dry_run)
    assert len(sandbox.requests) == count
    assert world.do(first.downloads.save_image, "1", tmp_path).skipped


def test_a_dry_run_in_a_new_folder_leaves_it_to_any_environment(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    run(world, client_of(world, sandbox), ["1"], tmp_path, dry_run=True)
    assert own_files(tmp_path) == []
    client = client_of(world, sandbox, environment="production")
    assert world.do(client.downloads.save_image, "1", tmp_path).download_used


def test_all_servers_of_this_machine_are_one_environment(world: World, tmp_path: Path) -> None:
    for expected in (True, False):
        with Sandbox() as sandbox:  # on other ports each time
            client = client_of(world, sandbox)
            assert world.do(client.downloads.save_image, "1", tmp_path).download_used == expected


@pytest.mark.parametrize("name", ["", 7, "a\nb"])
def test_what_is_no_name_of_an_environment_is_refused(world: World, name: object) -> None:
    with pytest.raises(InvalidArgumentError, match="environment must be"):
        world.client(api_key="k", environment=name)


def test_a_damaged_journal_keeps_its_environment(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox, environment="first")
    ids = [str(number) for number in range(1, 41)]
    run(world, client, ids, tmp_path)
    path = tmp_path / JOURNAL
    content = bytearray(path.read_bytes())
    content[-page_size(tmp_path) :] = b"\xa5" * page_size(tmp_path)
    path.write_bytes(content)
    with pytest.raises(JournalError, match="belongs to first,"):
        world.do(client_of(world, sandbox).downloads.save_image, "1", tmp_path)
    assert damaged(tmp_path) == [f"{JOURNAL}.damaged-1"]
    assert sandbox.downloads_used == 40


def test_entries_whose_environment_is_lost_are_not_taken_for_those_of_any(
    world: World, sandbox: Sandbox, tmp_path: Path
) -> None:
    client = client_of(world, sandbox)
    world.do(client.downloads.save_image, "1", tmp_path)
    with sqlite(tmp_path) as connection:
        connection.execute("DELETE FROM facts")
        connection.execute("INSERT INTO facts VALUES ('gap', '')")
    with pytest.raises(JournalError, match="an unknown environment, as it was damaged"):
        world.do(client.downloads.save_image, "1", tmp_path)


HOUR = datetime.timedelta(hours=1)
ALICE = {"username": "alice", "password": "pa"}
BOB: dict[str, dict[str, object]] = {
    "another user": {"username": "bob", "password": "pb"},
    "another key": {**ALICE, "api_key": "other"},
    "a token": {"username": None, "password": None, "access_token": "t1"},
    "no user": {"username": None, "password": None},
}


@pytest.mark.parametrize("fate", ["lost", "not executed"])
@pytest.mark.parametrize("other", BOB)
def test_the_history_of_another_account_settles_nothing(
    world: World, tmp_path: Path, other: str, fate: Fate
) -> None:
    with Fates(lambda _: fate) as fates:
        alice = world.client(**fates.options(**ALICE))
        bob = world.client(**fates.options(**{**ALICE, **BOB[other]}))
        with pytest.raises(DownloadOutcomeUnknownError):
            world.do(alice.downloads.save_image, "1", tmp_path)
        fates.fate = lambda _: "saved"
        for _ in range(3):
            results, _ = run(world, bob, ["1"], tmp_path, settle_after=60)
            assert outcomes(results) == {"outcome_unknown": 1}
            assert "Another account sent it" in str(results[0].error)
            fates.ahead += HOUR
        with pytest.raises(DownloadOutcomeUnknownError, match=r"resolve\(\)"):
            world.do(bob.downloads.save_image, "1", tmp_path)
        assert fates.orders == ["1"]
        expected = ["link_lost"] if fate == "lost" else ["outcome_unknown", "saved"]
        for outcome in expected:  # the first look-up of this account, and a later one
            results, _ = run(world, alice, ["1"], tmp_path, settle_after=60)
            assert outcomes(results) == {outcome: 1}
            fates.ahead += HOUR


def test_the_user_of_an_access_token_is_not_taken_for_no_user(world: World, tmp_path: Path) -> None:
    with Fates(lambda _: "not executed") as fates:
        with_token = world.client(**fates.options(**BOB["a token"]))
        with pytest.raises(DownloadOutcomeUnknownError):
            world.do(with_token.downloads.save_image, "1", tmp_path)
        client = world.client(**fates.options())
        with pytest.raises(DownloadOutcomeUnknownError, match="Another account sent it"):
            world.do(client.downloads.save_image, "1", tmp_path)


@pytest.mark.parametrize(
    "before",
    [
        {"username": "alice", "password": None, "refresh_token": "r1"},
        ALICE,
    ],
)
def test_a_user_is_known_by_name_when_the_refresh_token_was_replaced(
    world: World, tmp_path: Path, before: dict[str, object]
) -> None:
    after = {"username": "alice", "password": None, "refresh_token": "r2"}
    with Fates(lambda _: "lost") as fates:
        client = world.client(**fates.options(**before))
        with pytest.raises(DownloadOutcomeUnknownError):
            world.do(client.downloads.save_image, "1", tmp_path)
        results, _ = run(world, world.client(**fates.options(**after)), ["1"], tmp_path)
        assert outcomes(results) == {"link_lost": 1}


def test_requests_of_two_accounts_are_settled_by_neither(world: World, tmp_path: Path) -> None:
    with Fates(lambda _: "not executed") as fates:
        clients = [
            world.client(**fates.options(**it))
            for it in (ALICE, typing.cast("dict[str, str]", BOB["another user"]))
        ]
        for client in clients:
            with pytest.raises(DownloadOutcomeUnknownError):
                world.do(client.downloads.save_image, "1", tmp_path, allow_repurchase=True)
        for client in (*clients, *clients):
            results, _ = run(world, client, ["1"], tmp_path, settle_after=60)
            assert outcomes(results) == {"outcome_unknown": 1}
            fates.ahead += HOUR
        assert len(fates.orders) == 2


def test_what_is_paid_for_is_there_for_every_account(world: World, tmp_path: Path) -> None:
    with Fates(lambda _: "failed") as fates:
        alice = world.client(**fates.options(**ALICE))
        with contextlib.suppress(Exception):
            world.do(alice.downloads.save_image, "1", tmp_path)
        fates.fate = lambda _: "saved"
        bob = world.client(**fates.options(**BOB["another user"]))
        assert not world.do(bob.downloads.save_image, "1", tmp_path).download_used
        assert world.do(alice.downloads.save_image, "1", tmp_path).skipped
    assert names(tmp_path) == ["1.jpg"]
    assert ("entries", "account", False) in columns(tmp_path)
    for name in ("alice", "bob"):
        assert name.encode() not in bytes_of(tmp_path)
