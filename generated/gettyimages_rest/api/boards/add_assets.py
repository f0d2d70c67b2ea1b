"""Add assets to a board.

PUT /v3/boards/{board_id}/assets

Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}~1assets/put
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _bodies, _decoding, _encoding, models, types


class AddAssetsOptions(typing.TypedDict, total=False):
    """The keywords of `boards.add_assets`."""

    body: typing.Required[
        collections.abc.Sequence[models.BoardAsset | collections.abc.Mapping[str, object]]
    ]
    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    board_id: str,
    *,
    body: collections.abc.Sequence[models.BoardAsset | collections.abc.Mapping[str, object]],
    accept_language: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `boards.add_assets`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="PUT",
        path="/v3/boards/"
        + _encoding.path("board_id", _encoding.one("board_id", board_id))
        + "/assets",
        query=_encoding.extended(_encoding.query(), extra_query),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
        body=_bodies.json(_encoding.array("body", body), "application/json"),
    )


def parse_response(response: types.Response) -> models.AddBoardAssetsResult:
    """Parse the response to `boards.add_assets`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.AddBoardAssetsResult))


OPERATION: typing.Final = types.Operation(
    name="boards.add_assets",
    method="PUT",
    path="/v3/boards/{board_id}/assets",
    effect="idempotent",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
