"""The values of `ReleaseStatus`."""

from __future__ import annotations

import typing

ReleaseStatus: typing.TypeAlias = typing.Literal["release_not_important", "fully_released"] | str
"""Whether all releases are required. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/ReleaseStatus
"""
