"""Get the metadata of videos.

GET /v3/videos

Source: present-day.yaml, /paths/~1v3~1videos/get
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types


class GetManyOptions(typing.TypedDict, total=False):
    """The keywords of `videos.get_many`."""

    ids: collections.abc.Sequence[str] | None
    fields: collections.abc.Sequence[models.VideoDetailFieldValues] | None
    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    ids: collections.abc.Sequence[str] | None = None,
    fields: collections.abc.Sequence[models.VideoDetailFieldValues] | None = None,
    accept_language: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `videos.get_many`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/videos",
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


def parse_response(response: types.Response) -> types.JSON:
    """Parse the response to `videos.get_many`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.anything)


OPERATION: typing.Final = types.Operation(
    name="videos.get_many",
    method="GET",
    path="/v3/videos",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"}, {"ApiKey": "apiKey"}),
    bounds={},
    parse_response=parse_response,
)
