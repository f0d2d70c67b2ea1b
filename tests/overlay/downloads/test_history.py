"""The download history is gone through page by page, to its end and no further."""

from __future__ import annotations

import datetime
import itertools
import typing

import pytest

from gettyimages import BadRequestError, GettyImagesError, ResponseDecodeError
from gettyimages._downloads.history import Pages
from gettyimages_rest import models

from ..support.serving import Served

Ids: typing.TypeAlias = typing.Sequence[int]


def page(ids: Ids, count: object = None) -> dict[str, object]:
    return {"result_count": count, "downloads": [{"id": str(number)} for number in ids]}


def history(served: Served, **options: object) -> list[int]:
    return [int(record.id) for record in records(served, **options)]


def records(served: Served, **options: object) -> typing.Iterator[typing.Any]:
    return served.world.items(served.client.downloads.history(**options))


def test_all_pages_are_gone_through_and_none_too_many(served: Served) -> None:
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
def test_short_pages_in_the_middle_are_no_end(served: Served, count: object) -> None:
    served.respond(page([1], count), page([2, 3], count), page([4], count), page([], count), 400)
    assert history(served, page_size=2) == [1, 2, 3, 4]


def test_an_empty_page_ends_it_whatever_the_count_says(served: Served) -> None:
    served.respond(page([1, 2], 90), page([], 90), 400)
    assert history(served, page_size=2) == [1, 2]


@pytest.mark.parametrize("count", [None, 5, 100])
def test_a_server_that_knows_no_pages_is_asked_twice_at_most(served: Served, count: object) -> None:
    served.respond(page([1, 2], count))
    assert history(served, page_size=2) == [1, 2]
    assert len(served.requests) == 2


def test_pages_that_come_in_turns_have_an_end(served: Served) -> None:
    served.respond(*[page([1, 2]), page([3, 4])] * 5)
    assert history(served, page_size=2) == [1, 2, 3, 4]


def test_a_past_last_page_that_repeats_the_last_one_is_the_end(served: Served) -> None:
    served.respond(page([1, 2]), page([3]))
    assert history(served, page_size=2) == [1, 2, 3]
    assert len(served.requests) == 3


def test_a_count_that_is_too_low_costs_no_record(served: Served) -> None:
    served.respond(page([1, 2], 1), page([3, 4], 1), page([5], 1), 400)
    assert history(served, page_size=2) == [1, 2, 3, 4, 5]


def test_a_count_that_is_too_high_ends_with_an_empty_page(served: Served) -> None:
    served.respond(page([1, 2], 9), page([3], 9), page([], 9), 400)
    assert history(served, page_size=2) == [1, 2, 3]


def test_a_count_that_grows_on_the_way_is_followed(served: Served) -> None:
    served.respond(page([1, 2], 3), page([2, 3], 4), 400)
    assert history(served, page_size=2) == [1, 2, 2, 3]


def test_a_server_that_gives_more_or_less_than_asked_for_is_followed(served: Served) -> None:
    served.respond(page([1, 2, 3], 5), page([4, 5], 5), 400)
    assert history(served, page_size=2) == [1, 2, 3, 4, 5]


def test_it_starts_with_the_page_asked_for(served: Served) -> None:
    served.respond(page([5, 6], 7), page([7], 7), 400)
    assert history(served, page=3, page_size=2) == [5, 6, 7]
    assert served.parameters("page") == ["3", "4"]


def test_a_later_start_with_pages_that_are_shorter_than_asked_for_loses_nothing(
    served: Served,
) -> None:
    served.respond(page([3, 4], 6), page([5, 6], 6), 400)
    assert history(served, page=2, page_size=100) == [3, 4, 5, 6]


def test_a_start_behind_the_end_finds_nothing(served: Served) -> None:
    served.respond(page([], 7))
    assert history(served, page=9) == []


def test_no_page_is_fetched_before_it_is_needed(served: Served) -> None:
    served.respond(page([1, 2], 4), page([3, 4], 4))
    going = records(served, page_size=2)
    assert len(served.requests) == 0
    assert next(going).id == "1"
    assert next(going).id == "2"
    assert len(served.requests) == 1
    assert next(going).id == "3"
    assert len(served.requests) == 2


def test_an_end_is_an_end(served: Served) -> None:
    served.respond(page([1], 1), page([2], 2))
    going = served.client.downloads.history()
    assert len([*served.world.items(going)]) == 1
    assert [*served.world.items(going)] == []
    assert len(served.requests) == 1


def test_two_histories_do_not_disturb_each_other(served: Served) -> None:
    served.respond(page([1], 2), page([1], 2), page([2], 2), page([2], 2))
    one, two = records(served, page_size=1), records(served, page_size=1)
    assert [(a.id, b.id) for a, b in zip(one, two, strict=True)] == [("1", "1"), ("2", "2")]


