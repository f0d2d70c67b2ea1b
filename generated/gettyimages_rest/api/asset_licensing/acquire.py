"""Acquire extended licenses for an asset.

Acquires extended licenses for an asset, which are paid for with credits.

POST /v3/asset-licensing/{assetId}

Source: present-day.yaml, /paths/~1v3~1asset-licensing~1{assetId}/post
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _bodies, _decoding, _encoding, models, types


class AcquireOptions(typing.TypedDict, total=False):
    """The keywords of `asset_licensing.acquire`."""

    extended_licenses: typing.Required[collections.abc.Sequence[models.ExtendedLicenses]]
    accept_language: str | None
    use_team_credits: bool | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    asset_id: str,
    *,
    extended_licenses: collections.abc.Sequence[models.ExtendedLicenses],
    accept_language: str | None = None,
    use_team_credits: bool | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `asset_licensing.acquire`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="POST",
        path="/v3/asset-licensing/"
        + _encoding.path("assetId", _encoding.one("asset_id", asset_id)),
        query=_encoding.extended(_encoding.query(), extra_query),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
        body=_bodies.json_properties(
            {
                "extended_licenses": _encoding.array("extended_licenses", extended_licenses),
                "use_team_credits": _encoding.boolean("use_team_credits", use_team_credits),
            },
            "application/json",
            required=True,
        ),
    )


def parse_response(response: types.Response) -> models.AssetLicensingResponse:
    """Parse the response to `asset_licensing.acquire`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.AssetLicensingResponse))


OPERATION: typing.Final = types.Operation(
    name="asset_licensing.acquire",
    method="POST",
    path="/v3/asset-licensing/{assetId}",
    effect="spends",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
