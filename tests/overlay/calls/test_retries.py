"""What is sent again, after what, by what an operation does; and what never is."""

from __future__ import annotations

import datetime
import email.utils
import random
import time
import typing

import pytest

from gettyimages import (
    APIConnectionError,
    APIError,
    AuthenticationError,
    DownloadOutcomeUnknown,
    GettyImagesError,
    RateLimitError,
)
from gettyimages._calls import retries as _retries

from ..support.servers import (
    MARK,
    SIGNED_URI,
    Action,
    Drip,
    Origins,
    Raw,
    Reply,
    Reset,
    Server,
    Stall,
    Truncated,
)
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")

GOOD = Reply(200, {"result_count": 5, "uri": SIGNED_URI})
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
EFFECTS = {
    "safe": "GET",
    "idempotent": "PUT",
    "none": "POST",
}

NO_ANSWER: dict[str, Action] = {
    "reset": Reset(),
    "reset in the headers": Reset(HEAD[:20]),
    "reset in the body": Reset(HEAD + b"{"),
    "hung up": Raw(),
    "truncated": Truncated(200, b'{"a": '),
    "stalled": Stall(),
}


def call(world: World, origins: Origins, effect: str, **options: object) -> typing.Any:
    """Call something that has this effect."""
    client = world.client(**origins.options(**{"timeout": 0.3, **options}))
    if effect == "spends":
        return world.do(client.downloads.request_image_download, "1", auto_download=False)
    return world.do(client.request, EFFECTS[effect], "/v3/anything")


@pytest.mark.parametrize("effect", ["safe", "idempotent"])
@pytest.mark.parametrize("action", NO_ANSWER.values(), ids=NO_ANSWER)
def test_what_may_be_repeated_is_repeated_when_no_answer_comes(
    world: World, origins: Origins, action: Action, effect: str
) -> None:
    origins.api.script(action, action, GOOD)
    response = call(world, origins, effect)
    assert response.attempts == 3
    assert len(origins.api.requests) == 3


@pytest.mark.parametrize("action", NO_ANSWER.values(), ids=NO_ANSWER)
def test_what_may_not_be_repeated_is_not_when_no_answer_comes(
    world: World, origins: Origins, action: Action
) -> None:
    origins.api.script(action, GOOD)
    with pytest.raises(APIConnectionError, match=r"POST /v3/anything: .*, after 1 attempt$"):
        call(world, origins, "none")
    assert len(origins.api.requests) == 1


AMBIGUOUS: dict[str, Action] = {
    **NO_ANSWER,
    "dripping": Drip(HEAD.replace(b"9", b"400")),
    "no http": Raw(b"garbage\r\n\r\n"),
    "not packed": Reply(200, b"{}", headers={"Content-Encoding": "gzip"}),
    **{
        f"status {status}": Reply(status, {"message": "Oh"})
        for status in (408, 500, 501, 502, 503, 504, 520)
    },
}


