"""The values of `BlendedImageSortOrder`."""

from __future__ import annotations

import typing

BlendedImageSortOrder: typing.TypeAlias = (
    typing.Literal["best_match", "most_popular", "newest", "random"] | str
)
"""How images are sorted. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/BlendedImageSortOrder
"""
