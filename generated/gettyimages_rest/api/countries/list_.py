"""List the countries.

GET /v3/countries

Source: present-day.yaml, /paths/~1v3~1countries/get
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types


class ListOptions(typing.TypedDict, total=False):
    """The keywords of `countries.list`."""

    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *, accept_language: str | None = None, extra_query: types.Query | None = None
) -> types.Request:
    """Build the request of `countries.list`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/countries",
        query=_encoding.extended(_encoding.query(), extra_query),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
    )


def parse_response(response: types.Response) -> models.CountriesList:
    """Parse the response to `countries.list`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.CountriesList))


OPERATION: typing.Final = types.Operation(
    name="countries.list",
    method="GET",
    path="/v3/countries",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"}, {"ApiKey": "apiKey"}),
    bounds={},
    parse_response=parse_response,
)
