"""The values of `GraphicalStylesFilterType`."""

from __future__ import annotations

import typing

GraphicalStylesFilterType: typing.TypeAlias = typing.Literal["include", "exclude"] | str
"""Whether graphical styles are found or left out. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/GraphicalStylesFilterType
"""
