"""The values of `EventFieldValues`."""

from __future__ import annotations

import typing

EventFieldValues: typing.TypeAlias = (
    typing.Literal[
        "id",
        "child_event_count",
        "editorial_segments",
        "hero_image",
        "image_count",
        "keywords",
        "location",
        "name",
        "start_date",
        "type",
    ]
    | str
)
"""A field of an event that was found. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/EventFieldValues
"""
