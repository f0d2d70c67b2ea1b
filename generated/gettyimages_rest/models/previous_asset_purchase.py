"""The model `PreviousAssetPurchase`."""

from __future__ import annotations

import dataclasses
import datetime
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset(
    {
        "date_purchased",
        "purchased_by",
        "asset_id",
        "asset_type",
        "license_model",
        "order_id",
        "thumb_uri",
        "size_name",
        "file_size_in_bytes",
        "download_uri",
    }
)


@dataclasses.dataclass(slots=True, kw_only=True)
class PreviousAssetPurchase:
    """A purchase.

    Source: present-day.yaml, /components/schemas/PreviousAssetPurchase
    """

    date_purchased: datetime.datetime | None = None
    """When the asset was purchased."""
    purchased_by: str | None = None
    """Who purchased the asset."""
    asset_id: str | None = None
    """Id of the asset."""
    asset_type: str | None = None
    """Type of the asset."""
    license_model: str | None = None
    """Model by which the asset is licensed."""
    order_id: str | None = None
    """Id of the order."""
    thumb_uri: str | None = None
    """Address of a thumbnail of the asset."""
    size_name: str | None = None
    """Name of the size that was purchased."""
    file_size_in_bytes: str | None = None
    """Size of the file in bytes."""
    download_uri: str | None = None
    """Address of the download."""
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
        self.date_purchased = _decoding.date_time_field(
            get("date_purchased"), "PreviousAssetPurchase.date_purchased"
        )
        value = get("purchased_by")
        self.purchased_by = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "PreviousAssetPurchase.purchased_by")
        )
        value = get("asset_id")
        self.asset_id = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "PreviousAssetPurchase.asset_id")
        )
        value = get("asset_type")
        self.asset_type = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "PreviousAssetPurchase.asset_type")
        )
        value = get("license_model")
        self.license_model = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "PreviousAssetPurchase.license_model")
        )
        value = get("order_id")
        self.order_id = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "PreviousAssetPurchase.order_id")
        )
        value = get("thumb_uri")
        self.thumb_uri = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "PreviousAssetPurchase.thumb_uri")
        )
        value = get("size_name")
        self.size_name = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "PreviousAssetPurchase.size_name")
        )
        value = get("file_size_in_bytes")
        self.file_size_in_bytes = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "PreviousAssetPurchase.file_size_in_bytes")
        )
        value = get("download_uri")
        self.download_uri = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "PreviousAssetPurchase.download_uri")
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
                "date_purchased": self.date_purchased,
                "purchased_by": self.purchased_by,
                "asset_id": self.asset_id,
                "asset_type": self.asset_type,
                "license_model": self.license_model,
                "order_id": self.order_id,
                "thumb_uri": self.thumb_uri,
                "size_name": self.size_name,
                "file_size_in_bytes": self.file_size_in_bytes,
                "download_uri": self.download_uri,
            }
        )
