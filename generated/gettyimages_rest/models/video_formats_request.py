"""The values of `VideoFormatsRequest`."""

from __future__ import annotations

import typing

VideoFormatsRequest: typing.TypeAlias = typing.Literal["sd", "hd", "4k", "hd_web"] | str
"""A format of videos. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/VideoFormatsRequest
"""
