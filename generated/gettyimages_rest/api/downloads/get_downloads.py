"""Get Downloads.

Returns information about a customer's previously downloaded assets.

You'll need an API key and access token to use this resource. Please see our [Getting
Started](http://developers.gettyimages.com/en/getting-started.html) page for more
information on how to sign up for an API key.

This endpoint requires being a Getty Images customer to limit your results to only assets
that you have a license to use,
you need to also include an authorization token in the header of your request.
Please consult our [Authorization
FAQ](http://developers.gettyimages.com/en/authorization-faq.html) for more information on
authorization tokens.

GET /v3/downloads

Source: downloads.yaml, /paths/~1v3~1downloads/get
"""

from __future__ import annotations

import collections.abc
import datetime
import typing

from ... import _decoding, _encoding, models, types

if typing.TYPE_CHECKING:
    from ... import _pagination


class GetDownloadsOptions(typing.TypedDict, total=False):
    """The keywords of `downloads.get_downloads`."""

    company_downloads: bool | None
    end_date: datetime.date | datetime.datetime | str | None
    page: int | None
    page_size: int | None
    product_type: models.ProductType | None
    start_date: datetime.date | datetime.datetime | str | None
    date_from: datetime.date | datetime.datetime | str | None
    date_to: datetime.date | datetime.datetime | str | None
    use_time: bool | None
    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    company_downloads: bool | None = None,
    end_date: datetime.date | datetime.datetime | str | None = None,
    page: int | None = None,
    page_size: int | None = None,
    product_type: models.ProductType | None = None,
    start_date: datetime.date | datetime.datetime | str | None = None,
    date_from: datetime.date | datetime.datetime | str | None = None,
    date_to: datetime.date | datetime.datetime | str | None = None,
    use_time: bool | None = None,
    accept_language: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `downloads.get_downloads`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/downloads",
        query=_encoding.extended(
            _encoding.query(
                (
                    "company_downloads",
                    _encoding.boolean("company_downloads", company_downloads),
                    "form",
                ),
                ("end_date", _encoding.clean("end_date", end_date), "form"),
                ("page", _encoding.integer("page", page, (1, None)), "form"),
                ("page_size", _encoding.integer("page_size", page_size, (1, 100)), "form"),
                ("product_type", _encoding.one("product_type", product_type), "form"),
                ("start_date", _encoding.clean("start_date", start_date), "form"),
                ("date_from", _encoding.clean("date_from", date_from), "form"),
                ("date_to", _encoding.clean("date_to", date_to), "form"),
                ("use_time", _encoding.boolean("use_time", use_time), "form"),
            ),
            extra_query,
        ),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
    )


def parse_response(response: types.Response) -> models.DownloadHistoryPage:
    """Parse the response to `downloads.get_downloads`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.DownloadHistoryPage))


OPERATION: typing.Final = types.Operation(
    name="downloads.get_downloads",
    method="GET",
    path="/v3/downloads",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={"page": (1, None), "page_size": (1, 100)},
    parse_response=parse_response,
)


def pages(
    number: int, size: int | None
) -> _pagination.Pages[models.DownloadHistoryPage, models.DownloadRecord]:
    """Return the pages of `downloads.get_downloads`, from one of them on."""
    from ... import _pagination

    return _pagination.Pages(
        OPERATION,
        number,
        size,
        first=1,
        wire_names=("page", "downloads"),
        items=lambda page: page.downloads,
        total=lambda page: page.result_count,
    )
