"""Change the name and description of a board.

PUT /v3/boards/{board_id}

Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}/put
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _bodies, _decoding, _encoding, types


class UpdateOptions(typing.TypedDict, total=False):
    """The keywords of `boards.update`."""

    name: typing.Required[str]
    accept_language: str | None
    description: str | types.Null | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    board_id: str,
    *,
    name: str,
    accept_language: str | None = None,
    description: str | types.Null | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `boards.update`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="PUT",
        path="/v3/boards/" + _encoding.path("board_id", _encoding.one("board_id", board_id)),
        query=_encoding.extended(_encoding.query(), extra_query),
        headers=_encoding.headers(("Accept-Language", accept_language, "simple")),
        body=_bodies.json_properties(
            {
                "name": _encoding.one("name", name),
                "description": description
                if description is types.NULL
                else _encoding.one("description", description),
            },
            "application/json",
            required=True,
        ),
    )


def parse_response(response: types.Response) -> None:
    """Parse the response to `boards.update`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)


OPERATION: typing.Final = types.Operation(
    name="boards.update",
    method="PUT",
    path="/v3/boards/{board_id}",
    effect="idempotent",
    may_be_empty=False,
    returns_body=False,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
