"""The values of `ProductStatus`."""

from __future__ import annotations

import typing

ProductStatus: typing.TypeAlias = typing.Literal["active", "inactive"] | str
"""Whether a product can be used. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/ProductStatus
"""
