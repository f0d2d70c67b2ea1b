"""Failures of the API: a class for each status, whatever form the body has."""

from __future__ import annotations

import datetime
import errno
import functools
import inspect
import os
import pickle
import re
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

import gettyimages
import gettyimages_rest
from gettyimages import (
    APIConnectionError,
    APIError,
    AuthenticationError,
    BadRequestError,
    DownloadOutcomeUnknownError,
    FileError,
    GettyImagesError,
    NotFoundError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitError,
    ResponseDecodeError,
    ServerError,
)

from ..support.servers import (
    API_KEY,
    HANG,
    MARK,
    SIGNED_URI,
    Origins,
    Recorded,
    Reply,
    Reset,
    Server,
    Stall,
    Truncated,
)
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")

CLASSES = {
    400: BadRequestError,
    401: AuthenticationError,
    402: APIError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: APIError,
    418: APIError,
    429: RateLimitError,
    500: ServerError,
    501: ServerError,
    503: ServerError,
    520: ServerError,
    599: ServerError,
}


def failure(world: World, origins: Origins, reply: Reply, **options: object) -> APIError:
    """The error that a call raises after this response."""
    origins.api.script(reply)
    client = world.client(**origins.options(max_retries=0, **options))
    with pytest.raises(APIError) as caught:
        world.do(client.downloads.get_downloads)
    return caught.value


@pytest.mark.parametrize("status", CLASSES)
def test_every_status_has_its_class(world: World, origins: Origins, status: int) -> None:
    body = {"ErrorCode": "SomeCode", "ErrorMessage": "Something is wrong."}
    error = failure(world, origins, Reply(status, body))
    assert type(error) is CLASSES[status]
    assert (error.status_code, error.code, error.message) == (
        status,
        "SomeCode",
        "Something is wrong.",
    )
    assert error.operation == "downloads.get_downloads"
    assert error.response.status_code == status
    assert b"SomeCode" in error.response.content
    assert f"status {status}" in str(error)
    assert "SomeCode" in str(error)


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (b'{"ErrorCode": "A", "ErrorMessage": "B"}', "A", "B"),
        (b'{"errorCode": "A", "errorMessage": "B"}', "A", "B"),
        (b'{"message": "Unauthorized"}', None, "Unauthorized"),
        (b'{"ErrorMessage": "B"}', None, "B"),
        (b'{"ErrorCode": 7, "ErrorMessage": null}', "7", ""),
        (b'\xef\xbb\xbf{"message": "B"}', None, "B"),
        (b"", None, ""),
        (b"  \r\n", None, ""),
        (b"<html><body>Bad gateway</body></html>", None, ""),
        (b'{"ErrorCode": "A", "Err', None, ""),
        (b'["A"]', None, ""),
        (b'"A"', None, ""),
        (b"null", None, ""),
        (b"[" * 100_000, None, ""),
        (b"\xff\xfe\x00", None, ""),
        (b'{"message": "a\\nb\\u0000\\u001b[31m  c"}', None, "a b[31m c"),
    ],
)
def test_code_and_message_are_read_from_every_known_form_of_body(
    world: World, origins: Origins, body: bytes, code: str | None, message: str
) -> None:
    error = failure(world, origins, Reply(404, body, content_type=None))
    assert isinstance(error, NotFoundError)
    assert (error.code, error.message) == (code, message)
    assert "\n" not in str(error)


def test_a_failure_whose_body_is_cut_off_is_a_connection_error(
    world: World, origins: Origins
) -> None:
    origins.api.script(Truncated(404, b'{"message": "gone'))
    client = world.client(**origins.options(max_retries=0))
    with pytest.raises(APIConnectionError, match="closed the connection"):
        world.do(client.downloads.get_downloads)


def test_a_message_of_megabytes_is_cut_short(world: World, origins: Origins) -> None:
    error = failure(world, origins, Reply(400, {"ErrorMessage": "x" * 4_000_000}))
    assert len(str(error)) < 1000


@pytest.mark.parametrize(
    "quoted", [SIGNED_URI, f"delivery.example/a.jpg?sig={MARK}", f"//delivery.example/{MARK}"]
)
def test_an_address_in_a_message_is_not_shown(world: World, origins: Origins, quoted: str) -> None:
    body = {"ErrorCode": quoted, "ErrorMessage": f"Cannot fetch {quoted} now"}
    error = failure(world, origins, Reply(400, body))
    assert "Cannot fetch [address] now" in str(error)
    assert quoted not in f"{error.code} {error.message}"


@pytest.mark.parametrize("text", ["?", "?a", "a?", "/", "bearer ", "? ="])
def test_a_hostile_message_takes_no_time(world: World, origins: Origins, text: str) -> None:
    began = time.process_time()
    body = {"ErrorCode": text * 5_000, "ErrorMessage": text * 5_000}
    error = failure(world, origins, Reply(400, body))
    assert len(str(error)) < 2000
    assert time.process_time() - began < HANG


