"""The download history is read page by page, to its end and no further."""

from __future__ import annotations

import datetime
import itertools
import typing

import pytest

from gettyimages import BadRequestError, GettyImagesError, RawResponse, ResponseDecodeError
from gettyimages_rest import errors, models
from gettyimages_rest.api.downloads import get_downloads

from ..support.serving import Served

Ids: typing.TypeAlias = typing.Sequence[int]


def page(ids: Ids, count: object = None) -> dict[str, object]:
    return {"result_count": count, "downloads": [{"id": str(number)} for number in ids]}


def history(served: Served, **options: object) -> list[int]:
    return [int(record.id) for record in records(served, **options)]


def records(served: Served, **options: object) -> typing.Iterator[typing.Any]:
    return served.world.items(served.client.downloads.history(**options))


def test_the_pages_are_fetched_up_to_the_last_and_no_further(served: Served) -> None:
    served.respond(page([1, 2], 5), page([3, 4], 5), page([5], 5), 400)
    assert history(served, page_size=2) == [1, 2, 3, 4, 5]
    assert served.parameters("page") == ["1", "2", "3"]
    assert served.parameters("page_size") == ["2", "2", "2"]


def test_a_last_page_that_is_full_needs_no_further_request(served: Served) -> None:
    served.respond(page([1, 2], 4), page([3, 4], 4), 400)
    assert history(served, page_size=2) == [1, 2, 3, 4]


def test_records_are_typed(served: Served) -> None:
    record = {"id": 7, "date_downloaded": "2026-02-01T10:00:00Z", "user": {"username": "u"}}
    served.respond({"result_count": 1, "downloads": [record]})
    (only,) = records(served)
    assert isinstance(only, models.DownloadRecord)
    assert (only.id, only.user) == ("7", models.DownloadUser(username="u"))
    assert only.date_downloaded == datetime.datetime(2026, 2, 1, 10, tzinfo=datetime.UTC)


@pytest.mark.parametrize("body", [page([]), page([], 0), page([], 9), {}, {"downloads": None}])
def test_an_empty_page_is_the_end(served: Served, body: object) -> None:
    served.respond(body, 400)
    assert history(served) == []
    assert len(served.requests) == 1


@pytest.mark.parametrize("count", [None, 7, 100, "unknown"])
def test_a_short_page_is_not_the_end(served: Served, count: object) -> None:
    served.respond(page([1], count), page([2, 3], count), page([4], count), page([], count), 400)
    assert history(served, page_size=2) == [1, 2, 3, 4]


def test_an_empty_page_is_the_end_whatever_the_count(served: Served) -> None:
    served.respond(page([1, 2], 90), page([], 90), 400)
    assert history(served, page_size=2) == [1, 2]


@pytest.mark.parametrize("count", [None, 5, 100])
def test_a_server_that_ignores_the_page_number_is_asked_twice_at_most(
    served: Served, count: object
) -> None:
    served.respond(page([1, 2], count))
    assert history(served, page_size=2) == [1, 2]
    assert len(served.requests) == 2


def test_pages_that_repeat_in_turns_end_the_history(served: Served) -> None:
    served.respond(*[page([1, 2]), page([3, 4])] * 5)
    assert history(served, page_size=2) == [1, 2, 3, 4]


def test_a_repeated_last_page_ends_the_history(served: Served) -> None:
    served.respond(page([1, 2]), page([3]))
    assert history(served, page_size=2) == [1, 2, 3]
    assert len(served.requests) == 3


def test_a_count_that_is_too_low_loses_no_record(served: Served) -> None:
    served.respond(page([1, 2], 1), page([3, 4], 1), page([5], 1), 400)
    assert history(served, page_size=2) == [1, 2, 3, 4, 5]


def test_a_count_that_is_too_high_ends_with_an_empty_page(served: Served) -> None:
    served.respond(page([1, 2], 9), page([3], 9), page([], 9), 400)
    assert history(served, page_size=2) == [1, 2, 3]


def test_a_count_that_grows_during_the_iteration_is_followed(served: Served) -> None:
    served.respond(page([1, 2], 3), page([2, 3], 4), 400)
    assert history(served, page_size=2) == [1, 2, 2, 3]


def test_pages_of_another_size_than_requested_are_followed(served: Served) -> None:
    served.respond(page([1, 2, 3], 5), page([4, 5], 5), 400)
    assert history(served, page_size=2) == [1, 2, 3, 4, 5]


def test_the_history_starts_with_the_requested_page(served: Served) -> None:
    served.respond(page([5, 6], 7), page([7], 7), 400)
    assert history(served, page=3, page_size=2) == [5, 6, 7]
    assert served.parameters("page") == ["3", "4"]


