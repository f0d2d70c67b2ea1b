"""The values of `CollectionsFilterType`."""

from __future__ import annotations

import typing

CollectionsFilterType: typing.TypeAlias = typing.Literal["include", "exclude"] | str
"""Whether collections are searched in or left out. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/CollectionsFilterType
"""
