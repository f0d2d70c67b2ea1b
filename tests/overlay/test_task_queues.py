"""Errors and results reach another process as they are, without addresses and bodies."""

from __future__ import annotations

import concurrent.futures
import json
import multiprocessing
import pickle
import typing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import gettyimages
from gettyimages import (
    APIConnectionError,
    APIError,
    DownloadOutcomeUnknownError,
    DownloadResult,
    DownloadSummary,
    GettyImages,
    GettyImagesError,
    JournalError,
    NotFoundError,
    RegistrationError,
    ResponseDecodeError,
    SavedFile,
)

from .support.servers import MARK, SIGNED_URI, Action, Reply, Reset, Server

ERRORS = sorted(
    name
    for name in gettyimages.__all__
    if isinstance(kind := getattr(gettyimages, name), type) and issubclass(kind, GettyImagesError)
)

BODY = {"ErrorCode": "ImageNotFound", "ErrorMessage": f"No image. {SIGNED_URI}"}
HEADERS = {"X-Request-Id": "req-7", "X-Mine": MARK, "Retry-After": "0"}


def caught(reply: Action, call: Callable[[GettyImages], object]) -> GettyImagesError:
    """The error that a call raises."""
    options: dict[str, typing.Any] = {"api_key": "k", "access_token": "t", "max_retries": 0}
    with Server(reply) as server, GettyImages(**options, base_url=server.url) as client:
        try:
            call(client)
        except GettyImagesError as error:
            return error
    raise AssertionError("nothing was raised")


def request_image(client: GettyImages) -> object:
    return client.downloads.request_image_download("1")


def history(client: GettyImages) -> object:
    return client.downloads.get_downloads()


def register(client: GettyImages) -> object:
    return client.asset_registrations.register_all(["1", "2"])


RAISED: dict[str, Callable[[], GettyImagesError]] = {
    "not found": lambda: caught(Reply(404, BODY, headers=HEADERS), request_image),
    "no permission": lambda: caught(Reply(403, BODY, headers=HEADERS), request_image),
    "rate limit": lambda: caught(Reply(429, BODY, headers=HEADERS), history),
    "server": lambda: caught(Reply(500, BODY, headers=HEADERS), history),
    "outcome unknown": lambda: caught(Reply(500, BODY, headers=HEADERS), request_image),
    "not readable": lambda: caught(Reply(200, MARK, headers=HEADERS), history),
    "no connection": lambda: caught(Reset(), history),
    "registration": lambda: caught(Reply(400, BODY, headers=HEADERS), register),
}


def raise_not_found() -> None:
    error = RAISED["not found"]()
    raise error


def returned(value: object) -> object:
    return value


def same(error: BaseException, again: BaseException) -> None:
    """Two errors show the same, apart from what their responses held."""
    assert type(again) is type(error)
    assert (str(again), again.args) == (str(error), error.args)
    plain = {name: value for name, value in vars(error).items() if name not in ("link", "response")}
    assert plain == {name: vars(again)[name] for name in plain}
    response = vars(error).get("response")
    if response is not None:
        left = vars(again)["response"]
        names = ("status_code", "attempts", "operation", "url", "elapsed", "request_id")
        for name in names:
            assert getattr(left, name) == getattr(response, name)
        assert left.may_have_executed == response.may_have_executed
        assert (left.content, dict(left.headers)) == (b"", {})


@pytest.fixture(scope="module")
def workers() -> Iterator[concurrent.futures.ProcessPoolExecutor]:
    """A process that shares nothing with this one."""
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        yield pool


@pytest.mark.parametrize("name", RAISED)
def test_an_error_is_pickled_with_all_but_its_response_body(name: str) -> None:
    error = RAISED[name]()
    text = pickle.dumps(error)
    assert MARK.encode() not in text
    same(error, pickle.loads(text))


