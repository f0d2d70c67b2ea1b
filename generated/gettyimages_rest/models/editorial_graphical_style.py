"""The values of `EditorialGraphicalStyle`."""

from __future__ import annotations

import typing

EditorialGraphicalStyle: typing.TypeAlias = (
    typing.Literal["photography", "illustration", "vector"] | str
)
"""A graphical style of editorial images. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/EditorialGraphicalStyle
"""
