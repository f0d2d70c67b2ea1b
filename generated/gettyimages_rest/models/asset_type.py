"""The values of `AssetType`."""

from __future__ import annotations

import typing

AssetType: typing.TypeAlias = typing.Literal["Image", "Film"] | str
"""What kind of asset it is. The known values, and any newer one."""
