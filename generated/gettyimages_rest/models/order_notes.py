"""The model `OrderNotes`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset(
    {"licensee_name", "purchase_order_number", "project_title", "ordered_by"}
)


@dataclasses.dataclass(slots=True, kw_only=True)
class OrderNotes:
    """Notes on an order.

    Source: present-day.yaml, /components/schemas/OrderNotes
    """

    licensee_name: str | None = None
    """Name of the licensee."""
    purchase_order_number: str | None = None
    """Number of the purchase order."""
    project_title: str | None = None
    """Title of the project."""
    ordered_by: str | None = None
    """Name of the person who ordered."""
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
        value = get("licensee_name")
        self.licensee_name = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "OrderNotes.licensee_name")
        )
        value = get("purchase_order_number")
        self.purchase_order_number = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "OrderNotes.purchase_order_number")
        )
        value = get("project_title")
        self.project_title = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "OrderNotes.project_title")
        )
        value = get("ordered_by")
        self.ordered_by = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "OrderNotes.ordered_by")
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
                "licensee_name": self.licensee_name,
                "purchase_order_number": self.purchase_order_number,
                "project_title": self.project_title,
                "ordered_by": self.ordered_by,
            }
        )
