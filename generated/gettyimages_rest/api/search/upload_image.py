"""Upload an image to search by.

Stores a JPEG file, so that a search by image can refer to it.

PUT /v3/search/by-image/uploads/{file-name}

Source: present-day.yaml, /paths/~1v3~1search~1by-image~1uploads~1{file-name}/put
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _bodies, _decoding, _encoding, types


class UploadImageOptions(typing.TypedDict, total=False):
    """The keywords of `search.upload_image`."""

    body: typing.Required[bytes | types.Readable]
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    file_name: str, *, body: bytes | types.Readable, extra_query: types.Query | None = None
) -> types.Request:
    """Build the request of `search.upload_image`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="PUT",
        path="/v3/search/by-image/uploads/"
        + _encoding.path("file-name", _encoding.one("file_name", file_name)),
        query=_encoding.extended(_encoding.query(), extra_query),
        headers=_encoding.headers(),
        body=_bodies.binary(body, "image/jpeg"),
    )


def parse_response(response: types.Response) -> None:
    """Parse the response to `search.upload_image`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)


OPERATION: typing.Final = types.Operation(
    name="search.upload_image",
    method="PUT",
    path="/v3/search/by-image/uploads/{file-name}",
    effect="idempotent",
    may_be_empty=False,
    returns_body=False,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"}, {"ApiKey": "apiKey"}),
    bounds={},
    parse_response=parse_response,
)