def test_a_later_start_with_short_pages_loses_no_record(
    served: Served,
) -> None:
    served.respond(page([3, 4], 6), page([5, 6], 6), 400)
    assert history(served, page=2, page_size=100) == [3, 4, 5, 6]


def test_a_start_behind_the_last_page_finds_nothing(served: Served) -> None:
    served.respond(page([], 7))
    assert history(served, page=9) == []


def test_no_page_is_fetched_before_it_is_needed(served: Served) -> None:
    served.respond(page([1, 2], 4), page([3, 4], 4))
    iterator = records(served, page_size=2)
    assert len(served.requests) == 0
    assert next(iterator).id == "1"
    assert next(iterator).id == "2"
    assert len(served.requests) == 1
    assert next(iterator).id == "3"
    assert len(served.requests) == 2


def test_a_history_that_has_ended_sends_no_more_requests(served: Served) -> None:
    served.respond(page([1], 1), page([2], 2))
    iterator = served.client.downloads.history()
    assert len([*served.world.items(iterator)]) == 1
    assert [*served.world.items(iterator)] == []
    assert len(served.requests) == 1


def test_two_histories_are_independent(served: Served) -> None:
    served.respond(page([1], 2), page([1], 2), page([2], 2), page([2], 2))
    one, two = records(served, page_size=1), records(served, page_size=1)
    assert [(a.id, b.id) for a, b in zip(one, two, strict=True)] == [("1", "1"), ("2", "2")]


def test_options_are_sent_with_every_page(served: Served) -> None:
    served.respond(page([1], 1))
    history(
        served, company_downloads=True, product_type="imagepack", accept_language="de",
        start_date=datetime.date(2026, 1, 2), end_date="2026-02-03", headers={"X-Mine": "1"},
    )  # fmt: skip
    assert served.requests[0].target == (
        "/v3/downloads?company_downloads=true&end_date=2026-02-03&page=1&page_size=30"
        "&product_type=imagepack&start_date=2026-01-02"
    )
    assert served.requests[0].header("accept-language") == "de"
    assert served.requests[0].header("x-mine") == "1"


@pytest.mark.parametrize(
    "options",
    [{"page_size": size} for size in (0, -1, 101, "x")] + [{"page": it} for it in (0, -3, 1.5)],
    ids=str,
)
def test_a_number_out_of_bounds_is_refused_at_once(
    served: Served, options: dict[str, object]
) -> None:
    (name,) = options
    with pytest.raises(GettyImagesError, match=f"^{name} must be .* found {options[name]!r}$"):
        served.client.downloads.history(**options)
    assert served.requests == []


@pytest.mark.parametrize("size", [1, 100, None])
def test_the_bounds_themselves_are_accepted(served: Served, size: int | None) -> None:
    served.respond(page([1], 1))
    assert history(served, page_size=size, page=None) == [1]


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "05/03/2026", "1772697600"])
@pytest.mark.parametrize("name", ["start_date", "end_date", "date_from", "date_to"])
def test_a_string_that_is_no_date_is_refused_at_once(served: Served, name: str, text: str) -> None:
    with pytest.raises(GettyImagesError, match="a date must be in ISO 8601"):
        served.client.downloads.history(**{name: text})


def test_a_page_that_cannot_be_read_is_an_error_and_not_the_end(served: Served) -> None:
    served.respond(page([1, 2], 9), {"result_count": 9, "downloads": [{"id": "3"}, "4"]})
    iterator = records(served, page_size=2)
    assert [record.id for record in itertools.islice(iterator, 2)] == ["1", "2"]
    with pytest.raises(
        GettyImagesError, match=r"get_downloads: .* page 2 has downloads that cannot"
    ):
        next(iterator)


def test_an_empty_body_is_an_error_and_not_the_end(served: Served) -> None:
    served.respond(b" ")
    with pytest.raises(ResponseDecodeError, match="the call itself succeeded"):
        history(served)


def test_the_records_before_a_failed_page_are_returned(served: Served) -> None:
    served.respond(page([1, 2], 9), 400, page([3], 3))
    iterator = records(served, page_size=2)
    assert [record.id for record in itertools.islice(iterator, 2)] == ["1", "2"]
    with pytest.raises(BadRequestError):
        next(iterator)
    assert history(served, page=2, page_size=2) == [3]


def test_a_history_without_end_is_an_error() -> None:
    # The rules alone, without I/O: over the network so many pages would take minutes.
    pages = get_downloads.pages(1, 30)
    for number in range(100_000):
        pages.take(models.DownloadHistoryPage(downloads=[models.DownloadRecord(id=str(number))]))
        assert not pages.is_over
    response = RawResponse(200, {}, b'{"downloads": [{"id": "more"}]}')
    with pytest.raises(errors.DecodeError, match="pages have no end after 100000"):
        pages.operation.parse_response(response)
