"""The values of `CreativeImageSortOrder`."""

from __future__ import annotations

import typing

CreativeImageSortOrder: typing.TypeAlias = (
    typing.Literal["best_match", "most_popular", "newest", "random"] | str
)
"""How creative images are sorted. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/CreativeImageSortOrder
"""
