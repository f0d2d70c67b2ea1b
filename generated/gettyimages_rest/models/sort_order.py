"""The values of `SortOrder`."""

from __future__ import annotations

import typing

SortOrder: typing.TypeAlias = (
    typing.Literal["best_match", "most_popular", "newest", "oldest", "random"] | str
)
"""How editorial assets are sorted. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/SortOrder
"""
