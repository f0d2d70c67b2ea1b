"""List the videos of an artist.

GET /v3/artists/videos

Source: present-day.yaml, /paths/~1v3~1artists~1videos/get
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types


class VideosOptions(typing.TypedDict, total=False):
    """The keywords of `artists.videos`."""

    artist_name: str | None
    fields: collections.abc.Sequence[models.ArtistsVideoSearchFieldValues] | None
    page: int | None
    page_size: int | None
    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    artist_name: str | None = None,
    fields: collections.abc.Sequence[models.ArtistsVideoSearchFieldValues] | None = None,
    page: int | None = None,
    page_size: int | None = None,
    accept_language: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `artists.videos`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/artists/videos",
        query=_encoding.extended(
            _encoding.query(
                ("artist_name", _encoding.one("artist_name", artist_name), "form"),
                ("fields", _encoding.array("fields", fields), "csv"),
                ("page", _encoding.integer("page", page, (1, None)), "form"),
                ("page_size", _encoding.integer("page_size", page_size, (1, None)), "form"),
            ),
            extra_query,
        ),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
    )


def parse_response(response: types.Response) -> types.JSON:
    """Parse the response to `artists.videos`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.anything)


OPERATION: typing.Final = types.Operation(
    name="artists.videos",
    method="GET",
    path="/v3/artists/videos",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"}, {"ApiKey": "apiKey"}),
    bounds={"page": (1, None), "page_size": (1, None)},
    parse_response=parse_response,
)