def test_docstrings_of_generated_methods_name_the_errors_that_are_raised() -> None:
    package = Path(inspect.getfile(gettyimages_rest)).parent
    text = "".join(path.read_text("utf-8") for path in package.glob("api/*/__init__.py"))
    documented = set(re.findall(r"(\w+): Status (\d+)\.", text))
    assert {int(status) for _, status in documented} >= {400, 401, 403, 404, 429}
    assert documented == {(CLASSES[int(status)].__name__, status) for _, status in documented}
    assert "UnexpectedStatus" not in text
    assert set(re.findall(r"(\w+): .* is out of bounds", text)) == {"InvalidArgumentError"}


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_secret_that_a_gateway_quotes_is_not_shown(
    world: World, origins: Origins, status: int
) -> None:
    def quote(request: Recorded) -> Reply:
        key, token = request.header("api-key"), request.header("authorization")
        return Reply(status, {"message": f"'{token}' or {key} is no valid Authorization: {token}"})

    origins.api.script(quote)
    client = world.client(**origins.options())
    with pytest.raises(APIError, match=r"\[secret\]"):
        world.do(client.downloads.get_downloads)


def test_the_reason_of_a_429_is_read_from_its_header(world: World, origins: Origins) -> None:
    headers = {"X-Error-Detail": "Account Over Queries Per Second Limit"}
    error = failure(world, origins, Reply(429, b"", headers=headers))
    assert isinstance(error, RateLimitError)
    assert error.message == "Account Over Queries Per Second Limit"
    assert "max_requests_per_second" in str(error)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_undeclared_redirect_is_an_error_and_is_not_followed(
    world: World, origins: Origins, status: int
) -> None:
    with Server() as elsewhere:
        location = {"Location": f"{elsewhere.url}/x?signature={MARK}"}
        error = failure(world, origins, Reply(status, b"", headers=location))
        assert not elsewhere.connections
    assert type(error) is APIError
    assert "never followed" in str(error)
    assert repr(error.response.headers) == "<Headers date, content-length, location, content-type>"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_of_a_download_is_returned_and_not_followed(
    world: World, origins: Origins, status: int
) -> None:
    with Server() as elsewhere:
        location = f"{elsewhere.url}/x?signature={MARK}"
        origins.api.script(Reply(status, b"", headers={"Location": location}))
        client = world.client(**origins.options())
        redirect = world.do(client.downloads.request_image_download, "1")
        assert not elsewhere.connections
    assert (redirect.status_code, redirect.location) == (status, location)
    assert len(origins.api.requests) == 1


def test_a_redirect_of_a_download_without_a_location_leaves_its_outcome_unknown(
    world: World, origins: Origins
) -> None:
    origins.api.script(Reply(303))
    client = world.client(**origins.options())
    with pytest.raises(DownloadOutcomeUnknownError) as caught:
        world.do(client.downloads.request_image_download, "1")
    assert caught.value.response is not None
    assert caught.value.path == "/v3/downloads/images/1"
    assert len(origins.api.requests) == 1


def test_a_purchase_that_is_no_download_does_not_point_to_the_download_history(
    world: World, origins: Origins
) -> None:
    origins.api.script(Reply(500))
    client = world.client(**origins.options())
    with pytest.raises(OutcomeUnknownError, match="may have been carried out") as caught:
        world.do(client.asset_licensing.acquire, "1", extended_licenses=["resale"])
    assert not isinstance(caught.value, DownloadOutcomeUnknownError)
    assert "history" not in str(caught.value)
    assert caught.value.operation == "asset_licensing.acquire"
    assert caught.value.path == "/v3/asset-licensing/1"
    assert caught.value.response is not None
    assert len(origins.api.requests) == 1


def test_a_redirect_from_the_token_endpoint_is_not_followed(world: World, origins: Origins) -> None:
    with Server() as elsewhere:
        origins.tokens.script(Reply(307, headers={"Location": elsewhere.url}))
        client = world.client(**origins.options())
        with pytest.raises(gettyimages.CredentialsError, match="307"):
            world.do(client.downloads.get_downloads)
        assert not elsewhere.connections


def test_errors_are_pickled_without_their_responses(world: World, origins: Origins) -> None:
    error = failure(world, origins, Reply(404, {"message": SIGNED_URI}, headers={"X": MARK}))
    text = pickle.dumps(error)
    assert MARK.encode() not in text
    again = pickle.loads(text)
    assert type(again) is NotFoundError
    assert (str(again), again.status_code, again.operation) == (
        str(error),
        404,
        "downloads.get_downloads",
    )
    assert (again.response.status_code, again.response.content) == (404, b"")


def test_all_errors_belong_to_one_tree_which_is_drawn_where_they_are_defined() -> None:
    errors = [
        value
        for name in gettyimages.__all__
        if isinstance(value := getattr(gettyimages, name), type) and issubclass(value, Exception)
    ]
    assert all(issubclass(error, GettyImagesError) for error in errors)
    assert issubclass(gettyimages.APITimeoutError, APIConnectionError)
    assert issubclass(DownloadOutcomeUnknownError, gettyimages.DownloadError)
    assert issubclass(DownloadOutcomeUnknownError, OutcomeUnknownError)
    assert not issubclass(ResponseDecodeError, APIError)
    text = inspect.getdoc(inspect.getmodule(GettyImagesError)) or ""
    assert all(error.__name__ in text for error in errors)


