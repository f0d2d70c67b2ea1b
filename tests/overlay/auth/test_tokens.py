"""Access tokens: every grant, how long they live, where they are kept, and what may go wrong."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import threading
import time
import typing
from pathlib import Path

import pytest

from gettyimages import (
    APIConnectionError,
    APITimeoutError,
    AsyncGettyImages,
    AuthenticationError,
    CredentialsError,
    GettyImagesError,
)

from ..support import secrecy
from ..support.servers import (
    ACCESS_TOKEN,
    API_KEY,
    API_SECRET,
    MARK,
    PASSWORD,
    REFRESH_TOKEN,
    USERNAME,
    Action,
    Origins,
    Raw,
    Recorded,
    Reply,
    Reset,
    Server,
    Stall,
    token_reply,
)
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")

USER = {"username": USERNAME, "password": PASSWORD}
NEXT = f"{MARK}-refresh-next"
GOOD = Reply(200, {"result_count": 1})


def grants(origins: Origins) -> list[str]:
    return [request.form["grant_type"] for request in origins.tokens.requests]


def tokens(origins: Origins) -> list[str | None]:
    """The tokens that calls were made with, without what they have in common."""
    return [
        (request.header("authorization") or "").removeprefix(f"Bearer {MARK}-")
        for request in origins.api.requests
    ]


def stale(origins: Origins) -> None:
    """Let the API refuse the next request."""
    origins.api.script(Reply(401), GOOD)


def test_client_credentials_are_a_form_of_three(world: World, origins: Origins) -> None:
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


def test_a_password_is_followed_by_its_refresh_token_and_the_password_again(
    world: World, origins: Origins
) -> None:
    handed: list[str] = []
    origins.tokens.changes = {"refresh_token": NEXT}
    client = world.client(**origins.options(**USER, on_refresh_token=handed.append))
    world.do(client.downloads.get_downloads)
    stale(origins)
    world.do(client.downloads.get_downloads)
    assert grants(origins) == ["password", "refresh_token"]
    assert origins.tokens.requests[0].form.items() >= USER.items()
    assert origins.tokens.requests[1].form["refresh_token"] == NEXT
    assert "username" not in origins.tokens.requests[1].form

    origins.tokens.script(Reply(400, {"error": "invalid_grant"}), token_reply(9))
    stale(origins)
    world.do(client.downloads.get_downloads)
    assert grants(origins)[2:] == ["refresh_token", "password"]
    assert tokens(origins)[-1] == "token-9"
    assert handed == [NEXT]


def test_a_refresh_token_that_comes_with_client_credentials_does_not_replace_them(
    world: World, origins: Origins
) -> None:
    origins.tokens.changes = {"refresh_token": NEXT}
    client = world.client(**origins.options())
    world.do(client.downloads.get_downloads)
    origins.tokens.script(Reply(400, {"error": "invalid_grant"}), token_reply(9))
    stale(origins)
    world.do(client.downloads.get_downloads)
    assert grants(origins) == ["client_credentials", "refresh_token", "client_credentials"]


def test_a_rotated_refresh_token_is_kept_and_handed_on(world: World, origins: Origins) -> None:
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
        stale(origins)
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


def test_an_asynchronous_function_is_refused_by_the_blocking_client(origins: Origins) -> None:
    from gettyimages import GettyImages

    async def hand_on(_token: str) -> None:
        raise AssertionError

    origins.tokens.changes = {"refresh_token": NEXT}
    options = origins.options(refresh_token=REFRESH_TOKEN, on_refresh_token=hand_on)
    with GettyImages(**options) as client, pytest.raises(GettyImagesError, match="AsyncGettyIm"):
        client.downloads.get_downloads()


def test_a_function_that_fails_is_heard_and_the_token_is_kept(
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


def test_a_supplied_token_is_used_and_its_refusal_stands(world: World, origins: Origins) -> None:
    stale(origins)
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
def test_whatever_is_said_of_its_life_a_token_is_used_again(
    world: World, origins: Origins, expires_in: object
) -> None:
    origins.tokens.changes = {"expires_in": expires_in}
    client = world.client(**origins.options())
    for _ in range(3):
        world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 1


@pytest.mark.parametrize(
    ("life", "still_fresh", "not_any_more"), [(1800, 1490, 1510), ("100", 75, 85)]
)
def test_a_token_is_renewed_before_it_expires_whatever_the_time_of_day(
    world: World,
    origins: Origins,
    monkeypatch: pytest.MonkeyPatch,
    life: object,
    still_fresh: float,
    not_any_more: float,
) -> None:
    origins.tokens.changes = {"expires_in": life}
    client = world.client(**origins.options(total_timeout=1e6))
    world.do(client.downloads.get_downloads)
    now = time.monotonic
    monkeypatch.setattr(time, "time", lambda: 4e9)
    world.do(client.downloads.get_downloads)
    monkeypatch.setattr(time, "time", lambda: 0.0)
    world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 1
    from gettyimages._auth import grants as _grants

    class Clock:
        ahead = 0.0

        def monotonic(self) -> float:
            return now() + self.ahead

    clock = Clock()
    monkeypatch.setattr(_grants, "time", clock)
    clock.ahead = still_fresh
    world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 1
    clock.ahead = not_any_more
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


def test_scripts_share_a_token(world: World, origins: Origins, store: object) -> None:
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


def test_a_token_that_the_api_refuses_is_not_read_back(
    world: World, origins: Origins, store: object
) -> None:
    world.do(world.client(**origins.options(token_store=store)).downloads.get_downloads)
    stale(origins)
    for _ in range(2):
        client = world.client(**origins.options(token_store=store))
        world.do(client.downloads.get_downloads)
    assert tokens(origins) == ["token-1", "token-1", "token-2", "token-2"]


def test_a_token_that_another_script_has_renewed_is_taken_over(
    world: World, origins: Origins, store: object
) -> None:
    first, second = [world.client(**origins.options(token_store=store)) for _ in range(2)]
    world.do(first.downloads.get_downloads)
    world.do(second.downloads.get_downloads)
    stale(origins)
    world.do(first.downloads.get_downloads)
    stale(origins)
    world.do(second.downloads.get_downloads)
    assert len(origins.tokens.requests) == 2


def test_a_rotated_refresh_token_outlives_the_access_token_in_the_store(
    world: World, origins: Origins, store: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = origins.options(token_store=store, refresh_token=REFRESH_TOKEN)
    origins.tokens.changes = {"refresh_token": NEXT}
    world.do(world.client(**options).downloads.get_downloads)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 100_000)
    world.do(world.client(**options).downloads.get_downloads)
    sent = [request.form["refresh_token"] for request in origins.tokens.requests]
    assert sent == [REFRESH_TOKEN, NEXT]


@pytest.mark.parametrize("ahead", [-1e8, -1000, 1000])
def test_a_clock_that_was_set_makes_no_token_live_longer(
    world: World, origins: Origins, store: object, monkeypatch: pytest.MonkeyPatch, ahead: float
) -> None:
    options = origins.options(token_store=store)
    world.do(world.client(**options).downloads.get_downloads)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + ahead)
    client = world.client(**options)
    world.do(client.downloads.get_downloads)
    token = client._exchanger._keeper._current
    assert token.expires_in <= 1800
    assert len(origins.tokens.requests) == 1


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_only_its_owner_reads_the_file(world: World, origins: Origins, tmp_path: Path) -> None:
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
def test_a_damaged_file_is_written_anew(
    world: World, origins: Origins, tmp_path: Path, content: bytes
) -> None:
    from gettyimages._auth import token_store as _token_store

    path = tmp_path / "tokens.json"
    key = _token_store.key_for(f"{origins.tokens.url}/oauth2/token", f"{API_KEY} ")
    path.write_bytes(content.replace(b"KEY", key.encode()))
    for _ in range(2):
        client = world.client(**origins.options(token_store=path))
        world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 1
    assert key in json.loads(path.read_text())


def test_a_store_that_fails_only_costs_a_warning(
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


def test_a_file_with_many_writers_is_never_damaged(tmp_path: Path) -> None:
    from gettyimages._auth import token_store as _token_store

    path = tmp_path / "tokens.json"

    def write(number: int) -> None:
        store = _token_store.FileStore(path)
        for turn in range(20):
            store.set(f"key-{number}", f"value-{turn}")
            assert isinstance(json.loads(path.read_text()), dict)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "value-19" in json.loads(path.read_text()).values()
    assert [one.name for one in tmp_path.iterdir()] == ["tokens.json"]


def test_a_file_does_not_grow_without_end(tmp_path: Path) -> None:
    from gettyimages._auth import token_store as _token_store

    store = _token_store.FileStore(tmp_path / "tokens.json")
    for number in range(130):
        store.set(f"key-{number}", "value")
    assert store.get("key-129") == "value"
    assert store.get("key-30") == "value"
    assert store.get("key-29") is None


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
    "429": (Reply(429), APIConnectionError, "no access token: the token endpoint answered 429", 3),
    "500": (Reply(500), APIConnectionError, "no access token: the token endpoint answered 500", 3),
    "501": (Reply(501), APIConnectionError, "no access token: the token endpoint answered 501", 1),
    "html": (Reply(200, b"<html>"), CredentialsError, "something else than a token", 1),
    "array": (Reply(200, []), CredentialsError, "something else than a token", 1),
    "deep": (Reply(200, b"[" * 100_000), CredentialsError, "something else than a token", 1),
    "empty": (Reply(200), CredentialsError, "something else than a token", 1),
    "no token": (Reply(200, {"error": 1}), CredentialsError, "something else than a token", 1),
    "odd": (Reply(200, {"access_token": 5}), CredentialsError, "something else than a token", 1),
    "line": (Reply(200, {"access_token": "a\nb"}), CredentialsError, "that cannot be sent", 1),
    "reset": (Reset(), APIConnectionError, "the token endpoint gave no answer", 3),
    "hung up": (Raw(), APIConnectionError, "the token endpoint gave no answer", 3),
    "stalled": (Stall(), APITimeoutError, "the server stopped answering", 3),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_of_the_token_endpoint_is_one_error_for_all_who_wait(
    world: World, origins: Origins, name: str
) -> None:
    action, kind, words, requests = FAILURES[name]
    origins.tokens.script(Slow(action), action)
    client = world.client(**origins.options(max_retries=2, timeout=0.5))
    results = world.together(*[client.downloads.get_downloads] * 20)
    assert {type(result) for result in results} == {kind}
    assert all(words in str(result) for result in results)
    assert len(origins.tokens.requests) == requests
    assert not origins.api.requests

    origins.tokens.script(token_reply(1))
    assert world.do(client.downloads.get_downloads) is not None


class Slow(Action):
    """Lets all callers come to wait before anything is answered."""

    def __init__(self, action: Action) -> None:
        self.action = action

    def play(self, connection: typing.Any) -> None:
        time.sleep(0.1)
        self.action.play(connection)


def test_a_token_endpoint_that_is_not_there_is_told(world: World, origins: Origins) -> None:
    away = Server()
    client = world.client(**origins.options(token_url=f"{away.url}/t", max_retries=1))
    with pytest.raises(APIConnectionError, match=r"no access token: .* no connection"):
        world.do(client.downloads.get_downloads)
    away.close()


@pytest.mark.parametrize(
    "asked", [{}, {"Retry-After": "0"}, {"Retry-After": "soon"}], ids=["none", "zero", "nonsense"]
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_passing_failure_of_the_token_endpoint_is_not_noticed(
    world: World, origins: Origins, status: int, asked: dict[str, str]
) -> None:
    origins.tokens.script(Reply(status, headers=asked), Reset(), token_reply(1))
    client = world.client(**origins.options())
    world.do(client.downloads.get_downloads)
    assert len(origins.tokens.requests) == 3


def test_a_token_endpoint_that_asks_for_too_long_a_wait_is_given_up(
    world: World, origins: Origins
) -> None:
    origins.tokens.script(Reply(429, headers={"Retry-After": "1000"}))
    client = world.client(**origins.options(total_timeout=60))
    results = world.together(*[client.downloads.get_downloads] * 5)
    assert {str(result) for result in results} == {
        "no access token: the token endpoint answered 429"
    }


def test_cancelling_the_task_that_renews_leaves_the_others_working(origins: Origins) -> None:
    origins.tokens.script(lambda _: Slow(token_reply(1, refresh_token=NEXT)))
    handed: list[str] = []

    async def main() -> list[object]:
        options = origins.options(refresh_token=REFRESH_TOKEN, on_refresh_token=handed.append)
        async with AsyncGettyImages(**options) as client:
            tasks = [asyncio.create_task(client.downloads.get_downloads()) for _ in range(5)]
            await asyncio.sleep(0.05)
            tasks[0].cancel()
            tasks[2].cancel()
            return await asyncio.gather(*tasks, return_exceptions=True)

    results = asyncio.run(main())
    cancelled = [isinstance(result, asyncio.CancelledError) for result in results]
    assert cancelled == [True, False, True, False, False]
    assert not any(isinstance(result, Exception) for result in results)
    assert len(origins.tokens.requests) == 1, "what was asked for is not thrown away"
    assert handed == [NEXT]
    assert tokens(origins) == ["token-1"] * 3


def test_cancelling_everybody_leaves_the_client_working(origins: Origins) -> None:
    origins.tokens.script(lambda _: Slow(token_reply(1)))

    async def main() -> None:
        async with AsyncGettyImages(**origins.options()) as client:
            tasks = [asyncio.create_task(client.downloads.get_downloads()) for _ in range(5)]
            await asyncio.sleep(0.05)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await client.downloads.get_downloads()

    asyncio.run(main())
    assert len(origins.tokens.requests) == 1


def test_closing_while_a_token_is_on_its_way_leaves_nothing_behind(origins: Origins) -> None:
    origins.tokens.script(lambda _: Slow(token_reply(1)))

    async def main() -> object:
        client = AsyncGettyImages(**origins.options())
        task = asyncio.create_task(client.downloads.get_downloads())
        await asyncio.sleep(0.05)
        await client.aclose()
        return (await asyncio.gather(task, return_exceptions=True))[0]

    result = asyncio.run(main())
    assert isinstance(result, GettyImagesError)
    secrecy.look_at_error(result)


def test_a_token_refused_late_is_not_thrown_away_twice(world: World, origins: Origins) -> None:
    """Many calls find out one after the other that the same token has expired."""
    late = iter(range(100))

    def answer(request: Recorded) -> Action:
        if (request.header("authorization") or "").endswith("token-1"):
            return Reply(401, after=0.05 * (next(late) % 5))
        return GOOD

    client = world.client(**origins.options())
    world.do(client.downloads.get_downloads)
    origins.api.script(answer)
    results = world.together(*[client.downloads.get_downloads] * 30)
    assert not any(isinstance(result, BaseException) for result in results)
    assert len(origins.tokens.requests) == 2
