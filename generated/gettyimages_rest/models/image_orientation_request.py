"""The values of `ImageOrientationRequest`."""

from __future__ import annotations

import typing

ImageOrientationRequest: typing.TypeAlias = (
    typing.Literal["horizontal", "vertical", "square", "panoramic_horizontal", "panoramic_vertical"]
    | str
)
"""An orientation of images. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/ImageOrientationRequest
"""
