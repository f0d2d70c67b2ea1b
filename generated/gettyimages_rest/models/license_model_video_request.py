"""The values of `LicenseModelVideoRequest`."""

from __future__ import annotations

import typing

LicenseModelVideoRequest: typing.TypeAlias = typing.Literal["rightsready", "royaltyfree"] | str
"""A model by which videos are licensed. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/LicenseModelVideoRequest
"""
