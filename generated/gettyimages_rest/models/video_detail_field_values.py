"""The values of `VideoDetailFieldValues`."""

from __future__ import annotations

import typing

VideoDetailFieldValues: typing.TypeAlias = (
    typing.Literal[
        "id",
        "allowed_use",
        "artist",
        "asset_family",
        "call_for_image",
        "caption",
        "city",
        "clip_length",
        "collection_code",
        "collection_id",
        "collection_name",
        "color_type",
        "comp",
        "copyright",
        "country",
        "date_created",
        "date_submitted",
        "detail_set",
        "display_set",
        "download_sizes",
        "download_product",
        "downloads",
        "editorial_segments",
        "entity_details",
        "era",
        "event_ids",
        "is_ai_editable",
        "istock_collection",
        "istock_licenses",
        "key_frames",
        "keywords",
        "license_model",
        "mastered_to",
        "max_dimensions",
        "object_name",
        "orientation",
        "originally_shot_on",
        "people",
        "preview",
        "product_types",
        "quality_rank",
        "referral_destinations",
        "shot_speed",
        "source",
        "state_province",
        "summary_set",
        "thumb",
        "title",
    ]
    | str
)
"""A field of a video. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/VideoDetailFieldValues
"""
