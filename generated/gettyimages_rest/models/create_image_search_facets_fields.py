"""The values of `CreateImageSearchFacetsFields`."""

from __future__ import annotations

import typing

CreateImageSearchFacetsFields: typing.TypeAlias = typing.Literal["artists", "locations"] | str
"""A facet of creative images. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/CreateImageSearchFacetsFields
"""
