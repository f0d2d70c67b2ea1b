"""The values of `ProductType`."""

from __future__ import annotations

import typing

ProductType: typing.TypeAlias = (
    typing.Literal[
        "easyaccess",
        "editorialsubscription",
        "imagepack",
        "premiumaccess",
        "royaltyfreesubscription",
        "creditpack",
        "aigen",
    ]
    | str
)
"""The kind of product that a download is charged to. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/ProductType
"""
