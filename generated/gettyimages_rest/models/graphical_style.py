"""The values of `GraphicalStyle`."""

from __future__ import annotations

import typing

GraphicalStyle: typing.TypeAlias = (
    typing.Literal["fine_art", "illustration", "photography", "vector"] | str
)
"""A graphical style. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/GraphicalStyle
"""
