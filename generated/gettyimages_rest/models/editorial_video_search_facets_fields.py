"""The values of `EditorialVideoSearchFacetsFields`."""

from __future__ import annotations

import typing

EditorialVideoSearchFacetsFields: typing.TypeAlias = (
    typing.Literal["artists", "events", "locations", "specific_people"] | str
)
"""A facet of editorial videos. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/EditorialVideoSearchFacetsFields
"""
