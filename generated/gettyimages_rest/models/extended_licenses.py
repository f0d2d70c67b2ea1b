"""The values of `ExtendedLicenses`."""

from __future__ import annotations

import typing

ExtendedLicenses: typing.TypeAlias = (
    typing.Literal["multiseat", "unlimited", "resale", "indemnification"] | str
)
"""An extended license. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/ExtendedLicenses
"""
