"""The values of `ArtistsImageSearchFieldValues`."""

from __future__ import annotations

import typing

ArtistsImageSearchFieldValues: typing.TypeAlias = (
    typing.Literal[
        "id",
        "allowed_use",
        "alternative_ids",
        "artist",
        "asset_family",
        "asset_type",
        "call_for_image",
        "caption",
        "collection_id",
        "collection_code",
        "collection_name",
        "comp",
        "comp_webp",
        "copyright",
        "date_created",
        "date_submitted",
        "detail_set",
        "display_set",
        "editorial_segments",
        "event_ids",
        "graphical_style",
        "high_res_comp_webp",
        "keywords",
        "license_model",
        "max_dimensions",
        "mid_res_comp_webp",
        "orientation",
        "preview",
        "product_types",
        "quality_rank",
        "referral_destinations",
        "summary_set",
        "thumb",
        "title",
    ]
    | str
)
"""A field of an image of an artist. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/ArtistsImageSearchFieldValues
"""
