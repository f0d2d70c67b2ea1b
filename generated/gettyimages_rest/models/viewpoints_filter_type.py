"""The values of `ViewpointsFilterType`."""

from __future__ import annotations

import typing

ViewpointsFilterType: typing.TypeAlias = (
    typing.Literal[
        "lockdown",
        "panning",
        "tracking_shot",
        "aerial_view",
        "high_angle_view",
        "low_angle_view",
        "tilt",
        "point_of_view",
    ]
    | str
)
"""A viewpoint. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/ViewpointsFilterType
"""
