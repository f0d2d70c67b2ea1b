"""Search creative videos.

GET /v3/search/videos/creative

Source: present-day.yaml, /paths/~1v3~1search~1videos~1creative/get
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _decoding, _encoding, models, types

if typing.TYPE_CHECKING:
    from ... import _pagination


class CreativeVideosOptions(typing.TypedDict, total=False):
    """The keywords of `search.creative_videos`."""

    phrase: str | None
    fields: collections.abc.Sequence[models.CreativeVideosFieldValues] | None
    page: int | None
    page_size: int | None
    sort_order: models.CreativeVideoSortOrder | None
    age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None
    artists: str | None
    aspect_ratios: collections.abc.Sequence[models.VideoAspectRatioFilterType] | None
    collection_codes: collections.abc.Sequence[str] | None
    collections_filter_type: models.CollectionsFilterType | None
    compositions: collections.abc.Sequence[models.CompositionsFilterType] | None
    download_product: str | None
    enhanced_search: bool | None
    ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None
    exclude_editorial_use_only: bool | None
    exclude_keyword_ids: collections.abc.Sequence[int] | None
    exclude_nudity: bool | None
    facet_fields: collections.abc.Sequence[models.CreateVideoSearchFacetsFields] | None
    facet_max_count: int | None
    format_available: models.VideoFormatsRequest | None
    frame_rates: collections.abc.Sequence[models.VideoFrameRates] | None
    image_techniques: collections.abc.Sequence[models.ImageTechniquesFilterType] | None
    include_facets: bool | None
    include_related_searches: bool | None
    keyword_ids: collections.abc.Sequence[int] | None
    license_models: collections.abc.Sequence[models.LicenseModelVideoRequest] | None
    max_clip_length: int | None
    min_clip_length: int | None
    number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None
    orientations: collections.abc.Sequence[models.VideoOrientationRequest] | None
    release_status: models.ReleaseStatus | None
    safe_search: bool | None
    viewpoints: collections.abc.Sequence[models.ViewpointsFilterType] | None
    accept_language: str | None
    gi_country_code: str | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    *,
    phrase: str | None = None,
    fields: collections.abc.Sequence[models.CreativeVideosFieldValues] | None = None,
    page: int | None = None,
    page_size: int | None = None,
    sort_order: models.CreativeVideoSortOrder | None = None,
    age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
    artists: str | None = None,
    aspect_ratios: collections.abc.Sequence[models.VideoAspectRatioFilterType] | None = None,
    collection_codes: collections.abc.Sequence[str] | None = None,
    collections_filter_type: models.CollectionsFilterType | None = None,
    compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
    download_product: str | None = None,
    enhanced_search: bool | None = None,
    ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
    exclude_editorial_use_only: bool | None = None,
    exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
    exclude_nudity: bool | None = None,
    facet_fields: collections.abc.Sequence[models.CreateVideoSearchFacetsFields] | None = None,
    facet_max_count: int | None = None,
    format_available: models.VideoFormatsRequest | None = None,
    frame_rates: collections.abc.Sequence[models.VideoFrameRates] | None = None,
    image_techniques: collections.abc.Sequence[models.ImageTechniquesFilterType] | None = None,
    include_facets: bool | None = None,
    include_related_searches: bool | None = None,
    keyword_ids: collections.abc.Sequence[int] | None = None,
    license_models: collections.abc.Sequence[models.LicenseModelVideoRequest] | None = None,
    max_clip_length: int | None = None,
    min_clip_length: int | None = None,
    number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
    orientations: collections.abc.Sequence[models.VideoOrientationRequest] | None = None,
    release_status: models.ReleaseStatus | None = None,
    safe_search: bool | None = None,
    viewpoints: collections.abc.Sequence[models.ViewpointsFilterType] | None = None,
    accept_language: str | None = None,
    gi_country_code: str | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `search.creative_videos`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="GET",
        path="/v3/search/videos/creative",
        query=_encoding.extended(
            _encoding.query(
                ("phrase", _encoding.one("phrase", phrase), "form"),
                ("fields", _encoding.array("fields", fields), "csv"),
                ("page", _encoding.integer("page", page, (1, None)), "form"),
                ("page_size", _encoding.integer("page_size", page_size, (1, None)), "form"),
                ("sort_order", _encoding.one("sort_order", sort_order), "form"),
                ("age_of_people", _encoding.array("age_of_people", age_of_people), "csv"),
                ("artists", _encoding.one("artists", artists), "form"),
                ("aspect_ratios", _encoding.array("aspect_ratios", aspect_ratios), "csv"),
                ("collection_codes", _encoding.array("collection_codes", collection_codes), "csv"),
                (
                    "collections_filter_type",
                    _encoding.one("collections_filter_type", collections_filter_type),
                    "form",
                ),
                ("compositions", _encoding.array("compositions", compositions), "csv"),
                ("download_product", _encoding.one("download_product", download_product), "form"),
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
                ("format_available", _encoding.one("format_available", format_available), "form"),
                ("frame_rates", _encoding.array("frame_rates", frame_rates), "csv"),
                ("image_techniques", _encoding.array("image_techniques", image_techniques), "csv"),
                ("include_facets", _encoding.boolean("include_facets", include_facets), "form"),
                (
                    "include_related_searches",
                    _encoding.boolean("include_related_searches", include_related_searches),
                    "form",
                ),
                ("keyword_ids", _encoding.array("keyword_ids", keyword_ids), "csv"),
                ("license_models", _encoding.array("license_models", license_models), "csv"),
                (
                    "max_clip_length",
                    _encoding.integer("max_clip_length", max_clip_length, (0, None)),
                    "form",
                ),
                (
                    "min_clip_length",
                    _encoding.integer("min_clip_length", min_clip_length, (0, None)),
                    "form",
                ),
                ("number_of_people", _encoding.array("number_of_people", number_of_people), "csv"),
                ("orientations", _encoding.array("orientations", orientations), "csv"),
                ("release_status", _encoding.one("release_status", release_status), "form"),
                ("safe_search", _encoding.boolean("safe_search", safe_search), "form"),
                ("viewpoints", _encoding.array("viewpoints", viewpoints), "csv"),
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
    """Parse the response to `search.creative_videos`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.CreativeVideoSearchResults))


OPERATION: typing.Final = types.Operation(
    name="search.creative_videos",
    method="GET",
    path="/v3/search/videos/creative",
    effect="safe",
    may_be_empty=False,
    returns_body=True,
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"}, {"ApiKey": "apiKey"}),
    bounds={
        "page": (1, None),
        "page_size": (1, None),
        "facet_max_count": (1, None),
        "max_clip_length": (0, None),
        "min_clip_length": (0, None),
    },
    parse_response=parse_response,
)


def pages(
    number: int, size: int | None
) -> _pagination.Pages[models.CreativeVideoSearchResults, models.CreativeVideoSearchItem]:
    """Return the pages of `search.creative_videos`, from one of them on."""
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
