"""The values of `EventSearchSortOrder`."""

from __future__ import annotations

import typing

EventSearchSortOrder: typing.TypeAlias = typing.Literal["newest", "oldest"] | str
"""How events are sorted. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/EventSearchSortOrder
"""
