"""The values of `VideoOrientationRequest`."""

from __future__ import annotations

import typing

VideoOrientationRequest: typing.TypeAlias = typing.Literal["horizontal", "vertical"] | str
"""An orientation of videos. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/VideoOrientationRequest
"""
