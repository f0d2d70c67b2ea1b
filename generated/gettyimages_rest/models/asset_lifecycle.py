"""The values of `AssetLifecycle`."""

from __future__ import annotations

import typing

AssetLifecycle: typing.TypeAlias = typing.Literal["New", "Update", "Delete"] | str
"""What happened to the asset. On Delete, most customers are bound by contract to remove the
asset from their systems. The known values, and any newer one.
"""
