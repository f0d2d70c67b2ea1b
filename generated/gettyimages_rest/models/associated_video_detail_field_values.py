"""The values of `AssociatedVideoDetailFieldValues`."""

from __future__ import annotations

import typing

AssociatedVideoDetailFieldValues: typing.TypeAlias = (
    typing.Literal[
        "allowed_use",
        "artist",
        "aspect_ratio",
        "asset_family",
        "call_for_image",
        "caption",
        "clip_length",
        "collection_code",
        "collection_id",
        "collection_name",
        "color_type",
        "comp",
        "copyright",
        "date_created",
        "date_submitted",
        "detail_set",
        "display_set",
        "download_product",
        "download_sizes",
        "editorial_segments",
        "entity_details",
        "era",
        "event_ids",
        "id",
        "istock_collection",
        "keywords",
        "largest_downloads",
        "license_model",
        "mastered_to",
        "orientation",
        "originally_shot_on",
        "preview",
        "product_types",
        "quality_rank",
        "referral_destinations",
        "shot_speed",
        "source",
        "summary_set",
        "thumb",
        "title",
        "istock_licenses",
    ]
    | str
)
"""A field of a video that is related to another. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/AssociatedVideoDetailFieldValues
"""
