"""The model `Download`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset({"product_id", "product_type", "uri", "agreement_name"})


@dataclasses.dataclass(slots=True, kw_only=True)
class Download:
    """A download that a product of the customer allows.

    Source: present-day.yaml, /components/schemas/Download
    """

    product_id: str | None = None
    """Id of the product."""
    product_type: str | None = None
    """Type of the product."""
    uri: str | None = None
    """Address of the download."""
    agreement_name: str | None = None
    """Name of the agreement that the product belongs to."""
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
        value = get("product_id")
        self.product_id = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Download.product_id")
        )
        value = get("product_type")
        self.product_type = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Download.product_type")
        )
        value = get("uri")
        self.uri = (
            value if type(value) is str else _decoding.field(value, _decoding.text, "Download.uri")
        )
        value = get("agreement_name")
        self.agreement_name = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Download.agreement_name")
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
                "product_id": self.product_id,
                "product_type": self.product_type,
                "uri": self.uri,
                "agreement_name": self.agreement_name,
            }
        )
