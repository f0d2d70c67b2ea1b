"""Access tokens: every grant, how long a token is used, where it is kept, and failures."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
import threading
import time
import typing
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gettyimages import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    AsyncGettyImages,
    AuthenticationError,
    CredentialsError,
    GettyImages,
    GettyImagesError,
)

from ..support import secrecy
from ..support.clocks import Clocks
from ..support.servers import (
    ACCESS_TOKEN,
    API_KEY,
    API_SECRET,
    MARK,
    PASSWORD,
    REFRESH_TOKEN,
    USERNAME,
    Action,
    Held,
    Origins,
    Raw,
    Recorded,
    Reply,
    Reset,
    Server,
    Stall,
    token_reply,
    until,
)
from ..support.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]

USER = {"username": USERNAME, "password": PASSWORD}
NEXT = f"{MARK}-refresh-next"
GOOD = Reply(200, {"result_count": 1})


def grants(origins: Origins) -> list[str]:
    return [request.form["grant_type"] for request in origins.tokens.requests]


def tokens(origins: Origins) -> list[str | None]:
    """The tokens that calls were made with, without their common beginning."""
    return [
        (request.header("authorization") or "").removeprefix(f"Bearer {MARK}-")
        for request in origins.api.requests
    ]


def refuse_token(origins: Origins) -> None:
    """Let the API refuse the next request."""
    origins.api.script(Reply(401), GOOD)


def test_client_credentials_are_posted_as_a_form(world: World, origins: Origins) -> None:
    client = world.client(**origins.options())
    world.do(client.downloads.get_downloads)
    world.do(client.downloads.get_downloads)
    [request] = origins.tokens.requests
    assert (request.method, request.target) == ("POST", "/oauth2/token")
    assert request.header("content-type") == "application/x-www-form-urlencoded"
    assert request.header("api-key") is None
    assert request.header("authorization") is None
    assert (request.header("user-agent") or "").startswith("gettyimages-client/")
    assert request.form == {
        "grant_type": "client_credentials",
        "client_id": API_KEY,
        "client_secret": API_SECRET,
    }
    assert tokens(origins) == ["token-1", "token-1"]


def test_a_password_gives_way_to_its_refresh_token_until_that_is_refused(
    world: World, origins: Origins
) -> None:
    handed: list[str] = []
    origins.tokens.changes = {"refresh_token": NEXT}
    client = world.client(**origins.options(**USER, on_refresh_token=handed.append))
    world.do(client.downloads.get_downloads)
    refuse_token(origins)
    world.do(client.downloads.get_downloads)
    assert grants(origins) == ["password", "refresh_token"]
    assert origins.tokens.requests[0].form.items() >= USER.items()
    assert origins.tokens.requests[1].form["refresh_token"] == NEXT
    assert "username" not in origins.tokens.requests[1].form

    origins.tokens.script(Reply(400, {"error": "invalid_grant"}), token_reply(9))
    refuse_token(origins)
    world.do(client.downloads.get_downloads)
    assert grants(origins)[2:] == ["refresh_token", "password"]
    assert tokens(origins)[-1] == "token-9"
    assert handed == [NEXT]


def test_client_credentials_are_used_again_when_their_refresh_token_is_refused(
    world: World, origins: Origins
) -> None:
    origins.tokens.changes = {"refresh_token": NEXT}
    client = world.client(**origins.options())
    world.do(client.downloads.get_downloads)
    origins.tokens.script(Reply(400, {"error": "invalid_grant"}), token_reply(9))
    refuse_token(origins)
    world.do(client.downloads.get_downloads)
    assert grants(origins) == ["client_credentials", "refresh_token", "client_credentials"]


def test_a_rotated_refresh_token_is_used_and_passed_to_on_refresh_token(
    world: World, origins: Origins
) -> None:
    handed: list[str] = []

    async def hand_on(token: str) -> None:
        await asyncio.sleep(0)
        handed.append(token)

    function = hand_on if world.is_async else handed.append
    origins.tokens.script(
        token_reply(1, refresh_token=NEXT),
        token_reply(2, refresh_token=NEXT),
        token_reply(3),
        token_reply(4, refresh_token=f"{NEXT}-2"),
    )
    client = world.client(**origins.options(refresh_token=REFRESH_TOKEN, on_refresh_token=function))
    for _ in range(4):
        world.do(client.downloads.get_downloads)
        refuse_token(origins)
    sent = [request.form["refresh_token"] for request in origins.tokens.requests]
    assert sent == [REFRESH_TOKEN, NEXT, NEXT, NEXT]
    assert handed == [NEXT, f"{NEXT}-2"]


def test_a_refused_refresh_token_without_a_password_is_an_error(
    world: World, origins: Origins
) -> None:
    origins.tokens.script(Reply(400, {"error": "invalid_grant"}))
    client = world.client(**origins.options(refresh_token=REFRESH_TOKEN))
    with pytest.raises(CredentialsError, match="refresh_token grant with status 400: invalid_gra"):
        world.do(client.downloads.get_downloads)
    assert grants(origins) == ["refresh_token"]


def test_a_user_name_without_a_password_only_says_whose_refresh_token_it_is(
    world: World, origins: Origins
) -> None:
    options = origins.options(username=USERNAME, refresh_token=REFRESH_TOKEN)
    client = world.client(**options)
    world.do(client.downloads.get_downloads)
    origins.tokens.script(Reply(400, {"error": "invalid_grant"}))
    refuse_token(origins)
    with pytest.raises(CredentialsError, match="refresh_token grant with status 400: invalid_gra"):
        world.do(client.downloads.get_downloads)
    assert grants(origins) == ["refresh_token", "refresh_token"]
    assert all(USERNAME not in request.form.values() for request in origins.tokens.requests)


def test_the_blocking_client_refuses_an_asynchronous_on_refresh_token(origins: Origins) -> None:
    async def hand_on(_token: str) -> None:
        raise AssertionError

    origins.tokens.changes = {"refresh_token": NEXT}
    options = origins.options(refresh_token=REFRESH_TOKEN, on_refresh_token=hand_on)
    with GettyImages(**options) as client, pytest.raises(GettyImagesError, match="AsyncGettyIm"):
        client.downloads.get_downloads()


def test_an_exception_in_on_refresh_token_is_raised_and_the_access_token_is_kept(
    world: World, origins: Origins
) -> None:
    def fail(_token: str) -> None:
        raise OSError("disk full")

    origins.tokens.changes = {"refresh_token": NEXT}
    client = world.client(**origins.options(refresh_token=REFRESH_TOKEN, on_refresh_token=fail))
    with pytest.raises(OSError, match="disk full"):
        world.do(client.downloads.get_downloads)
    world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 1


def test_a_supplied_token_is_used_and_its_refusal_is_an_error(
    world: World, origins: Origins
) -> None:
    refuse_token(origins)
    client = world.client(**origins.options(access_token=ACCESS_TOKEN))
    with pytest.raises(AuthenticationError, match="Check the API key and the access token"):
        world.do(client.downloads.get_downloads)
    [request] = origins.api.requests
    assert request.header("authorization") == f"Bearer {ACCESS_TOKEN}"
    assert not origins.tokens.requests


@pytest.mark.parametrize(
    "expires_in",
    [1800, "1800", 1e5, None, "soon", 0, "0", -5, True, [], "nan", "inf", 10**400, "-1"],
)
def test_a_token_is_reused_whatever_lifetime_is_announced(
    world: World, origins: Origins, expires_in: object
) -> None:
    origins.tokens.changes = {"expires_in": expires_in}
    client = world.client(**origins.options())
    for _ in range(3):
        world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 1


@pytest.mark.parametrize(("life", "fresh_at", "stale_at"), [(1800, 1490, 1510), ("100", 75, 85)])
def test_a_token_is_renewed_before_it_expires_whatever_the_time_of_day(
    world: World,
    origins: Origins,
    clocks: Clocks,
    life: object,
    fresh_at: float,
    stale_at: float,
) -> None:
    origins.tokens.changes = {"expires_in": life}
    client = world.client(**origins.options())
    world.do(client.downloads.get_downloads)
    for moment in (4e9, 0.0):
        clocks.set_time_of_day(moment)
        world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 1
    clocks.advance(fresh_at)
    world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 1
    clocks.advance(stale_at - fresh_at)
    world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 2


class Store:
    """A store of the user's."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.fails = False

    def get(self, key: str) -> str | None:
        if self.fails:
            raise OSError(f"cannot read {self.kept}")
        return self.kept.get(key)

    def set(self, key: str, value: str) -> None:
        if self.fails:
            raise RuntimeError(f"cannot keep {value}")
        self.kept[key] = value


