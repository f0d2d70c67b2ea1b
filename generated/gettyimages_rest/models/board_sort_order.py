"""The values of `BoardSortOrder`."""

from __future__ import annotations

import typing

BoardSortOrder: typing.TypeAlias = (
    typing.Literal[
        "date_last_updated_descending",
        "date_last_updated_ascending",
        "name_ascending",
        "name_decending",
    ]
    | str
)
"""How boards are sorted. The API spells `name_decending` so. The known values, and any newer
one.

Source: present-day.yaml, /components/schemas/BoardSortOrder
"""
