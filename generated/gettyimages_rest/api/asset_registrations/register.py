"""Register Assets.

Registers a list of assets that a customer has stored in their system.

##  Quickstart

You'll need an API key and a [Resource Owner
Grant](http://developers.gettyimages.com/en/authorization-faq.html) access token to use this
resource.
Please see our [Getting Started](http://developers.gettyimages.com/en/getting-started.html)
page for more information on how to sign up for an API key.

_Note_: In the event of a successful query (response code 200) there will be nothing in the
response body.

POST /v3/asset-registrations

Source: asset-registrations.yaml, /paths/~1v3~1asset-registrations/post
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _bodies, _decoding, _encoding, types


class RegisterOptions(typing.TypedDict, total=False):
    """The keywords of `asset_registrations.register`."""

    asset_ids: typing.Required[collections.abc.Sequence[str]]
    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    asset_ids: collections.abc.Sequence[str],
    accept_language: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `asset_registrations.register`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="POST",
        path="/v3/asset-registrations",
        query=_encoding.extended(_encoding.query(), extra_query),
        headers=_encoding.headers(("Accept-Language", accept_language, "simple")),
        body=_bodies.json_properties(
            {"asset_ids": _encoding.array("asset_ids", asset_ids)},
            "application/json",
            required=True,
        ),
    )


def parse_response(response: types.Response) -> None:
    """Parse the response to `asset_registrations.register`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)


OPERATION: typing.Final = types.Operation(
    name="asset_registrations.register",
    method="POST",
    path="/v3/asset-registrations",
    effect="idempotent",
    may_be_empty=False,
    returns_body=False,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
