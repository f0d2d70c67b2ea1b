"""The values of `SearchFileType`."""

from __future__ import annotations

import typing

SearchFileType: typing.TypeAlias = typing.Literal["eps",] | str
"""A file type. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/SearchFileType
"""