def test_errors_and_results_reach_another_process_and_come_back(
    workers: concurrent.futures.ProcessPoolExecutor,
) -> None:
    for make in RAISED.values():
        error = make()
        same(error, typing.cast("Exception", workers.submit(returned, error).result()))
        result = DownloadResult(id="1", outcome="failed", error=error)
        back = typing.cast("DownloadResult", workers.submit(returned, result).result())
        assert (back.id, back.outcome, type(back.error)) == ("1", "failed", type(error))
    for value in (SAVED, SUMMARY, DownloadResult(id="1", outcome="saved", file=SAVED)):
        assert workers.submit(returned, value).result() == value


def test_an_error_that_is_raised_in_another_process_is_raised_here(
    workers: concurrent.futures.ProcessPoolExecutor,
) -> None:
    with pytest.raises(NotFoundError) as raised:
        workers.submit(raise_not_found).result()
    error = raised.value
    assert (error.status_code, error.code) == (404, "ImageNotFound")
    assert error.message == "No image. [address]"
    assert error.operation == "downloads.request_image_download"
    assert error.request_id == "req-7"


@pytest.mark.parametrize("name", ERRORS)
def test_every_class_of_errors_is_pickled_and_made_anew_from_its_arguments(name: str) -> None:
    kind = getattr(gettyimages, name)
    error = kind(1, ["x"], ["a", "b"]) if kind is RegistrationError else kind("what happened")
    same(error, pickle.loads(pickle.dumps(error)))
    same(error, kind(*error.args))


@pytest.mark.parametrize("name", RAISED)
def test_a_queue_that_keeps_the_arguments_as_json_gets_the_same_class_and_text(name: str) -> None:
    error = RAISED[name]()
    again = type(error)(*json.loads(json.dumps(error.args)))
    assert (type(again), str(again)) == (type(error), str(error))
    if isinstance(error, APIError):
        assert isinstance(again, APIError)
        names = ("status_code", "code", "message", "operation", "request_id")
        assert [getattr(again, name) for name in names] == [getattr(error, name) for name in names]
        assert again.response.status_code == error.status_code


def test_an_error_is_pickled_without_its_link() -> None:
    link = gettyimages.DownloadLink(
        asset_id="1",
        operation="downloads.request_image_download",
        parameters={},
        uri=SIGNED_URI,
        expires_at=DownloadOutcomeUnknownError("x").since,
    )
    text = pickle.dumps(JournalError("full", link=link))
    assert MARK.encode() not in text
    assert pickle.loads(text).link is None


SAVED = SavedFile(Path("photos/1.jpg"), 9, "ab", "image/jpeg", download_used=True, skipped=False)
SUMMARY = DownloadSummary(saved=1, bytes=9, seconds=0.5)


def test_results_become_plain_values_of_json() -> None:
    error = RAISED["not found"]()
    failed = DownloadResult(id="2", outcome="failed", error=error).to_dict()
    saved = DownloadResult(id="1", outcome="saved", file=SAVED, download_used=True).to_dict()
    assert json.loads(json.dumps([saved, failed, SUMMARY.to_dict()])) == [
        {
            "id": "1",
            "outcome": "saved",
            "file": {
                "path": str(SAVED.path),
                "url": SAVED.path.absolute().as_uri(),
                "size": 9,
                "sha256": "ab",
                "content_type": "image/jpeg",
                "download_used": True,
                "skipped": False,
            },
            "error": None,
            "download_used": True,
        },
        {
            "id": "2",
            "outcome": "failed",
            "file": None,
            "error": {"type": "NotFoundError", "text": str(error)},
            "download_used": False,
        },
        {
            **dict.fromkeys(
                (
                    "skipped",
                    "failed",
                    "link_lost",
                    "outcome_unknown",
                    "not_requested",
                    "would_save",
                ),
                0,
            ),
            "stopped_because": None,
            "downloads_used": 0,
            "saved": 1,
            "bytes": 9,
            "seconds": 0.5,
        },
    ]


def test_the_connection_error_keeps_whether_it_may_have_been_carried_out() -> None:
    again = pickle.loads(pickle.dumps(APIConnectionError("x", may_have_executed=False)))
    assert again.may_have_executed is False
    assert ResponseDecodeError("x").response.status_code == 200
