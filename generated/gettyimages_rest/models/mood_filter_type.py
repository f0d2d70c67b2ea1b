"""The values of `MoodFilterType`."""

from __future__ import annotations

import typing

MoodFilterType: typing.TypeAlias = (
    typing.Literal["black_and_white", "bold", "cool", "dramatic", "natural", "vivid", "warm"] | str
)
"""A mood. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/MoodFilterType
"""
