"""List the purchased assets.

GET /v3/purchased-assets

Source: present-day.yaml, /paths/~1v3~1purchased-assets/get
"""

from __future__ import annotations

import collections.abc
import datetime
import typing

from ... import _decoding, _encoding, models, types

if typing.TYPE_CHECKING:
    from ... import _pagination


class ListOptions(typing.TypedDict, total=False):
    """The keywords of `purchased_assets.list`."""

    page: int | None
    page_size: int | None
    company_purchases: bool | None
    date_from: datetime.datetime | str | None
    date_to: datetime.datetime | str | None
    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    page: int | None = None,
    page_size: int | None = None,
    company_purchases: bool | None = None,
    date_from: datetime.datetime | str | None = None,
    date_to: datetime.datetime | str | None = None,
    accept_language: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `purchased_assets.list`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/purchased-assets",
        query=_encoding.extended(
            _encoding.query(
                ("page", _encoding.integer("page", page, (1, None)), "form"),
                ("page_size", _encoding.integer("page_size", page_size, (1, None)), "form"),
                (
                    "company_purchases",
                    _encoding.boolean("company_purchases", company_purchases),
                    "form",
                ),
                ("date_from", _encoding.one("date_from", date_from), "form"),
                ("date_to", _encoding.one("date_to", date_to), "form"),
            ),
            extra_query,
        ),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
    )


def parse_response(response: types.Response) -> models.PreviousAssetPurchases:
    """Parse the response to `purchased_assets.list`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.PreviousAssetPurchases))


OPERATION: typing.Final = types.Operation(
    name="purchased_assets.list",
    method="GET",
    path="/v3/purchased-assets",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={"page": (1, None), "page_size": (1, None)},
    parse_response=parse_response,
)


def pages(
    number: int, size: int | None
) -> _pagination.Pages[models.PreviousAssetPurchases, models.PreviousAssetPurchase]:
    """Return the pages of `purchased_assets.list`, from one of them on."""
    from ... import _pagination

    return _pagination.Pages(
        OPERATION,
        number,
        size,
        first=1,
        wire_names=("page", "previous_purchases"),
        items=lambda page: page.previous_purchases,
        total=lambda page: page.result_count,
    )