@pytest.mark.parametrize(
    "header", ["X-Request-Id", "x-amzn-RequestId", "X-Amz-Apigw-Id", "X-Correlation-Id"]
)
def test_an_error_has_and_shows_the_id_of_its_request(
    world: World, origins: Origins, header: str
) -> None:
    error = failure(world, origins, Reply(403, {"message": "no"}, headers={header: "abc-1"}))
    assert error.request_id == error.response.request_id == "abc-1"
    assert str(error).endswith("no. Its request id is abc-1")


def test_an_error_without_a_request_id_does_not_mention_one(world: World, origins: Origins) -> None:
    error = failure(world, origins, Reply(403, {"message": "no"}))
    assert error.request_id is None
    assert "request id" not in str(error)


def test_a_request_id_that_holds_a_secret_is_not_shown(world: World, origins: Origins) -> None:
    error = failure(world, origins, Reply(403, headers={"X-Request-Id": API_KEY}))
    assert error.request_id == "[secret]"


def causes(world: World, call: Callable[[], object]) -> list[BaseException]:
    """A connection error and all that led to it."""
    with pytest.raises(GettyImagesError) as caught:
        world.do(call)
    found: list[BaseException] = [caught.value]
    while (cause := found[-1].__cause__ or found[-1].__context__) is not None:
        found.append(cause)
    return found


def test_a_connection_that_breaks_has_the_error_of_the_system_as_its_cause(
    world: World, origins: Origins
) -> None:
    origins.api.script(Reset())
    client = world.client(**origins.options(max_retries=0))
    for call in (
        client.downloads.get_downloads,
        functools.partial(client.downloads.request_image_download, "1"),
    ):
        _, cause = causes(world, call)
        assert isinstance(cause, ConnectionResetError)
        assert cause.args == (errno.ECONNRESET, os.strerror(errno.ECONNRESET))
        assert cause.__traceback__ is None


def test_a_refused_connection_has_the_error_of_the_system_as_its_cause(
    world: World, origins: Origins
) -> None:
    for server in (origins.tokens, origins.api):
        client = world.client(**origins.options(max_retries=0))
        with server.refusing():
            _, cause = causes(world, client.downloads.get_downloads)
            assert type(cause) is ConnectionRefusedError
            assert cause.args == (errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED))
            assert cause.__traceback__ is None


def test_the_cause_of_an_error_comes_without_frames(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    client = world.client(**origins.options())
    call = functools.partial(client.downloads.save_image, "1", tmp_path / "file")
    _, cause = causes(world, call)
    assert isinstance(cause, FileExistsError)
    assert cause.__traceback__ is None


def test_a_timeout_has_no_cause(world: World, origins: Origins) -> None:
    origins.api.script(Stall())
    client = world.client(**origins.options(max_retries=0, step_timeout=0.05))
    [_] = causes(world, client.downloads.get_downloads)


@pytest.mark.parametrize("name", ["typed", "custom", "history", "saved", "looked up", "raw"])
def test_a_traceback_has_few_frames_of_the_client(
    world: World, origins: Origins, tmp_path: Path, name: str
) -> None:
    origins.api.script(Reply(404))
    client = world.client(**origins.options())
    since = datetime.datetime.now(datetime.UTC)
    calls: dict[str, Callable[[], object]] = {
        "typed": client.downloads.get_downloads,
        "custom": lambda: client.request("GET", "/v3/x"),
        "history": lambda: [*world.items(client.downloads.history())],
        "saved": lambda: client.downloads.save_image("1", tmp_path),
        "looked up": lambda: client.downloads.was_downloaded("1", since=since),
        "raw": lambda: client.with_response(client.downloads.get_downloads),
    }
    with pytest.raises(NotFoundError) as caught:
        calls[name]() if name == "history" else world.do(calls[name])
    frames = traceback.extract_tb(caught.value.__traceback__)
    ours = [frame.name for frame in frames if "/gettyimages" in Path(frame.filename).as_posix()]
    assert 1 <= len(ours) <= 4, ours
    assert ours[0] in ("get_downloads", "request", "iterate", "iterate_async", "save_image",
                       "was_downloaded", "with_response")  # fmt: skip


def test_a_traceback_of_a_batch_has_few_frames_of_the_client(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    (tmp_path / "taken").touch()
    client = world.client(**origins.options())
    with pytest.raises(FileError) as caught:
        [*world.items(client.downloads.save_images(["1"], tmp_path / "taken"))]
    frames = traceback.extract_tb(caught.value.__traceback__)
    ours = [frame.name for frame in frames if "/gettyimages" in Path(frame.filename).as_posix()]
    assert set(ours) <= {"__iter__", "__next__", "__aiter__", "__anext__"}
    assert isinstance(caught.value.__cause__, FileExistsError)
