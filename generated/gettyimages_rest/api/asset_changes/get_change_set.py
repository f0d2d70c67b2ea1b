"""Get Asset Change Notifications.

Get notifications about new, updated or deleted assets.

##  Quickstart

You'll need an API key and a [Resource Owner
Grant](http://developers.gettyimages.com/en/authorization-faq.html) access token to use this
resource.
Please see our [Getting Started](http://developers.gettyimages.com/en/getting-started.html)
page for more information on how to sign up for an API key.

Partner channels that have not been checked within the last 120 days will be removed and
that partner will no longer be able
to get change notifications from that channel.
Partners who would like to start using the Asset Changes API again after a period of
dormancy should contact their sales
representative to be set up again.

PUT /v3/asset-changes/change-sets

Source: asset-changes.yaml, /paths/~1v3~1asset-changes~1change-sets/put
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types


class GetChangeSetOptions(typing.TypedDict, total=False):
    """The keywords of `asset_changes.get_change_set`."""

    channel_id: typing.Required[int]
    batch_size: int | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *, channel_id: int, batch_size: int | None = None, extra_query: types.Query | None = None
) -> types.Request:
    """Build the request of `asset_changes.get_change_set`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="PUT",
        path="/v3/asset-changes/change-sets",
        query=_encoding.extended(
            _encoding.query(
                ("batch_size", _encoding.integer("batch_size", batch_size, (1, 2200)), "form"),
                ("channel_id", _encoding.integer("channel_id", channel_id), "form"),
            ),
            extra_query,
        ),
        headers=_encoding.headers(("Accept", "application/json", "simple")),
    )


def parse_response(response: types.Response) -> models.ChangeSet | None:
    """Parse the response to `asset_changes.get_change_set`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    if _decoding.is_empty(response):
        return None
    return _decoding.json(response, _decoding.model(models.ChangeSet))


OPERATION: typing.Final = types.Operation(
    name="asset_changes.get_change_set",
    method="PUT",
    path="/v3/asset-changes/change-sets",
    effect="idempotent",
    may_be_empty=True,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={"batch_size": (1, 2200)},
    parse_response=parse_response,
)
