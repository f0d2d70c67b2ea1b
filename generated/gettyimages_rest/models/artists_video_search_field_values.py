"""The values of `ArtistsVideoSearchFieldValues`."""

from __future__ import annotations

import typing

ArtistsVideoSearchFieldValues: typing.TypeAlias = (
    typing.Literal[
        "id",
        "allowed_use",
        "alternative_ids",
        "artist",
        "asset_family",
        "asset_type",
        "call_for_image",
        "caption",
        "clip_length",
        "collection_id",
        "collection_code",
        "collection_name",
        "comp",
        "copyright",
        "date_created",
        "date_submitted",
        "detail_set",
        "display_set",
        "editorial_segments",
        "event_ids",
        "graphical_style",
        "keywords",
        "license_model",
        "max_dimensions",
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
"""A field of a video of an artist. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/ArtistsVideoSearchFieldValues
"""
