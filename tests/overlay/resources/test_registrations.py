"""Assets are registered in batches; an error names the failed batch and what was done before."""

from __future__ import annotations

import asyncio
import typing
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from itertools import chain

import pytest

from gettyimages import (
    APIConnectionError,
    BadRequestError,
    GettyImagesError,
    InvalidArgumentError,
    PermissionDeniedError,
    RawResponse,
    RegistrationError,
    RegistrationProgress,
    ServerError,
)

from ..support.servers import Reply
from ..support.serving import Served


def sent(served: Served) -> list[list[str]]:
    """The ids of each request."""
    return [request.json["asset_ids"] for request in served.requests]


def register(served: Served, ids: object, **options: object) -> typing.Any:
    return served.world.do(served.client.asset_registrations.register_all, ids, **options)


IDS = ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    "kind",
    [list, tuple, dict.fromkeys, iter],
    ids=["list", "tuple", "mapping", "iterator"],
)
def test_any_iterable_of_ids_is_sent_in_batches_in_its_order(
    served: Served, kind: Callable[[list[str]], Iterable[str]]
) -> None:
    served.respond(200)
    assert register(served, kind(IDS), batch_size=2) == 5
    assert sent(served) == [["1", "2"], ["3", "4"], ["5"]]
    assert set(served.called) == {"POST /v3/asset-registrations"}


def test_a_set_is_registered_whole(served: Served) -> None:
    assert register(served, set(IDS), batch_size=3) == 5
    assert sorted(chain(*sent(served))) == IDS


@pytest.mark.parametrize("size", [1, 5, 6, 10_000])
def test_no_batch_is_empty(served: Served, size: int) -> None:
    assert register(served, IDS, batch_size=size) == 5
    assert [*chain(*sent(served))] == IDS
    assert all(0 < len(batch) <= size for batch in sent(served))


def test_a_batch_is_of_a_hundred_by_default(served: Served) -> None:
    assert register(served, map(str, range(201))) == 201
    assert [len(batch) for batch in sent(served)] == [100, 100, 1]


def test_without_ids_nothing_is_sent(served: Served) -> None:
    assert register(served, []) == 0
    assert register(served, iter(())) == 0
    assert served.requests == []


def test_ids_are_read_only_as_they_are_needed(served: Served) -> None:
    when: list[tuple[str, int]] = []

    def ids() -> Iterator[str]:
        for item in IDS:
            when.append((item, len(served.requests)))
            yield item

    assert register(served, ids(), batch_size=2) == 5
    assert when == [("1", 0), ("2", 0), ("3", 1), ("4", 1), ("5", 2)]


def test_an_asynchronous_generator_is_accepted_by_the_asynchronous_client_only(
    served: Served,
) -> None:
    when: list[tuple[str, int]] = []

    async def ids() -> AsyncIterator[str]:
        for item in IDS:
            when.append((item, len(served.requests)))
            yield item

    if served.world.is_async:
        assert register(served, ids(), batch_size=2) == 5
        assert sent(served) == [["1", "2"], ["3", "4"], ["5"]]
        assert when == [("1", 0), ("2", 0), ("3", 1), ("4", 1), ("5", 2)]
    else:
        with pytest.raises(GettyImagesError, match="must be an iterable of ids"):
            register(served, ids())
        assert served.requests == []


@pytest.mark.parametrize(
    ("ids", "found"),
    [("123", "one string"), (b"123", "one string"), (None, "NoneType"), (7, "int")],
)
def test_anything_but_an_iterable_of_ids_is_refused(
    served: Served, ids: object, found: str
) -> None:
    with pytest.raises(GettyImagesError, match=f"must be an iterable of ids, found {found}"):
        register(served, ids)
    assert served.requests == []


@pytest.mark.parametrize("size", [0, -1, 1.5, "2", None])
def test_an_invalid_batch_size_is_refused(served: Served, size: object) -> None:
    with pytest.raises(GettyImagesError, match="batch_size must be an integer from 1"):
        register(served, IDS, batch_size=size)
    assert served.requests == []


