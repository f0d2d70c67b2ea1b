"""The model `OrderDetail`."""

from __future__ import annotations

import dataclasses
import datetime
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset(
    {"id", "invoice_number", "order_date", "end_client", "notes", "assets"}
)


@dataclasses.dataclass(slots=True, kw_only=True)
class OrderDetail:
    """An order.

    Source: present-day.yaml, /components/schemas/OrderDetail
    """

    id: str | None = None
    """Id of the order."""
    invoice_number: str | None = None
    """Number of the invoice."""
    order_date: datetime.datetime | None = None
    """When the order was placed."""
    end_client: str | None = None
    """Client that the order is for."""
    notes: models.OrderNotes | None = None
    """Notes on the order."""
    assets: list[models.AssetIdFromOrder] | None = None
    """The assets that were ordered."""
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
        value = get("id")
        self.id = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "OrderDetail.id")
        )
        value = get("invoice_number")
        self.invoice_number = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "OrderDetail.invoice_number")
        )
        self.order_date = _decoding.date_time_field(get("order_date"), "OrderDetail.order_date")
        value = get("end_client")
        self.end_client = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "OrderDetail.end_client")
        )
        value = get("notes")
        self.notes = (
            models.OrderNotes.from_dict(value)
            if type(value) is dict
            else _decoding.field(value, _decoding.model(models.OrderNotes), "OrderDetail.notes")
        )
        self.assets = _decoding.field(
            get("assets"),
            _decoding.array(_decoding.model(models.AssetIdFromOrder)),
            "OrderDetail.assets",
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
                "id": self.id,
                "invoice_number": self.invoice_number,
                "order_date": self.order_date,
                "end_client": self.end_client,
                "notes": self.notes,
                "assets": self.assets,
            }
        )
