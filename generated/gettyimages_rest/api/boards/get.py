"""Get a board.

GET /v3/boards/{board_id}

Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}/get
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types


class GetOptions(typing.TypedDict, total=False):
    """The keywords of `boards.get`."""

    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    board_id: str, *, accept_language: str | None = None, extra_query: types.Query | None = None
) -> types.Request:
    """Build the request of `boards.get`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/boards/" + _encoding.path("board_id", _encoding.one("board_id", board_id)),
        query=_encoding.extended(_encoding.query(), extra_query),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
    )


def parse_response(response: types.Response) -> models.BoardDetail:
    """Parse the response to `boards.get`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.BoardDetail))


OPERATION: typing.Final = types.Operation(
    name="boards.get",
    method="GET",
    path="/v3/boards/{board_id}",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
