"""Confirm a change set.

Tells the API that the notifications of a change set are dealt with. The next change set of
the channel then takes its place; a confirmed one is never returned again.

DELETE /v3/asset-changes/change-sets/{change-set-id}
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, types


class ConfirmChangeSetOptions(typing.TypedDict, total=False):
    """The keywords of `asset_changes.confirm_change_set`."""

    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    change_set_id: int | str, *, extra_query: types.Query | None = None
) -> types.Request:
    """Build the request of `asset_changes.confirm_change_set`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="DELETE",
        path="/v3/asset-changes/change-sets/"
        + _encoding.path("change-set-id", _encoding.clean("change_set_id", change_set_id)),
        query=_encoding.extended(_encoding.query(), extra_query),
        headers=_encoding.headers(),
    )


def parse_response(response: types.Response) -> None:
    """Parse the response to `asset_changes.confirm_change_set`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)


OPERATION: typing.Final = types.Operation(
    name="asset_changes.confirm_change_set",
    method="DELETE",
    path="/v3/asset-changes/change-sets/{change-set-id}",
    effect="idempotent",
    may_be_empty=False,
    returns_body=False,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
