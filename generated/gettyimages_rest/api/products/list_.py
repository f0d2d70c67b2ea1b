"""List the products of the customer.

Lists what the customer can download with, and how much of it is left.

GET /v3/products

Source: present-day.yaml, /paths/~1v3~1products/get
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types


class ListOptions(typing.TypedDict, total=False):
    """The keywords of `products.list`."""

    fields: collections.abc.Sequence[models.ProductFieldValues] | None
    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    fields: collections.abc.Sequence[models.ProductFieldValues] | None = None,
    accept_language: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `products.list`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/products",
        query=_encoding.extended(
            _encoding.query(("fields", _encoding.array("fields", fields), "csv")), extra_query
        ),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
    )


def parse_response(response: types.Response) -> models.ProductsResult:
    """Parse the response to `products.list`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.ProductsResult))


OPERATION: typing.Final = types.Operation(
    name="products.list",
    method="GET",
    path="/v3/products",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
