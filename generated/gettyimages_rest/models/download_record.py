"""The model `DownloadRecord`."""

from __future__ import annotations

import dataclasses
import datetime
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset(
    {
        "id",
        "date_downloaded",
        "product_type",
        "product_id",
        "asset_type",
        "thumb_uri",
        "agreement_name",
        "size_name",
        "license_model",
        "download_source",
        "download_details",
        "user",
        "dimensions",
    }
)


@dataclasses.dataclass(slots=True, kw_only=True)
class DownloadRecord:
    """One download of the past."""

    id: str | None = None
    """Id of the asset that was downloaded."""
    date_downloaded: datetime.datetime | None = None
    """When it was downloaded."""
    product_type: str | None = None
    """Type of the product that was charged, as in ProductType; `creditpack` may be spelled
    `credit_pack`.
    """
    product_id: int | None = None
    """Id of the product that was charged."""
    asset_type: str | None = None
    """What kind of asset it is."""
    thumb_uri: str | None = None
    """Address of a thumbnail of the asset."""
    agreement_name: str | None = None
    """Name of the agreement that the download falls under."""
    size_name: str | None = None
    """Name of the size that was downloaded."""
    license_model: str | None = None
    """Model by which the asset is licensed."""
    download_source: str | None = None
    """Where the download was made from."""
    download_details: models.DownloadDetails | None = None
    """What was noted down when it was downloaded."""
    user: models.DownloadUser | None = None
    """The user who downloaded."""
    dimensions: models.DownloadDimensions | None = None
    """Size of the file that was downloaded."""
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
            else _decoding.field(value, _decoding.text, "DownloadRecord.id")
        )
        self.date_downloaded = _decoding.date_time_field(
            get("date_downloaded"), "DownloadRecord.date_downloaded"
        )
        value = get("product_type")
        self.product_type = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "DownloadRecord.product_type")
        )
        value = get("product_id")
        self.product_id = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "DownloadRecord.product_id")
        )
        value = get("asset_type")
        self.asset_type = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "DownloadRecord.asset_type")
        )
        value = get("thumb_uri")
        self.thumb_uri = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "DownloadRecord.thumb_uri")
        )
        value = get("agreement_name")
        self.agreement_name = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "DownloadRecord.agreement_name")
        )
        value = get("size_name")
        self.size_name = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "DownloadRecord.size_name")
        )
        value = get("license_model")
        self.license_model = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "DownloadRecord.license_model")
        )
        value = get("download_source")
        self.download_source = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "DownloadRecord.download_source")
        )
        value = get("download_details")
        self.download_details = (
            models.DownloadDetails.from_dict(value)
            if type(value) is dict
            else _decoding.field(
                value, _decoding.model(models.DownloadDetails), "DownloadRecord.download_details"
            )
        )
        value = get("user")
        self.user = (
            models.DownloadUser.from_dict(value)
            if type(value) is dict
            else _decoding.field(value, _decoding.model(models.DownloadUser), "DownloadRecord.user")
        )
        value = get("dimensions")
        self.dimensions = (
            models.DownloadDimensions.from_dict(value)
            if type(value) is dict
            else _decoding.field(
                value, _decoding.model(models.DownloadDimensions), "DownloadRecord.dimensions"
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
                "id": self.id,
                "date_downloaded": self.date_downloaded,
                "product_type": self.product_type,
                "product_id": self.product_id,
                "asset_type": self.asset_type,
                "thumb_uri": self.thumb_uri,
                "agreement_name": self.agreement_name,
                "size_name": self.size_name,
                "license_model": self.license_model,
                "download_source": self.download_source,
                "download_details": self.download_details,
                "user": self.user,
                "dimensions": self.dimensions,
            }
        )
