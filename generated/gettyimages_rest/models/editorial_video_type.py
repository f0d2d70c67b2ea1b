"""The values of `EditorialVideoType`."""

from __future__ import annotations

import typing

EditorialVideoType: typing.TypeAlias = typing.Literal["raw", "produced"] | str
"""A type of editorial videos. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/EditorialVideoType
"""