@pytest.mark.parametrize("odd", ["", "  ", ".", "..", " 7", True, None, b"7", ["7"]])
def test_an_invalid_id_in_a_collection_is_refused_before_anything_is_sent(
    served: Served, odd: object
) -> None:
    with pytest.raises(GettyImagesError, match="an id must be an integer or a string"):
        register(served, [*IDS, odd], batch_size=2)
    assert served.requests == []


def test_an_invalid_id_from_an_iterator_ends_the_registration(served: Served) -> None:
    ids: list[typing.Any] = ["1", "2", "3", None, "5"]
    with pytest.raises(RegistrationError, match=r"2 ids were registered") as caught:
        register(served, iter(ids), batch_size=2)
    error = caught.value
    assert (error.registered, error.failed, error.taken) == (2, [], ["3"])
    assert "must be an integer or a string" in str(error.__cause__)
    assert sent(served) == [["1", "2"]]


def test_ids_may_be_numbers(served: Served) -> None:
    progress = RegistrationProgress()
    assert register(served, [1, "2", 3], batch_size=2, progress=progress) == 3
    assert sent(served) == [["1", "2"], ["3"]]
    assert progress.registered == ["1", "2", "3"]


@pytest.mark.parametrize("odd", ["a b", "ü", "1/2", "\U0001f4f7", "x" * 5000, '"'])
def test_every_other_id_is_sent_as_it_is(served: Served, odd: str) -> None:
    assert register(served, [odd]) == 1
    assert sent(served) == [[odd]]


def test_a_failed_batch_ends_the_registration_with_an_error_that_names_it(served: Served) -> None:
    served.respond(200, 200, 403)
    with pytest.raises(RegistrationError) as caught:
        register(served, map(str, range(9)), batch_size=2)
    error = caught.value
    assert (error.batch, error.registered, error.failed) == (3, 4, ["4", "5"])
    assert str(error).startswith(
        "batch 3 failed, with 2 ids from '4' to '5'; 4 ids were registered"
    )
    assert isinstance(error.__cause__, PermissionDeniedError)
    assert len(served.requests) == 3


def test_the_remaining_ids_can_be_registered_after_a_failure(served: Served) -> None:
    served.respond(200, 400, 200)
    ids = iter(IDS)
    with pytest.raises(RegistrationError) as caught:
        register(served, ids, batch_size=2)
    assert isinstance(caught.value.__cause__, BadRequestError)
    assert register(served, [*caught.value.failed, *ids]) == 3
    assert sent(served) == [["1", "2"], ["3", "4"], ["3", "4", "5"]]


def test_a_failure_of_the_server_is_retried_as_registering_twice_is_harmless(
    served: Served,
) -> None:
    served.respond(200, 500, 503, 200)
    assert register(served, IDS, batch_size=3) == 5
    assert sent(served) == [["1", "2", "3"], ["4", "5"], ["4", "5"], ["4", "5"]]


def test_a_batch_fails_after_the_last_retry(served: Served) -> None:
    served.respond(500)
    with pytest.raises(RegistrationError) as caught:
        register(served, IDS)
    assert isinstance(caught.value.__cause__, ServerError)
    assert (caught.value.batch, caught.value.registered) == (1, 0)
    assert len(served.requests) == 4


def test_an_unreachable_server_fails_the_batch(served: Served) -> None:
    served.client = served.make(max_retries=0)
    with served.server.refusing(), pytest.raises(RegistrationError) as caught:
        register(served, IDS)
    assert isinstance(caught.value.__cause__, APIConnectionError)


def failing_after_three(served: Served, error: BaseException, asynchronous: bool) -> typing.Any:
    def ids() -> Iterator[str]:
        yield from "123"
        raise error

    async def asynchronous_ids() -> AsyncIterator[str]:
        for item in ids():
            yield item

    if asynchronous and not served.world.is_async:
        pytest.skip("the blocking client takes no asynchronous iterable")
    return asynchronous_ids() if asynchronous else ids()