class AsyncStore(Store):
    async def get(self, key: str) -> str | None:  # type: ignore[override]
        await asyncio.sleep(0)
        return super().get(key)

    async def set(self, key: str, value: str) -> None:  # type: ignore[override]
        await asyncio.sleep(0)
        super().set(key, value)


@pytest.fixture(params=["path", "text", "object"])
def store(request: pytest.FixtureRequest, tmp_path: Path, world: World) -> object:
    if request.param == "object":
        return AsyncStore() if world.is_async else Store()
    path = tmp_path / "tokens.json"
    return path if request.param == "path" else str(path)


def test_clients_with_one_store_share_a_token(
    world: World, origins: Origins, store: object
) -> None:
    for _ in range(3):
        client = world.client(**origins.options(token_store=store))
        world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 1
    assert tokens(origins) == ["token-1"] * 3


def test_accounts_do_not_share_a_token(world: World, origins: Origins, store: object) -> None:
    accounts: list[dict[str, str]] = [
        {},
        {"api_key": f"{API_KEY}-2"},
        USER,
        {**USER, "username": "another"},
        {"refresh_token": REFRESH_TOKEN},
        {"refresh_token": f"{REFRESH_TOKEN}-2"},
        {"token_url": f"{origins.tokens.url}/other"},
    ]
    for _ in range(2):
        for account in accounts:
            client = world.client(**origins.options(token_store=store, **account))
            world.do(client.downloads.get_downloads)
    expected = [f"token-{number}" for number in range(1, len(accounts) + 1)]
    assert tokens(origins) == expected * 2


