"""Delete a comment on a board.

DELETE /v3/boards/{board_id}/comments/{comment_id}

Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}~1comments~1{comment_id}/delete
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, types


class DeleteCommentOptions(typing.TypedDict, total=False):
    """The keywords of `boards.delete_comment`."""

    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    board_id: str,
    comment_id: str,
    *,
    accept_language: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `boards.delete_comment`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="DELETE",
        path="/v3/boards/"
        + _encoding.path("board_id", _encoding.one("board_id", board_id))
        + "/comments/"
        + _encoding.path("comment_id", _encoding.one("comment_id", comment_id)),
        query=_encoding.extended(_encoding.query(), extra_query),
        headers=_encoding.headers(("Accept-Language", accept_language, "simple")),
    )


def parse_response(response: types.Response) -> None:
    """Parse the response to `boards.delete_comment`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)


OPERATION: typing.Final = types.Operation(
    name="boards.delete_comment",
    method="DELETE",
    path="/v3/boards/{board_id}/comments/{comment_id}",
    effect="idempotent",
    may_be_empty=False,
    returns_body=False,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
