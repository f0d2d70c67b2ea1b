"""The values of `CreativeVideoSortOrder`."""

from __future__ import annotations

import typing

CreativeVideoSortOrder: typing.TypeAlias = (
    typing.Literal["best_match", "most_popular", "newest", "random"] | str
)
"""How creative videos are sorted. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/CreativeVideoSortOrder
"""
