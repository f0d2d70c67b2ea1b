"""Which requests are sent again after which failures, and how long the client waits before."""

from __future__ import annotations

import datetime
import email.utils
import random
import typing

import pytest

from gettyimages import (
    APIConnectionError,
    APIError,
    AuthenticationError,
    DownloadOutcomeUnknownError,
    GettyImagesError,
    RateLimitError,
)

from ..support.servers import (
    MARK,
    SIGNED_URI,
    Action,
    Drip,
    Origins,
    Raw,
    Recorded,
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

NO_RESPONSE: dict[str, Action] = {
    "reset": Reset(),
    "reset in the headers": Reset(HEAD[:20]),
    "reset in the body": Reset(HEAD + b"{"),
    "hung up": Raw(),
    "truncated": Truncated(200, b'{"a": '),
    "stalled": Stall(),
}


def call(world: World, origins: Origins, effect: str, **options: object) -> typing.Any:
    """Call something that has this effect."""
    client = world.client(**origins.options(**options))
    if effect == "spends":
        return world.do(client.downloads.request_image_download, "1", auto_download=False)
    return world.do(client.request, EFFECTS[effect], "/v3/anything")


def patience(action: Action) -> float:
    """A timeout that is short only where the server does nothing."""
    return 0.5 if isinstance(action, Stall) else 30


@pytest.mark.parametrize("effect", ["safe", "idempotent"])
@pytest.mark.parametrize("action", NO_RESPONSE.values(), ids=NO_RESPONSE)
def test_a_harmless_request_is_repeated_when_no_response_comes(
    world: World, origins: Origins, action: Action, effect: str
) -> None:
    origins.api.script(action, action, GOOD)
    response = call(world, origins, effect, step_timeout=patience(action))
    assert response.attempts == 3
    assert len(origins.api.requests) == 3


@pytest.mark.parametrize("action", NO_RESPONSE.values(), ids=NO_RESPONSE)
def test_a_request_with_effects_is_not_repeated_when_no_response_comes(
    world: World, origins: Origins, action: Action
) -> None:
    origins.api.script(action, GOOD)
    with pytest.raises(APIConnectionError, match=r"POST /v3/anything: .*, after 1 attempt$"):
        call(world, origins, "none", step_timeout=patience(action))
    assert len(origins.api.requests) == 1


AMBIGUOUS: dict[str, Action] = {
    **NO_RESPONSE,
    "dripping": Drip(HEAD.replace(b"9", b"400")),
    "not HTTP": Raw(b"garbage\r\n\r\n"),
    "not compressed as announced": Reply(200, b"{}", headers={"Content-Encoding": "gzip"}),
    **{
        f"status {status}": Reply(status, {"message": "Oh"})
        for status in (408, 500, 501, 502, 503, 504, 520)
    },
}


@pytest.mark.parametrize("action", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_a_purchase_is_never_repeated_when_its_outcome_is_unknown(
    world: World, origins: Origins, action: Action
) -> None:
    origins.api.script(action, GOOD)
    before = datetime.datetime.now(datetime.UTC)
    bound = 1.0 if isinstance(action, Stall | Drip) else 60.0
    with pytest.raises(DownloadOutcomeUnknownError) as caught:
        call(world, origins, "spends", timeout=bound)
    assert len(origins.api.requests) == 1
    error = caught.value
    assert error.operation == "downloads.request_image_download"
    assert error.path == "/v3/downloads/images/1"
    assert before <= error.since <= datetime.datetime.now(datetime.UTC)
    assert "Look in the download history from" in str(error)
    status = action.status if type(action) is Reply and action.status != 200 else None
    assert (error.response.status_code if error.response else None) == status


def test_a_purchase_may_have_been_made_if_its_connection_breaks_before_the_request_is_read(
    world: World, origins: Origins
) -> None:
    origins.api.reset_on_accept = 1
    origins.api.script(GOOD)
    try:
        call(world, origins, "spends")
    except DownloadOutcomeUnknownError:
        assert not origins.api.requests
    else:  # it broke so early that nothing had been sent
        assert len(origins.api.requests) == 1


@pytest.mark.parametrize("effect", [*EFFECTS, "spends"])
def test_every_request_is_repeated_after_a_refused_connection(
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


def test_a_server_that_stays_unreachable_is_an_error_that_gives_the_reason(
    world: World, origins: Origins
) -> None:
    away = Server()
    client = world.client(**origins.options(base_url=away.url, max_retries=2))
    with pytest.raises(APIConnectionError, match="refused, after 3 attempts") as caught:
        world.do(client.downloads.request_image_download, "1")
    assert not isinstance(caught.value, DownloadOutcomeUnknownError)
    assert str(away.port) not in str(caught.value)
    away.close()


@pytest.mark.parametrize("effect", [*EFFECTS, "spends"])
def test_every_request_is_repeated_after_a_429(world: World, origins: Origins, effect: str) -> None:
    origins.api.script(Reply(429), Reply(429, headers={"Retry-After": "0"}), GOOD)
    call(world, origins, effect)
    assert len(origins.api.requests) == 3
    if effect == "spends":
        numbers = [request.connection for request in origins.api.requests]
        assert len({*numbers}) == 3, "a request that spends has a connection of its own"


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
@pytest.mark.parametrize("effect", ["safe", "idempotent"])
def test_a_harmless_request_is_repeated_after_a_failure_of_the_server(
    world: World, origins: Origins, status: int, effect: str
) -> None:
    origins.api.script(Reply(status), Reply(status, b"<html>"), GOOD)
    assert call(world, origins, effect).attempts == 3


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_request_with_effects_is_not_repeated_after_a_failure_of_the_server(
    world: World, origins: Origins, status: int
) -> None:
    origins.api.script(Reply(status), GOOD)
    with pytest.raises(APIError) as caught:
        call(world, origins, "none")
    assert caught.value.status_code == status
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize("status", [400, 403, 404, 501, 505])
@pytest.mark.parametrize("effect", ["safe", "idempotent", "none"])
def test_a_request_that_would_only_fail_again_is_not_repeated(
    world: World, origins: Origins, status: int, effect: str
) -> None:
    origins.api.script(Reply(status), GOOD)
    with pytest.raises(APIError):
        call(world, origins, effect)
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize("effect", [*EFFECTS, "spends"])
def test_a_refused_token_is_renewed_and_the_request_repeated_once(
    world: World, origins: Origins, effect: str
) -> None:
    origins.api.script(Reply(401), GOOD)
    call(world, origins, effect, max_retries=0)
    tokens = [request.header("authorization") for request in origins.api.requests]
    assert tokens == [f"Bearer {MARK}-token-1", f"Bearer {MARK}-token-2"]


@pytest.mark.parametrize("effect", [*EFFECTS, "spends"])
def test_a_second_401_is_an_error(world: World, origins: Origins, effect: str) -> None:
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


@pytest.mark.slow
def test_more_than_a_thousand_retries_are_possible(world: World, origins: Origins) -> None:
    origins.api.script(*[Reply(503)] * 1100, GOOD)
    assert call(world, origins, "safe", max_retries=2000).attempts == 1101


def http_date(moment: datetime.datetime) -> str:
    return email.utils.format_datetime(moment, usegmt=True)


@pytest.mark.parametrize("effect", ["safe", "spends"])
@pytest.mark.parametrize(
    "value", ["100", "date", "9" * 5000, "9" * 400], ids=["seconds", "date", "endless", "huge"]
)
def test_a_wait_that_would_pass_the_timeout_is_not_begun(
    world: World, origins: Origins, value: str, effect: str
) -> None:
    if value == "date":
        value = http_date(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1))
    origins.api.script(Reply(429, headers={"Retry-After": value}), GOOD)
    with pytest.raises(RateLimitError):
        call(world, origins, effect, timeout=60)
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize(
    "value",
    [
        "soon",
        "-5",
        "1.5",
        "",
        "0",
        "Wed, 21 Oct 2015 07:28:00 GMT",
        "Wed, 21 Oct 99999999999 07:28:00 GMT",
        "Wed, 99 Oct 2015 07:28:00 GMT",
        "٣".encode().decode("latin-1"),  # as it is sent: in UTF-8
    ],
)
def test_a_retry_after_that_is_past_or_unreadable_adds_no_wait(
    world: World, origins: Origins, value: str, caplog: pytest.LogCaptureFixture
) -> None:
    origins.api.script(Reply(503, headers={"Retry-After": value}), GOOD)
    assert call(world, origins, "safe").attempts == 2
    assert "attempt 1 failed, the next in 0.00 s" in caplog.text


@pytest.mark.slow
def test_the_client_waits_the_seconds_that_the_server_asks_for(
    world: World, origins: Origins
) -> None:
    origins.api.script(Reply(503, headers={"Retry-After": "1"}), GOOD)
    call(world, origins, "safe")
    first, second = origins.api.requests
    assert second.time - first.time >= 0.95


@pytest.mark.slow
@pytest.mark.parametrize("zone", ["GMT", "-0000"])
def test_the_client_waits_for_the_date_that_the_server_asks_for(
    world: World, origins: Origins, zone: str
) -> None:
    moments: list[datetime.datetime] = []

    def later(_: Recorded) -> Reply:
        moments.append(datetime.datetime.now(datetime.UTC))
        if len(moments) == 2:
            return GOOD
        date = http_date(moments[0] + datetime.timedelta(seconds=2)).replace("GMT", zone)
        return Reply(503, headers={"Retry-After": date})

    origins.api.script(later)
    call(world, origins, "safe")
    first, second = moments
    asked_for = (first + datetime.timedelta(seconds=2)).replace(microsecond=0)
    assert second >= asked_for - datetime.timedelta(seconds=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("hours", [-1, 1], ids=["ahead", "behind"])
def test_a_date_is_waited_for_though_the_clock_of_this_machine_is_wrong(
    world: World, origins: Origins, hours: int, caplog: pytest.LogCaptureFixture
) -> None:
    now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=hours)
    later = http_date(now + datetime.timedelta(seconds=1))
    origins.api.script(Reply(429, headers={"Date": http_date(now), "Retry-After": later}), GOOD)
    assert call(world, origins, "safe", timeout=60).attempts == 2
    assert "attempt 1 failed, the next in 1.00 s" in caplog.text


def test_waits_grow_up_to_a_bound_with_full_jitter(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounds: list[tuple[float, float]] = []

    def draw(low: float, high: float) -> float:
        bounds.append((low, high))
        return 0.0

    monkeypatch.setattr(random, "uniform", draw)
    origins.api.script(*[Reply(503)] * 300, GOOD)
    call(world, origins, "safe", max_retries=300)
    assert bounds[:8] == [(0, 0.5), (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (0, 30), (0, 30)]
    assert set(bounds[8:]) == {(0, 30)}
    assert len(bounds) == 300