def test_options_are_passed_on(served: Served) -> None:
    served.respond(page([1], 1))
    history(
        served, company_downloads=True, product_type="imagepack", accept_language="de",
        start_date=datetime.date(2026, 1, 2), end_date="2026-02-03", headers={"X-Mine": "1"},
    )  # fmt: skip
    assert served.requests[0].target == (
        "/v3/downloads?company_downloads=true&end_date=2026-02-03&page=1"
        "&product_type=imagepack&start_date=2026-01-02"
    )
    assert served.requests[0].header("accept-language") == "de"
    assert served.requests[0].header("x-mine") == "1"


@pytest.mark.parametrize(
    "options",
    [{"page_size": size} for size in (0, -1, 101, "9")] + [{"page": it} for it in (0, -3, 1.5)],
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
def test_bounds_themselves_are_fine(served: Served, size: int | None) -> None:
    served.respond(page([1], 1))
    assert history(served, page_size=size, page=None) == [1]


NEW_YORK = datetime.timezone(datetime.timedelta(hours=-5))
MORNING = datetime.datetime(2026, 3, 5, 8, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-06", "2026-03-05"),
        (datetime.date(2026, 3, 6), datetime.date(2026, 3, 5)),
        (datetime.date(2026, 3, 6), "2026-03-05"),
        ("2026-03-06", datetime.datetime(2026, 3, 5, 12)),  # noqa: DTZ001
        (MORNING, MORNING - datetime.timedelta(seconds=1)),
        ("2026-03-05T08:00:01Z", MORNING),
        ("2026-03-05T08:00:00", "2026-03-05T07:59:59"),
        (datetime.datetime(2026, 3, 5, 8, tzinfo=NEW_YORK), MORNING),
        (datetime.date(2026, 3, 7), MORNING),
        (MORNING, "2026-03-03"),
        ("20260306", "2026-W10-4"),
        (datetime.date.max, datetime.date.min),
    ],
)
def test_a_reversed_range_is_refused_at_once(served: Served, start: object, end: object) -> None:
    with pytest.raises(GettyImagesError, match=r"start_date .* is after end_date"):
        served.client.downloads.history(start_date=start, end_date=end)
    assert served.requests == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-05", "2026-03-05"),
        ("2026-03-05T23:00:00", datetime.date(2026, 3, 5)),
        (datetime.date(2026, 3, 5), datetime.datetime(2026, 3, 5)),  # noqa: DTZ001
        (MORNING, MORNING),
        (MORNING, datetime.datetime(2026, 3, 5, 4, tzinfo=NEW_YORK)),
        ("2026-03-05T09:00:00", MORNING),  # nobody says in which zone the start is
        (MORNING, "2026-03-05"),
        (datetime.date(2026, 3, 5), None),
        (None, "1999-01-01"),
        (datetime.date.min, datetime.date.max),
    ],
)
def test_a_range_that_may_hold_something_is_sent(
    served: Served, start: object, end: object
) -> None:
    served.respond(page([1], 1))
    assert history(served, start_date=start, end_date=end) == [1]


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "05/03/2026", "1772697600"])
def test_a_text_that_is_no_date_is_refused_at_once(served: Served, text: str) -> None:
    with pytest.raises(GettyImagesError, match="a date must be in ISO 8601"):
        served.client.downloads.history(start_date=text, end_date="2026-03-05")


def test_a_page_that_cannot_be_read_is_an_error_and_no_end(served: Served) -> None:
    served.respond(page([1, 2], 9), {"result_count": 9, "downloads": [{"id": "3"}, "4"]})
    going = records(served, page_size=2)
    assert [record.id for record in itertools.islice(going, 2)] == ["1", "2"]
    with pytest.raises(GettyImagesError, match=r"page 2 of the download history .* cannot be read"):
        next(going)


def test_an_empty_body_is_an_error_and_no_end(served: Served) -> None:
    served.respond(b" ")
    with pytest.raises(ResponseDecodeError, match="the call itself succeeded"):
        history(served)


def test_a_page_that_fails_costs_nothing_that_came_before(served: Served) -> None:
    served.respond(page([1, 2], 9), 400, page([3], 3))
    going = records(served, page_size=2)
    assert [record.id for record in itertools.islice(going, 2)] == ["1", "2"]
    with pytest.raises(BadRequestError):
        next(going)
    assert history(served, page=2, page_size=2) == [3]


def test_a_server_that_goes_on_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gettyimages._downloads.history._MOST_PAGES", 50)
    pages = Pages({})
    for number in range(50):
        made = models.DownloadHistoryPage(downloads=[models.DownloadRecord(id=str(number))])
        assert pages.take(made)
        assert not pages.is_over
    with pytest.raises(GettyImagesError, match="no end after 50 pages"):
        pages.take(models.DownloadHistoryPage(downloads=[models.DownloadRecord(id="more")]))
