"""Get the metadata of images.

GET /v3/images

Source: present-day.yaml, /paths/~1v3~1images/get
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types


class GetManyOptions(typing.TypedDict, total=False):
    """The keywords of `images.get_many`."""

    ids: collections.abc.Sequence[str] | None
    fields: collections.abc.Sequence[models.ImageDetailFieldValues] | None
    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    ids: collections.abc.Sequence[str] | None = None,
    fields: collections.abc.Sequence[models.ImageDetailFieldValues] | None = None,
    accept_language: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `images.get_many`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/images",
        query=_encoding.extended(
            _encoding.query(
                ("ids", _encoding.array("ids", ids), "csv"),
                ("fields", _encoding.array("fields", fields), "csv"),
            ),
            extra_query,
        ),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
    )


def parse_response(response: types.Response) -> models.ImagesDetailResults:
    """Parse the response to `images.get_many`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.ImagesDetailResults))


OPERATION: typing.Final = types.Operation(
    name="images.get_many",
    method="GET",
    path="/v3/images",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"}, {"ApiKey": "apiKey"}),
    bounds={},
    parse_response=parse_response,
)
