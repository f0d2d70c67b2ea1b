"""The values of `ProductFieldValues`."""

from __future__ import annotations

import typing

ProductFieldValues: typing.TypeAlias = typing.Literal["download_requirements",] | str
"""A further field of a product. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/ProductFieldValues
"""
