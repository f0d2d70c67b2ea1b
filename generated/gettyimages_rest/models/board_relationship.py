"""The values of `BoardRelationship`."""

from __future__ import annotations

import typing

BoardRelationship: typing.TypeAlias = typing.Literal["owned", "invited"] | str
"""The relationship of a user to a board. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/BoardRelationship
"""
