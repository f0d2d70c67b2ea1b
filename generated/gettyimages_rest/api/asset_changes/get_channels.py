"""Get channels.

Lists the channels from which the customer can get asset changes.

GET /v3/asset-changes/channels
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types


class GetChannelsOptions(typing.TypedDict, total=False):
    """The keywords of `asset_changes.get_channels`."""

    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(*, extra_query: types.Query | None = None) -> types.Request:
    """Build the request of `asset_changes.get_channels`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/asset-changes/channels",
        query=_encoding.extended(_encoding.query(), extra_query),
        headers=_encoding.headers(("Accept", "application/json", "simple")),
    )


def parse_response(response: types.Response) -> list[models.Channel]:
    """Parse the response to `asset_changes.get_channels`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.array(_decoding.model(models.Channel)))


OPERATION: typing.Final = types.Operation(
    name="asset_changes.get_channels",
    method="GET",
    path="/v3/asset-changes/channels",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
