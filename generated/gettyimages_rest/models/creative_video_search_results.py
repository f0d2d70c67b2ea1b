"""The model `CreativeVideoSearchResults`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset(
    {"result_count", "videos", "facets", "auto_corrections", "related_searches"}
)


@dataclasses.dataclass(slots=True, kw_only=True)
class CreativeVideoSearchResults:
    """A page of creative videos.

    Source: present-day.yaml, /components/schemas/CreativeVideoSearchResults
    """

    result_count: int | None = None
    """Number of items on all pages together."""
    videos: list[models.CreativeVideoSearchItem] | None = None
    """The videos on this page."""
    facets: models.SearchFacetsResponse | None = None
    """Facets of the items found."""
    auto_corrections: models.AutoCorrections | None = None
    """What the server corrected in the request."""
    related_searches: list[models.RelatedSearch] | None = None
    """Searches that are related to this one."""
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
        value = get("result_count")
        self.result_count = (
            value
            if type(value) is int
            else _decoding.field(
                value, _decoding.integer, "CreativeVideoSearchResults.result_count"
            )
        )
        self.videos = _decoding.field(
            get("videos"),
            _decoding.array(_decoding.model(models.CreativeVideoSearchItem)),
            "CreativeVideoSearchResults.videos",
        )
        value = get("facets")
        self.facets = (
            models.SearchFacetsResponse.from_dict(value)
            if type(value) is dict
            else _decoding.field(
                value,
                _decoding.model(models.SearchFacetsResponse),
                "CreativeVideoSearchResults.facets",
            )
        )
        value = get("auto_corrections")
        self.auto_corrections = (
            models.AutoCorrections.from_dict(value)
            if type(value) is dict
            else _decoding.field(
                value,
                _decoding.model(models.AutoCorrections),
                "CreativeVideoSearchResults.auto_corrections",
            )
        )
        self.related_searches = _decoding.field(
            get("related_searches"),
            _decoding.array(_decoding.model(models.RelatedSearch)),
            "CreativeVideoSearchResults.related_searches",
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
                "result_count": self.result_count,
                "videos": self.videos,
                "facets": self.facets,
                "auto_corrections": self.auto_corrections,
                "related_searches": self.related_searches,
            }
        )
