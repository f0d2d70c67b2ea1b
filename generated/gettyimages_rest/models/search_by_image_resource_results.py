"""The model `SearchByImageResourceResults`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset(
    {
        "image_fingerprint",
        "related_searches",
        "result_count",
        "images",
        "facets",
        "auto_corrections",
    }
)


@dataclasses.dataclass(slots=True, kw_only=True)
class SearchByImageResourceResults:
    """A page of images that look like another.

    Source: present-day.yaml, /components/schemas/SearchByImageResourceResults
    """

    image_fingerprint: str | None = None
    """Fingerprint of the image that was searched by."""
    related_searches: list[models.RelatedSearch] | None = None
    """Searches that are related to this one. Deprecated."""
    result_count: int | None = None
    """Number of items on all pages together."""
    images: list[types.JSON] | None = None
    """The images on this page."""
    facets: models.SearchFacetsResponse | None = None
    """Facets of the items found."""
    auto_corrections: models.AutoCorrections | None = None
    """What the server corrected in the request."""
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
        value = get("image_fingerprint")
        self.image_fingerprint = (
            value
            if type(value) is str
            else _decoding.field(
                value, _decoding.text, "SearchByImageResourceResults.image_fingerprint"
            )
        )
        self.related_searches = _decoding.field(
            get("related_searches"),
            _decoding.array(_decoding.model(models.RelatedSearch)),
            "SearchByImageResourceResults.related_searches",
        )
        value = get("result_count")
        self.result_count = (
            value
            if type(value) is int
            else _decoding.field(
                value, _decoding.integer, "SearchByImageResourceResults.result_count"
            )
        )
        self.images = _decoding.field(
            get("images"),
            _decoding.array(_decoding.anything),
            "SearchByImageResourceResults.images",
        )
        value = get("facets")
        self.facets = (
            models.SearchFacetsResponse.from_dict(value)
            if type(value) is dict
            else _decoding.field(
                value,
                _decoding.model(models.SearchFacetsResponse),
                "SearchByImageResourceResults.facets",
            )
        )
        value = get("auto_corrections")
        self.auto_corrections = (
            models.AutoCorrections.from_dict(value)
            if type(value) is dict
            else _decoding.field(
                value,
                _decoding.model(models.AutoCorrections),
                "SearchByImageResourceResults.auto_corrections",
            )
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
                "image_fingerprint": self.image_fingerprint,
                "related_searches": self.related_searches,
                "result_count": self.result_count,
                "images": self.images,
                "facets": self.facets,
                "auto_corrections": self.auto_corrections,
            }
        )
