"""The values of `VideoFrameRates`."""

from __future__ import annotations

import typing

VideoFrameRates: typing.TypeAlias = (
    typing.Literal["23.98", "24", "25", "29.97", "30", "50", "59.94", "60"] | str
)
"""A frame rate, in frames per second. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/VideoFrameRates
"""
