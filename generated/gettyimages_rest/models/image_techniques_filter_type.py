"""The values of `ImageTechniquesFilterType`."""

from __future__ import annotations

import typing

ImageTechniquesFilterType: typing.TypeAlias = (
    typing.Literal[
        "realtime",
        "time_lapse",
        "slow_motion",
        "color",
        "black_and_white",
        "animation",
        "selective_focus",
    ]
    | str
)
"""A technique of videos. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/ImageTechniquesFilterType
"""
