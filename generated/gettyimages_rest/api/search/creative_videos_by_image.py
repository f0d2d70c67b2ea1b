"""Search creative videos by an image.

Finds creative videos that look like an image: one of the API's, by `asset_id`, or one that
was uploaded, by `image_url`.

GET /v3/search/videos/creative/by-image

Source: present-day.yaml, /paths/~1v3~1search~1videos~1creative~1by-image/get
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types

if typing.TYPE_CHECKING:
    from ... import _pagination


class CreativeVideosByImageOptions(typing.TypedDict, total=False):
    """The keywords of `search.creative_videos_by_image`."""

    phrase: str | None
    asset_id: str | None
    image_url: str | None
    fields: collections.abc.Sequence[models.CreativeVideosFieldValues] | None
    page: int | None
    page_size: int | None
    exclude_editorial_use_only: bool | None
    facet_fields: collections.abc.Sequence[models.CreateVideoSearchFacetsFields] | None
    facet_max_count: int | None
    include_facets: bool | None
    product_types: collections.abc.Sequence[str] | None
    accept_language: str | None
    gi_country_code: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    phrase: str | None = None,
    asset_id: str | None = None,
    image_url: str | None = None,
    fields: collections.abc.Sequence[models.CreativeVideosFieldValues] | None = None,
    page: int | None = None,
    page_size: int | None = None,
    exclude_editorial_use_only: bool | None = None,
    facet_fields: collections.abc.Sequence[models.CreateVideoSearchFacetsFields] | None = None,
    facet_max_count: int | None = None,
    include_facets: bool | None = None,
    product_types: collections.abc.Sequence[str] | None = None,
    accept_language: str | None = None,
    gi_country_code: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `search.creative_videos_by_image`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/search/videos/creative/by-image",
        query=_encoding.extended(
            _encoding.query(
                ("phrase", _encoding.one("phrase", phrase), "form"),
                ("asset_id", _encoding.one("asset_id", asset_id), "form"),
                ("image_url", _encoding.one("image_url", image_url), "form"),
                ("fields", _encoding.array("fields", fields), "csv"),
                ("page", _encoding.integer("page", page, (1, None)), "form"),
                ("page_size", _encoding.integer("page_size", page_size, (1, None)), "form"),
                (
                    "exclude_editorial_use_only",
                    _encoding.boolean("exclude_editorial_use_only", exclude_editorial_use_only),
                    "form",
                ),
                ("facet_fields", _encoding.array("facet_fields", facet_fields), "csv"),
                (
                    "facet_max_count",
                    _encoding.integer("facet_max_count", facet_max_count, (1, None)),
                    "form",
                ),
                ("include_facets", _encoding.boolean("include_facets", include_facets), "form"),
                ("product_types", _encoding.array("product_types", product_types), "csv"),
            ),
            extra_query,
        ),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"),
            ("Accept-Language", accept_language, "simple"),
            ("GI-Country-Code", gi_country_code, "simple"),
        ),
    )


def parse_response(response: types.Response) -> models.CreativeVideoSearchResults:
    """Parse the response to `search.creative_videos_by_image`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.CreativeVideoSearchResults))


OPERATION: typing.Final = types.Operation(
    name="search.creative_videos_by_image",
    method="GET",
    path="/v3/search/videos/creative/by-image",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"}, {"ApiKey": "apiKey"}),
    bounds={"page": (1, None), "page_size": (1, None), "facet_max_count": (1, None)},
    parse_response=parse_response,
)


def pages(
    number: int, size: int | None
) -> _pagination.Pages[models.CreativeVideoSearchResults, models.CreativeVideoSearchItem]:
    """Return the pages of `search.creative_videos_by_image`, from one of them on."""
    from ... import _pagination

    return _pagination.Pages(
        OPERATION,
        number,
        size,
        first=1,
        wire_names=("page", "videos"),
        items=lambda page: page.videos,
        total=lambda page: page.result_count,
        key=("id",),
    )
