"""The model `EventsSearchResult`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset({"events", "result_count"})


@dataclasses.dataclass(slots=True, kw_only=True)
class EventsSearchResult:
    """A page of events.

    Source: present-day.yaml, /components/schemas/EventsSearchResult
    """

    events: list[models.Event] | None = None
    """The events on this page."""
    result_count: int | None = None
    """Number of items on all pages together."""
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
        self.events = _decoding.field(
            get("events"),
            _decoding.array(_decoding.model(models.Event)),
            "EventsSearchResult.events",
        )
        value = get("result_count")
        self.result_count = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "EventsSearchResult.result_count")
        )
        self.additional_properties = (
            types.NO_PROPERTIES if _FIELDS.issuperset(data) else _decoding.unknown(data, _FIELDS)
        )
        self.raw = data
        return self

    def to_dict(self) -> dict[str, types.JSON]:
        """Make the JSON object of the model, without what is None."""
        return _encoding.json_object(
            {**self.additional_properties, "events": self.events, "result_count": self.result_count}
        )
