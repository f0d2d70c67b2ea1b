"""Search creative images.

GET /v3/search/images/creative

Source: present-day.yaml, /paths/~1v3~1search~1images~1creative/get
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types

if typing.TYPE_CHECKING:
    from ... import _pagination


class CreativeImagesOptions(typing.TypedDict, total=False):
    """The keywords of `search.creative_images`."""

    phrase: str | None
    fields: collections.abc.Sequence[models.CreativeImagesFieldValues] | None
    page: int | None
    page_size: int | None
    sort_order: models.CreativeImageSortOrder | None
    age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None
    artists: str | None
    collection_codes: collections.abc.Sequence[str] | None
    collections_filter_type: models.CollectionsFilterType | None
    color: str | None
    compositions: collections.abc.Sequence[models.CompositionsFilterType] | None
    download_product: str | None
    embed_content_only: bool | None
    enhanced_search: bool | None
    ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None
    exclude_editorial_use_only: bool | None
    exclude_keyword_ids: collections.abc.Sequence[int] | None
    exclude_nudity: bool | None
    facet_fields: collections.abc.Sequence[models.CreateImageSearchFacetsFields] | None
    facet_max_count: int | None
    file_types: collections.abc.Sequence[models.SearchFileType] | None
    graphical_styles: collections.abc.Sequence[models.GraphicalStyle] | None
    graphical_styles_filter_type: models.GraphicalStylesFilterType | None
    include_facets: bool | None
    include_related_searches: bool | None
    keyword_ids: collections.abc.Sequence[int] | None
    minimum_size: models.TeeShirtSize | None
    moods: collections.abc.Sequence[models.MoodFilterType] | None
    number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None
    orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None
    safe_search: bool | None
    accept_language: str | None
    gi_country_code: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    phrase: str | None = None,
    fields: collections.abc.Sequence[models.CreativeImagesFieldValues] | None = None,
    page: int | None = None,
    page_size: int | None = None,
    sort_order: models.CreativeImageSortOrder | None = None,
    age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
    artists: str | None = None,
    collection_codes: collections.abc.Sequence[str] | None = None,
    collections_filter_type: models.CollectionsFilterType | None = None,
    color: str | None = None,
    compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
    download_product: str | None = None,
    embed_content_only: bool | None = None,
    enhanced_search: bool | None = None,
    ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
    exclude_editorial_use_only: bool | None = None,
    exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
    exclude_nudity: bool | None = None,
    facet_fields: collections.abc.Sequence[models.CreateImageSearchFacetsFields] | None = None,
    facet_max_count: int | None = None,
    file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
    graphical_styles: collections.abc.Sequence[models.GraphicalStyle] | None = None,
    graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
    include_facets: bool | None = None,
    include_related_searches: bool | None = None,
    keyword_ids: collections.abc.Sequence[int] | None = None,
    minimum_size: models.TeeShirtSize | None = None,
    moods: collections.abc.Sequence[models.MoodFilterType] | None = None,
    number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
    orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
    safe_search: bool | None = None,
    accept_language: str | None = None,
    gi_country_code: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `search.creative_images`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/search/images/creative",
        query=_encoding.extended(
            _encoding.query(
                ("phrase", _encoding.one("phrase", phrase), "form"),
                ("fields", _encoding.array("fields", fields), "csv"),
                ("page", _encoding.integer("page", page, (1, None)), "form"),
                ("page_size", _encoding.integer("page_size", page_size, (1, None)), "form"),
                ("sort_order", _encoding.one("sort_order", sort_order), "form"),
                ("age_of_people", _encoding.array("age_of_people", age_of_people), "csv"),
                ("artists", _encoding.one("artists", artists), "form"),
                ("collection_codes", _encoding.array("collection_codes", collection_codes), "csv"),
                (
                    "collections_filter_type",
                    _encoding.one("collections_filter_type", collections_filter_type),
                    "form",
                ),
                ("color", _encoding.one("color", color), "form"),
                ("compositions", _encoding.array("compositions", compositions), "csv"),
                ("download_product", _encoding.one("download_product", download_product), "form"),
                (
                    "embed_content_only",
                    _encoding.boolean("embed_content_only", embed_content_only),
                    "form",
                ),
                ("enhanced_search", _encoding.boolean("enhanced_search", enhanced_search), "form"),
                ("ethnicity", _encoding.array("ethnicity", ethnicity), "csv"),
                (
                    "exclude_editorial_use_only",
                    _encoding.boolean("exclude_editorial_use_only", exclude_editorial_use_only),
                    "form",
                ),
                (
                    "exclude_keyword_ids",
                    _encoding.array("exclude_keyword_ids", exclude_keyword_ids),
                    "csv",
                ),
                ("exclude_nudity", _encoding.boolean("exclude_nudity", exclude_nudity), "form"),
                ("facet_fields", _encoding.array("facet_fields", facet_fields), "csv"),
                (
                    "facet_max_count",
                    _encoding.integer("facet_max_count", facet_max_count, (1, None)),
                    "form",
                ),
                ("file_types", _encoding.array("file_types", file_types), "csv"),
                ("graphical_styles", _encoding.array("graphical_styles", graphical_styles), "csv"),
                (
                    "graphical_styles_filter_type",
                    _encoding.one("graphical_styles_filter_type", graphical_styles_filter_type),
                    "form",
                ),
                ("include_facets", _encoding.boolean("include_facets", include_facets), "form"),
                (
                    "include_related_searches",
                    _encoding.boolean("include_related_searches", include_related_searches),
                    "form",
                ),
                ("keyword_ids", _encoding.array("keyword_ids", keyword_ids), "csv"),
                ("minimum_size", _encoding.one("minimum_size", minimum_size), "form"),
                ("moods", _encoding.array("moods", moods), "csv"),
                ("number_of_people", _encoding.array("number_of_people", number_of_people), "csv"),
                ("orientations", _encoding.array("orientations", orientations), "csv"),
                ("safe_search", _encoding.boolean("safe_search", safe_search), "form"),
            ),
            extra_query,
        ),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"),
            ("Accept-Language", accept_language, "simple"),
            ("GI-Country-Code", gi_country_code, "simple"),
        ),
    )


def parse_response(response: types.Response) -> models.CreativeImageSearchResults:
    """Parse the response to `search.creative_images`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.CreativeImageSearchResults))


OPERATION: typing.Final = types.Operation(
    name="search.creative_images",
    method="GET",
    path="/v3/search/images/creative",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"}, {"ApiKey": "apiKey"}),
    bounds={"page": (1, None), "page_size": (1, None), "facet_max_count": (1, None)},
    parse_response=parse_response,
)


def pages(
    number: int, size: int | None
) -> _pagination.Pages[models.CreativeImageSearchResults, models.ImageSearchItemCreative]:
    """Return the pages of `search.creative_images`, from one of them on."""
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
