"""The values of `EditorialImageSearchFacetsFields`."""

from __future__ import annotations

import typing

EditorialImageSearchFacetsFields: typing.TypeAlias = (
    typing.Literal["artists", "events", "locations", "specific_people"] | str
)
"""A facet of editorial images. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/EditorialImageSearchFacetsFields
"""