@pytest.mark.parametrize("asynchronous", [False, True], ids=["iterable", "asynchronous iterable"])
@pytest.mark.parametrize("mine", [LookupError("mine"), GettyImagesError("mine")])
def test_an_error_of_the_iterable_comes_with_what_was_registered_and_taken(
    served: Served, mine: Exception, asynchronous: bool
) -> None:
    with pytest.raises(RegistrationError, match=r"the iterable of ids failed.*: mine") as caught:
        register(served, failing_after_three(served, mine, asynchronous), batch_size=2)
    error = caught.value
    assert error.__cause__ is mine
    assert (error.registered, error.registered_ids) == (2, ["1", "2"])
    assert (error.failed, error.taken) == ([], ["3"])
    assert sent(served) == [["1", "2"]]


def test_an_error_has_the_registered_and_the_failed_ids_and_its_cause_in_its_text(
    served: Served,
) -> None:
    served.respond(200, Reply(400, {"ErrorCode": "Odd", "ErrorMessage": "not this one"}))
    with pytest.raises(RegistrationError, match=r"BadRequestError: .*not this one") as caught:
        register(served, iter(IDS), batch_size=2)
    error = caught.value
    assert error.registered_ids == ["1", "2"]
    assert (error.failed, error.taken) == (["3", "4"], [])


@pytest.mark.parametrize("asynchronous", [False, True], ids=["iterable", "asynchronous iterable"])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, asyncio.CancelledError])
def test_a_stop_while_ids_are_taken_is_passed_on_and_leaves_the_progress(
    served: Served, stop: type[BaseException], asynchronous: bool
) -> None:
    progress = RegistrationProgress()
    ids = failing_after_three(served, stop(), asynchronous)
    with pytest.raises(stop):
        register(served, ids, batch_size=2, progress=progress)
    assert (progress.registered, progress.uncertain) == (["1", "2"], [])
    assert progress.taken == ["3"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, asyncio.CancelledError])
def test_a_stop_during_a_request_is_passed_on_and_leaves_the_progress(
    served: Served, stop: type[BaseException]
) -> None:
    def interrupt(_: RawResponse) -> None:
        if len(served.requests) == 2:
            raise stop

    served.client = served.make(on_response=interrupt)
    progress = RegistrationProgress()
    with pytest.raises(stop) as caught:
        register(served, iter(IDS), batch_size=2, progress=progress)
    assert (progress.registered, progress.uncertain) == (["1", "2"], ["3", "4"])
    assert progress.taken == []
    if stop is KeyboardInterrupt and not served.world.is_async:
        note = "register_all: 2 ids were registered, 2 may be, 0 were taken and not sent"
        assert caught.value.__notes__ == [note]


@pytest.mark.parametrize("progress", ["x", [], RegistrationProgress(uncertain=["1"])])
def test_a_progress_that_was_used_or_is_of_another_type_is_refused(
    served: Served, progress: object
) -> None:
    with pytest.raises(InvalidArgumentError, match="progress must be a RegistrationProgress"):
        register(served, IDS, progress=progress)
    assert served.requests == []


def test_the_progress_can_be_read_while_ids_are_registered(served: Served) -> None:
    progress, seen = RegistrationProgress(), []

    def ids() -> Iterator[str]:
        for item in IDS:
            seen.append((len(progress.registered), len(progress.taken)))
            yield item

    assert register(served, ids(), batch_size=2, progress=progress) == 5
    assert seen == [(0, 0), (0, 1), (2, 0), (2, 1), (4, 0)]
    assert (progress.registered, progress.uncertain, progress.taken) == (IDS, [], [])


def test_a_body_of_the_response_is_ignored(served: Served) -> None:
    served.respond(b"<html>thanks</html>")
    assert register(served, IDS) == 5
