"""The values of `AssetLicenseName`."""

from __future__ import annotations

import typing

AssetLicenseName: typing.TypeAlias = (
    typing.Literal["Standard", "Multiseat", "Unlimited", "Resale", "Indemnification"] | str
)
"""The name of a license. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/AssetLicenseName
"""
