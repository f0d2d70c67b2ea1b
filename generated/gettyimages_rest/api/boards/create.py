"""Create a board.

POST /v3/boards

Source: present-day.yaml, /paths/~1v3~1boards/post
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _bodies, _decoding, _encoding, models, types


class CreateOptions(typing.TypedDict, total=False):
    """The keywords of `boards.create`."""

    name: typing.Required[str]
    accept_language: str | None
    description: str | types.Null | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    name: str,
    accept_language: str | None = None,
    description: str | types.Null | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `boards.create`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="POST",
        path="/v3/boards",
        query=_encoding.extended(_encoding.query(), extra_query),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
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


def parse_response(response: types.Response) -> models.BoardCreated:
    """Parse the response to `boards.create`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.BoardCreated))


OPERATION: typing.Final = types.Operation(
    name="boards.create",
    method="POST",
    path="/v3/boards",
    effect=None,
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
