"""The values of `CompositionsFilterType`."""

from __future__ import annotations

import typing

CompositionsFilterType: typing.TypeAlias = (
    typing.Literal[
        "abstract",
        "candid",
        "close_up",
        "copy_space",
        "cut_out",
        "full_frame",
        "full_length",
        "headshot",
        "looking_at_camera",
        "macro",
        "medium_shot",
        "part_of_a_series",
        "portrait",
        "sparse",
        "still_life",
        "three_quarter_length",
        "waist_up",
        "wide_shot",
    ]
    | str
)
"""A composition. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/CompositionsFilterType
"""
