"""List the downloads of an image.

GET /v3/images/{id}/downloadhistory

Source: present-day.yaml, /paths/~1v3~1images~1{id}~1downloadhistory/get
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types


class DownloadHistoryOptions(typing.TypedDict, total=False):
    """The keywords of `images.download_history`."""

    company_downloads: bool | None
    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    id: str,
    *,
    company_downloads: bool | None = None,
    accept_language: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `images.download_history`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/images/" + _encoding.path("id", _encoding.one("id", id)) + "/downloadhistory",
        query=_encoding.extended(
            _encoding.query(
                (
                    "company_downloads",
                    _encoding.boolean("company_downloads", company_downloads),
                    "form",
                )
            ),
            extra_query,
        ),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
    )


def parse_response(response: types.Response) -> models.AssetDownloadHistoryResults:
    """Parse the response to `images.download_history`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.AssetDownloadHistoryResults))


OPERATION: typing.Final = types.Operation(
    name="images.download_history",
    method="GET",
    path="/v3/images/{id}/downloadhistory",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
