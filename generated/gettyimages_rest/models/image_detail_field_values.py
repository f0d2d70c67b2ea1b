"""The values of `ImageDetailFieldValues`."""

from __future__ import annotations

import typing

ImageDetailFieldValues: typing.TypeAlias = (
    typing.Literal[
        "allowed_use",
        "alternative_ids",
        "artist",
        "artist_title",
        "asset_family",
        "call_for_image",
        "caption",
        "city",
        "collection_code",
        "collection_id",
        "collection_name",
        "color_type",
        "comp",
        "comp_webp",
        "copyright",
        "country",
        "credit_line",
        "date_camera_shot",
        "date_created",
        "date_submitted",
        "detail_set",
        "display_set",
        "download_sizes",
        "download_product",
        "downloads",
        "editorial_segments",
        "editorial_source",
        "entity_details",
        "event_ids",
        "graphical_style",
        "id",
        "is_ai_editable",
        "istock_collection",
        "istock_licenses",
        "keywords",
        "largest_downloads",
        "license_model",
        "links",
        "max_dimensions",
        "object_name",
        "orientation",
        "people",
        "preview",
        "product_types",
        "quality_rank",
        "referral_destinations",
        "state_province",
        "summary_set",
        "thumb",
        "title",
        "uri_oembed",
    ]
    | str
)
"""A field of an image. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/ImageDetailFieldValues
"""
