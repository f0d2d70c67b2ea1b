"""The values of `CreateVideoSearchFacetsFields`."""

from __future__ import annotations

import typing

CreateVideoSearchFacetsFields: typing.TypeAlias = typing.Literal["artists", "locations"] | str
"""A facet of creative videos. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/CreateVideoSearchFacetsFields
"""
