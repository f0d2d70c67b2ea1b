"""Search events.

GET /v3/search/events

Source: present-day.yaml, /paths/~1v3~1search~1events/get
"""

from __future__ import annotations

import collections.abc
import datetime
import typing

from ... import _decoding, _encoding, models, types

if typing.TYPE_CHECKING:
    from ... import _pagination


class EventsOptions(typing.TypedDict, total=False):
    """The keywords of `search.events`."""

    phrase: str | None
    fields: collections.abc.Sequence[models.EventFieldValues] | None
    page: int | None
    page_size: int | None
    sort_order: models.EventSearchSortOrder | None
    date_from: datetime.datetime | str | None
    date_to: datetime.datetime | str | None
    editorial_segment: models.EditorialSegmentContract | None
    accept_language: str | None
    gi_country_code: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    phrase: str | None = None,
    fields: collections.abc.Sequence[models.EventFieldValues] | None = None,
    page: int | None = None,
    page_size: int | None = None,
    sort_order: models.EventSearchSortOrder | None = None,
    date_from: datetime.datetime | str | None = None,
    date_to: datetime.datetime | str | None = None,
    editorial_segment: models.EditorialSegmentContract | None = None,
    accept_language: str | None = None,
    gi_country_code: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `search.events`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/search/events",
        query=_encoding.extended(
            _encoding.query(
                ("phrase", _encoding.one("phrase", phrase), "form"),
                ("fields", _encoding.array("fields", fields), "csv"),
                ("page", _encoding.integer("page", page, (1, None)), "form"),
                ("page_size", _encoding.integer("page_size", page_size, (1, None)), "form"),
                ("sort_order", _encoding.one("sort_order", sort_order), "form"),
                ("date_from", _encoding.one("date_from", date_from), "form"),
                ("date_to", _encoding.one("date_to", date_to), "form"),
                (
                    "editorial_segment",
                    _encoding.one("editorial_segment", editorial_segment),
                    "form",
                ),
            ),
            extra_query,
        ),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"),
            ("Accept-Language", accept_language, "simple"),
            ("GI-Country-Code", gi_country_code, "simple"),
        ),
    )


def parse_response(response: types.Response) -> models.EventsSearchResult:
    """Parse the response to `search.events`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.EventsSearchResult))


OPERATION: typing.Final = types.Operation(
    name="search.events",
    method="GET",
    path="/v3/search/events",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"}, {"ApiKey": "apiKey"}),
    bounds={"page": (1, None), "page_size": (1, None)},
    parse_response=parse_response,
)


def pages(
    number: int, size: int | None
) -> _pagination.Pages[models.EventsSearchResult, models.Event]:
    """Return the pages of `search.events`, from one of them on."""
    from ... import _pagination

    return _pagination.Pages(
        OPERATION,
        number,
        size,
        first=1,
        wire_names=("page", "events"),
        items=lambda page: page.events,
        total=lambda page: page.result_count,
        key=("id",),
    )
