"""The model `SearchFacetsResponse`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset(
    {"specific_people", "events", "locations", "artists", "entertainment"}
)


@dataclasses.dataclass(slots=True, kw_only=True)
class SearchFacetsResponse:
    """The facets of a search: what the items found have in common.

    Source: present-day.yaml, /components/schemas/SearchFacetsResponse
    """

    specific_people: list[models.SpecificPeople] | None = None
    """People."""
    events: list[models.FacetEvent] | None = None
    """Events."""
    locations: list[models.Location] | None = None
    """Places."""
    artists: list[models.Artist] | None = None
    """Artists."""
    entertainment: list[models.Entertainment] | None = None
    """Works of entertainment."""
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
        self.specific_people = _decoding.field(
            get("specific_people"),
            _decoding.array(_decoding.model(models.SpecificPeople)),
            "SearchFacetsResponse.specific_people",
        )
        self.events = _decoding.field(
            get("events"),
            _decoding.array(_decoding.model(models.FacetEvent)),
            "SearchFacetsResponse.events",
        )
        self.locations = _decoding.field(
            get("locations"),
            _decoding.array(_decoding.model(models.Location)),
            "SearchFacetsResponse.locations",
        )
        self.artists = _decoding.field(
            get("artists"),
            _decoding.array(_decoding.model(models.Artist)),
            "SearchFacetsResponse.artists",
        )
        self.entertainment = _decoding.field(
            get("entertainment"),
            _decoding.array(_decoding.model(models.Entertainment)),
            "SearchFacetsResponse.entertainment",
        )
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
                "specific_people": self.specific_people,
                "events": self.events,
                "locations": self.locations,
                "artists": self.artists,
                "entertainment": self.entertainment,
            }
        )
