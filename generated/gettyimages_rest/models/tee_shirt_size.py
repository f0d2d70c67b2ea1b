"""The values of `TeeShirtSize`."""

from __future__ import annotations

import typing

TeeShirtSize: typing.TypeAlias = (
    typing.Literal["x_small", "small", "medium", "large", "x_large", "xx_large", "vector"] | str
)
"""A size of images. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/TeeShirtSize
"""
