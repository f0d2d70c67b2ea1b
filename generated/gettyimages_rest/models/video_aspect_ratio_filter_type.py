"""The values of `VideoAspectRatioFilterType`."""

from __future__ import annotations

import typing

VideoAspectRatioFilterType: typing.TypeAlias = (
    typing.Literal["16:9", "9:16", "3:4", "4:3", "4:5", "2:1", "17:9", "9:17"] | str
)
"""An aspect ratio. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/VideoAspectRatioFilterType
"""