@pytest.mark.parametrize("action", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_nothing_ambiguous_is_ever_paid_for_twice(
    world: World, origins: Origins, action: Action
) -> None:
    origins.api.script(action, GOOD)
    before = datetime.datetime.now(datetime.UTC)
    with pytest.raises(DownloadOutcomeUnknown) as caught:
        call(world, origins, "spends", total_timeout=1.0)
    assert len(origins.api.requests) == 1
    error = caught.value
    assert error.operation == "downloads.request_image_download"
    assert error.path == "/v3/downloads/images/1"
    assert before <= error.since <= datetime.datetime.now(datetime.UTC)
    assert "Look in the download history from" in str(error)
    status = action.status if type(action) is Reply and action.status != 200 else None
    assert (error.response.status if error.response else None) == status


def test_a_connection_that_breaks_before_the_request_is_read_is_not_repeated_if_it_was_made(
    world: World, origins: Origins
) -> None:
    origins.api.reset_on_accept = 1
    origins.api.script(GOOD)
    try:
        call(world, origins, "spends")
    except DownloadOutcomeUnknown:
        assert not origins.api.requests
    else:  # it broke so early that nothing had been sent
        assert len(origins.api.requests) == 1


@pytest.mark.parametrize("effect", [*EFFECTS, "spends"])
def test_everything_is_repeated_after_a_refused_connection(
    world: World, monkeypatch: pytest.MonkeyPatch, effect: str
) -> None:
    origins = Origins()

    def listen(_low: float, _high: float) -> float:
        origins.api.listen()
        return 0.0

    monkeypatch.setattr(random, "uniform", listen)
    origins.tokens.listen()
    with origins.tokens:
        origins.api.script(GOOD)
        try:
            call(world, origins, effect)
        finally:
            origins.api.close()
    assert len(origins.api.requests) == 1


def test_a_server_that_stays_away_is_given_up_and_the_reason_is_told(
    world: World, origins: Origins
) -> None:
    away = Server()
    client = world.client(**origins.options(base_url=away.url, max_retries=2))
    with pytest.raises(APIConnectionError, match="refused, after 3 attempts") as caught:
        world.do(client.downloads.request_image_download, "1")
    assert not isinstance(caught.value, DownloadOutcomeUnknown)
    assert str(away.port) not in str(caught.value)
    away.close()


@pytest.mark.parametrize("effect", [*EFFECTS, "spends"])
def test_everything_is_repeated_over_the_limit(world: World, origins: Origins, effect: str) -> None:
    origins.api.script(Reply(429), Reply(429, headers={"Retry-After": "0"}), GOOD)
    call(world, origins, effect)
    assert len(origins.api.requests) == 3
    if effect == "spends":
        numbers = [request.connection for request in origins.api.requests]
        assert len({*numbers}) == 3, "a request that spends has a connection of its own"


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
@pytest.mark.parametrize("effect", ["safe", "idempotent"])
def test_failures_of_the_server_are_repeated_where_harmless(
    world: World, origins: Origins, status: int, effect: str
) -> None:
    origins.api.script(Reply(status), Reply(status, b"<html>"), GOOD)
    assert call(world, origins, effect).attempts == 3


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_failures_of_the_server_are_not_repeated_otherwise(
    world: World, origins: Origins, status: int
) -> None:
    origins.api.script(Reply(status), GOOD)
    with pytest.raises(APIError) as caught:
        call(world, origins, "none")
    assert caught.value.status == status
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize("status", [400, 403, 404, 501, 505])
@pytest.mark.parametrize("effect", ["safe", "idempotent", "none"])
def test_what_would_only_fail_again_is_not_repeated(
    world: World, origins: Origins, status: int, effect: str
) -> None:
    origins.api.script(Reply(status), GOOD)
    with pytest.raises(APIError):
        call(world, origins, effect)
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize("effect", [*EFFECTS, "spends"])
def test_a_refused_token_is_renewed_and_the_call_repeated_once(
    world: World, origins: Origins, effect: str
) -> None:
    origins.api.script(Reply(401), GOOD)
    call(world, origins, effect, max_retries=0)
    tokens = [request.header("authorization") for request in origins.api.requests]
    assert tokens == [f"Bearer {MARK}-token-1", f"Bearer {MARK}-token-2"]


@pytest.mark.parametrize("effect", [*EFFECTS, "spends"])
def test_a_second_refusal_stands(world: World, origins: Origins, effect: str) -> None:
    origins.api.script(Reply(401))
    with pytest.raises(AuthenticationError):
        call(world, origins, effect)
    assert len(origins.api.requests) == 2
    assert len(origins.tokens.requests) == 2


@pytest.mark.parametrize("most", [0, 1, 5])
@pytest.mark.parametrize("action", [Reply(429), Reply(503), Reset()], ids=["429", "503", "reset"])
def test_retries_are_bounded_in_number(
    world: World, origins: Origins, action: Action, most: int
) -> None:
    origins.api.script(action)
    with pytest.raises(GettyImagesError) as caught:
        call(world, origins, "safe", max_retries=most)
    assert len(origins.api.requests) == most + 1
    if isinstance(caught.value, APIError):
        assert caught.value.response.attempts == most + 1


def test_hundreds_of_retries_are_possible(world: World, origins: Origins) -> None:
    origins.api.script(*[Reply(503)] * 300, GOOD)
    assert call(world, origins, "safe", max_retries=2000).attempts == 301


def http_date(seconds: float) -> str:
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=seconds)
    return email.utils.format_datetime(moment, usegmt=True)


@pytest.mark.parametrize("effect", ["safe", "spends"])
@pytest.mark.parametrize(
    "asked",
    ["100", http_date(1000), "9" * 5000, "9" * 400],
    ids=["seconds", "date", "endless", "huge"],
)
def test_a_wait_beyond_the_deadline_is_not_begun(
    world: World, origins: Origins, asked: str, effect: str
) -> None:
    origins.api.script(Reply(429, headers={"Retry-After": asked}), GOOD)
    started = time.monotonic()
    with pytest.raises(RateLimitError):
        call(world, origins, effect, total_timeout=60)
    assert time.monotonic() - started < 10
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize(
    "asked",
    [
        "soon",
        "-5",
        "1.5",
        "",
        "0",
        "Wed, 21 Oct 2015 07:28:00 GMT",
        "Wed, 21 Oct 99999999999 07:28:00 GMT",
        "Wed, 99 Oct 2015 07:28:00 GMT",
        "٣",
    ],
)
def test_nonsense_and_the_past_are_no_reason_to_wait(asked: str) -> None:
    assert _retries.delay(1, asked) == 0.0


def test_a_wait_asked_for_is_kept(world: World, origins: Origins) -> None:
    origins.api.script(Reply(503, headers={"Retry-After": "1"}), GOOD)
    started = time.monotonic()
    call(world, origins, "safe")
    assert time.monotonic() - started >= 0.95


def test_a_date_asked_for_is_kept() -> None:
    assert 50 < _retries.delay(1, http_date(60)) <= 60
    assert 50 < _retries.delay(1, http_date(60).replace("GMT", "-0000")) <= 60


def test_waits_grow_up_to_a_bound_with_full_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "uniform", lambda low, high: (low, high))
    bounds: list[object] = [_retries.delay(retry, None) for retry in (1, 2, 3, 7, 8, 10_000)]
    assert bounds == [(0, 0.5), (0, 1), (0, 2), (0, 30), (0, 30), (0, 30)]
