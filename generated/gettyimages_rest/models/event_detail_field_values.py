"""The values of `EventDetailFieldValues`."""

from __future__ import annotations

import typing

EventDetailFieldValues: typing.TypeAlias = (
    typing.Literal[
        "id",
        "child_event_count",
        "editorial_segments",
        "hero_image",
        "image_count",
        "location",
        "name",
        "start_date",
        "type",
    ]
    | str
)
"""A field of an event. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/EventDetailFieldValues
"""
