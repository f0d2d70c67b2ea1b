"""The values of `NumberOfPeopleFilterType`."""

from __future__ import annotations

import typing

NumberOfPeopleFilterType: typing.TypeAlias = typing.Literal["none", "one", "two", "group"] | str
"""A number of people. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/NumberOfPeopleFilterType
"""
