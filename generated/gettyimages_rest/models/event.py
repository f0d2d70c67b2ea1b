"""The model `Event`."""

from __future__ import annotations

import dataclasses
import datetime
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset(
    {
        "child_event_count",
        "editorial_segments",
        "hero_image",
        "id",
        "image_count",
        "location",
        "name",
        "start_date",
    }
)


@dataclasses.dataclass(slots=True, kw_only=True)
class Event:
    """An event.

    Source: present-day.yaml, /components/schemas/Event
    """

    child_event_count: int | None = None
    """Number of events that are part of this one."""
    editorial_segments: list[str] | None = None
    """Editorial segments of the event."""
    hero_image: models.HeroImage | None = None
    """The image that stands for the event."""
    id: int | None = None
    """Id of the event."""
    image_count: int | None = None
    """Number of images of the event."""
    location: models.LocationEvent | None = None
    """Where the event takes place."""
    name: str | None = None
    """Name of the event."""
    start_date: datetime.datetime | None = None
    """When the event begins."""
    additional_properties: _Mapping[str, types.JSON] = dataclasses.field(
        default_factory=lambda: types.NO_PROPERTIES
    )
    """Properties that the documents do not speak of."""
    raw: _Mapping[str, types.JSON] | None = dataclasses.field(
        default=None, repr=False, compare=False
    )
    """What the server sent, untouched; None if the model was not made from a response."""

    def __repr__(self) -> str:
        return _decoding.shown(self)

    @classmethod
    def from_dict(cls, data: _Mapping[str, types.JSON]) -> typing.Self:
        """Make the model from a JSON object; a value of an unexpected type becomes None."""
        # Not by the constructor: a response may hold thousands of these.
        self = object.__new__(cls)
        get = data.get
        value = get("child_event_count")
        self.child_event_count = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "Event.child_event_count")
        )
        self.editorial_segments = _decoding.field(
            get("editorial_segments"), _decoding.array(_decoding.text), "Event.editorial_segments"
        )
        value = get("hero_image")
        self.hero_image = (
            models.HeroImage.from_dict(value)
            if type(value) is dict
            else _decoding.field(value, _decoding.model(models.HeroImage), "Event.hero_image")
        )
        value = get("id")
        self.id = (
            value if type(value) is int else _decoding.field(value, _decoding.integer, "Event.id")
        )
        value = get("image_count")
        self.image_count = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "Event.image_count")
        )
        value = get("location")
        self.location = (
            models.LocationEvent.from_dict(value)
            if type(value) is dict
            else _decoding.field(value, _decoding.model(models.LocationEvent), "Event.location")
        )
        value = get("name")
        self.name = (
            value if type(value) is str else _decoding.field(value, _decoding.text, "Event.name")
        )
        self.start_date = _decoding.date_time_field(get("start_date"), "Event.start_date")
        self.additional_properties = (
            types.NO_PROPERTIES if _FIELDS.issuperset(data) else _decoding.unknown(data, _FIELDS)
        )
        self.raw = data
        return self

    def to_dict(self) -> dict[str, types.JSON]:
        """Make the JSON object of the model, without what is None."""
        return _encoding.json_object(
            {
                **self.additional_properties,
                "child_event_count": self.child_event_count,
                "editorial_segments": self.editorial_segments,
                "hero_image": self.hero_image,
                "id": self.id,
                "image_count": self.image_count,
                "location": self.location,
                "name": self.name,
                "start_date": self.start_date,
            }
        )