def test_a_token_that_the_api_refuses_is_not_read_from_the_store_again(
    world: World, origins: Origins, store: object
) -> None:
    world.do(world.client(**origins.options(token_store=store)).downloads.get_downloads)
    refuse_token(origins)
    for _ in range(2):
        client = world.client(**origins.options(token_store=store))
        world.do(client.downloads.get_downloads)
    assert tokens(origins) == ["token-1", "token-1", "token-2", "token-2"]


def test_a_token_that_another_client_has_renewed_is_taken_from_the_store(
    world: World, origins: Origins, store: object
) -> None:
    first, second = [world.client(**origins.options(token_store=store)) for _ in range(2)]
    world.do(first.downloads.get_downloads)
    world.do(second.downloads.get_downloads)
    refuse_token(origins)
    world.do(first.downloads.get_downloads)
    refuse_token(origins)
    world.do(second.downloads.get_downloads)
    assert len(origins.tokens.requests) == 2


def test_a_refresh_token_that_another_client_has_just_used_up_is_no_error(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    options = origins.options(refresh_token=REFRESH_TOKEN, token_store=tmp_path / "tokens")

    class Late(Action):
        def play(self, connection: socket.socket) -> None:
            with GettyImages(**options) as other:
                other.downloads.get_downloads()
            Reply(400, {"error": "invalid_grant"}).play(connection)

    origins.tokens.script(Late(), token_reply(1, refresh_token=NEXT))
    client = world.client(**options)
    for _ in range(2):
        assert world.do(client.downloads.get_downloads) is not None
    assert len(origins.tokens.requests) == 2
    assert tokens(origins) == ["token-1"] * 3


def test_a_rotated_refresh_token_outlives_the_access_token_in_the_store(
    world: World, origins: Origins, store: object, clocks: Clocks
) -> None:
    options = origins.options(token_store=store, refresh_token=REFRESH_TOKEN)
    origins.tokens.changes = {"refresh_token": NEXT}
    world.do(world.client(**options).downloads.get_downloads)
    clocks.advance(100_000)
    world.do(world.client(**options).downloads.get_downloads)
    sent = [request.form["refresh_token"] for request in origins.tokens.requests]
    assert sent == [REFRESH_TOKEN, NEXT]


@pytest.mark.parametrize("ahead", [-1e8, -1000, 1000])
def test_setting_the_clock_does_not_prolong_the_life_of_a_stored_token(
    world: World, origins: Origins, store: object, clocks: Clocks, ahead: float
) -> None:
    options = origins.options(token_store=store)
    world.do(world.client(**options).downloads.get_downloads)
    clocks.set_time_of_day(time.time() + ahead)
    client = world.client(**options)
    world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 1
    clocks.advance(1810)  # ten seconds more than the token lives
    world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 2


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_the_file_of_a_store_is_readable_by_its_owner_only(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    path = tmp_path / "tokens.json"
    path.write_text("{}")
    path.chmod(0o644)
    old = os.umask(0)
    try:
        client = world.client(**origins.options(token_store=path))
        world.do(client.downloads.get_downloads)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["tokens.json"]
    assert API_KEY not in path.read_text()


DAMAGED = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"KEY": 5}',
    b'{"KEY": "{"}',
    b'{"KEY": "null"}',
    b'{"KEY": "[]"}',
    b'{"KEY": "{\\"access_token\\": 5, \\"expires_at\\": 9e9, \\"life\\": 9,'
    b' \\"refresh_token\\": 1}"}',
    b'{"KEY": "{\\"access_token\\": \\"a\\\\nb\\", \\"expires_at\\": 9e9, \\"life\\": 900,'
    b' \\"refresh_token\\": null}"}',
    b'{"KEY": "{\\"access_token\\": \\"a\\", \\"expires_at\\": \\"x\\", \\"life\\": 900,'
    b' \\"refresh_token\\": null}"}',
    b'{"KEY": "{\\"access_token\\": \\"a\\", \\"expires_at\\": 1'
    + b"0" * 400
    + b', \\"life\\": 900, \\"refresh_token\\": null}"}',
]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_replaced(
    world: World, origins: Origins, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "tokens.json"

    def call() -> None:
        world.do(world.client(**origins.options(token_store=path)).downloads.get_downloads)

    call()
    [key] = json.loads(path.read_text())
    path.write_bytes(content.replace(b"KEY", key.encode()))
    call()
    call()
    assert len(origins.tokens.requests) == 2
    assert key in json.loads(path.read_text())


def test_a_store_that_fails_causes_a_warning_and_no_error(
    world: World, origins: Origins, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    missing = tmp_path / "missing" / "tokens.json"
    own = AsyncStore() if world.is_async else Store()
    own.fails = True
    for store in (missing, tmp_path, own):
        client = world.client(**origins.options(token_store=store))
        world.do(client.downloads.get_downloads)
        world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 3
    warnings = [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]
    assert "the token store cannot be written: No such file or directory" in warnings
    assert "the token store cannot be written: RuntimeError" in warnings
    assert not missing.parent.exists()
    assert not [*tmp_path.iterdir()]


def test_a_file_that_many_clients_write_is_never_damaged(origins: Origins, tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"

    def write(number: int) -> list[object]:
        seen: list[object] = []
        for turn in range(10):
            account = {"api_key": f"{API_KEY}-{number}-{turn}", "token_store": path}
            with GettyImages(**origins.options(**account)) as client:
                client.downloads.get_downloads()
            seen.append(json.loads(path.read_text()))
        return seen

    with ThreadPoolExecutor(8) as pool:
        seen = [*pool.map(write, range(8))]
    assert all(isinstance(content, dict) for contents in seen for content in contents)
    assert [one.name for one in tmp_path.iterdir()] == ["tokens.json"]


def test_a_file_keeps_the_hundred_latest_entries(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    path = tmp_path / "tokens.json"
    path.write_text(json.dumps({f"key-{number}": "value" for number in range(130)}))
    world.do(world.client(**origins.options(token_store=path)).downloads.get_downloads)
    content = json.loads(path.read_text())
    assert len(content) == 100
    assert "key-129" in content
    assert "key-30" not in content


FAILURES: dict[str, tuple[Action, type[GettyImagesError], str, int]] = {
    "400": (
        Reply(400, {"error": "invalid_grant", "error_description": f"no {API_SECRET}"}),
        CredentialsError,
        "refused the client_credentials grant with status 400: invalid_grant",
        1,
    ),
    "401": (Reply(401, {"error": API_SECRET}), CredentialsError, "with status 401. Check", 1),
    "403": (Reply(403, b"<html>"), CredentialsError, "with status 403. Check", 1),
    "404": (Reply(404), CredentialsError, "with status 404", 1),
    "429": (
        Reply(429),
        APIConnectionError,
        "no access token: the token endpoint responded with status 429",
        3,
    ),
    "500": (
        Reply(500),
        APIConnectionError,
        "no access token: the token endpoint responded with status 500",
        3,
    ),
    "501": (
        Reply(501),
        APIConnectionError,
        "no access token: the token endpoint responded with status 501",
        1,
    ),
    "html": (Reply(200, b"<html>"), CredentialsError, "responded without a token", 1),
    "array": (Reply(200, []), CredentialsError, "responded without a token", 1),
    "deep": (Reply(200, b"[" * 100_000), CredentialsError, "responded without a token", 1),
    "empty": (Reply(200), CredentialsError, "responded without a token", 1),
    "no token": (Reply(200, {"error": 1}), CredentialsError, "responded without a token", 1),
    "odd": (Reply(200, {"access_token": 5}), CredentialsError, "responded without a token", 1),
    "line": (Reply(200, {"access_token": "a\nb"}), CredentialsError, "that no header can carry", 1),
    "reset": (Reset(), APIConnectionError, "the token endpoint did not respond", 3),
    "hung up": (Raw(), APIConnectionError, "the token endpoint did not respond", 3),
    "stalled": (Stall(), APITimeoutError, "the server stopped responding", 3),
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.slow] * (name == "stalled")) for name in FAILURES],
)
def test_a_failure_of_the_token_endpoint_is_one_error_for_all_waiting_callers(
    world: World, origins: Origins, clocks: Clocks, name: str
) -> None:
    action, kind, words, requests = FAILURES[name]
    calling: list[int] = []
    all_wait = threading.Event()
    origins.tokens.script(Held(all_wait, action), action)
    patience = 0.5 if isinstance(action, Stall) else 30
    client = world.client(**origins.options(max_retries=2, step_timeout=patience))

    def call() -> typing.Any:
        calling.append(1)
        if len(calling) == 20:
            threading.Timer(0.1, all_wait.set).start()
        return client.downloads.get_downloads()

    results = world.together(*[call] * 20)
    assert {type(result) for result in results} == {kind}
    assert all(words in str(result) for result in results)
    # No call was sent, so none of a batch has an outcome that is unknown.
    assert not any(getattr(result, "may_have_executed", False) for result in results)
    assert len(origins.tokens.requests) == requests
    assert not origins.api.requests

    origins.tokens.script(token_reply(1))
    if name == "400":  # a refusal for good
        client = world.client(**origins.options())
    if name == "401":  # a refusal without a reason
        clocks.advance(61)
    assert world.do(client.downloads.get_downloads) is not None


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, "invalid_grant"), (401, "invalid_client"), (400, "unauthorized_client")],
)
def test_a_wrong_password_is_sent_once(
    world: World, origins: Origins, tmp_path: Path, clocks: Clocks, status: int, error: str
) -> None:
    origins.tokens.script(Reply(status, {"error": error}))
    client = world.client(**origins.options(**USER))
    batch = client.downloads.save_images([str(number) for number in range(40)], tmp_path)
    results = [*world.items(batch)]
    assert {type(result.error) for result in results} == {CredentialsError}
    results = world.together(*[client.with_options(timeout=9).downloads.get_downloads] * 20)
    clocks.advance(100_000)
    results += world.together(*[client.downloads.get_downloads] * 20)
    assert {type(result) for result in results} == {CredentialsError}
    assert len({str(result) for result in results}) == 1
    assert grants(origins) == ["password"]
    assert not origins.api.requests


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"error": "invalid_request"}'])
@pytest.mark.parametrize("status", [400, 401])
def test_a_refusal_without_a_reason_is_remembered_for_a_minute(
    world: World, origins: Origins, clocks: Clocks, status: int, content: bytes
) -> None:
    origins.tokens.script(Reply(status, content), token_reply(1))
    client = world.client(**origins.options(**USER))
    with clocks.stopped():
        for _ in range(3):
            with pytest.raises(CredentialsError, match=f"the password grant with status {status}"):
                world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 1
    clocks.advance(61)
    world.do(client.downloads.get_downloads)
    assert grants(origins) == ["password"] * 2


