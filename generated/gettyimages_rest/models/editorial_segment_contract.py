"""The values of `EditorialSegmentContract`."""

from __future__ import annotations

import typing

EditorialSegmentContract: typing.TypeAlias = (
    typing.Literal["archival", "entertainment", "news", "publicity", "royalty", "sport"] | str
)
"""An editorial segment. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/EditorialSegmentContract
"""
