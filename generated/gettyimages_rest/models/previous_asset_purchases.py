"""The model `PreviousAssetPurchases`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset({"result_count", "previous_purchases"})


@dataclasses.dataclass(slots=True, kw_only=True)
class PreviousAssetPurchases:
    """A page of purchases.

    Source: present-day.yaml, /components/schemas/PreviousAssetPurchases
    """

    result_count: int | None = None
    """Number of purchases on all pages together."""
    previous_purchases: list[models.PreviousAssetPurchase] | None = None
    """The purchases on this page."""
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
            else _decoding.field(value, _decoding.integer, "PreviousAssetPurchases.result_count")
        )
        self.previous_purchases = _decoding.field(
            get("previous_purchases"),
            _decoding.array(_decoding.model(models.PreviousAssetPurchase)),
            "PreviousAssetPurchases.previous_purchases",
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
                "previous_purchases": self.previous_purchases,
            }
        )