def test_a_refused_refresh_token_is_sent_once_and_the_password_is_used_from_then_on(
    world: World, origins: Origins
) -> None:
    def respond(request: Recorded) -> Action:
        if request.form["grant_type"] == "refresh_token":
            return Reply(400, {"error": "invalid_grant"})
        return token_reply(len(origins.tokens.requests))

    origins.tokens.script(respond)
    client = world.client(**origins.options(**USER, refresh_token=REFRESH_TOKEN))
    for _ in range(3):
        refuse_token(origins)
        world.do(client.downloads.get_downloads)
    assert grants(origins) == ["refresh_token", *["password"] * 4]


def test_a_client_that_may_not_use_a_password_learns_that_a_portal_log_in_is_another_one(
    world: World, origins: Origins
) -> None:
    origins.tokens.script(Reply(400, {"error": "unauthorized_client"}))
    client = world.client(**origins.options(**USER))
    words = "A log-in of the developer portal is not a Getty Images log-in"
    with pytest.raises(CredentialsError, match=words):
        world.do(client.downloads.get_downloads)


@pytest.mark.parametrize("status", [400, 401, 403])
def test_an_operation_that_needs_a_user_says_so_and_the_token_is_kept(
    world: World, origins: Origins, status: int
) -> None:
    origins.api.script(
        Reply(status, {"ErrorCode": "UserTokenRequired", "ErrorMessage": "Token has no user."})
    )
    client = world.client(**origins.options())
    for call in (
        client.downloads.get_downloads,
        lambda: client.downloads.request_image_download("1"),
    ):
        with pytest.raises(APIError, match="needs a user's token: pass username= and pass") as it:
            world.do(call)
        assert "expired" not in str(it.value)
    assert tokens(origins) == ["token-1"] * 2
    assert len(origins.tokens.requests) == 1


