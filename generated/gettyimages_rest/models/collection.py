"""The model `Collection`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset(
    {"asset_family", "code", "id", "license_model", "name", "product_types"}
)


@dataclasses.dataclass(slots=True, kw_only=True)
class Collection:
    """A collection of assets.

    Source: present-day.yaml, /components/schemas/Collection
    """

    asset_family: str | None = None
    """Family of the assets."""
    code: str | None = None
    """Code of the collection, as searches take it."""
    id: int | None = None
    """Id of the collection."""
    license_model: str | None = None
    """Model by which the assets are licensed."""
    name: str | None = None
    """Name of the collection."""
    product_types: list[str] | None = None
    """Types of the products that the collection is part of."""
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
        value = get("asset_family")
        self.asset_family = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Collection.asset_family")
        )
        value = get("code")
        self.code = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Collection.code")
        )
        value = get("id")
        self.id = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "Collection.id")
        )
        value = get("license_model")
        self.license_model = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Collection.license_model")
        )
        value = get("name")
        self.name = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Collection.name")
        )
        self.product_types = _decoding.field(
            get("product_types"), _decoding.array(_decoding.text), "Collection.product_types"
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
                "asset_family": self.asset_family,
                "code": self.code,
                "id": self.id,
                "license_model": self.license_model,
                "name": self.name,
                "product_types": self.product_types,
            }
        )
