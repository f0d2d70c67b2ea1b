"""Report the use of assets.

Reports a batch of uses of assets, under an id of the caller's choice.

PUT /v3/usage-batches/{id}

Source: present-day.yaml, /paths/~1v3~1usage-batches~1{id}/put
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _bodies, _decoding, _encoding, models, types


class ReportOptions(typing.TypedDict, total=False):
    """The keywords of `usage_batches.report`."""

    asset_usages: (
        collections.abc.Sequence[models.AssetUsage | collections.abc.Mapping[str, object]]
        | types.Null
        | None
    )
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    id: str,
    *,
    asset_usages: collections.abc.Sequence[models.AssetUsage | collections.abc.Mapping[str, object]]
    | types.Null
    | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `usage_batches.report`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="PUT",
        path="/v3/usage-batches/" + _encoding.path("id", _encoding.one("id", id)),
        query=_encoding.extended(_encoding.query(), extra_query),
        headers=_encoding.headers(("Accept", "application/json", "simple")),
        body=_bodies.json_properties(
            {
                "asset_usages": asset_usages
                if asset_usages is types.NULL
                else _encoding.array("asset_usages", asset_usages)
            },
            "application/json",
            required=True,
        ),
    )


def parse_response(response: types.Response) -> models.ReportUsageBatchResponse:
    """Parse the response to `usage_batches.report`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.ReportUsageBatchResponse))


OPERATION: typing.Final = types.Operation(
    name="usage_batches.report",
    method="PUT",
    path="/v3/usage-batches/{id}",
    effect="idempotent",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
