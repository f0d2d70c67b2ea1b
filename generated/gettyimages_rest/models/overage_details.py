"""The model `OverageDetails`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset({"limit", "remaining", "count", "overages_reached"})


@dataclasses.dataclass(slots=True, kw_only=True)
class OverageDetails:
    """How far a product may be used beyond its limit.

    Source: present-day.yaml, /components/schemas/OverageDetails
    """

    limit: int | None = None
    """Number of downloads beyond the limit of the product that are allowed."""
    remaining: int | None = None
    """How many of them are left."""
    count: int | None = None
    """How many of them were used."""
    overages_reached: bool | None = None
    """Whether none of them is left."""
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
        value = get("limit")
        self.limit = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "OverageDetails.limit")
        )
        value = get("remaining")
        self.remaining = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "OverageDetails.remaining")
        )
        value = get("count")
        self.count = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "OverageDetails.count")
        )
        value = get("overages_reached")
        self.overages_reached = (
            value
            if type(value) is bool
            else _decoding.field(value, _decoding.boolean, "OverageDetails.overages_reached")
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
                "limit": self.limit,
                "remaining": self.remaining,
                "count": self.count,
                "overages_reached": self.overages_reached,
            }
        )