def test_an_unreachable_token_endpoint_is_a_connection_error(
    world: World, origins: Origins
) -> None:
    away = Server()
    client = world.client(**origins.options(token_url=f"{away.url}/t", max_retries=1))
    with pytest.raises(APIConnectionError, match=r"no access token: .* no connection"):
        world.do(client.downloads.get_downloads)
    away.close()


@pytest.mark.parametrize(
    "asked", [{}, {"Retry-After": "0"}, {"Retry-After": "soon"}], ids=["none", "zero", "nonsense"]
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_passing_failure_of_the_token_endpoint_is_retried(
    world: World, origins: Origins, status: int, asked: dict[str, str]
) -> None:
    origins.tokens.script(Reply(status, headers=asked), Reset(), token_reply(1))
    client = world.client(**origins.options())
    world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 3


def test_a_token_endpoint_that_asks_for_a_wait_beyond_the_timeout_is_an_error(
    world: World, origins: Origins
) -> None:
    origins.tokens.script(Reply(429, headers={"Retry-After": "1000"}))
    client = world.client(**origins.options(timeout=60))
    results = world.together(*[client.downloads.get_downloads] * 5)
    assert {str(result) for result in results} == {
        "no access token: the token endpoint responded with status 429"
    }


def asked_for_a_token(origins: Origins) -> Awaitable[None]:
    """Wait until the token endpoint has a request, in a task."""
    return asyncio.to_thread(until, lambda: origins.tokens.requests)


def test_cancelling_the_task_that_fetches_a_token_does_not_affect_the_others(
    origins: Origins,
) -> None:
    cancelled = threading.Event()
    origins.tokens.script(Held(cancelled, token_reply(1, refresh_token=NEXT)))
    handed: list[str] = []

    async def main() -> list[object]:
        options = origins.options(refresh_token=REFRESH_TOKEN, on_refresh_token=handed.append)
        async with AsyncGettyImages(**options) as client:
            tasks = [asyncio.create_task(client.downloads.get_downloads()) for _ in range(5)]
            await asked_for_a_token(origins)
            tasks[0].cancel()
            tasks[2].cancel()
            await asyncio.wait([tasks[0], tasks[2]])
            cancelled.set()
            return await asyncio.gather(*tasks, return_exceptions=True)

    results = asyncio.run(main())
    kinds = [isinstance(result, asyncio.CancelledError) for result in results]
    assert kinds == [True, False, True, False, False]
    assert not any(isinstance(result, Exception) for result in results)
    assert len(origins.tokens.requests) == 1, "the token that was requested is used"
    assert handed == [NEXT]
    assert tokens(origins) == ["token-1"] * 3


def test_a_client_works_after_all_its_callers_were_cancelled(origins: Origins) -> None:
    cancelled = threading.Event()
    origins.tokens.script(Held(cancelled, token_reply(1)))

    async def main() -> None:
        async with AsyncGettyImages(**origins.options()) as client:
            tasks = [asyncio.create_task(client.downloads.get_downloads()) for _ in range(5)]
            await asked_for_a_token(origins)
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            cancelled.set()
            await client.downloads.get_downloads()

    asyncio.run(main())
    assert len(origins.tokens.requests) == 1


def test_closing_during_a_token_request_ends_the_call_with_an_error(origins: Origins) -> None:
    origins.tokens.script(Stall())

    async def main() -> object:
        client = AsyncGettyImages(**origins.options())
        task = asyncio.create_task(client.downloads.get_downloads())
        await asked_for_a_token(origins)
        await client.close()
        return (await asyncio.gather(task, return_exceptions=True))[0]

    result = asyncio.run(main())
    assert isinstance(result, GettyImagesError)
    secrecy.look_at_error(result)


def test_a_token_is_renewed_once_when_many_calls_are_refused_one_after_another(
    world: World, origins: Origins
) -> None:
    late = iter(range(100))

    def refuse_late(request: Recorded) -> Action:
        if (request.header("authorization") or "").endswith("token-1"):
            return Reply(401, after=0.05 * (next(late) % 5))
        return GOOD

    client = world.client(**origins.options())
    world.do(client.downloads.get_downloads)
    origins.api.script(refuse_late)
    results = world.together(*[client.downloads.get_downloads] * 30)
    assert not any(isinstance(result, BaseException) for result in results)
    assert len(origins.tokens.requests) == 2


def expiring(origins: Origins, clocks: Clocks, seconds: float, times: int) -> None:
    """Have tokens live for a second, and expire on the way to the API so many times."""
    left = iter(range(times))
    origins.tokens.changes = {"expires_in": 1}

    def respond(request: Recorded) -> Action:
        if next(left, None) is None:
            return Reply(303, headers={"Location": "/f"}) if request.method == "POST" else GOOD
        clocks.advance(seconds)
        return Reply(401)

    origins.api.script(respond)


@pytest.mark.parametrize("times", [2, 9])
def test_a_call_whose_token_expires_on_the_way_gets_a_fresh_one_more_than_once(
    world: World, origins: Origins, clocks: Clocks, times: int
) -> None:
    client = world.client(**origins.options(max_retries=0))
    for call in (
        client.downloads.get_downloads,
        lambda: client.downloads.request_image_download("1"),
    ):
        expiring(origins, clocks, 1.5, times)
        origins.api.requests.clear()
        world.do(call)
        assert len(set(tokens(origins))) == len(origins.api.requests) == times + 1


def test_tokens_that_always_expire_on_the_way_are_not_fetched_without_end(
    world: World, origins: Origins, clocks: Clocks
) -> None:
    expiring(origins, clocks, 1.5, 1000)
    client = world.client(**origins.options(timeout=1e6))
    with pytest.raises(AuthenticationError):
        world.do(client.downloads.get_downloads)
    assert 5 < len(origins.api.requests) < 20


def test_a_call_whose_token_expires_on_the_way_ends_with_its_deadline(
    world: World, origins: Origins, clocks: Clocks
) -> None:
    expiring(origins, clocks, 50, 1000)
    client = world.client(**origins.options(timeout=120))
    with pytest.raises(APITimeoutError):
        world.do(client.downloads.get_downloads)
    assert len(origins.api.requests) == 3


def test_a_fresh_token_that_is_refused_is_renewed_once(
    world: World, origins: Origins, clocks: Clocks
) -> None:
    origins.tokens.changes = {"expires_in": 1}
    origins.api.script(Reply(401))
    client = world.client(**origins.options())
    with clocks.stopped(), pytest.raises(AuthenticationError):
        world.do(client.downloads.get_downloads)
    assert tokens(origins) == ["token-1", "token-2"]


def test_a_token_that_took_long_to_arrive_has_lived_since_it_was_asked_for(
    world: World, origins: Origins, clocks: Clocks
) -> None:
    def late(_: Recorded) -> Action:
        clocks.advance(90)
        return token_reply(len(origins.tokens.requests), expires_in=100)

    origins.tokens.script(late)
    client = world.client(**origins.options())
    for _ in range(2):
        world.do(client.downloads.get_downloads)
    assert tokens(origins) == ["token-1", "token-2"]


def test_closing_a_batch_that_renews_the_token_affects_no_other_call(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    closed = threading.Event()
    origins.tokens.script(Held(closed, token_reply(1, refresh_token=NEXT)))
    handed: list[str] = []
    client = world.client(
        **origins.options(
            refresh_token=REFRESH_TOKEN, on_refresh_token=handed.append, stop_timeout=0.1
        )
    )
    batch = client.downloads.save_images(["1"], tmp_path)

    def renewing() -> bool:
        return bool(origins.tokens.requests)

    async def close_async() -> None:
        await batch.close()
        closed.set()

    def close() -> None:
        batch.close()
        closed.set()

    _, call, _ = world.together(
        lambda: anext(batch, None) if world.is_async else next(batch, None),
        world.once(renewing, client.downloads.get_downloads),
        world.once(renewing, close_async if world.is_async else close),
    )
    assert not isinstance(call, BaseException)
    until(lambda: handed)
    assert handed == [NEXT]
    assert len(origins.tokens.requests) == 1
    assert {request.method for request in origins.api.requests} == {"GET"}


def test_a_call_without_time_for_its_turn_affects_no_other_call(
    world: World, origins: Origins
) -> None:
    origins.tokens.script(Reply(503), token_reply(1))
    client = world.client(**origins.options(max_requests_per_second=0.3, max_retries=0))
    with pytest.raises(APIConnectionError):  # the next turn is in three seconds
        world.do(client.downloads.get_downloads)
    hasty, patient = world.together(
        lambda: client.downloads.get_downloads(timeout=0.1), client.downloads.get_downloads
    )
    assert type(hasty) is APITimeoutError
    assert not isinstance(patient, BaseException)
