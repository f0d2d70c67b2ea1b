"""List the boards.

GET /v3/boards

Source: present-day.yaml, /paths/~1v3~1boards/get
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types

if typing.TYPE_CHECKING:
    from ... import _pagination


class ListOptions(typing.TypedDict, total=False):
    """The keywords of `boards.list`."""

    page: int | None
    page_size: int | None
    sort_order: models.BoardSortOrder | None
    board_relationship: models.BoardRelationship | None
    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    page: int | None = None,
    page_size: int | None = None,
    sort_order: models.BoardSortOrder | None = None,
    board_relationship: models.BoardRelationship | None = None,
    accept_language: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `boards.list`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/boards",
        query=_encoding.extended(
            _encoding.query(
                ("page", _encoding.integer("page", page, (1, None)), "form"),
                ("pageSize", _encoding.integer("page_size", page_size, (1, None)), "form"),
                ("sort_order", _encoding.one("sort_order", sort_order), "form"),
                (
                    "board_relationship",
                    _encoding.one("board_relationship", board_relationship),
                    "form",
                ),
            ),
            extra_query,
        ),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
    )


def parse_response(response: types.Response) -> models.BoardList:
    """Parse the response to `boards.list`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.BoardList))


OPERATION: typing.Final = types.Operation(
    name="boards.list",
    method="GET",
    path="/v3/boards",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={"page": (1, None), "page_size": (1, None)},
    parse_response=parse_response,
)


def pages(
    number: int, size: int | None
) -> _pagination.Pages[models.BoardList, models.BoardListBoard]:
    """Return the pages of `boards.list`, from one of them on."""
    from ... import _pagination

    return _pagination.Pages(
        OPERATION,
        number,
        size,
        first=1,
        wire_names=("page", "boards"),
        items=lambda page: page.boards,
        total=lambda page: page.board_count,
        key=("id",),
    )
