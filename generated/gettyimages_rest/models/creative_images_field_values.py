"""The values of `CreativeImagesFieldValues`."""

from __future__ import annotations

import typing

CreativeImagesFieldValues: typing.TypeAlias = (
    typing.Literal[
        "allowed_use",
        "alternative_ids",
        "artist",
        "asset_family",
        "call_for_image",
        "caption",
        "collection_code",
        "collection_id",
        "collection_name",
        "color_type",
        "comp",
        "comp_webp",
        "copyright",
        "date_camera_shot",
        "date_created",
        "date_submitted",
        "detail_set",
        "display_set",
        "download_product",
        "download_sizes",
        "graphical_style",
        "id",
        "istock_collection",
        "keywords",
        "largest_downloads",
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
        "uri_oembed",
    ]
    | str
)
"""A field of a creative image. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/CreativeImagesFieldValues
"""
