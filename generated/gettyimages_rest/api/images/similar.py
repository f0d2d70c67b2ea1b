"""List similar images.

GET /v3/images/{id}/similar

Source: present-day.yaml, /paths/~1v3~1images~1{id}~1similar/get
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types

if typing.TYPE_CHECKING:
    from ... import _pagination


class SimilarOptions(typing.TypedDict, total=False):
    """The keywords of `images.similar`."""

    fields: collections.abc.Sequence[models.ImagesFieldValues] | None
    page: int | None
    page_size: int | None
    accept_language: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    id: str,
    *,
    fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
    page: int | None = None,
    page_size: int | None = None,
    accept_language: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `images.similar`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/images/" + _encoding.path("id", _encoding.one("id", id)) + "/similar",
        query=_encoding.extended(
            _encoding.query(
                ("fields", _encoding.array("fields", fields), "csv"),
                ("page", _encoding.integer("page", page, (1, None)), "form"),
                ("page_size", _encoding.integer("page_size", page_size, (1, None)), "form"),
            ),
            extra_query,
        ),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
    )


def parse_response(response: types.Response) -> models.ImageSearchItemSearchResults:
    """Parse the response to `images.similar`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.ImageSearchItemSearchResults))


OPERATION: typing.Final = types.Operation(
    name="images.similar",
    method="GET",
    path="/v3/images/{id}/similar",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"}, {"ApiKey": "apiKey"}),
    bounds={"page": (1, None), "page_size": (1, None)},
    parse_response=parse_response,
)


def pages(
    number: int, size: int | None
) -> _pagination.Pages[models.ImageSearchItemSearchResults, models.ImageSearchItem]:
    """Return the pages of `images.similar`, from one of them on."""
    from ... import _pagination

    return _pagination.Pages(
        OPERATION,
        number,
        size,
        first=1,
        wire_names=("page", "images"),
        items=lambda page: page.images,
        total=lambda page: page.result_count,
        key=("id",),
    )
